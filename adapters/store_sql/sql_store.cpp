#include "store_sql/sql_store.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "store_sql/migrations.h"
#include "store_sql/query.h"
#include "store_sql/session.h"

namespace shide::store_sql {

using model::Column;
using model::ColumnType;
using model::Level;
using model::Reach;
using model::RowValues;
using model::TableShape;
using model::Value;
using ports::Migration;
using ports::Selection;

namespace {

Bounds bounds_of(const model::Actor& actor) { return {actor.school.value, actor.school.empty() && !actor.job.empty()}; }

const std::string& school_of(const TableShape& table, const RowValues& row) { return table.name == "schools" ? row.id : row.school_id; }

bool fits(const Column& column, const Value& value) {
  if (std::holds_alternative<std::monostate>(value)) return column.nullable;
  return std::holds_alternative<std::int64_t>(value) == (column.type == ColumnType::kInteger);
}

// Poco cuts a text at its first NUL, and PostgreSQL refuses bad UTF-8 where SQLite keeps it: neither gets that far.
Result<void> check_row(const TableShape& table, const RowValues& row) {
  if (row.level != Level::kFull) return internal_error("a masked row of " + table.name + " cannot be saved");
  if (!is_uuid(row.id)) return internal_error("not an id: a row of " + table.name);
  if (row.values.size() != table.columns.size()) return internal_error("a row of another shape: " + table.name);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const Column& column = table.columns[i];
    if (!fits(column, row.values[i])) return internal_error("wrong type for " + table.name + "." + column.name);
    auto* text = std::get_if<std::string>(&row.values[i]);
    if (text && !is_valid_utf8(*text)) return Error{ErrorCode::kInvalid, {"store.not_text"}, table.name}.with(column.name, {"store.not_text"});
  }
  return {};
}

/// A condition that no stored text can meet needs no question, and NUL must not reach the database.
bool can_match(const Selection& selection) {
  auto sound = [](const Value& value) {
    auto* text = std::get_if<std::string>(&value);
    return !text || is_valid_utf8(*text);
  };
  return is_valid_utf8(selection.after_id) && std::all_of(selection.conditions.begin(), selection.conditions.end(), [&](const ports::Condition& condition) {
    return std::all_of(condition.values.begin(), condition.values.end(), sound);
  });
}

class SqlUnit : public ports::Unit {
 public:
  SqlUnit(const Dialect& dialect, Session& session, const Clock& clock, const model::Actor& actor, std::string_view verb, bool writes)
      : dialect_(dialect), session_(session), clock_(clock), actor_(actor), bounds_(bounds_of(actor)), verb_(verb), writes_(writes) {}

  Result<void> audit(std::string_view object_kind, std::string_view object_id, std::string_view fields, std::string_view reason) override {
    model::AuditEvent event;
    Time now = clock_.now();
    event.id = new_id<model::AuditEvent>(now);
    event.school_id = {school_for(object_id)};
    event.at = now;
    event.actor = actor_.trace();
    event.roles = model::text_in(model::to_value(actor_.roles));
    event.verb = verb_;
    event.object_kind = std::string(object_kind);
    event.object_id = std::string(object_id);
    event.fields = std::string(fields);
    event.reason = std::string(reason);
    if (!reason.empty()) event.reason_salt = to_hex(random_bytes(16));
    SHIDE_TRY(sequence, next_sequence(event.school_id.value));
    event.sequence = sequence;
    SHIDE_CHECK(put(model::shape_of<model::AuditEvent>(), model::to_values(event)));
    audited_ = true;
    return {};
  }

  Result<void> enqueue(std::string_view topic, std::string_view object_id) override {
    model::OutboxEvent event;
    Time now = clock_.now();
    event.id = new_id<model::OutboxEvent>(now);
    event.school_id = {school_for(object_id)};
    event.topic = std::string(topic);
    event.object_id = std::string(object_id);
    event.created_at = event.next_attempt_at = now;
    return put(model::shape_of<model::OutboxEvent>(), model::to_values(event));
  }

  Result<void> count_view(const Id<model::Post>& post) override {
    if (!writes_) return internal_error("count_view in a read");
    if (!is_uuid(post.value)) return not_found();
    SHIDE_TRY(changed, session_.change(store_sql::count_view(post.value, bounds_)));
    if (changed == 0) return not_found();
    return {};
  }

  bool is_unaudited() const { return changed_ && !audited_; }

 protected:
  Result<std::vector<RowValues>> select(const TableShape& table, const Selection& selection, const Reach* reach) override {
    SHIDE_TRY(sql, select_rows(dialect_, table, selection, reach, bounds_));
    std::vector<RowValues> found;
    if (!can_match(selection)) return found;
    SHIDE_TRY(answers, session_.rows(sql));
    found.reserve(answers.size());
    for (Row& answer : answers) {
      found.push_back(row_of(std::move(answer)));
      touched(table, found.back());
    }
    return found;
  }

  Result<std::int64_t> count(const TableShape& table, const Selection& selection, const Reach* reach) override {
    SHIDE_TRY(sql, count_rows(dialect_, table, selection, reach, bounds_));
    if (!can_match(selection)) return std::int64_t{0};
    SHIDE_TRY(answers, session_.rows(sql));
    return model::number_in(answers.at(0).at(0));
  }

  Result<void> save(const TableShape& table, const RowValues& row) override {
    SHIDE_CHECK(put(table, row));
    changed_ = true;
    return {};
  }

  Result<void> erase(const TableShape& table, const RowValues& row) override {
    if (!writes_) return internal_error("erase in a read");
    if (model::is_append_only(table)) return internal_error("what was written into " + table.name + " stays");
    if (row.level != Level::kFull) return internal_error("a masked row of " + table.name + " cannot be erased");
    SHIDE_CHECK(check_school(table, row));
    SHIDE_TRY(erased, session_.change(erase_row(table, row)));
    if (erased == 0) return stale(table);
    touched(table, row);
    changed_ = true;
    return {};
  }

 private:
  static Error stale(const TableShape& table) { return {ErrorCode::kStale, {"store.stale"}, table.name}; }

  Result<void> check_school(const TableShape& table, const RowValues& row) const {
    bool ours = bounds_.all || (!bounds_.school.empty() && school_of(table, row) == bounds_.school);
    if (!ours || !is_valid_utf8(row.school_id)) return internal_error("a row of another school: " + table.name);
    return {};
  }

  Result<void> put(const TableShape& table, const RowValues& row) {
    if (!writes_) return internal_error("save in a read: " + table.name);
    if (model::is_append_only(table) && row.version != 0) return internal_error("what was written into " + table.name + " stays");
    SHIDE_CHECK(check_row(table, row));
    SHIDE_CHECK(check_school(table, row));
    SHIDE_TRY(changed, session_.change(row.version == 0 ? insert_row(table, row) : update_row(table, row)));
    if (changed == 0 && row.version == 0) return Error{ErrorCode::kDuplicate, {"store.duplicate"}, table.name};
    if (changed == 0) return stale(table);
    touched(table, row);
    return {};
  }

  /// Writers of a school stand in line, so nobody else can take the same one.
  Result<std::int64_t> next_sequence(const std::string& school) {
    SHIDE_TRY(answers, session_.rows(last_sequence(school)));
    return model::number_in(answers.at(0).at(0)) + 1;
  }

  /// Whose school an audit row belongs to, when the actor is a job for all schools: that of the row it tells of.
  std::string school_for(std::string_view object_id) const {
    if (!bounds_.all) return bounds_.school;
    auto found = schools_.find(object_id);
    return found != schools_.end() ? found->second : last_school_;
  }
  void touched(const TableShape& table, const RowValues& row) {
    if (!bounds_.all) return;
    last_school_ = school_of(table, row);
    schools_[row.id] = last_school_;
  }

  const Dialect& dialect_;
  Session& session_;
  const Clock& clock_;
  const model::Actor& actor_;
  Bounds bounds_;
  std::string verb_;
  bool writes_;
  bool changed_ = false;
  bool audited_ = false;
  std::map<std::string, std::string, std::less<>> schools_;
  std::string last_school_;
};

class SqlStore : public ports::Store {
 public:
  SqlStore(std::unique_ptr<Dialect> dialect, const Clock& clock) : sessions_(std::move(dialect)), clock_(clock) {}

  Result<std::vector<Migration>> migrations() override {
    std::vector<Migration> list;
    SHIDE_CHECK(sessions_.transact({}, [&](Session& session) -> Result<void> {
      SHIDE_TRY(states, state_of_migrations(sessions_.dialect(), session));
      list = std::move(states);
      return {};
    }));
    return list;
  }

  Result<std::vector<Migration>> migrate() override {
    std::vector<Migration> list;
    Time now = clock_.now();
    SHIDE_CHECK(sessions_.transact({true, ""}, [&](Session& session) -> Result<void> {
      SHIDE_TRY(taken, take_missing(sessions_.dialect(), session, now));
      list = std::move(taken);
      return {};
    }));
    return list;
  }

  Result<void> ready() override {
    SHIDE_TRY(list, migrations());
    bool all = std::all_of(list.begin(), list.end(), [](const Migration& migration) { return migration.applied; });
    if (!all) return Error{ErrorCode::kUnavailable, {"store.not_ready"}, "steps of schema/sql are missing"};
    return {};
  }

  Result<std::vector<std::string>> faults() override {
    std::vector<std::string> tables, found;
    model::for_each_table([&]<class T>() { tables.push_back(model::shape_of<T>().name); });
    SHIDE_CHECK(sessions_.transact({}, [&](Session& session) -> Result<void> {
      found.clear();
      for (const Sql& check : sessions_.dialect().checks(tables)) {
        SHIDE_TRY(rows, session.rows(check));
        for (const Row& row : rows) {
          if (const std::string& words = model::text_in(row.at(0)); words != "ok") found.push_back(words);
        }
      }
      return {};
    }));
    return found;
  }

  Result<void> copy_to(const std::string& path) override {
    return sessions_.with_dialect([&](Dialect& dialect) { return dialect.copy_to(path); });
  }
  Result<void> take_copy(const std::string& path) override {
    return sessions_.with_dialect([&](Dialect& dialect) { return dialect.take_copy(path); });
  }

 protected:
  Result<void> run(const model::Actor& actor, std::string_view verb, bool writes, const std::function<Result<void>(ports::Unit&)>& work) override {
    Result<void> done = sessions_.transact({writes, actor.school.value}, [&](Session& session) -> Result<void> {
      SqlUnit unit(sessions_.dialect(), session, clock_, actor, verb, writes);
      SHIDE_CHECK(work(unit));
      if (unit.is_unaudited()) return internal_error("unaudited: " + std::string(verb));
      return {};
    });
    if (done || done.error().code != ErrorCode::kInternal) return done;
    // A statement that cannot work may only mean that a step is missing, which the operator can take.
    SHIDE_CHECK(ready());
    return done;
  }

 private:
  Sessions sessions_;
  const Clock& clock_;
};

Result<std::unique_ptr<ports::Store>> store_over(Result<std::unique_ptr<Dialect>> dialect, const Clock& clock) {
  if (auto* error = dialect.if_error()) return std::move(*error);
  return std::unique_ptr<ports::Store>(std::make_unique<SqlStore>(std::move(*dialect), clock));
}

}  // namespace

Result<std::unique_ptr<ports::Store>> open_sqlite(std::string path, const Clock& clock) { return store_over(make_sqlite(std::move(path)), clock); }

Result<std::unique_ptr<ports::Store>> open_postgresql(std::string connection, const Clock& clock) {
  return store_over(make_postgresql(std::move(connection)), clock);
}

}  // namespace shide::store_sql
