// Everybody of a grade into a team, proposed beside the present teams and taken as a whole (S58, S60..S62, D4, D5).
//
// The grade leader enters who is away and who does not go together; arts and sports teachers ask to come along and the homeroom
// teacher answers; the proposal is computed from all of that on each look, so that the same state gives the same proposal.
#pragma once

#include <string>
#include <vector>

#include "workflow/roster_sheet.h"

namespace shide::workflow {

struct AllocationSheet {
  RosterSheet roster;
  visit::Allocation proposal;
  std::string fingerprint;  // of everything the proposal rests on, except the present teams: those have the roster's version
};

/// For the grade leader and the student office; kNotFound for everybody else.
Result<AllocationSheet> allocation_sheet(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);

/// What would still be wrong with these teams as a whole: sizes, who is left out, and the rules that were entered.
std::vector<Problem> wrong_with(const RosterSheet& sheet, const TypedTeams& teams);

/// Takes the teams as a whole, moved by hand or not: kInvalid when anything is wrong with them, kStale when the teams, the rules,
/// the wishes or the people have changed since the proposal was shown. Sent twice it gives the first answer again.
Result<model::Roster> accept_allocation(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, std::int64_t expected_version,
                                        std::string_view fingerprint, const TypedTeams& teams);

/// One rule as typed: "away" with its days, or "not_with" with the other colleague.
struct TeamRuleForm {
  std::string kind, teacher_id, other_id, from, to;
};
/// Only the grade leader adds and removes. The same rule a second time gives the first answer again.
Result<model::TeamRule> add_team_rule(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, const TeamRuleForm& form);
Result<void> remove_team_rule(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, const Id<model::TeamRule>& rule);

/// The grade leader asks the student office for one seat more a team (D4). Only while somebody has no place otherwise.
Result<model::Roster> ask_for_seat(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);
/// The student office, never who asked (D9).
Result<model::Roster> grant_seat(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);

}  // namespace shide::workflow
