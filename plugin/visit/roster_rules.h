// When the roster of a grade group (annex 2) is whole: a pupil in every class, a team within bounds for each, and nobody of
// the group left out (S47, S48, S58, D4, D5).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
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

/// The digits of a telephone number, 7 to 13 of them, however it is typed; nothing for what is none.
std::optional<std::string> plain_phone(std::string_view typed);

/// The size that counts against the bounds: with or without the homeroom teacher, as the campaign says.
std::size_t counted_team(const RosterLine& line, const model::Campaign& campaign);

/// Wrong team of one line, if any: said when it is saved, not only when the roster is handed in. Path: "team.<class id>".
std::vector<Problem> team_problems(const RosterLine& line, const model::Campaign& campaign);

/// Everything that stands between this roster and handing it in. `teachers` are those of the grade group.
std::vector<Problem> missing_in_roster(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers,
                                       const model::Campaign& campaign);

/// Leave, secondment, illness excuse (D5).
bool owes_a_visit(const model::Teacher& teacher);

/// Teachers of the group who owe a visit and stand in no team.
std::vector<model::Teacher> left_out(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers);

/// A teacher and the class whose team has room for them.
struct FreePlace {
  Id<model::Teacher> teacher_id;
  Id<model::SchoolClass> class_id;
  bool teaches = false;      // the teacher teaches that class
  bool completes = false;    // nothing is missing afterwards
};

/// Who teaches which class, by class id.
using Teaching = std::map<std::string, std::set<Id<model::Teacher>>>;

/// The step to offer next: a teacher left out, and a team with room; one that is too small first, then a class they teach, then the
/// smallest. None when nobody is left out or no team has room. It proposes; the grade leader decides.
std::optional<FreePlace> next_free_place(const std::vector<RosterLine>& lines, const std::vector<model::Teacher>& teachers,
                                         const model::Campaign& campaign, const Teaching& teaching);

}  // namespace shide::visit
