// The roster of a grade group as it is worked on: its lines with their teams, who may be placed, and what has to be respected.
// For the verbs of the roster (workflow/roster.h) and of allocation (workflow/allocation.h), within their unit of work.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/stale_edit.h"
#include "ports/ports.h"
#include "visit/allocation.h"
#include "visit/roster_rules.h"

namespace shide::workflow {

struct RosterRow {
  model::SchoolClass school_class;
  model::Teacher homeroom_teacher;
  std::optional<model::Visit> visit;
  std::optional<model::VisitedStudent> student;  // within the reader's Reach
  std::optional<model::Guardian> guardian;       // masked for all but the class
  std::vector<model::CoVisitor> team;
};

struct RosterSheet {
  model::Campaign campaign;
  model::GradeGroup grade_group;
  model::Roster roster;
  std::vector<RosterRow> rows;
  std::vector<model::Teacher> teachers;            // of the grade group
  std::vector<model::Teacher> joining;             // arts and sports teachers who teach a class of the grade, or lead a club there
  std::map<std::string, model::Teacher> by_id;     // everybody above
  visit::Teaching teaching;                        // who teaches its classes
  std::vector<model::TeamRule> rules;              // who is away, who does not go with whom; empty for whom they are not meant
  std::vector<model::TeamWish> wishes;             // of arts and sports teachers for its classes
  visit::GradeToAllocate grade;                    // all of this, as allocation asks for it
  std::optional<visit::FreePlace> free_place;      // the step to offer next
  std::vector<Problem> missing;                    // what stands between it and handing in
  bool late = false;                               // handed in, or still open, after its deadline
};

/// Open, or sent back: teams may change.
bool is_editable(const model::Roster& roster);
bool leads(const model::Actor& actor, const model::Roster& roster);
/// A roster of somebody else's grade does not exist for the reader: kNotFound.
Result<model::Roster> load_roster(ports::Unit& unit, const model::Actor& actor, const Id<model::Roster>& id);
Result<RosterSheet> load_roster_sheet(ports::Unit& unit, const model::Actor& actor, const model::Roster& roster, Time now);

/// Class id -> teachers, the homeroom teacher included or not.
using TypedTeams = std::map<std::string, std::vector<std::string>>;

std::vector<visit::RosterLine> lines_of(const std::vector<RosterRow>& rows);

/// The sheet's teams with those that were typed instead of theirs, as allocation reads them.
std::vector<visit::AllocatedTeam> teams_with(const RosterSheet& sheet, const TypedTeams& typed);

/// The teams that were typed, each with its homeroom teacher first; kInvalid with "team.<class id>" for each that cannot be.
Result<std::vector<visit::RosterLine>> check_teams(const RosterSheet& sheet, const TypedTeams& typed);
/// Class by class, in names: who stands in the team now, and who was typed.
StaleEdit compare_teams(const RosterSheet& sheet, const std::vector<visit::RosterLine>& lines);

/// Made before the unit of work, which may run twice.
std::vector<Id<model::CoVisitor>> spare_co_visitor_ids(Time now);
/// Saves the teams and the roster's version.
Result<void> save_teams(ports::Unit& unit, const RosterSheet& sheet, const std::vector<visit::RosterLine>& lines, model::Roster& roster,
                        std::vector<Id<model::CoVisitor>> spare_ids);

/// One more row about a visit, where the visit stands.
template <class T>
Result<void> place_row(ports::Unit& unit, T row, const Id<T>& id, const model::Visit& visit) {
  row.id = id;
  row.school_id = visit.school_id;
  row.place = visit.place;
  return unit.of<T>().save(row);
}

}  // namespace shide::workflow
