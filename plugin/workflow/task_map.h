// Timetable and task map (S58, S64): the gates of a campaign with how far each grade is, and who owes what by when. Reckoned from what is
// there; nothing of a family stands in it. The grade leader sees the own grade, the student office all, the head the grades without names.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/campaign.h"
#include "ports/ports.h"

namespace shide::workflow {

enum class Gate { kCode, kChosen, kTeam, kRoster, kPrepared, kRecord };
constexpr auto codes(Gate) { return std::to_array<std::string_view>({"code", "chosen", "team", "roster", "prepared", "record"}); }

struct GateState {
  Gate gate = Gate::kCode;
  Date due;
  std::int64_t done = 0, all = 0;
  bool late = false;  // the day is over and something is open
};

struct GradeTasks {
  std::string grade_group_id, name;
  std::vector<GateState> gates;
};

/// What one teacher owes; of a visit the class, never the pupil.
struct OwedTask {
  std::string grade_name, teacher, class_name;
  Gate gate = Gate::kCode;
  Date due;
  bool late = false;
};

struct TaskMap {
  model::Campaign campaign;
  std::vector<GradeTasks> grades;
  std::vector<OwedTask> owed;  // the late ones first, then by day
};

/// kForbidden for everybody else.
Result<TaskMap> task_map(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id);

}  // namespace shide::workflow
