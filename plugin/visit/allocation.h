// Every teacher of a grade into a team of 2 to 3 with a homeroom teacher, if there is any way at all (S48, S58, D4, D5).
//
//     allocate(grade)  ->  kFull        the teams, those who teach a class in its team where that can be
//                      ->  kImpossible  the fewest rules that cannot all be kept: "everybody has a team", "at most 3 a team"
//
// Exact, not greedy: what is only a matter of room and permission is a flow (visit/team_flow.h); "not with" and days away are
// searched on top of it (visit/team_search.h); why there is none is visit/smallest_conflict.h. What is wanted, in this order:
// arts and sports teachers without a visit are placed where they teach; nobody is borrowed without need; those who teach the class;
// even teams; those who stand there already. Where teachers outnumber the places, a second pupil is proposed in as few classes as
// will do, and only then, for the student office to grant, a team of four (D4): always named, never silently.
// Pure and deterministic; the order of the input does not matter. At most kMostTeachers and kMostTeams.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/campaign.h"

namespace shide::visit {

inline constexpr std::size_t kMostTeachers = 300, kMostTeams = 100;

struct ClassToVisit {
  Id<model::SchoolClass> id;
  std::string name;
  Id<model::Teacher> homeroom;
  std::string homeroom_name;
  std::int64_t pupils = 1;              // chosen ones; each has a team of its own
  std::optional<std::size_t> day;       // of the first pupil, agreed with the family: the day of the window, 0 the first
  bool may_take_second = true;
};

struct TeacherToPlace {
  enum class Claim {
    kOwed,      // of this grade, and owes a visit
    kWelcome,   // arts or sports, without a visit so far: placed where there is room
    kHelper     // may help where a team would be too small
  };
  Id<model::Teacher> id;
  std::string name;
  Claim claim = Claim::kOwed;
  std::set<Id<model::SchoolClass>> teaches;      // lessons and clubs
  bool only_taught = false;                      // arts and sports: only to those classes (S60, S61)
  std::optional<Id<model::SchoolClass>> agreed;  // asked for and accepted by the homeroom teacher (S62)
  std::optional<Id<model::SchoolClass>> present; // where they stand now
  std::int64_t load = 0;                         // visits elsewhere
};

struct Away {
  Id<model::Teacher> teacher;
  std::string name;
  std::set<std::size_t> days;  // of the window
};

struct NotWith {
  Id<model::Teacher> one, other;
  std::string one_name, other_name;
};

struct GradeToAllocate {
  std::vector<ClassToVisit> classes;
  std::vector<TeacherToPlace> teachers;  // homeroom teachers of the classes are left out of account
  std::vector<Away> away;
  std::vector<NotWith> not_with;
  std::size_t days = 1;                  // of the window
  std::int64_t team_min = 2, team_max = 3;
  bool homeroom_counts = true;
  std::int64_t work = 15'000'000;        // what the search may spend, in people x teams looked at: about a second
};

struct AllocatedTeam {
  Id<model::SchoolClass> class_id;
  std::int64_t pupil = 1;                   // 1, or 2 for the second pupil of the class
  std::vector<Id<model::Teacher>> members;  // the homeroom teacher first
};

struct Allocation {
  enum class Outcome { kFull, kImpossible, kUndecided };
  Outcome outcome = Outcome::kUndecided;
  std::vector<AllocatedTeam> teams;                     // by class, as they were given
  std::vector<Id<model::Teacher>> welcome_without;      // arts and sports teachers for whom there was no room
  std::vector<Id<model::SchoolClass>> second_pupils;    // proposed: one more pupil here
  std::vector<Id<model::SchoolClass>> teams_of_four;    // to be granted by the student office: one seat more here
  std::vector<Phrase> conflict;                         // the rules that cannot all be kept; also why the proposals above are needed
  bool conflict_smallest = true;
  bool best = true;                                     // no full allocation is liked more; false: the limit was hit while looking
  std::int64_t work_left = 0;
};

Allocation allocate(const GradeToAllocate& grade);

/// What these teams break, as the leader moves people by hand: Problems at "team.<class id>", "teacher.<teacher id>".
std::vector<Problem> broken_by(const GradeToAllocate& grade, const std::vector<AllocatedTeam>& teams);

}  // namespace shide::visit
