#include "support/memory_store.h"

#include <algorithm>
#include <optional>

#include "base/digest.h"
#include "base/text.h"

namespace shide::testing {

using model::Column;
using model::ColumnType;
using model::DataKind;
using model::Grant;
using model::Level;
using model::Mask;
using model::Own;
using model::Reach;
using model::RowValues;
using model::Scope;
using model::TableShape;
using model::Value;
using ports::Comparison;
using ports::Condition;
using ports::Order;
using ports::Selection;

namespace {

constexpr const char* kDestroyed = "destroyed_keys";

struct UniqueKey {
  const char* table;
  std::vector<const char*> columns;
  const char* unless_empty = nullptr;  // rows without this text do not count
};

// As schema/sql has them; a case of the contract suite tries each.
const std::vector<UniqueKey>& unique_keys() {
  static const std::vector<UniqueKey> keys = {
      {"grade_groups", {"school_id", "school_year", "name"}},
      {"classes", {"school_id", "school_year", "name"}},
      {"teachers", {"school_id", "staff_number"}, "staff_number"},
      {"teaching_assignments", {"teacher_id", "class_id", "school_year", "kind", "subject"}},
      {"students", {"school_id", "school_year", "student_number"}, "student_number"},
      {"accounts", {"school_id", "login"}},
      {"sign_in_slips", {"code_hash"}},
      {"second_factors", {"account_id"}},
      {"recovery_codes", {"account_id", "code_hash"}},
      {"unknown_logins", {"school_id", "login_hash"}},
      {"sessions", {"token_hash"}},
      {"api_tokens", {"token_hash"}},
      {"setup_links", {"token_hash"}},
      {"site_links", {"school_id", "site_user"}},
      {"used_tickets", {"school_id", "nonce"}},
      {"theme_shells", {"school_id"}},
      {"code_acceptances", {"campaign_id", "teacher_id", "code_version"}},
      {"plan_revisions", {"campaign_id", "number"}},
      {"revision_readings", {"revision_id", "account_id"}},
      {"rosters", {"campaign_id", "grade_group_id"}},
      {"team_wishes", {"campaign_id", "class_id", "teacher_id"}},
      {"visits", {"campaign_id", "student_id"}},
      {"visited_students", {"visit_id"}},
      {"care_notes", {"visit_id"}},
      {"co_visitors", {"visit_id", "teacher_id"}},
      {"preparations", {"visit_id"}},
      {"visit_records", {"visit_id"}},
      {"visit_photos", {"visit_id", "slot"}},
      {"consents", {"visit_id", "scope"}},
      {"redacted_records", {"visit_id"}},
      {"post_copies", {"post_id", "host"}},
      {"copy_hosts", {"school_id", "host"}},
      {"archive_entries", {"archive", "teacher_id", "source_id", "kind"}, "source_id"},
      {"archive_entries", {"archive", "teacher_id", "sequence"}},
      {"scores", {"appraisal_id", "teacher_id"}},
      {"score_lines", {"score_id", "position"}},
      {"award_checks", {"score_id", "position"}},
      {"audit_events", {"school_id", "sequence"}},
      {"audit_heads", {"school_id", "size"}},
      {"leases", {"name"}},
  };
  return keys;
}

Value value_of(const TableShape& table, const RowValues& row, std::string_view column) {
  if (column == "id") return row.id;
  if (column == "school_id") return row.school_id;
  if (column == "version") return row.version;
  int at = table.index_of(column);
  return at < 0 ? Value{} : row.values[static_cast<std::size_t>(at)];
}

Value hidden(const Column& column) {
  if (column.nullable) return {};
  if (column.type == ColumnType::kInteger) return std::int64_t{0};
  return std::string();
}

Value masked(const Column& column, const Value& value) {
  auto* text = std::get_if<std::string>(&value);
  switch (column.mask) {
    case Mask::kShow: return value;
    case Mask::kName: return text ? Value(mask_name(*text)) : value;
    case Mask::kPhone: return text ? Value(mask_phone(*text)) : value;
    case Mask::kHide: return hidden(column);
  }
  return {};
}

RowValues seen_at(const TableShape& table, RowValues row, Level level) {
  row.level = level;
  if (level == Level::kFull) return row;
  for (std::size_t i = 0; i < row.values.size(); ++i) row.values[i] = masked(table.columns[i], row.values[i]);
  return row;
}

bool matches(const TableShape& table, const RowValues& row, const Condition& condition) {
  Value value = value_of(table, row, condition.column);
  bool is_null = std::holds_alternative<std::monostate>(value);
  auto compares = [&](auto compare) {
    const Value& other = condition.values.front();
    return !is_null && !std::holds_alternative<std::monostate>(other) && compare(value, other);
  };
  switch (condition.comparison) {
    case Comparison::kEqual: return value == condition.values.front();
    case Comparison::kNotEqual: return value != condition.values.front();
    case Comparison::kLess: return compares(std::less<>());
    case Comparison::kAtLeast: return compares(std::greater_equal<>());
    case Comparison::kOneOf: return std::find(condition.values.begin(), condition.values.end(), value) != condition.values.end();
  }
  return false;
}

bool runs_backwards(const Selection& selection) {
  return !selection.orders.empty() && selection.orders.front().column == "id" && selection.orders.front().descending;
}

bool is_after(const RowValues& row, const Selection& selection) {
  if (selection.after_id.empty()) return true;
  return runs_backwards(selection) ? row.id < selection.after_id : row.id > selection.after_id;
}

std::optional<ColumnType> type_of(const TableShape& table, std::string_view column) {
  if (column == "id" || column == "school_id") return ColumnType::kText;
  if (column == "version") return ColumnType::kInteger;
  int at = table.index_of(column);
  if (at < 0) return std::nullopt;
  return table.columns[static_cast<std::size_t>(at)].type;
}

bool has_type(const Value& value, ColumnType type) {
  return type == ColumnType::kInteger ? std::holds_alternative<std::int64_t>(value) : std::holds_alternative<std::string>(value);
}

Result<void> check_selection(const TableShape& table, const Selection& selection) {
  for (const Condition& condition : selection.conditions) {
    auto type = type_of(table, condition.column);
    if (!type) return internal_error("no column " + table.name + "." + condition.column);
    if (condition.comparison != Comparison::kOneOf && condition.values.size() != 1) return internal_error("one value wanted for " + condition.column);
    for (const Value& value : condition.values) {
      if (!std::holds_alternative<std::monostate>(value) && !has_type(value, *type)) return internal_error("wrong type for " + condition.column);
    }
  }
  for (const Order& order : selection.orders) {
    if (!type_of(table, order.column)) return internal_error("no column " + table.name + "." + order.column);
  }
  return {};
}

Result<void> check_row(const TableShape& table, const RowValues& row) {
  if (row.level != Level::kFull) return internal_error("a masked row of " + table.name + " cannot be saved");
  if (!is_uuid(row.id)) return internal_error("not an id: a row of " + table.name);
  if (row.values.size() != table.columns.size()) return internal_error("a row of another shape: " + table.name);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    const Column& column = table.columns[i];
    const Value& value = row.values[i];
    if (std::holds_alternative<std::monostate>(value) ? !column.nullable : !has_type(value, column.type)) {
      return internal_error("wrong type for " + table.name + "." + column.name);
    }
    auto* text = std::get_if<std::string>(&value);
    if (text && !is_valid_utf8(*text)) return Error{ErrorCode::kInvalid, {"store.not_text"}, table.name}.with(column.name, {"store.not_text"});
  }
  return {};
}

class MemoryUnit : public ports::Unit {
 public:
  MemoryUnit(MemoryStore::Tables& tables, MemoryStore::Sequences& sequences, const Clock& clock, const model::Actor& actor, std::string_view verb, bool writes)
      : tables_(tables), sequences_(sequences), clock_(clock), actor_(actor), verb_(verb), writes_(writes) {}

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
    event.sequence = last_sequence(event.school_id.value) + 1;
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
    const TableShape& table = model::shape_of<model::Post>();
    auto& rows = tables_[table.name];
    auto found = rows.find(post.value);
    if (found == rows.end() || !is_of_school(table, found->second, nullptr)) return not_found();
    RowValues row = found->second;
    Value& views = row.values[static_cast<std::size_t>(table.index_of("views"))];
    views = model::number_in(views) + 1;
    replace(table, std::move(row));
    return {};
  }

  // What a database cannot open any more reads as empty; here it is.
  Result<void> destroy_key(const Id<model::Student>& pupil) override {
    if (!writes_) return internal_error("destroy_key in a read");
    if (!is_uuid(pupil.value) || sees_all_schools()) return not_found();
    if (is_destroyed(actor_.school.value, pupil.value)) return Error{ErrorCode::kInvalid, {"store.erased"}};
    replace({.name = kDestroyed, .kind = {}, .own = {}, .columns = {}}, {actor_.school.value + pupil.value, actor_.school.value, 1, Level::kFull, {}});
    model::for_each_table([&]<class T>() { empty_sealed(model::shape_of<T>(), pupil.value); });
    changed_ = true;
    return {};
  }

  bool is_unaudited() const { return changed_ && !audited_; }
  const std::optional<Error>& failure() const { return failure_; }

  void roll_back() {
    for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) {
      if (undo->before) tables_[undo->table][undo->id] = *undo->before;
      else tables_[undo->table].erase(undo->id);
    }
    undo_.clear();
    sequences_.reset();
  }

 protected:
  Result<std::vector<RowValues>> select(const TableShape& table, const Selection& selection, const Reach* reach) override {
    SHIDE_TRY(found, find(table, selection, reach, Level::kMasked));
    auto less = [&](const RowValues& a, const RowValues& b) {
      for (const Order& order : selection.orders) {
        Value left = value_of(table, a, order.column), right = value_of(table, b, order.column);
        if (left != right) return order.descending ? right < left : left < right;
      }
      return a.id < b.id;
    };
    std::sort(found.begin(), found.end(), less);
    if (selection.limit > 0 && static_cast<std::int64_t>(found.size()) > selection.limit) found.resize(static_cast<std::size_t>(selection.limit));
    return std::move(found);
  }

  Result<std::int64_t> count(const TableShape& table, const Selection& selection, const Reach* reach) override {
    SHIDE_TRY(found, find(table, selection, reach, Level::kCounts));
    return static_cast<std::int64_t>(found.size());
  }

  Result<void> save(const TableShape& table, const RowValues& row) override {
    SHIDE_CHECK(put(table, row));
    changed_ = true;
    return {};
  }

  Result<void> erase(const TableShape& table, const RowValues& row) override {
    if (!writes_) return internal_error("erase in a read");
    if (failure_) return *failure_;
    if (model::is_append_only(table)) return internal_error("what was written into " + table.name + " stays");
    if (row.level != Level::kFull) return internal_error("a masked row of " + table.name + " cannot be erased");
    if (!is_of_school(table, row, nullptr)) return internal_error("a row of another school: " + table.name);
    auto& rows = tables_[table.name];
    auto found = rows.find(row.id);
    if (found == rows.end() || found->second.version != row.version || found->second.school_id != row.school_id) return stale(table);
    undo_.push_back({table.name, row.id, found->second});
    rows.erase(found);
    touched(table, row);
    changed_ = true;
    return {};
  }

 private:
  struct Undo {
    std::string table, id;
    std::optional<RowValues> before;
  };

  static Error stale(const TableShape& table) { return {ErrorCode::kStale, {"store.stale"}, table.name}; }
  static Error duplicate(const TableShape& table) { return {ErrorCode::kDuplicate, {"store.duplicate"}, table.name}; }

  /// Whose data key closes a row in a database: a pupil's, or the school's.
  std::string subject_of(const TableShape& table, const RowValues& row) {
    if (table.name == "students") return row.id;
    if (std::string pupil = model::text_in(value_of(table, row, "student_id")); !pupil.empty()) return pupil;
    auto& visits = tables_["visits"];
    auto visit = visits.find(model::text_in(value_of(table, row, "visit_id")));
    return visit == visits.end() ? "" : model::text_in(value_of(model::shape_of<model::Visit>(), visit->second, "student_id"));
  }
  bool is_destroyed(const std::string& school, const std::string& pupil) { return tables_[kDestroyed].count(school + pupil) > 0; }
  void empty_sealed(const TableShape& table, const std::string& pupil) {
    if (!table.has_sealed()) return;
    std::vector<RowValues> theirs;
    for (const auto& [id, row] : tables_[table.name]) {
      if (row.school_id == actor_.school.value && subject_of(table, row) == pupil) theirs.push_back(row);
    }
    for (RowValues& row : theirs) {
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        if (table.columns[i].sealed && std::holds_alternative<std::string>(row.values[i])) row.values[i] = std::string();
      }
      replace(table, std::move(row));
    }
  }
  bool holds_sealed(const TableShape& table, const RowValues& row) {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (table.columns[i].sealed && !model::text_in(row.values[i]).empty()) return true;
    }
    return false;
  }

  bool sees_all_schools() const { return actor_.school.empty() && !actor_.job.empty(); }
  static const std::string& school_of(const TableShape& table, const RowValues& row) { return table.name == "schools" ? row.id : row.school_id; }
  bool is_of_school(const TableShape& table, const RowValues& row, const Reach* reach) const {
    const std::string& school = school_of(table, row);
    if (reach && !reach->school().empty() && school != reach->school()) return false;
    return sees_all_schools() || (!actor_.school.empty() && school == actor_.school.value);
  }

  Result<void> check_reach(const TableShape& table, const Reach* reach) const {
    if (table.kind == DataKind::kNone && !reach) return {};
    if (!reach) return internal_error("no reach for " + table.name);
    if (reach->kind() != table.kind) return internal_error("a reach of another kind for " + table.name);
    if (!sees_all_schools() && reach->school() != actor_.school.value) return internal_error("a reach of another school for " + table.name);
    return {};
  }

  bool is_own_visit(const RowValues& row, const std::string& visit, const std::string& teacher) const {
    const TableShape& team = model::shape_of<model::CoVisitor>();
    auto members = tables_.find(team.name);
    if (members == tables_.end()) return false;
    return std::any_of(members->second.begin(), members->second.end(), [&](const auto& entry) {
      auto member = model::from_values<model::CoVisitor>(entry.second);
      return member.place.visit_id == visit && member.teacher_id.value == teacher && member.attendance != model::Attendance::kAbsent &&
             member.school_id.value == row.school_id;
    });
  }

  bool covers(const Grant& grant, const TableShape& table, const RowValues& row) const {
    if (grant.scope == Scope::kSchool) return true;
    if (grant.key.empty()) return false;
    auto has = [&](std::string_view column) { return table.index_of(column) >= 0 && model::text_in(value_of(table, row, column)) == grant.key; };
    switch (grant.scope) {
      case Scope::kGradeGroup: return has("grade_group_id");
      case Scope::kClass: return has("class_id");
      case Scope::kOwnVisits:
        if (table.own == Own::kVisitId) return is_own_visit(row, row.id, grant.key);
        return table.own == Own::kVisit && is_own_visit(row, model::text_in(value_of(table, row, "visit_id")), grant.key);
      case Scope::kOwnSelf:
        if (table.own == Own::kTeacher) return has("teacher_id");
        return table.own == Own::kOwner && has("owner_id");
      case Scope::kSchool: break;
    }
    return true;
  }

  Level level_of(const TableShape& table, const RowValues& row, const Reach* reach) const {
    if (!is_of_school(table, row, reach)) return Level::kNone;
    if (!reach) return Level::kFull;
    Level level = Level::kNone;
    for (const Grant& grant : reach->grants()) {
      if (grant.level > level && covers(grant, table, row)) level = grant.level;
    }
    return level;
  }

  /// The rows of at least this level, masked. Conditions compare what the reader sees, so that nobody can guess at the rest.
  Result<std::vector<RowValues>> find(const TableShape& table, const Selection& selection, const Reach* reach, Level least) {
    if (failure_) return *failure_;
    SHIDE_CHECK(check_selection(table, selection));
    SHIDE_CHECK(check_reach(table, reach));
    std::vector<RowValues> found;
    for (const auto& [id, stored] : tables_[table.name]) {
      Level level = level_of(table, stored, reach);
      if (level < least || !is_after(stored, selection)) continue;
      RowValues row = seen_at(table, stored, level);
      bool wanted = std::all_of(selection.conditions.begin(), selection.conditions.end(),
                                [&](const Condition& condition) { return matches(table, row, condition); });
      if (!wanted) continue;
      touched(table, row);
      found.push_back(std::move(row));
    }
    return found;
  }

  bool collides(const TableShape& table, const RowValues& row) {
    for (const UniqueKey& key : unique_keys()) {
      if (table.name != key.table) continue;
      if (key.unless_empty && model::text_in(value_of(table, row, key.unless_empty)).empty()) continue;
      for (const auto& [id, other] : tables_[table.name]) {
        bool same = id != row.id && std::all_of(key.columns.begin(), key.columns.end(), [&](const char* column) {
          return value_of(table, row, column) == value_of(table, other, column);
        });
        if (same) return true;
      }
    }
    return false;
  }

  Result<void> put(const TableShape& table, RowValues row) {
    if (!writes_) return internal_error("save in a read: " + table.name);
    if (failure_) return *failure_;
    if (model::is_append_only(table) && row.version != 0) return internal_error("what was written into " + table.name + " stays");
    SHIDE_CHECK(check_row(table, row));
    if (!is_of_school(table, row, nullptr)) return internal_error("a row of another school: " + table.name);
    if (holds_sealed(table, row) && is_destroyed(row.school_id, subject_of(table, row))) return Error{ErrorCode::kInvalid, {"store.erased"}, table.name};
    auto& rows = tables_[table.name];
    auto found = rows.find(row.id);
    if (row.version == 0) {
      if (found != rows.end() || (table.name == "audit_events" ? is_taken(row) : collides(table, row))) return duplicate(table);
    } else {
      if (found == rows.end() || found->second.version != row.version || found->second.school_id != row.school_id) return stale(table);
      // A database gives a transaction up here; an insert that finds its place taken is only an answer.
      if (collides(table, row)) return *(failure_ = duplicate(table));
    }
    ++row.version;
    touched(table, row);
    replace(table, std::move(row));
    return {};
  }

  void replace(const TableShape& table, RowValues row) {
    auto& rows = tables_[table.name];
    auto found = rows.find(row.id);
    undo_.push_back({table.name, row.id, found == rows.end() ? std::nullopt : std::optional(found->second)});
    if (table.name == "audit_events" && sequences_) (*sequences_)[row.school_id].insert(sequence_of(row));
    rows[row.id] = std::move(row);
  }

  // The log is the longest table: its numbers are remembered rather than looked for.
  static std::int64_t sequence_of(const RowValues& row) { return model::number_in(value_of(model::shape_of<model::AuditEvent>(), row, "sequence")); }
  std::int64_t last_sequence(const std::string& school) {
    if (!sequences_) {
      sequences_.emplace();
      for (const auto& [id, row] : tables_["audit_events"]) (*sequences_)[row.school_id].insert(sequence_of(row));
    }
    const auto& taken = (*sequences_)[school];
    return taken.empty() ? 0 : *taken.rbegin();
  }
  bool is_taken(const RowValues& row) {
    (void)last_sequence(row.school_id);
    return (*sequences_)[row.school_id].count(sequence_of(row)) > 0;
  }

  /// Whose school an audit row belongs to, when the actor is a job for all schools: that of the row it tells of.
  std::string school_for(std::string_view object_id) const {
    if (!sees_all_schools()) return actor_.school.value;
    auto found = schools_.find(object_id);
    return found != schools_.end() ? found->second : last_school_;
  }
  void touched(const TableShape& table, const RowValues& row) {
    if (!sees_all_schools()) return;
    last_school_ = school_of(table, row);
    schools_[row.id] = last_school_;
  }

  MemoryStore::Tables& tables_;
  MemoryStore::Sequences& sequences_;
  const Clock& clock_;
  const model::Actor& actor_;
  std::string verb_;
  bool writes_;
  bool changed_ = false;
  bool audited_ = false;
  std::optional<Error> failure_;  // a database would refuse everything after it
  std::vector<Undo> undo_;
  std::map<std::string, std::string, std::less<>> schools_;
  std::string last_school_;
};

}  // namespace

MemoryStore::Tables MemoryStore::tables() const {
  std::lock_guard lock(mutex_);
  return tables_;
}

Result<void> MemoryStore::run(const model::Actor& actor, std::string_view verb, bool writes,
                              const std::function<Result<void>(ports::Unit&)>& work) {
  std::lock_guard lock(mutex_);
  MemoryUnit unit(tables_, sequences_, clock_, actor, verb, writes);
  Result<void> answer = [&]() -> Result<void> {
    try {
      return work(unit);
    } catch (...) {
      unit.roll_back();
      throw;
    }
  }();
  if (answer.ok() && unit.failure()) answer = *unit.failure();
  if (answer.ok() && unit.is_unaudited()) answer = internal_error("unaudited: " + std::string(verb));
  if (!answer.ok()) unit.roll_back();
  return answer;
}

}  // namespace shide::testing
