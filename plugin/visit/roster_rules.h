// When the roster of a grade group (annex 2) is whole: a pupil in every class, a team within bounds for each, and nobody of
// the group left out (S47, S48, S58, D4, D5).
#pragma once

#include <string>
#include <vector>

#include "base/phrase.h"
#include "base/error.h"
#include "model/campaign.h"
#include "model/visit.h"

namespace shide::visit {

struct RosterLine {
  model::SchoolClass school_class;
  bool has_student = false;
  std::vector<Id<model::Teacher>> team;  // with the homeroom teacher
};

/// The size that counts against the bounds: with or without the homeroom teacher, as the campaign says.
std::size_t counted_team(const RosterLine& line, const model::Campaign& campaign);

/// Wrong team of one line, if any: said when it is saved, not only when the roster is handed in. Path: "team.<class id>".
std::vector<Problem> team_problems(const RosterLine& line, const model::Campaign& campaign);

/// Everything that stands between this roster and handing it in. `teachers` are those of the grade group.
std::vector<Problem> missing_in_roster(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers,
                                       const model::Campaign& campaign);

/// Teachers of the group who owe a visit and stand in no team.
std::vector<model::Teacher> left_out(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers);

}  // namespace shide::visit
