// Which plan may be kept, and which may be announced. The plan of the story is the fixture; each test spoils one thing of it.
#include "visit/campaign_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TestSchool;

/// Problems of the plan after `spoil`.
template <class Spoil>
std::vector<std::string> refused(Spoil spoil) {
  CampaignForm form = TestSchool::plan();
  spoil(form);
  return testing::problems(check_campaign(form));
}

template <class Spoil>
CampaignPlan kept(Spoil spoil) {
  CampaignForm form = TestSchool::plan();
  spoil(form);
  return *check_campaign(form);
}

TEST(Plan_S5_S10_S11_S12_S17_S18_S19_S55_S74, IsReadAsItWasSigned) {
  CampaignPlan plan = kept([](CampaignForm&) {});
  EXPECT_EQ(plan.campaign.school_year, "2020-2021");
  EXPECT_EQ(to_text(*plan.campaign.issued_on), "2021-01-12");
  EXPECT_EQ(to_text(plan.campaign.visit_from), "2021-01-23");
  EXPECT_EQ(to_text(plan.campaign.visit_to), "2021-01-24");
  EXPECT_EQ(to_text(plan.campaign.roster_due), "2021-01-20");
  EXPECT_EQ(to_text(plan.campaign.upload_due), "2021-01-29");
  EXPECT_TRUE(plan.campaign.tentative);
  ASSERT_EQ(plan.basis.size(), 2u);
  EXPECT_EQ(plan.basis[1].position, 2);
  EXPECT_EQ(plan.basis[0].issuer, "云陵市教育局");
}

TEST(Plan_S47_S48_S51_S76_D4, HasTheBoundsOfThePlanUnlessTheSchoolSaysOtherwise) {
  CampaignPlan plan = kept([](CampaignForm&) {});
  EXPECT_EQ(plan.campaign.team_min, 2);
  EXPECT_EQ(plan.campaign.team_max, 3);
  EXPECT_EQ(plan.campaign.photos_required, 2);
  EXPECT_EQ(plan.campaign.per_class, 1);
  EXPECT_TRUE(plan.campaign.homeroom_counts);
  EXPECT_EQ(kept([](CampaignForm& form) { form.photos_required = "０"; }).campaign.photos_required, 0) << "full-width digits are digits";
  EXPECT_THAT(refused([](CampaignForm& form) { form.team_min = "4"; }), ElementsAre("team_max: campaign.team_reversed"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.photos_required = "3"; }), ElementsAre("photos_required: field.not_number"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.per_class = "two"; }), ElementsAre("per_class: field.not_number"));
}

TEST(Plan_S18, AWindowEndsAfterItBeginsAndWithinThreeMonths) {
  EXPECT_THAT(refused([](CampaignForm& form) { form.visit_to = "2021-01-22"; }), ElementsAre("visit_to: campaign.window_reversed"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.visit_to = form.upload_due = "2021-06-01"; }), ElementsAre("visit_to: campaign.window_long"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.visit_from = "2021-02-30"; }), ElementsAre("visit_from: field.no_such_day"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.visit_from = ""; }), ElementsAre("visit_from: field.empty"));
}

TEST(Plan_S57, TheRosterIsDueBeforeTheFirstVisit) {
  EXPECT_THAT(refused([](CampaignForm& form) { form.roster_due = "2021-01-23"; }), ElementsAre("roster_due: campaign.roster_after_window"));
  EXPECT_EQ(to_text(kept([](CampaignForm& form) { form.roster_due = "2021-01-22"; }).campaign.roster_due), "2021-01-22");
}

TEST(Plan_S20_S57, MovingTheWindowEarlierAsksAboutTheRosterDeadline) {
  auto moved = refused([](CampaignForm& form) {
    form.visit_from = "2021-01-16";
    form.visit_to = "2021-01-17";
  });
  EXPECT_THAT(moved, ElementsAre("roster_due: campaign.roster_after_window"));
}

TEST(Plan_S74, TheUploadDeadlineLeavesTimeForEveryVisit) {
  EXPECT_THAT(refused([](CampaignForm& form) { form.upload_due = "2021-01-23"; }), ElementsAre("upload_due: campaign.upload_before_window"));
  EXPECT_EQ(to_text(kept([](CampaignForm& form) { form.upload_due = "2021-01-24"; }).campaign.upload_due), "2021-01-24");
}

TEST(Plan_S5, TheSchoolYearIsTwoYearsInARow) {
  EXPECT_THAT(refused([](CampaignForm& form) { form.school_year = "2020-2022"; }), ElementsAre("school_year: campaign.school_year_wrong"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.school_year = "2020"; }), ElementsAre("school_year: campaign.school_year_wrong"));
}

TEST(Plan_S16, PastedOfficeTextIsCleanedNeverRefused) {
  CampaignPlan plan = kept([](CampaignForm& form) {
    form.title = "2020——2021学年\xE3\x80\x80\xE3\x80\x80大走访 \n实施方案";
    form.plan_text = "4教师在家访前" + std::string(6900, ' ') + "要预先备课，提高育入水平";
  });
  EXPECT_EQ(plan.campaign.title, "2020——2021学年 大走访 实施方案");
  EXPECT_EQ(plan.campaign.plan_text, "4教师在家访前 要预先备课，提高育入水平") << "the plan's own slips stay: they were signed";
}

TEST(Plan_S13, KeepsWhatItIsFor) {
  const char* purpose = "全面落实立德树人根本任务，构建教育与社会、学校与家庭共同育人格局，办好人民满意的教育。";
  EXPECT_EQ(kept([&](CampaignForm& form) { form.purpose = purpose; }).campaign.purpose, purpose);
}

TEST(Plan_S59, BelongsToOneOfTheTwoTerms) {
  EXPECT_EQ(kept([](CampaignForm& form) { form.term = "2"; }).campaign.term, 2);
  EXPECT_THAT(refused([](CampaignForm& form) { form.term = "3"; }), ElementsAre("term: field.not_number"));
}

TEST(Plan_S15, MayBearASecondName) {
  EXPECT_EQ(kept([](CampaignForm&) {}).campaign.other_title, "“大家访”活动");
  EXPECT_EQ(kept([](CampaignForm& form) { form.other_title = ""; }).campaign.other_title, "");
}

TEST(Plan_S45_S64, StepsKeepTheirOrderAndMayHaveNoDays) {
  CampaignPlan plan = kept([](CampaignForm& form) { form.stages.insert(form.stages.begin() + 1, {" ", "", "", ""}); });
  ASSERT_EQ(plan.stages.size(), 4u) << "an empty line is no step";
  EXPECT_EQ(plan.stages[1].title, "选定一户");
  EXPECT_EQ(plan.stages[1].position, 2);
  EXPECT_FALSE(plan.stages[1].from);
  EXPECT_THAT(refused([](CampaignForm& form) { form.stages[2].to = "2021-01-20"; }), ElementsAre("stages.2.to: campaign.window_reversed"));
  EXPECT_THAT(refused([](CampaignForm& form) { form.basis[1].title = ""; }), ElementsAre("basis.1.title: field.empty"));
}

TEST(Plan_S64, EveryWrongFieldIsNamedInOneAnswer) {
  auto all = refused([](CampaignForm& form) {
    form.title = "";
    form.theme = std::string(100, 'x');
    form.upload_due = "tomorrow";
  });
  EXPECT_THAT(all, ElementsAre("title: field.empty", "theme: field.too_long", "upload_due: field.no_such_day"));
}

std::vector<std::string> missing_after(void (*spoil)(CampaignPlan&)) {
  CampaignPlan plan = kept([](CampaignForm&) {});
  spoil(plan);
  std::vector<std::string> paths;
  for (const Problem& one : missing_for_announcement(plan)) paths.push_back(one.path);
  return paths;
}

TEST(Plan_S10_S11_S12_S45, IsAnnouncedOnlyWithBasisStepsTextAndSigner) {
  EXPECT_THAT(missing_after([](CampaignPlan&) {}), IsEmpty());
  EXPECT_THAT(missing_after([](CampaignPlan& plan) { plan.basis.clear(); }), ElementsAre("basis.0.title"));
  EXPECT_THAT(missing_after([](CampaignPlan& plan) { plan.stages.clear(); }), ElementsAre("stages.0.title"));
  EXPECT_THAT(missing_after([](CampaignPlan& plan) { plan.campaign.plan_text.clear(); }), ElementsAre("plan_text"));
  EXPECT_THAT(missing_after([](CampaignPlan& plan) { plan.campaign.issued_by.clear(); }), ElementsAre("issued_by"));
}

}  // namespace
}  // namespace shide::visit
