// The district learns sums of the campaign, and no group under five.
#include "workflow/district_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"

namespace shide::workflow {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using testing::kNoSuchThing;
using testing::refusal;
using testing::TestSchool;
using Count = std::optional<std::int64_t>;

class DistrictFigures_D9 : public ::testing::Test {
 protected:
  DistrictFigures_D9() { school.start_visiting(); }
  DistrictFigure figure(const std::string& code) {
    auto all = *district_figures(school.ports, district);
    for (const DistrictFigure& one : all.figures) {
      if (one.code == code) return one;
    }
    return {};
  }
  TestSchool school;
  model::Actor district = school.add_staff("丘明远", model::Role::kDistrict, "district");
};

TEST_F(DistrictFigures_D9, AreTheDistrictsAlone) {
  for (const model::Actor& other : {school.office, school.auditor, school.as(school.homeroom[0])}) EXPECT_EQ(refusal(district_figures(school.ports, other)), kNoSuchThing);
}

TEST_F(DistrictFigures_D9, TellSumsOnceTheyAreLargeEnough) {
  EXPECT_EQ(figure("families").counts.total, Count(6));
  EXPECT_THAT(figure("families").counts.parts, Each(Count())) << "nobody visited yet, six to go: one would give the other away";
  for (int i = 0; i < 6; ++i) school.finish(i);
  EXPECT_EQ(figure("teachers").parts, (std::vector<std::string>{"took_part", "not_yet"}));
  EXPECT_EQ(figure("teachers").counts.total, Count(12));
}

TEST_F(DistrictFigures_D9, TellNoSmallCount) {
  school.finish(0);
  DistrictFigure demands = figure("demands");
  EXPECT_EQ(demands.counts.total, Count()) << "one demand";
  EXPECT_THAT(demands.counts.parts, ElementsAre(Count(), Count()));
  EXPECT_EQ(figure("rectifications").counts.total, Count());
}

}  // namespace
}  // namespace shide::workflow
