// How far a school has come on its first afternoon, and what is next: its people, their roles and slips, classes, pupils, lessons, the
// plan. Read from what is there, so it can be left and taken up again at any step. For the IT administrator and the student office,
// who share the work.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/actor.h"
#include "ports/ports.h"

namespace shide::workflow {

enum class FirstStep { kPeople, kRoles, kSlips, kClasses, kStudents, kLessons, kPlan };
constexpr auto codes(FirstStep) { return std::to_array<std::string_view>({"people", "roles", "slips", "classes", "students", "lessons", "plan"}); }

struct StepState {
  FirstStep step = FirstStep::kPeople;
  bool done = false;
  std::int64_t count = 0;    // what is there: people, classes, pupils ...
  std::int64_t missing = 0;  // what of it still lacks something: without a slip, without a homeroom teacher, without pupils
  model::Role whose = model::Role::kItAdmin;
  std::vector<model::Role> nobody;  // of kRoles: roles that nobody has yet
};

/// In their order; all of this school year.
Result<std::vector<StepState>> first_steps(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::workflow
