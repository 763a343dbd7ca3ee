#include "visit/reschedule.h"

#include <gtest/gtest.h>

namespace shide::visit {
namespace {

CampaignPlan winter() {
  CampaignPlan plan;
  plan.campaign.visit_from = *make_date(2021, 1, 23);
  plan.campaign.visit_to = *make_date(2021, 1, 24);
  plan.campaign.roster_due = *make_date(2021, 1, 20);
  plan.campaign.upload_due = *make_date(2021, 1, 29);
  plan.stages.resize(3);
  plan.stages[0].from = plan.stages[0].to = *make_date(2021, 1, 13);
  plan.stages[1].from = *make_date(2021, 1, 23);
  plan.stages[1].to = *make_date(2021, 1, 24);
  return plan;
}

TEST(Reschedule_S57, WhatHangsOnTheWindowMovesWithItAndWhatIsOverStays) {
  PlanDays days = moved_days(winter(), *make_date(2021, 1, 30), *make_date(2021, 2, 1), *make_date(2021, 1, 18));
  EXPECT_EQ(to_text(days.roster_due), "2021-01-27");
  EXPECT_EQ(to_text(days.upload_due), "2021-02-06") << "as far as the last day";
  EXPECT_EQ(to_text(*days.stages[0].from), "2021-01-13") << "over";
  EXPECT_EQ(to_text(*days.stages[1].from), "2021-01-30");
  EXPECT_EQ(to_text(*days.stages[1].to), "2021-02-01");
  EXPECT_FALSE(days.stages[2].from);
}

TEST(Reschedule_S57, ARosterThatWasDueStaysDueOnItsDay) {
  PlanDays days = moved_days(winter(), *make_date(2021, 1, 30), *make_date(2021, 1, 31), *make_date(2021, 1, 21));
  EXPECT_EQ(to_text(days.roster_due), "2021-01-20");
}

TEST(Reschedule_S20, AShorterWindowTurnsNoStageRound) {
  CampaignPlan plan = winter();
  plan.campaign.visit_to = plan.stages[1].to.emplace(*make_date(2021, 1, 28));
  PlanDays days = moved_days(plan, *make_date(2021, 2, 6), *make_date(2021, 2, 7), *make_date(2021, 1, 18));
  EXPECT_LE(*days.stages[1].from, *days.stages[1].to);
  CampaignPlan next = with_days(plan, days);
  EXPECT_EQ(next.campaign.visit_from, *make_date(2021, 2, 6));
  EXPECT_EQ(next.stages[1].from, days.stages[1].from);
}

}  // namespace
}  // namespace shide::visit
