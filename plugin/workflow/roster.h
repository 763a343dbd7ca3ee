// Annex 2: the homeroom teacher chooses the pupil, the grade leader gives every teacher a team and hands the roster in, the
// student office accepts it or sends it back with a reason (S46..S62, S99..S101).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "workflow/roster_sheet.h"

namespace shide::workflow {

/// Who is to be visited, as the homeroom teacher types it. The pupil comes from the register of the own class.
struct ChosenStudentForm {
  std::string student_id, gender;
  std::string guardian_name, relation, phone, address;
  std::vector<std::string> care_categories;
};

/// Keeps the choice (a second one replaces the first while the roster is open and nothing is written about the visit). After a
/// family declined or could not be reached another pupil's visit comes for theirs, with the same companions, at any time. kNotFound for a class that is not the
/// actor's, kInvalid "student_id" for a pupil of another class.
Result<model::Visit> choose_student(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign,
                                    const Id<model::SchoolClass>& school_class, const ChosenStudentForm& form);

/// The pupils of the own class, for choosing.
Result<std::vector<model::Student>> students_of_class(ports::Ports& ports, const model::Actor& actor, const Id<model::SchoolClass>& school_class);

Result<RosterSheet> roster_sheet(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);

/// Rosters of a campaign that concern the actor: the office sees all, a grade leader the own.
Result<std::vector<RosterSheet>> roster_sheets(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);

/// Saves what is right only if all of it is right: kInvalid with "team.<class id>" otherwise. The roster's version guards against a stale page.
Result<model::Roster> set_teams(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, std::int64_t expected_version,
                                const TypedTeams& teams);

/// Hands it in; kInvalid lists what is missing. Handing in twice gives the first answer again.
Result<model::Roster> submit_roster(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);
/// By the student office, never by who handed it in (D9).
Result<model::Roster> accept_roster(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id);
Result<model::Roster> send_back_roster(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, std::string_view reason);

}  // namespace shide::workflow
