#include "store_sql/sealing.h"

#include <algorithm>
#include <set>

#include "base/id.h"
#include "base/text.h"

namespace shide::store_sql {

using model::Column;
using model::ColumnType;
using model::Level;
using model::Mask;
using model::RowValues;
using model::TableShape;
using model::Value;

namespace {

constexpr std::size_t kRemembered = 8192;  // about a megabyte
constexpr std::size_t kBatch = 512;
constexpr std::size_t kRotated = 100;  // rows in one transaction while others wait to write

/// What an envelope is bound to: it opens nowhere else.
std::string place_of(const TableShape& table, const Column& column, const RowValues& row) {
  return "field\n" + row.school_id + "\n" + table.name + "\n" + row.id + "\n" + column.name;
}
std::string place_of_key(const std::string& school, const std::string& subject, const std::string& id) {
  return "data key\n" + school + "\n" + subject + "\n" + id;
}

const char* const kKeyColumns = "SELECT id, school_id, subject_id, school_key, wrapped, destroyed_at FROM data_keys WHERE ";
Sql& gives_keys(Sql& sql) {
  for (int i = 0; i < 5; ++i) sql.gives(ColumnType::kText);
  return sql.gives(ColumnType::kInteger);
}

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

std::string text_at(const TableShape& table, const RowValues& row, std::string_view column) {
  int at = table.index_of(column);
  return at < 0 ? std::string() : model::text_in(row.values[static_cast<std::size_t>(at)]);
}

/// Whole rows as they stand, the next of them by id.
Result<std::vector<RowValues>> next_rows(Session& session, const TableShape& table, const std::string& after, std::size_t count = kBatch) {
  Sql sql("SELECT id, school_id, version");
  sql.gives(ColumnType::kText).gives(ColumnType::kText).gives(ColumnType::kInteger);
  for (const Column& column : table.columns) sql.text(", " + column.name).gives(column.type);
  sql.text(" FROM " + table.name + " WHERE id > ").bind(after).text(" ORDER BY id LIMIT " + std::to_string(count));
  SHIDE_TRY(answers, session.rows(sql));
  std::vector<RowValues> rows;
  for (Row& answer : answers) {
    RowValues row{model::text_in(answer[0]), model::text_in(answer[1]), model::number_in(answer[2]), Level::kFull, {}};
    row.values.assign(std::make_move_iterator(answer.begin() + 3), std::make_move_iterator(answer.end()));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// The sealed columns of one row; its version stays, for nothing has changed to whoever reads it.
Sql replace_sealed(const TableShape& table, const RowValues& row) {
  Sql sql("UPDATE " + table.name + " SET ");
  const char* separator = "";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (!table.columns[i].sealed) continue;
    sql.text(separator + table.columns[i].name + " = ").bind(ColumnType::kText, row.values[i]);
    separator = ", ";
  }
  sql.text(" WHERE id = ").bind(row.id);
  return sql;
}

/// "guardians.phone" for each column that is sealed here.
Result<std::set<std::string>> sealed_here(Session& session) {
  Sql sql("SELECT table_name || '.' || column_name FROM sealed_columns");
  SHIDE_TRY(answers, session.rows(sql.gives(ColumnType::kText)));
  std::set<std::string> names;
  for (const Row& answer : answers) names.insert(model::text_in(answer[0]));
  return names;
}

}  // namespace

std::vector<TableShape> sealed_tables() {
  std::vector<TableShape> tables;
  model::for_each_table([&]<class T>() {
    if (model::shape_of<T>().has_sealed()) tables.push_back(model::shape_of<T>());
  });
  return tables;
}

Result<Sealing::Subject> Sealing::subject_of(Session& session, const TableShape& table, const RowValues& row) {
  if (table.name == "students") return Subject{row.school_id, row.id};
  if (std::string pupil = text_at(table, row, "student_id"); !pupil.empty()) return Subject{row.school_id, pupil};
  std::string visit = text_at(table, row, "visit_id");
  if (visit.empty()) return Subject{row.school_id, ""};
  Sql sql("SELECT student_id FROM visits WHERE id = ");
  sql.bind(visit).text(" AND school_id = ").bind(row.school_id).gives(ColumnType::kText);
  SHIDE_TRY(answers, session.rows(sql));
  return Subject{row.school_id, answers.empty() ? "" : model::text_in(answers[0][0])};
}

Result<Sealing::DataKey> Sealing::unwrapped(const Row& row) const {
  const std::string &id = model::text_in(row[0]), &school = model::text_in(row[1]), &subject = model::text_in(row[2]);
  if (!is_null(row[5])) return DataKey{id, ""};
  SHIDE_TRY(bytes, cipher_.unwrap(school, {model::text_in(row[3]), model::text_in(row[4])}, place_of_key(school, subject, id)));
  return DataKey{id, std::move(bytes)};
}

Result<Sealing::DataKey> Sealing::make_key(Session& session, const Subject& subject, Time now) {
  DataKey key{new_uuid(now), cipher_.make_data_key()};
  SHIDE_TRY(wrapped, cipher_.wrap(subject.school, key.bytes, place_of_key(subject.school, subject.id, key.id)));
  Sql sql("INSERT INTO data_keys (id, school_id, subject_id, school_key, wrapped, made_at) VALUES (");
  sql.bind(key.id).text(", ").bind(subject.school).text(", ").bind(subject.id).text(", ").bind(wrapped.school_key).text(", ").bind(wrapped.bytes);
  sql.text(", ").bind(now.microseconds).text(")");
  SHIDE_CHECK(session.change(sql));
  return key;
}

Result<Sealing::DataKey> Sealing::current_key(Session& session, const Subject& subject, Time now) {
  Sql sql(std::string(kKeyColumns) + "school_id = ");
  sql.bind(subject.school).text(" AND subject_id = ").bind(subject.id).text(" AND retired_at IS NULL");
  SHIDE_TRY(answers, session.rows(gives_keys(sql)));
  if (answers.empty()) return make_key(session, subject, now);
  if (!is_null(answers[0][5])) return Error{ErrorCode::kInvalid, {"store.erased"}, "the data key was destroyed"};
  {
    std::lock_guard lock(mutex_);
    if (auto found = remembered_.find(model::text_in(answers[0][0])); found != remembered_.end()) return found->second;
  }
  return unwrapped(answers[0]);
}

Result<RowValues> Sealing::close(Session& session, const TableShape& table, const RowValues& row, Time now) {
  if (!table.has_sealed()) return row;
  RowValues closed = row;
  std::optional<DataKey> key;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& text = model::text_in(row.values[i]);
    if (!table.columns[i].sealed || text.empty()) continue;
    if (!key) {
      SHIDE_TRY(subject, subject_of(session, table, row));
      SHIDE_TRY(current, current_key(session, subject, now));
      key = std::move(current);
    }
    closed.values[i] = cipher_.seal(key->id, key->bytes, text, place_of(table, table.columns[i], row));
  }
  return closed;
}

// Another process may have destroyed a key since it was remembered.
Result<void> Sealing::forget_destroyed(Session& session) {
  Sql sql("SELECT COUNT(*) FROM data_keys WHERE destroyed_at IS NOT NULL");
  SHIDE_TRY(answers, session.rows(sql.gives(ColumnType::kInteger)));
  std::int64_t destroyed = model::number_in(answers.at(0).at(0));
  std::lock_guard lock(mutex_);
  if (destroyed != destroyed_) remembered_.clear();
  destroyed_ = destroyed;
  return {};
}

void Sealing::remember(const DataKey& key) {
  std::lock_guard lock(mutex_);
  if (remembered_.size() >= kRemembered) remembered_.clear();
  remembered_[key.id] = key;
}

Result<Sealing::Keys> Sealing::keys_of(Session& session, const TableShape& table, const std::vector<RowValues>& rows) {
  std::set<std::string, std::less<>> wanted;
  for (const RowValues& row : rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].sealed) continue;
      std::string_view id = cipher_.key_of(model::text_in(row.values[i]));
      if (!id.empty() && !wanted.count(id)) wanted.emplace(id);
    }
  }
  Keys keys;
  if (wanted.empty()) return keys;
  SHIDE_CHECK(forget_destroyed(session));
  std::vector<std::string> unknown;
  {
    std::lock_guard lock(mutex_);
    for (const std::string& id : wanted) {
      auto found = remembered_.find(id);
      if (found != remembered_.end()) keys.insert(*found);
      else unknown.push_back(id);
    }
  }
  for (std::size_t from = 0; from < unknown.size(); from += kBatch) {
    // Filled up to a power of two, so that few different statements are kept.
    std::size_t count = std::min(kBatch, unknown.size() - from), size = 1;
    while (size < count) size *= 2;
    Sql sql(std::string(kKeyColumns) + "id IN (");
    for (std::size_t i = 0; i < size; ++i) sql.text(i == 0 ? "" : ", ").bind(unknown[from + std::min(i, count - 1)]);
    SHIDE_TRY(answers, session.rows(gives_keys(sql.text(")"))));
    for (const Row& answer : answers) {
      SHIDE_TRY(key, unwrapped(answer));
      remember(key);
      keys.emplace(key.id, std::move(key));
    }
  }
  return keys;
}

Result<std::string> Sealing::opened(const Keys& keys, const TableShape& table, const Column& column, const RowValues& row,
                                    const std::string& envelope) const {
  if (envelope.empty()) return envelope;
  auto key = keys.find(cipher_.key_of(envelope));
  if (key == keys.end()) return internal_error("a text of " + table.name + "." + column.name + " is not sealed, or its data key is gone");
  if (key->second.bytes.empty()) return std::string();
  return cipher_.open(key->second.bytes, envelope, place_of(table, column, row));
}

Result<void> Sealing::open(Session& session, const TableShape& table, std::vector<RowValues>& rows) {
  if (!table.has_sealed() || rows.empty()) return {};
  SHIDE_TRY(keys, keys_of(session, table, rows));
  for (RowValues& row : rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (!table.columns[i].sealed || is_null(row.values[i])) continue;
      SHIDE_TRY(text, opened(keys, table, table.columns[i], row, model::text_in(row.values[i])));
      row.values[i] = std::move(text);
    }
    mask_sealed(table, row);
  }
  return {};
}

void mask_sealed(const TableShape& table, RowValues& row) {
  if (row.level == Level::kFull) return;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (!column.sealed) continue;
    if (column.mask == Mask::kName) row.values[i] = mask_name(model::text_in(row.values[i]));
    if (column.mask == Mask::kPhone) row.values[i] = mask_phone(model::text_in(row.values[i]));
  }
}

Result<std::vector<std::string>> Sealing::missing(Session& session) const {
  SHIDE_TRY(done, sealed_here(session));
  std::vector<std::string> names;
  for (const TableShape& table : sealed_tables()) {
    for (const Column& column : table.columns) {
      if (column.sealed && !done.count(table.name + "." + column.name)) names.push_back(table.name + "." + column.name);
    }
  }
  return names;
}

Result<bool> Sealing::close_table(Session& session, const TableShape& table, const std::vector<std::size_t>& columns, Time now) {
  // As `close` sees it, only these are sealed: what is sealed already stays as it is.
  TableShape part = table;
  for (Column& column : part.columns) column.sealed = false;
  for (std::size_t at : columns) part.columns[at].sealed = true;
  bool held = false;
  for (std::string after;;) {
    SHIDE_TRY(rows, next_rows(session, table, after));
    for (const RowValues& row : rows) {
      SHIDE_TRY(closed, close(session, part, row, now));
      after = row.id;
      if (closed.values == row.values) continue;
      held = true;
      SHIDE_CHECK(session.change(replace_sealed(part, closed)));
    }
    if (rows.size() < kBatch) return held;
  }
}

Result<std::vector<std::string>> Sealing::close_missing(Session& session, Time now) {
  SHIDE_TRY(done, sealed_here(session));
  std::vector<std::string> held;
  for (const TableShape& table : sealed_tables()) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Column& column = table.columns[i];
      if (!column.sealed || done.count(table.name + "." + column.name)) continue;
      columns.push_back(i);
      Sql sql("INSERT INTO sealed_columns (table_name, column_name, sealed_at) VALUES (");
      SHIDE_CHECK(session.change(sql.bind(table.name).text(", ").bind(column.name).text(", ").bind(now.microseconds).text(")")));
    }
    if (columns.empty()) continue;
    SHIDE_TRY(has_held, close_table(session, table, columns, now));
    if (has_held) held.push_back(table.name);
  }
  return held;
}

Result<void> Sealing::check_keys(Session& session) {
  Sql sql(std::string(kKeyColumns) + "id IN (SELECT MIN(id) FROM data_keys WHERE destroyed_at IS NULL GROUP BY school_key)");
  SHIDE_TRY(answers, session.rows(gives_keys(sql)));
  if (answers.empty()) return cipher_.can_wrap();
  for (const Row& answer : answers) SHIDE_CHECK(unwrapped(answer));
  return {};
}

Result<std::map<std::string, std::int64_t>> Sealing::wraps(Session& session) const {
  Sql sql("SELECT school_key, COUNT(*) FROM data_keys WHERE destroyed_at IS NULL GROUP BY school_key");
  SHIDE_TRY(answers, session.rows(sql.gives(ColumnType::kText).gives(ColumnType::kInteger)));
  std::map<std::string, std::int64_t> counts;
  for (const Row& answer : answers) counts[model::text_in(answer[0])] = model::number_in(answer[1]);
  return counts;
}

// A pupil of whom nothing is sealed yet gets a destroyed key, too: nothing shall be from now on.
Result<void> Sealing::destroy(Session& session, const std::string& school, const std::string& pupil, Time now) {
  SHIDE_TRY(current, current_key(session, {school, pupil}, now));
  Sql sql("UPDATE data_keys SET wrapped = '', destroyed_at = ");
  sql.bind(now.microseconds).text(" WHERE school_id = ").bind(school).text(" AND subject_id = ").bind(pupil);
  SHIDE_CHECK(session.change(sql));
  std::lock_guard lock(mutex_);
  remembered_.erase(current.id);
  return {};
}

Result<Time> Sealing::retire_all(Session& session, Time now) {
  Sql sql("SELECT MAX(retired_at) FROM data_keys WHERE destroyed_at IS NULL");
  SHIDE_TRY(answers, session.rows(sql.gives(ColumnType::kInteger)));
  if (!is_null(answers.at(0).at(0))) return Time{model::number_in(answers[0][0])};
  SHIDE_CHECK(cipher_.make_school_key());
  Sql retire("UPDATE data_keys SET retired_at = ");
  SHIDE_CHECK(session.change(retire.bind(now.microseconds).text(" WHERE destroyed_at IS NULL")));
  return now;
}

Result<std::string> Sealing::close_again(Session& session, const TableShape& table, const std::string& after, Time now, ports::Rotation& done,
                                         std::int64_t& looked) {
  SHIDE_TRY(rows, next_rows(session, table, after, kRotated));
  SHIDE_TRY(keys, keys_of(session, table, rows));
  for (const RowValues& row : rows) {
    SHIDE_TRY(subject, subject_of(session, table, row));
    Result<DataKey> current = current_key(session, subject, now);
    if (!current && current.error().code == ErrorCode::kInvalid) continue;  // destroyed
    if (auto* error = current.if_error()) return std::move(*error);
    RowValues open = row;
    bool is_old = false;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string& envelope = model::text_in(row.values[i]);
      if (!table.columns[i].sealed || envelope.empty()) continue;
      is_old = is_old || cipher_.key_of(envelope) != current->id;
      SHIDE_TRY(text, opened(keys, table, table.columns[i], row, envelope));
      open.values[i] = std::move(text);
    }
    if (!is_old) continue;
    SHIDE_TRY(closed, close(session, table, open, now));
    SHIDE_CHECK(session.change(replace_sealed(table, closed)));
    ++done.rows;
  }
  looked += static_cast<std::int64_t>(rows.size());
  return rows.size() < kRotated ? std::string() : rows.back().id;
}

Result<std::int64_t> Sealing::drop_retired(Session& session, Time until) {
  Sql sql("DELETE FROM data_keys WHERE destroyed_at IS NULL AND retired_at <= ");
  return session.change(sql.bind(until.microseconds));
}

Result<std::vector<std::string>> Sealing::faults(Session& session, const TableShape& table) {
  std::set<std::string> found;
  for (std::string after;;) {
    SHIDE_TRY(rows, next_rows(session, table, after));
    SHIDE_TRY(keys, keys_of(session, table, rows));
    for (const RowValues& row : rows) {
      after = row.id;
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].sealed && !opened(keys, table, table.columns[i], row, model::text_in(row.values[i]))) found.insert(table.columns[i].name);
      }
    }
    if (rows.size() < kBatch) return std::vector<std::string>(found.begin(), found.end());
  }
}

}  // namespace shide::store_sql
