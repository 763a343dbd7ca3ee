#include "model/shape.h"

#include <algorithm>

#include "base/text.h"
#include "model/fields.h"

namespace shide::model {

const std::string& TableShape::column_at(std::ptrdiff_t offset) const {
  static const std::string kNone;
  auto found = std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.offset == offset; });
  return found == columns.end() ? kNone : found->name;
}

namespace {

void from_value(const Value& value, std::string& out) { out = text_in(value); }
void from_value(const Value& value, std::int64_t& out) { out = number_in(value); }
void from_value(const Value& value, bool& out) { out = number_in(value) != 0; }
void from_value(const Value& value, Time& out) { out = {number_in(value)}; }
void from_value(const Value& value, Date& out) { out = {static_cast<std::int32_t>(number_in(value))}; }
void from_value(const Value& value, Decimal& out) { out = Decimal::from_units(number_in(value)); }
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

}  // namespace

template <class T>
const TableShape& shape_of() {
  static const TableShape shape = [] {
    TableShape made{Table<T>::name, Table<T>::kind, Table<T>::own, {}};
    if constexpr (Placed<T>) {
      for (auto member : {&Place::school_year, &Place::grade_group_id, &Place::class_id, &Place::visit_id}) {
        made.columns.push_back({.name = column_of(member), .offset = offset_of(&T::place) + offset_of(member)});
      }
    }
    std::apply([&]<class... M>(const Field<T, M>&... each) {
      (made.columns.push_back({each.name, column_type<M>(), is_nullable<M>(), each.mask, offset_of(each.member), each.sealed}), ...);
    }, fields<T>());
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
  std::apply([&](const auto&... each) { (out.values.push_back(to_value(row.*each.member)), ...); }, fields<T>());
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
  std::apply([&](const auto&... each) { (from_value(in.values[at++], row.*each.member), ...); }, fields<T>());
  return row;
}

#define SHIDE_COMPILE(TYPE, NAME, KIND, OWN)      \
  template const TableShape& shape_of<TYPE>();    \
  template RowValues to_values(const TYPE& row);  \
  template TYPE from_values(const RowValues& in);
SHIDE_TABLES(SHIDE_COMPILE)
#undef SHIDE_COMPILE

}  // namespace shide::model
