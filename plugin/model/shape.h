// A stored noun as a table: column names with their masks, and rows as plain values. Stores see only this, so each is
// written once for all nouns and cannot treat two of them differently.
//
//     shape_of<Guardian>().columns  ->  school_year, grade_group_id, class_id, visit_id, student_id, name (Mask::kName), ...
//     to_values(guardian)           ->  one Value a column, in that order
//
// Time and Date are stored as integers (UTC microseconds; days since 1970), decimals as ten-thousandths, enums as codes.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "model/fields.h"

namespace shide::model {

using Value = std::variant<std::monostate, std::int64_t, std::string>;

enum class ColumnType { kInteger, kText };

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;
  bool nullable = false;
  Mask mask = Mask::kShow;
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
};

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

inline void from_value(const Value& value, std::string& out) { out = text_in(value); }
inline void from_value(const Value& value, std::int64_t& out) { out = number_in(value); }
inline void from_value(const Value& value, bool& out) { out = number_in(value) != 0; }
inline void from_value(const Value& value, Time& out) { out = {number_in(value)}; }
inline void from_value(const Value& value, Date& out) { out = {static_cast<std::int32_t>(number_in(value))}; }
inline void from_value(const Value& value, Decimal& out) { out = Decimal::from_units(number_in(value)); }
template <class T>
void from_value(const Value& value, Id<T>& out) { out.value = text_in(value); }
template <Coded E>
void from_value(const Value& value, E& out) { out = from_code<E>(text_in(value)).value_or(E{}); }
template <Coded E>
void from_value(const Value& value, CodeSet<E>& out) {
  out.clear();
  for (std::string_view code : split(text_in(value), ' ')) {
    if (auto known = from_code<E>(code)) out.insert(*known);
  }
}
template <class T>
void from_value(const Value& value, std::optional<T>& out) {
  out.reset();
  if (!std::holds_alternative<std::monostate>(value)) from_value(value, out.emplace());
}

template <class M>
constexpr ColumnType column_type() {
  if constexpr (requires(M m) { typename M::value_type; } && requires(M m) { m.has_value(); }) return column_type<typename M::value_type>();
  else if constexpr (std::same_as<M, std::int64_t> || std::same_as<M, bool> || std::same_as<M, Time> || std::same_as<M, Date> || std::same_as<M, Decimal>) return ColumnType::kInteger;
  else return ColumnType::kText;
}
template <class M>
constexpr bool is_nullable() { return requires(M m) { m.has_value(); }; }

template <class T>
const TableShape& shape_of() {
  static const TableShape shape = [] {
    TableShape made{Table<T>::name, Table<T>::kind, Table<T>::own, {}};
    if constexpr (Placed<T>) {
      for (const char* name : {"school_year", "grade_group_id", "class_id", "visit_id"}) made.columns.push_back({name});
    }
    std::apply([&]<class... M>(const Field<T, M>&... fields) {
      (made.columns.push_back({fields.name, column_type<M>(), is_nullable<M>(), fields.mask}), ...);
    }, Table<T>::fields());
    return made;
  }();
  return shape;
}

template <class T>
RowValues to_values(const T& row) {
  RowValues out{row.id.value, row.school_id.value, row.version, row.level, {}};
  if constexpr (Placed<T>) {
    out.values = {row.place.school_year, row.place.grade_group_id, row.place.class_id, row.place.visit_id};
  }
  std::apply([&](const auto&... fields) { (out.values.push_back(to_value(row.*fields.member)), ...); }, Table<T>::fields());
  return out;
}

template <class T>
T from_values(const RowValues& in) {
  T row;
  row.id.value = in.id;
  row.school_id.value = in.school_id;
  row.version = in.version;
  row.level = in.level;
  std::size_t at = 0;
  if constexpr (Placed<T>) {
    row.place = {text_in(in.values[0]), text_in(in.values[1]), text_in(in.values[2]), text_in(in.values[3])};
    at = 4;
  }
  std::apply([&](const auto&... fields) { (from_value(in.values[at++], row.*fields.member), ...); }, Table<T>::fields());
  return row;
}

/// The column of a member: column_of(&Visit::state) -> "state".
template <class T, class M>
std::string column_of(M T::*member) {
  std::string name;
  std::apply([&](const auto&... fields) {
    auto look = [&](const auto& field) {
      if constexpr (std::same_as<std::remove_cvref_t<decltype(field.member)>, M T::*>) {
        if (field.member == member) name = field.name;
      }
    };
    (look(fields), ...);
  }, Table<T>::fields());
  return name;
}
inline std::string column_of(std::string Place::*member) {
  if (member == &Place::school_year) return "school_year";
  if (member == &Place::grade_group_id) return "grade_group_id";
  return member == &Place::class_id ? "class_id" : "visit_id";
}

}  // namespace shide::model
