// What every stored noun has in common, and the values a field can hold.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/time.h"

namespace shide::model {

struct School;

/// How much of a protected row its reader sees. The store fills it in; a row that is not kFull cannot be saved.
enum class Level { kNone = 0, kCounts = 1, kMasked = 2, kFull = 3 };

/// `version` counts saves from 1; 0 is "not stored yet". Every row belongs to one school (R14).
template <class T>
struct Row {
  Id<T> id;
  Id<School> school_id;
  std::int64_t version = 0;
  Level level = Level::kFull;  // not stored
};

/// Where in the school a row about one visit stands on its day: pupils move up, the row stays (D12).
struct Place {
  std::string school_year;  // "2020-2021"
  std::string grade_group_id;
  std::string class_id;
  std::string visit_id;
};

/// A small set of codes in one text field, separated by blanks, in the enum's order.
template <class E>
using CodeSet = std::set<E>;

}  // namespace shide::model
