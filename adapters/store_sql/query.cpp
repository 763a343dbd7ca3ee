#include "store_sql/query.h"

#include <algorithm>

namespace shide::store_sql {

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

constexpr std::size_t kLongestList = 20'000;

bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }

std::string number_of(Level level) { return std::to_string(static_cast<int>(level)); }

/// `id`, `school_id` and `version` beside the columns of the shape.
Result<Column> column_named(const TableShape& table, const std::string& name) {
  if (name == "id" || name == "school_id") return Column{name};
  if (name == "version") return Column{name, ColumnType::kInteger};
  int at = table.index_of(name);
  if (at < 0) return internal_error("no column " + table.name + "." + name);
  return table.columns[static_cast<std::size_t>(at)];
}

/// Only ids need no collation: lower-case hexadecimal sorts the same everywhere.
std::string in_byte_order(const Dialect& dialect, const Column& column, const std::string& expression) {
  bool plain = column.type == ColumnType::kInteger || column.name == "id" || column.name.ends_with("_id");
  return plain ? expression : expression + std::string(dialect.byte_order());
}

std::string masked(const Column& column) {
  const std::string& name = column.name;
  switch (column.mask) {
    case Mask::kName: return "CASE WHEN " + name + " = '' THEN '' ELSE substr(" + name + ", 1, 1) || '**' END";
    case Mask::kPhone:
      return "CASE WHEN length(" + name + ") < 7 THEN '****' ELSE substr(" + name + ", 1, 3) || '****' || substr(" + name + ", length(" + name +
             ") - 3, 4) END";
    case Mask::kHide: return column.nullable ? "NULL" : column.type == ColumnType::kInteger ? "0" : "''";
    case Mask::kShow: break;
  }
  return name;
}

std::string seen(const Column& column) {
  if (column.mask == Mask::kShow) return column.name;
  return "(CASE WHEN seen_level = " + number_of(Level::kFull) + " THEN " + column.name + " ELSE " + masked(column) + " END)";
}

/// The actor is in the team of the visit and was not absent.
void write_own_visit(Sql& sql, const std::string& visit_column, const std::string& teacher) {
  sql.text("EXISTS (SELECT 1 FROM co_visitors own WHERE own.visit_id = t." + visit_column + " AND own.teacher_id = ").bind(teacher);
  sql.text(" AND own.school_id = t.school_id AND own.attendance <> 'absent')");
}

/// The column a grant compares in this table, or none: then it covers no row of it.
std::string compared_column(const Grant& grant, const TableShape& table) {
  auto if_there = [&](const char* column) { return table.index_of(column) >= 0 ? column : ""; };
  switch (grant.scope) {
    case Scope::kGradeGroup: return if_there("grade_group_id");
    case Scope::kClass: return if_there("class_id");
    case Scope::kOwnVisits: return table.own == Own::kVisitId ? "id" : table.own == Own::kVisit ? if_there("visit_id") : "";
    case Scope::kOwnSelf: return table.own == Own::kTeacher ? if_there("teacher_id") : table.own == Own::kOwner ? if_there("owner_id") : "";
    case Scope::kSchool: break;
  }
  return "";
}

/// A predicate for "some grant of at least this level covers the row".
class Cover {
 public:
  Cover(const TableShape& table, const Reach* reach, Level least) : table_(table) {
    if (!reach) everything_ = true;
    else for (const Grant& grant : reach->grants()) add(grant, least);
  }
  bool is_everything() const { return everything_; }
  bool is_nothing() const { return !everything_ && grants_.empty(); }

  void write(Sql& sql) const {
    if (everything_) sql.text("1 = 1");
    if (is_nothing()) sql.text("1 = 0");
    if (everything_ || is_nothing()) return;
    std::string_view separator = "(";
    for (const Grant& grant : grants_) {
      sql.text(separator);
      std::string column = compared_column(grant, table_);
      if (grant.scope == Scope::kOwnVisits) write_own_visit(sql, column, grant.key);
      else sql.text("t." + column + " = ").bind(grant.key);
      separator = " OR ";
    }
    sql.text(")");
  }

 private:
  void add(const Grant& grant, Level least) {
    if (grant.level < least) return;
    if (grant.scope == Scope::kSchool) everything_ = true;
    else if (!grant.key.empty() && !compared_column(grant, table_).empty()) grants_.push_back(grant);
  }

  const TableShape& table_;
  bool everything_ = false;
  std::vector<Grant> grants_;
};

Result<void> check_reach(const TableShape& table, const Reach* reach, const Bounds& bounds) {
  if (table.kind == DataKind::kNone && !reach) return {};
  if (!reach) return internal_error("no reach for " + table.name);
  if (reach->kind() != table.kind) return internal_error("a reach of another kind for " + table.name);
  if (!bounds.all && reach->school() != bounds.school) return internal_error("a reach of another school for " + table.name);
  return {};
}

void write_school(Sql& sql, const TableShape& table, const Reach* reach, const Bounds& bounds) {
  const std::string& school = bounds.all && reach ? reach->school() : bounds.school;
  if (bounds.all && school.empty()) {
    sql.text("1 = 1");
    return;
  }
  sql.text(table.name == "schools" ? "t.id = " : "t.school_id = ").bind(school);
}

void write_source(Sql& sql, const TableShape& table, const Reach* reach, const Bounds& bounds, Level least) {
  Cover full(table, reach, Level::kFull);
  sql.text(" FROM (SELECT t.*, ");
  if (full.is_everything() || full.is_nothing()) {
    sql.text(number_of(full.is_everything() ? Level::kFull : Level::kMasked));
  } else {
    sql.text("CASE WHEN ");
    full.write(sql);
    sql.text(" THEN " + number_of(Level::kFull) + " ELSE " + number_of(Level::kMasked) + " END");
  }
  sql.text(" AS seen_level FROM " + table.name + " t WHERE ");
  write_school(sql, table, reach, bounds);
  sql.text(" AND ");
  Cover(table, reach, least).write(sql);
  sql.text(") seen WHERE 1 = 1");
}

/// Long lists are filled up to a power of two, so that few different statements are kept.
void write_one_of(Sql& sql, const Column& column, const std::vector<Value>& values) {
  std::vector<Value> given;
  std::copy_if(values.begin(), values.end(), std::back_inserter(given), [](const Value& value) { return !is_null(value); });
  bool with_null = given.size() < values.size();
  std::size_t size = 1;
  while (size < given.size()) size *= 2;
  sql.text("(").text(with_null ? seen(column) + " IS NULL" : "1 = 0");
  if (!given.empty()) {
    sql.text(" OR " + seen(column) + " IN (");
    for (std::size_t i = 0; i < size; ++i) sql.text(i == 0 ? "" : ", ").bind(column.type, given[std::min(i, given.size() - 1)]);
    sql.text(")");
  }
  sql.text(")");
}

void write_condition(Sql& sql, const Dialect& dialect, const Column& column, const Condition& condition) {
  if (condition.comparison == Comparison::kOneOf) {
    write_one_of(sql, column, condition.values);
    return;
  }
  const Value& value = condition.values.front();
  std::string left = seen(column);
  switch (condition.comparison) {
    case Comparison::kEqual:
      if (is_null(value)) sql.text(left + " IS NULL");
      else sql.text(left + " = ").bind(column.type, value);
      return;
    case Comparison::kNotEqual:
      if (is_null(value)) sql.text(left + " IS NOT NULL");
      else sql.text("(" + left + " IS NULL OR " + left + " <> ").bind(column.type, value).text(")");
      return;
    case Comparison::kLess:
    case Comparison::kAtLeast:
      sql.text(in_byte_order(dialect, column, left)).text(condition.comparison == Comparison::kLess ? " < " : " >= ").bind(column.type, value);
      return;
    case Comparison::kOneOf: return;
  }
}

Result<void> check_values(const Column& column, const Condition& condition) {
  bool list = condition.comparison == Comparison::kOneOf;
  if (!list && condition.values.size() != 1) return internal_error("one value wanted for " + column.name);
  if (condition.values.size() > kLongestList) return internal_error("too many values for " + column.name);
  for (const Value& value : condition.values) {
    bool number = std::holds_alternative<std::int64_t>(value);
    if (!is_null(value) && number != (column.type == ColumnType::kInteger)) return internal_error("wrong type for " + column.name);
  }
  return {};
}

/// With the newest first, the rows after an id are the older ones.
bool runs_backwards(const Selection& selection) {
  return !selection.orders.empty() && selection.orders.front().column == "id" && selection.orders.front().descending;
}

Result<void> write_conditions(Sql& sql, const Dialect& dialect, const TableShape& table, const Selection& selection) {
  for (const Condition& condition : selection.conditions) {
    SHIDE_TRY(column, column_named(table, condition.column));
    SHIDE_CHECK(check_values(column, condition));
    sql.text(" AND ");
    write_condition(sql, dialect, column, condition);
  }
  if (!selection.after_id.empty()) sql.text(runs_backwards(selection) ? " AND id < " : " AND id > ").bind(selection.after_id);
  return {};
}

// Null comes before everything else, in both databases.
Result<void> write_order(Sql& sql, const Dialect& dialect, const TableShape& table, const Selection& selection) {
  sql.text(" ORDER BY ");
  bool by_id = false;
  for (const Order& order : selection.orders) {
    SHIDE_TRY(column, column_named(table, order.column));
    sql.text(in_byte_order(dialect, column, seen(column))).text(order.descending ? " DESC" : " ASC");
    if (column.nullable) sql.text(order.descending ? " NULLS LAST" : " NULLS FIRST");
    sql.text(", ");
    by_id = by_id || column.name == "id";
  }
  sql.text(by_id ? "version" : "id");
  if (selection.limit > 0) sql.text(" LIMIT ").bind(selection.limit);
  return {};
}

void write_where_loaded(Sql& sql, const RowValues& row) {
  sql.text(" WHERE id = ").bind(row.id).text(" AND version = ").bind(row.version).text(" AND school_id = ").bind(row.school_id);
}

}  // namespace

Result<Sql> select_rows(const Dialect& dialect, const TableShape& table, const Selection& selection, const Reach* reach, const Bounds& bounds) {
  SHIDE_CHECK(check_reach(table, reach, bounds));
  Sql sql("SELECT id, school_id, version, seen_level");
  sql.gives(ColumnType::kText).gives(ColumnType::kText).gives(ColumnType::kInteger).gives(ColumnType::kInteger);
  for (const Column& column : table.columns) sql.text(", " + seen(column)).gives(column.type);
  write_source(sql, table, reach, bounds, Level::kMasked);
  SHIDE_CHECK(write_conditions(sql, dialect, table, selection));
  SHIDE_CHECK(write_order(sql, dialect, table, selection));
  return sql;
}

Result<Sql> count_rows(const Dialect& dialect, const TableShape& table, const Selection& selection, const Reach* reach, const Bounds& bounds) {
  SHIDE_CHECK(check_reach(table, reach, bounds));
  Sql sql("SELECT COUNT(*)");
  sql.gives(ColumnType::kInteger);
  write_source(sql, table, reach, bounds, Level::kCounts);
  SHIDE_CHECK(write_conditions(sql, dialect, table, selection));
  return sql;
}

RowValues row_of(Row answer) {
  RowValues row;
  row.id = model::text_in(answer[0]);
  row.school_id = model::text_in(answer[1]);
  row.version = model::number_in(answer[2]);
  row.level = static_cast<Level>(model::number_in(answer[3]));
  row.values.assign(std::make_move_iterator(answer.begin() + 4), std::make_move_iterator(answer.end()));
  return row;
}

Sql insert_row(const TableShape& table, const RowValues& row) {
  Sql sql("INSERT INTO " + table.name + " (id, school_id, version");
  for (const Column& column : table.columns) sql.text(", " + column.name);
  sql.text(") VALUES (").bind(row.id).text(", ").bind(row.school_id).text(", 1");
  for (std::size_t i = 0; i < row.values.size(); ++i) sql.text(", ").bind(table.columns[i].type, row.values[i]);
  sql.text(") ON CONFLICT DO NOTHING");
  return sql;
}

Sql update_row(const TableShape& table, const RowValues& row) {
  Sql sql("UPDATE " + table.name + " SET version = version + 1");
  for (std::size_t i = 0; i < row.values.size(); ++i) sql.text(", " + table.columns[i].name + " = ").bind(table.columns[i].type, row.values[i]);
  write_where_loaded(sql, row);
  return sql;
}

Sql erase_row(const TableShape& table, const RowValues& row) {
  Sql sql("DELETE FROM " + table.name);
  write_where_loaded(sql, row);
  return sql;
}

Sql last_sequence(const std::string& school) {
  Sql sql("SELECT coalesce(max(sequence), 0) FROM audit_events WHERE school_id = ");
  return sql.bind(school).gives(ColumnType::kInteger);
}

Sql count_view(const std::string& post, const Bounds& bounds) {
  Sql sql("UPDATE posts SET views = COALESCE(views, 0) + 1 WHERE id = ");
  sql.bind(post);
  if (!bounds.all) sql.text(" AND school_id = ").bind(bounds.school);
  return sql;
}

}  // namespace shide::store_sql
