// The fewest rules that cannot all be kept, on conflicts that were hidden beforehand.
#include "visit/smallest_conflict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

/// Rules cannot be kept as soon as they hold one of these sets.
auto breaking(std::vector<RuleNumbers> conflicts) {
  return [conflicts](const RuleNumbers& rules) -> std::optional<bool> {
    return std::none_of(conflicts.begin(), conflicts.end(), [&](const RuleNumbers& one) { return std::includes(rules.begin(), rules.end(), one.begin(), one.end()); });
  };
}

TEST(SmallestConflict_S58, FindsTheSmallerOneWhereLeavingOutOneByOneEndsInTheLarger) {
  Conflict conflict = smallest_conflict(8, breaking({{0, 1, 2, 3}, {6, 7}}));
  EXPECT_THAT(conflict.rules, ElementsAre(6, 7));
  EXPECT_TRUE(conflict.smallest);
}

TEST(SmallestConflict_S58, OneRuleAloneMayBeEnough) { EXPECT_THAT(smallest_conflict(5, breaking({{4}, {0, 1}})).rules, ElementsAre(4)); }

TEST(SmallestConflict_S58, NoneAtAllWhenNothingCanBeKeptAnyway) { EXPECT_THAT(smallest_conflict(3, breaking({{}})).rules, SizeIs(0)); }

TEST(SmallestConflict_S58, AnAnswerThatCannotBeHadIsSaid) {
  Conflict conflict = smallest_conflict(3, [](const RuleNumbers& rules) -> std::optional<bool> {
    if (rules.size() == 2) return {};
    return rules.size() < 2;
  });
  EXPECT_THAT(conflict.rules, SizeIs(3));
  EXPECT_FALSE(conflict.smallest);
}

}  // namespace
}  // namespace shide::visit
