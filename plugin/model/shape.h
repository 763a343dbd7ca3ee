// A stored noun as a table: column names with their masks, and rows as plain values. Stores see only this, so each is
// written once for all nouns and cannot treat two of them differently.
//
//     shape_of<Guardian>().columns  ->  school_year, grade_group_id, class_id, visit_id, student_id, name (Mask::kName), ...
//     to_values(guardian)           ->  one Value a column, in that order
//
// shape_of, to_values and from_values are compiled in shape.cpp for every noun of table.h; nothing here needs the lists.
// Time and Date are stored as integers (UTC microseconds; days since 1970), decimals as ten-thousandths, enums as codes.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "model/table.h"

namespace shide::model {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

enum class ColumnType { kInteger, kText };

/// What a reader with Level::kMasked gets: the value; 王**; 138****0000; or nothing (empty, null).
enum class Mask { kShow, kName, kPhone, kHide };

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;
  bool nullable = false;
  Mask mask = Mask::kShow;
  std::ptrdiff_t offset = 0;  // of the member, from the row's first byte
};

struct TableShape {
  std::string name;
  DataKind kind = DataKind::kNone;
  Own own = Own::kNobody;
  std::vector<Column> columns;  // without id, school_id, version
  /// Index of a column, or -1.
  int index_of(std::string_view column) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].name == column) return static_cast<int>(i);
    }
    return -1;
  }
  /// The name of the column whose member lies there; empty for none.
  const std::string& column_at(std::ptrdiff_t offset) const;
};

/// Rows are added and never changed or taken away, by whatever verb.
inline bool is_append_only(const TableShape& table) { return table.name == "audit_events"; }

/// A row without its type: what a store reads and writes.
struct RowValues {
  std::string id;
  std::string school_id;
  std::int64_t version = 0;
  Level level = Level::kFull;
  std::vector<Value> values;
  bool operator==(const RowValues&) const = default;
};

template <class E>
concept Coded = std::is_enum_v<E> && requires(E value) { codes(value); };

inline Value to_value(const std::string& text) { return text; }
inline Value to_value(std::string_view text) { return std::string(text); }
inline Value to_value(const char* text) { return std::string(text); }
inline Value to_value(std::int64_t number) { return number; }
inline Value to_value(int number) { return std::int64_t{number}; }
inline Value to_value(bool yes) { return std::int64_t{yes ? 1 : 0}; }
inline Value to_value(Time time) { return time.microseconds; }
inline Value to_value(Date date) { return std::int64_t{date.days}; }
inline Value to_value(Decimal decimal) { return decimal.units(); }
template <class T>
Value to_value(const Id<T>& id) { return id.value; }
template <Coded E>
Value to_value(E value) { return std::string(code_of(value)); }
template <Coded E>
Value to_value(const CodeSet<E>& set) {
  std::string text;
  for (E value : set) text += (text.empty() ? "" : " ") + std::string(code_of(value));
  return text;
}
template <class T>
Value to_value(const std::optional<T>& value) { return value ? to_value(*value) : Value{}; }

inline const std::string& text_in(const Value& value) {
  static const std::string kEmpty;
  auto* text = std::get_if<std::string>(&value);
  return text ? *text : kEmpty;
}
inline std::int64_t number_in(const Value& value) {
  auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : 0;
}

template <class T>
const TableShape& shape_of();
template <class T>
RowValues to_values(const T& row);
template <class T>
T from_values(const RowValues& in);

/// Where a member lies in its row: what tells columns apart without naming them again.
template <class T, class M>
std::ptrdiff_t offset_of(M T::*member) {
  static const T row;
  return reinterpret_cast<const char*>(&(row.*member)) - reinterpret_cast<const char*>(&row);
}

/// The column of a member: column_of(&Visit::state) -> "state".
template <class T, class M>
const std::string& column_of(M T::*member) { return shape_of<T>().column_at(offset_of(member)); }
inline std::string column_of(std::string Place::*member) {
  if (member == &Place::school_year) return "school_year";
  if (member == &Place::grade_group_id) return "grade_group_id";
  return member == &Place::class_id ? "class_id" : "visit_id";
}

}  // namespace shide::model
