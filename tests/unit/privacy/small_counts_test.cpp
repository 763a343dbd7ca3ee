// What leaves the school tells of no group under five, whoever subtracts.
#include "privacy/small_counts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::privacy {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using Count = std::optional<std::int64_t>;

const Count kNotTold = std::nullopt;

TEST(OutwardCounts_D9, FromFiveOnATotalAndItsPartsAreTold) {
  auto shown = outward_counts({31, 5, 14});
  EXPECT_THAT(shown.total, Eq(Count(50)));
  EXPECT_THAT(shown.parts, ElementsAre(Count(31), Count(5), Count(14)));
}

TEST(OutwardCounts_D9, TwoSmallOnesHideEachOther) {
  auto shown = outward_counts({31, 2, 3});
  EXPECT_THAT(shown.total, Eq(Count(36)));
  EXPECT_THAT(shown.parts, ElementsAre(Count(31), kNotTold, kNotTold));
}

TEST(OutwardCounts_D9, ASmallOneAloneTakesTheNextSmallestWithIt) {
  EXPECT_THAT(outward_counts({31, 9, 4}).parts, ElementsAre(Count(31), kNotTold, kNotTold));
  EXPECT_THAT(outward_counts({0, 12}).parts, ElementsAre(kNotTold, kNotTold));
}

TEST(OutwardCounts_D9, SoDoTwoThatAreUnderFiveTogether) { EXPECT_THAT(outward_counts({1, 20, 1, 8}).parts, ElementsAre(kNotTold, Count(20), kNotTold, kNotTold)); }

TEST(OutwardCounts_D9, AWholeUnderFiveIsNotToldEither) {
  auto shown = outward_counts({2, 1});
  EXPECT_THAT(shown.total, Eq(kNotTold));
  EXPECT_THAT(shown.parts, ElementsAre(kNotTold, kNotTold));
  EXPECT_THAT(outward_counts({}).total, Eq(kNotTold));
}

// Every school with up to four parts: nothing under five follows from what is told.
TEST(OutwardCounts_D9, NothingUnderFiveFollowsBySubtraction) {
  for (std::int64_t n = 0; n < 12 * 12 * 12; ++n) {
    std::vector<std::int64_t> parts = {n % 12, n / 12 % 12, n / 144};
    auto shown = outward_counts(parts);
    std::int64_t hidden = 0, count = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (shown.parts[i]) EXPECT_GE(*shown.parts[i], 5);
      else hidden += parts[i], ++count;
    }
    if (!shown.total || count == 0) continue;
    EXPECT_NE(count, 1) << n;
    EXPECT_GE(hidden, 5) << n;
  }
}

}  // namespace
}  // namespace shide::privacy
