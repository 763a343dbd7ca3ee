// People into teams where some must not meet and a team needs a day in common: the part of allocation that is hard.
//
// "Not with" alone makes the question NP-hard (it holds graph colouring), so no rule of thumb is exact. Branch and bound (Land
// and Doig, 1960) is: the flow of visit/team_flow.h without those wishes is a bound; where its answer lets two people meet, one
// branch sends the one elsewhere and the other lets the one stay and the other go; where a team has no day in common, one branch
// gives it a day and the other takes that day away. People who all avoid one another are counted against the teams
// open to them beforehand, where a search would try every order. In a grade one to a few dozen steps are usual.
// The work has a limit and a hit limit is said, never hidden. Pure; the same input gives the same answer.
#pragma once

#include <bitset>
#include <optional>

#include "visit/team_flow.h"

namespace shide::visit {

inline constexpr std::size_t kMostDays = 128;
using Days = std::bitset<kMostDays>;  // of the window, the first day first

struct TeamProblem {
  FlowProblem flow;
  Permissions may;
  std::vector<std::vector<std::size_t>> avoids;  // [person]: others, both ways
  std::vector<Days> days_of_person;
  std::vector<Days> days_of_team;                // the days on which whoever leads it can go
};

enum class Search { kAnyPlacing, kBestPlacing };

struct TeamAnswer {
  std::optional<Placing> placing;  // one that breaks nothing
  bool finished = true;            // false: the limit was hit; without a placing it is not known whether there is one
};

/// `work` is what may still be spent, in people x teams looked at; what was used is taken off.
TeamAnswer search_teams(const TeamProblem& problem, Search wanted, std::int64_t& work);

}  // namespace shide::visit
