// Two beginnings in one minute contradict each other; nothing else about time says anything.
#include "analysis/overlap.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::analysis {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Time at(int hour, int minute, int second = 0) { return time_of(*make_date(2021, 1, 23), hour, minute) + second * kSecond; }

TEST(Overlap_S87_D8, OneTeacherInTwoVisitsOfTheSameMinuteIsAsked) {
  auto found = find_overlaps({{"v1", "wu", at(15, 0)}, {"v1", "zhai", at(15, 0)}, {"v2", "mei", at(15, 0)}, {"v2", "wu", at(15, 0, 40)}});
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].first, 0u);
  EXPECT_EQ(found[0].second, 3u);
}

TEST(Overlap_S87_D8, TheQuestionTellsTheMinuteAndNothingOfEitherFamily) {
  auto found = find_overlaps({{"v1", "wu", at(15, 0)}, {"v2", "wu", at(15, 0)}});
  EXPECT_EQ(found[0].because, (Phrase{"overlap.same_minute", {{"time", "2021-01-23 15:00"}}}));
  EXPECT_EQ(render(found[0].because, Language::kChinese).find("v2"), std::string::npos);
}

TEST(Overlap_S87_D8, ShortVisitsAndLateHoursSayNothing) {
  EXPECT_THAT(find_overlaps({{"v1", "wu", at(15, 0)}, {"v2", "wu", at(15, 1)}}), IsEmpty()) << "next door";
  EXPECT_THAT(find_overlaps({{"v1", "wu", at(23, 30)}, {"v2", "mei", at(23, 30)}}), IsEmpty()) << "two teachers";
  EXPECT_THAT(find_overlaps({{"v1", "wu", at(15, 0)}, {"v1", "wu", at(15, 0)}}), IsEmpty()) << "one visit";
}

TEST(Overlap_S87_D8, FamiliesMetTogetherContradictNothing) {
  EXPECT_THAT(find_overlaps({{"v1", "wu", at(15, 0), true}, {"v2", "wu", at(15, 0), true}}), IsEmpty());
  EXPECT_THAT(find_overlaps({{"v1", "wu", at(15, 0), true}, {"v2", "wu", at(15, 0), false}}), SizeIs(1)) << "a gathering and a home";
}

}  // namespace
}  // namespace shide::analysis
