// The page on which the committee enters what people judged: all or none, never over a colleague's mark.
#include "workflow/rating.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/appraisal.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

class Ratings : public ::testing::Test {
 protected:
  Ratings() {
    school.announce_campaign();
    run = open_appraisal(school.ports, school.committee, school.campaign)->id;
  }
  RatingForm mark(int teacher, const char* component, const char* typed, const char* seen = "") const { return {school.homeroom[teacher].id.value, component, typed, seen}; }
  Result<int> save(const std::vector<RatingForm>& forms) { return save_ratings(school.ports, school.committee, run, forms); }
  RatingSheet sheet() { return *rating_sheet(school.ports, school.committee, run, ""); }
  TestSchool school;
  Id<model::Appraisal> run;
};

using Ratings_S81 = Ratings;

TEST_F(Ratings_S81, TheSheetHoldsEveryTeacherOfTheGroupAndEveryComponentThatIsRated) {
  ASSERT_EQ(*save({mark(0, "self", "96"), mark(1, "peer", "91.5/7")}), 2);
  RatingSheet shown = sheet();
  EXPECT_EQ(shown.grade_group_id, school.grade_group.value);
  EXPECT_THAT(shown.components, ElementsAre("self", "peer", "guardian", "committee")) << "the visit is computed";
  EXPECT_EQ(shown.rows.size(), 12u);
  EXPECT_THAT(shown.rows[0].marks, ElementsAre("96", "", "", ""));
}

TEST_F(Ratings_S81, OneWrongMarkKeepsNone) {
  auto refused = save({mark(0, "self", "96"), mark(0, "peer", "一百")});
  EXPECT_THAT(problems(refused), ElementsAre("rating." + school.homeroom[0].id.value + ".peer: appraisal.rating_wrong"));
  EXPECT_THAT(school.rows<model::Rating>(), ::testing::IsEmpty());
}

TEST_F(Ratings_S81, ThePageSentTwiceChangesNothingAndWhatIsLeftEmptyStays) {
  EXPECT_EQ(*save({mark(0, "self", "96")}), 1);
  EXPECT_EQ(*save({mark(0, "self", "96")}), 0);
  EXPECT_EQ(*save({mark(0, "self", "", "96")}), 0);
  EXPECT_EQ(school.rows<model::Rating>().front().value, "96");
}

TEST_F(Ratings_S81, AMarkThatAColleagueChangedMeanwhileIsShownBeside) {
  ASSERT_TRUE(save({mark(0, "self", "96")}));
  auto late = save({mark(0, "self", "90")});
  EXPECT_EQ(late.error().code, ErrorCode::kStale);
  EXPECT_THAT(problems(late), ElementsAre("rating." + school.homeroom[0].id.value + ".self: field.both"));
  EXPECT_EQ(*save({mark(0, "self", "90", "96")}), 1);
}

using Ratings_D9 = Ratings;

TEST_F(Ratings_D9, OnlyTheCommitteeOpensTheSheet) {
  for (const model::Actor& other : {school.head, school.hr, school.office, school.as(school.homeroom[0])}) {
    EXPECT_EQ(refusal(rating_sheet(school.ports, other, run, "")), kNoSuchThing);
  }
}

}  // namespace
}  // namespace shide::workflow
