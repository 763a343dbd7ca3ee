// Which grade and which class a name means, however it is written.
//
//     class_number_of("三年级（2）班"), ("三(2)班"), ("3.2"), ("302班"), ("三2")  ->  {3, 2}        grade_of("三年级组")  ->  3
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace shide::visit {

struct ClassNumber {
  int grade = 0, number = 0;
  auto operator<=>(const ClassNumber&) const = default;
};

/// Nothing for a name with other words in it ("阳光班"), or with the year of entry.
std::optional<ClassNumber> class_number_of(std::string_view name);

/// Of a name that says its grade and nothing else; nothing otherwise.
std::optional<int> grade_of(std::string_view name);

/// The same name a grade up, in its own spelling: "三(2)班" -> "四(2)班", "302班" -> "402班". A name that says no grade stays.
std::string next_grade_name(std::string_view name);

}  // namespace shide::visit
