// The search: its bound, its limit, and circles of people who avoid one another.
#include "visit/team_search.h"

#include <gtest/gtest.h>

namespace shide::visit {
namespace {

/// `people` who must be placed into `teams` of up to `most`.
TeamProblem room_for(std::size_t people, std::size_t teams, std::int64_t most) {
  TeamProblem problem;
  problem.flow.rooms.assign(teams, {1, most});
  problem.flow.cost.assign(people, std::vector<std::int64_t>(teams, 0));
  problem.flow.cost_nowhere.assign(people, {1, 0});
  problem.flow.cost_per_companion = 1;
  problem.may.assign(people, std::vector<char>(teams, 1));
  problem.avoids.resize(people);
  problem.days_of_person.assign(people, Days{3});
  problem.days_of_team.assign(teams, Days{3});
  return problem;
}

TEST(TeamFlow_S58, MovesOthersAlongWhereThatMakesRoom) {
  FlowProblem problem{{{1, 1}, {1, 1}, {1, 1}}, {{0, 5, 9}, {0, 0, 9}, {0, 9, 9}}, {{1, 0}, {1, 0}, {1, 0}}, 0};
  Permissions may = {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}};
  Placing placing = place_at_least_cost(problem, may);
  EXPECT_EQ(placing.team_of, (std::vector<std::size_t>{2, 1, 0}));
  EXPECT_EQ(placing.cost, (PlaceCost{0, 9}));
}

TEST(TeamFlow_S58, CountsWhatCannotBeKept) {
  Permissions may = {{1, 0}, {1, 0}};
  FlowProblem problem{{{1, 1}, {1, 1}}, {{0, 0}, {0, 0}}, {{1, 0}, {1, 0}}, 0};
  EXPECT_EQ(place_at_least_cost(problem, may).cost.broken, 2) << "one is nowhere, and one team is empty";
}

TEST(TeamSearch_S58, MoreWhoAvoidOneAnotherThanTeamsIsSeenWithoutTryingEveryOrder) {
  TeamProblem problem = room_for(13, 12, 3);
  for (std::size_t one = 0; one < 13; ++one) {
    for (std::size_t other = 0; other < 13; ++other) {
      if (one != other) problem.avoids[one].push_back(other);
    }
  }
  std::int64_t work = 10'000;
  TeamAnswer answer = search_teams(problem, Search::kBestPlacing, work);
  EXPECT_TRUE(answer.finished);
  EXPECT_FALSE(answer.placing);
}

TEST(TeamSearch_S58, AnUnevenSplitByDaysIsFoundImpossible) {
  TeamProblem problem = room_for(6, 3, 2);
  for (std::size_t person = 0; person < 6; ++person) problem.days_of_person[person] = Days{person < 3 ? 1u : 2u};
  std::int64_t work = 1'000'000;
  TeamAnswer answer = search_teams(problem, Search::kAnyPlacing, work);
  EXPECT_TRUE(answer.finished);
  EXPECT_FALSE(answer.placing) << "three of each day fill two teams each, and there are three";
  problem.days_of_person[0] = Days{3};
  EXPECT_TRUE(search_teams(problem, Search::kAnyPlacing, work).placing);
}

TEST(TeamSearch_S58, AHitLimitIsNotAnAnswer) {
  TeamProblem problem = room_for(40, 20, 2);
  for (std::size_t person = 0; person < 40; ++person) problem.days_of_person[person] = Days{person < 21 ? 1u : 2u};
  std::int64_t work = 50'000;
  TeamAnswer answer = search_teams(problem, Search::kAnyPlacing, work);
  EXPECT_FALSE(answer.finished);
  EXPECT_FALSE(answer.placing);
}

}  // namespace
}  // namespace shide::visit
