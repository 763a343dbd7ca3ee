// What annex 3 may hold, what it lacks, and what asks for a reason: a whole record in a plan's window; each test changes one thing.
#include "visit/record_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::problems;
using testing::TestSchool;

Time at(int day, int hour, int minute = 0) { return time_of(*make_date(2021, 1, day), hour, minute); }
const Time kEvening = at(24, 20, 30);

class AnnexThree : public ::testing::Test {
 protected:
  AnnexThree() {
    circumstances.campaign.visit_from = *make_date(2021, 1, 23);
    circumstances.campaign.visit_to = *make_date(2021, 1, 24);
    circumstances.preparation.text = "优点：爱提问。";
    circumstances.preparation.sealed_at = at(22, 20);
    circumstances.team.resize(2);
    circumstances.photos = 2;
    form.narrative = "孩子把三年的奖状按大小贴在门后。";
  }
  /// The fields still missing of what is typed.
  std::vector<std::string> missing() {
    model::VisitRecord record;
    EXPECT_TRUE(fill_record(record, form, kEvening));
    std::vector<std::string> paths;
    for (const Problem& one : missing_parts(record, circumstances)) paths.push_back(one.path);
    return paths;
  }
  Result<void> fill() {
    model::VisitRecord record;
    return fill_record(record, form, kEvening);
  }
  RecordForm form = TestSchool::full_form("孩子");
  RecordCircumstances circumstances;
};

using AnnexThree_S49_S50_S52_S72_S110 = AnnexThree;

TEST_F(AnnexThree_S49_S50_S52_S72_S110, AWholeOneLacksNothing) { EXPECT_THAT(missing(), IsEmpty()); }

TEST_F(AnnexThree_S49_S50_S52_S72_S110, AnEmptyOneIsADraftAndKnowsAllItLacks) {
  form = {};
  circumstances.photos = 0;
  circumstances.preparation = {};
  EXPECT_THAT(missing(), ElementsAre("visited_at", "mode", "preparation", "narrative", "topics", "demand_text", "reflection"));
}

using AnnexThree_S104 = AnnexThree;

TEST_F(AnnexThree_S104, HappenedBeforeNowAndWithinAYear) {
  form.visited_at = "2021-01-24 20:31";
  EXPECT_THAT(problems(fill()), ElementsAre("visited_at: record.day_not_yet"));
  form.visited_at = "2021-01-24 20:30";
  EXPECT_TRUE(fill());
  form.visited_at = "2020-01-01 10:00";
  EXPECT_THAT(problems(fill()), ElementsAre("visited_at: record.day_long_ago"));
  form.visited_at = "2021-02-30 15:00";
  EXPECT_THAT(problems(fill()), ElementsAre("visited_at: field.no_such_time"));
}

using AnnexThree_S66_S67_S68_S69_S70 = AnnexThree;

TEST_F(AnnexThree_S66_S67_S68_S69_S70, NamesWhichOfTheFourEnteredTheFamily) {
  form.topics = {"policy", "learning_support", "family_education", "health"};
  model::VisitRecord record;
  ASSERT_TRUE(fill_record(record, form, kEvening));
  EXPECT_EQ(record.topics.size(), 4u);
  form.topics = {"canteen"};
  EXPECT_THAT(problems(fill()), ElementsAre("topics: field.not_offered"));
  form.topics = {};
  EXPECT_THAT(missing(), ElementsAre("topics")) << "one is enough, none is asked after";
}

using AnnexThree_S105_D7 = AnnexThree;

TEST_F(AnnexThree_S105_D7, EveryModeIsRightAndAnUnknownOneIsNot) {
  for (const char* mode : {"home", "nearby", "school", "appointment", "phone", "video", "letter", "gathering"}) {
    form.mode = mode;
    EXPECT_TRUE(fill()) << mode;
  }
  form.mode = "satellite";
  EXPECT_THAT(problems(fill()), ElementsAre("mode: field.not_offered"));
}

using AnnexThree_S51_S109_D7 = AnnexThree;

TEST_F(AnnexThree_S51_S109_D7, TwoPhotosAreAskedForAtTheHomeAndNearItOnly) {
  circumstances.photos = 1;
  for (const auto& [mode, asked] : std::map<std::string, bool>{{"home", true}, {"nearby", true}, {"school", false}, {"phone", false}, {"video", false}}) {
    form.mode = mode;
    EXPECT_EQ(missing() == std::vector<std::string>{"photos"}, asked) << mode;
  }
}

TEST_F(AnnexThree_S51_S109_D7, AFamilyThatWantsNoPhotosWaivesThem) {
  circumstances.photos = 0;
  form.photo_waiver = "家长不便拍照";
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(AnnexThree_S51_S109_D7, ASchoolMayAskForNone) {
  circumstances.photos = 0;
  circumstances.campaign.photos_required = 0;
  EXPECT_THAT(missing(), IsEmpty());
}

using AnnexThree_S42_S108 = AnnexThree;

TEST_F(AnnexThree_S42_S108, TheFamilyWasAskedWhatItWants) {
  form.no_demand = false;
  EXPECT_THAT(missing(), ElementsAre("demand_text"));
  circumstances.demands = 1;
  EXPECT_THAT(missing(), IsEmpty());
}

using AnnexThree_S71_S89_S106 = AnnexThree;

TEST_F(AnnexThree_S71_S89_S106, PreparationAfterTheVisitIsAcceptedWithAReason) {
  circumstances.preparation.sealed_at = at(23, 21);
  EXPECT_THAT(missing(), ElementsAre("late_preparation_reason"));
  form.late_preparation_reason = "当天回来补写";
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(AnnexThree_S71_S89_S106, AnUnsealedPreparationIsALateOne) {
  circumstances.preparation.sealed_at.reset();
  EXPECT_THAT(missing(), ElementsAre("late_preparation_reason"));
}

using AnnexThree_S48_D4 = AnnexThree;

TEST_F(AnnexThree_S48_D4, OneAloneIsAcceptedWithAReason) {
  circumstances.team[1].attendance = model::Attendance::kAbsent;
  EXPECT_THAT(missing(), ElementsAre("alone_reason"));
  form.alone_reason = "同行老师发烧";
  EXPECT_THAT(missing(), IsEmpty());
}

using AnnexThree_S18_S90 = AnnexThree;

TEST_F(AnnexThree_S18_S90, AnotherDayThanThePlansIsAcceptedWithAReason) {
  for (const char* day : {"2021-01-23 00:00", "2021-01-24 20:00"}) {
    form.visited_at = day;
    EXPECT_THAT(missing(), IsEmpty()) << day;
  }
  circumstances.preparation.sealed_at = at(1, 8);
  form.visited_at = "2021-01-22 23:59";
  EXPECT_THAT(missing(), ElementsAre("outside_window_reason"));
  form.outside_window_reason = "家长周末加班";
  EXPECT_THAT(missing(), IsEmpty());
}

using AnnexThree_S107_S110 = AnnexThree;

TEST_F(AnnexThree_S107_S110, TextTooLongAndTextThatIsNoneAreNamed) {
  form.narrative = std::string(5001, 'a');
  form.reflection = "\xED\xA0\x80";
  EXPECT_THAT(problems(fill()), ElementsAre("narrative: field.too_long", "reflection: field.not_text"));
}

}  // namespace
}  // namespace shide::visit
