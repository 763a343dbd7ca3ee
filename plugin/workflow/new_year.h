// A new school year: every class moves up, the last grade leaves, first grades are made, teachers go along with their class or stay with
// their grade. First a dry run that says what becomes of each class and of whom; then the confirmation, which does exactly that or, when
// the school has changed meanwhile, nothing (as an import does). Years that are over stay as they were.
//
//     SHIDE_TRY(plan, plan_new_year(ports, office, {.first_classes = "6"}));   // plan.moving == 1330, plan.leaving == 270
//     SHIDE_TRY(done, begin_new_year(ports, office, form, plan.digest));
//
// Two weeks before 1 September it may be begun; rights follow the calendar. What differs in single cases is put right afterwards, where
// it is put right all year: a class list imported (homeroom teachers, leaders), a list of pupils imported (moves, a class that is split).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

enum class TeachersGo { kWithTheirClass, kNowhere };
constexpr auto codes(TeachersGo) { return std::to_array<std::string_view>({"with_class", "nowhere"}); }

/// As typed.
struct NewYearForm {
  std::string teachers = "with_class";  // of the grades; arts and sports stay what they are
  std::string first_classes;            // how many first grades; empty: as many as last year
};

enum class ClassFate { kMovesUp, kLeaves, kIsNew };
constexpr auto codes(ClassFate) { return std::to_array<std::string_view>({"moves_up", "leaves", "is_new"}); }

struct ClassStep {
  ClassFate fate = ClassFate::kMovesUp;
  std::string before, after;          // names; empty where there is none
  std::int64_t students = 0;
  std::string homeroom_before, homeroom_after;  // names; empty after: to be chosen
};

struct GroupStep {
  std::string name;
  std::string leader_before, leader_after;
  std::int64_t teachers = 0;          // who will belong to it
};

struct NewYearPlan {
  std::string from, to;               // school years
  std::vector<ClassStep> classes;     // as they will be, by grade; those that leave last
  std::vector<GroupStep> groups;
  std::int64_t moving = 0, leaving = 0;  // pupils
  std::vector<std::string> left;      // teachers who belong nowhere any more, for they have left the school
  std::vector<Phrase> asides;         // what is still to be done afterwards, and what to look at
  std::string digest;
};

/// Which school year would be begun today: this one, or from 16 August on the next.
std::string year_to_begin(Date today);

/// kInvalid: new_year.begun when that year has classes already, new_year.nothing_before when the year before has none; at
/// "first_classes" for a number that cannot be.
Result<NewYearPlan> plan_new_year(ports::Ports& ports, const model::Actor& actor, const NewYearForm& form);

/// kStale when the plan would be another one by now.
Result<NewYearPlan> begin_new_year(ports::Ports& ports, const model::Actor& actor, const NewYearForm& form, std::string_view digest);

}  // namespace shide::workflow
