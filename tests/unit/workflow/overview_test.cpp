// The one screen of leadership: each figure counted from the rows, a family's no in none of the denominators.
#include "workflow/overview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/campaign.h"
#include "workflow/record.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::IsEmpty;
using testing::TestSchool;
using model::VisitState;

class Leadership : public ::testing::Test {
 protected:
  Leadership() { school.start_visiting(); }
  Overview seen(const model::Actor& actor) { return *overview(school.ports, actor); }
  VisitFigures families() { return seen(school.head).figures.visits; }
  void family_says(int index, VisitState answer) { EXPECT_TRUE(note_family_answer(school.ports, school.as(school.homeroom[index]), school.visits[index], answer)); }
  TestSchool school;
};

using Overview_D9 = Leadership;

TEST_F(Overview_D9, IsForHeadAndOfficeOnly) {
  for (const model::Actor& other : {school.leader(), school.as(school.homeroom[0]), school.committee, school.hr, school.editor, school.auditor, school.it_admin}) {
    EXPECT_EQ(overview(school.ports, other).error().code, ErrorCode::kForbidden);
  }
  EXPECT_TRUE(overview(school.ports, school.office));
}

using Overview_S83_S84_S111 = Leadership;

TEST_F(Overview_S83_S84_S111, CountsFamiliesVisitedDeclinedAndToGo) {
  EXPECT_EQ(families().to_go, 6);
  school.finish(0);
  school.hand_in(1);
  family_says(2, VisitState::kDeclined);
  family_says(3, VisitState::kUnreachable);
  VisitFigures figures = families();
  EXPECT_EQ(figures.chosen, 6);
  EXPECT_EQ(figures.visited, 2);
  EXPECT_EQ(figures.declined, 2) << "tried, no blame";
  EXPECT_EQ(figures.to_go, 2);
  EXPECT_EQ(figures.accepted, 1);
  ASSERT_EQ(seen(school.head).figures.grades.size(), 1u);
  EXPECT_EQ(seen(school.head).figures.grades.front().visits.visited, 2);
}

TEST_F(Overview_S83_S84_S111, CountsEachTeacherOnceAndOnlyWhoCame) {
  school.finish(0);
  EXPECT_EQ(seen(school.head).figures.teachers, 2);
  school.prepare(1);
  school.write_record(1);
  ASSERT_TRUE(set_attendance(school.ports, school.as(school.homeroom[1]), school.visits[1], school.companion[1].id, false));
  EXPECT_EQ(seen(school.head).figures.teachers, 3);
}

TEST_F(Overview_S83_S84_S111, ARowTakenBackIsNoFamily) {
  school.amend<model::Visit>([&](model::Visit& visit) { return visit.state = VisitState::kSubstituted, visit.id == school.visits[5]; });
  EXPECT_EQ(families().chosen, 5);
}

TEST_F(Overview_S83_S84_S111, CountsWishesByTopicAndShowsTheOldestFirst) {
  school.hand_in(0);
  Overview view = seen(school.office);
  EXPECT_EQ(view.demand_figures.raised, 1);
  EXPECT_EQ(view.demand_figures.answered, 0);
  ASSERT_EQ(view.demand_figures.topics.size(), 1u);
  EXPECT_EQ(view.demand_figures.topics[0].first, model::DemandTopic::kAfterSchool);
  Id<model::Demand> id = view.open_demands.front().demand.id;
  ASSERT_TRUE(answer_demand(school.ports, school.office, id, "开学起到六点一刻。"));
  view = seen(school.office);
  EXPECT_EQ(view.demand_figures.answered, 1);
  EXPECT_THAT(view.open_demands, IsEmpty());
}

using Overview_S86_S97 = Leadership;

TEST_F(Overview_S86_S97, CountsQuestionsAndGiftsUntilTheyAreDecided) {
  ASSERT_TRUE(report_gift(school.ports, school.as(school.homeroom[0]), school.visits[0], new_id<model::GiftReport>(school.clock->now()), "一箱橙子，已退回。"));
  EXPECT_EQ(seen(school.head).open_gifts.size(), 1u);
  EXPECT_EQ(seen(school.head).questions_open, 0);
  Id<model::GiftReport> gift = school.rows<model::GiftReport>().front().id;
  ASSERT_TRUE(handle_gift(school.ports, school.office, gift, "已核实"));
  EXPECT_EQ(seen(school.head).open_gifts.size(), 0u);
}

using Overview_S88 = Leadership;

TEST_F(Overview_S88, LooksBackAtTheRoundBefore) {
  EXPECT_FALSE(seen(school.head).has_last_year);
  school.finish(0);
  school.clock->advance(330 * kDay);
  visit::CampaignForm next = TestSchool::plan();
  next.school_year = "2021-2022";
  next.visit_from = "2022-01-22";
  next.visit_to = "2022-01-23";
  next.roster_due = "2022-01-19";
  next.upload_due = "2022-01-28";
  auto saved = save_campaign(school.ports, school.office, {}, 0, next);
  ASSERT_TRUE(announce_campaign(school.ports, school.office, saved->id));
  Overview view = seen(school.head);
  EXPECT_EQ(view.campaign.school_year, "2021-2022");
  EXPECT_TRUE(view.has_last_year);
  EXPECT_EQ(view.last_year_visited, 1);
}

}  // namespace
}  // namespace shide::workflow
