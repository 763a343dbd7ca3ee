// The plan from draft to announcement, and the ten rules every teacher acknowledges.
#include "workflow/campaign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/post.h"
#include "workflow/sign_in.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::refusal;
using testing::TestSchool;

class Plans : public ::testing::Test {
 protected:
  Result<model::Campaign> save(const visit::CampaignForm& form = TestSchool::plan(), std::int64_t version = 0) {
    return save_campaign(school.ports, school.office, draft, version, form);
  }
  void keep_draft() { draft = save()->id; }
  TestSchool school;
  Id<model::Campaign> draft;
};

using Campaign_S5_S11_S12_S17_S18_S19_S20 = Plans;

TEST_F(Campaign_S5_S11_S12_S17_S18_S19_S20, IsEnteredAnnouncedAndShownWithItsPlan) {
  school.announce_campaign();
  auto current = current_campaign(school.ports, school.hr);
  ASSERT_TRUE(current);
  EXPECT_EQ(current->theme, "牵手千家万户，共助学生成长");
  EXPECT_TRUE(current->tentative);
  auto plan = campaign_plan(school.ports, school.hr, current->id);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->basis.size(), 2u);
  EXPECT_EQ(plan->stages.size(), 4u);
}

using Campaign_S6_S7_S8_S10 = Plans;

TEST_F(Campaign_S6_S7_S8_S10, StandsOnThePublicFaceWithSourcePublisherAndDate) {
  school.announce_campaign();
  auto posts = published_posts(school.ports, *public_actor(school.ports), 10);
  ASSERT_TRUE(posts);
  ASSERT_EQ(posts->size(), 1u);
  EXPECT_EQ(posts->front().source, "本站原创");
  EXPECT_EQ(posts->front().publisher, school.office.name);
  EXPECT_EQ(posts->front().published_at, school.clock->now());
  EXPECT_EQ(to_text(*current_campaign(school.ports, school.hr)->issued_on), "2021-01-12") << "signed on another day than published";
}

using Campaign_S64_D9 = Plans;

TEST_F(Campaign_S64_D9, OnlyTheOfficeWritesAndAnnounces) {
  keep_draft();
  for (const model::Actor& other : {school.editor, school.head, school.committee, school.hr, school.auditor, school.it_admin, school.leader(), school.as(school.homeroom[0])}) {
    EXPECT_EQ(save_campaign(school.ports, other, {}, 0, TestSchool::plan()).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(announce_campaign(school.ports, other, draft).error().code, ErrorCode::kForbidden);
  }
  EXPECT_EQ(school.rows<model::Campaign>().size(), 1u);
}

TEST_F(Campaign_S64_D9, ADraftDoesNotExistForAnybodyElse) {
  keep_draft();
  EXPECT_EQ(refusal(campaign_plan(school.ports, school.head, draft)), kNoSuchThing);
  EXPECT_EQ(refusal(current_campaign(school.ports, school.office)), kNoSuchThing) << "nor is it today's campaign for the office";
  EXPECT_THAT(*campaigns(school.ports, school.head), IsEmpty());
  EXPECT_EQ(campaigns(school.ports, school.office)->size(), 1u);
  EXPECT_EQ(refusal(accept_code(school.ports, school.as(school.homeroom[0]), draft, current_code_version())), kNoSuchThing);
}

TEST_F(Campaign_S64_D9, AStaleDraftIsRefusedAndNothingChanges) {
  keep_draft();
  visit::CampaignForm form = TestSchool::plan();
  form.theme = "另一个主题";
  EXPECT_EQ(save(form, 1)->version, 2);
  EXPECT_EQ(save(TestSchool::plan(), 1).error().code, ErrorCode::kStale);
  EXPECT_EQ(school.rows<model::Campaign>().front().theme, "另一个主题");
}

TEST_F(Campaign_S64_D9, StepsAndBasisAreReplacedNotAdded) {
  keep_draft();
  visit::CampaignForm form = TestSchool::plan();
  form.stages.resize(1);
  form.basis.resize(1);
  ASSERT_TRUE(save(form, 1));
  EXPECT_EQ(school.rows<model::Stage>().size(), 1u);
  EXPECT_EQ(school.rows<model::BasisDocument>().size(), 1u);
}

using Campaign_S57 = Plans;

TEST_F(Campaign_S57, RefusesARosterDeadlineBehindTheFirstVisitAndKeepsNothing) {
  visit::CampaignForm form = TestSchool::plan();
  form.roster_due = "2021-01-25";
  EXPECT_THAT(fields(save(form)), ElementsAre("roster_due"));
  EXPECT_THAT(school.rows<model::Campaign>(), IsEmpty());
}

using Campaign_S45_S53_S63 = Plans;

TEST_F(Campaign_S45_S53_S63, AnnouncingOpensOneRosterForEachGradeOfTheYear) {
  for (auto [year, name, kind] : {std::tuple{"2020-2021", "艺体综合组", model::GradeGroupKind::kArtsSports}, {"2019-2020", "三年级组", model::GradeGroupKind::kGrade}}) {
    model::GradeGroup group;
    group.school_year = year;
    group.name = name;
    group.kind = kind;
    school.add(group);
  }
  school.announce_campaign();
  auto rosters = school.rows<model::Roster>();
  ASSERT_EQ(rosters.size(), 1u) << "arts and sports lie across the grades and have none of their own";
  EXPECT_EQ(rosters.front().grade_group_id, school.grade_group);
}

TEST_F(Campaign_S45_S53_S63, AnIncompletePlanIsNotAnnounced) {
  visit::CampaignForm form = TestSchool::plan();
  form.basis.clear();
  form.issued_by = "";
  draft = save(form)->id;
  EXPECT_THAT(fields(announce_campaign(school.ports, school.office, draft)), ElementsAre("basis.0.title", "issued_by"));
  EXPECT_THAT(school.rows<model::Post>(), IsEmpty());
}

TEST_F(Campaign_S45_S53_S63, OnceAnnouncedItIsNoDraftAnyMore) {
  keep_draft();
  ASSERT_TRUE(announce_campaign(school.ports, school.office, draft));
  visit::CampaignForm changed = TestSchool::plan();
  changed.theme = "另一个主题";
  EXPECT_EQ(refusal(save(changed, 2)), "campaign.not_draft");
}

TEST_F(Campaign_S45_S53_S63, AnnouncingCutShortAnywhereIsFinishedByAnnouncingAgain) {
  expect_safe_to_repeat([](TestSchool& fresh) { fresh.campaign = save_campaign(fresh.ports, fresh.office, {}, 0, TestSchool::plan())->id; },
                        [](TestSchool& fresh) { return announce_campaign(fresh.ports, fresh.office, fresh.campaign).ok(); });
}

class TenRules : public Plans {
 protected:
  TenRules() { school.announce_campaign(); }
  Result<model::CodeAcceptance> accept(const std::string& version) { return accept_code(school.ports, teacher, school.campaign, version); }
  model::Actor teacher = school.as(school.homeroom[0]);
};

using CodeOfConduct_S45_S65_S89_S90_S91_S92_S93_S94_S95_S96_S97_S98 = TenRules;

TEST_F(CodeOfConduct_S45_S65_S89_S90_S91_S92_S93_S94_S95_S96_S97_S98, IsAcknowledgedOncePerVersion) {
  EXPECT_EQ(refusal(code_acceptance(school.ports, teacher, school.campaign)), kNoSuchThing) << "nobody is taken to have read it";
  auto first = accept(current_code_version());
  ASSERT_TRUE(first);
  school.clock->advance(kDay);
  EXPECT_EQ(accept(current_code_version())->accepted_at, first->accepted_at);
  EXPECT_EQ(code_acceptance(school.ports, teacher, school.campaign)->accepted_at, first->accepted_at);
  EXPECT_EQ(school.rows<model::CodeAcceptance>().size(), 1u);
}

TEST_F(CodeOfConduct_S45_S65_S89_S90_S91_S92_S93_S94_S95_S96_S97_S98, AnotherVersionIsNotThisOne) {
  EXPECT_EQ(refusal(accept("0")), "code_of_conduct.other_version");
}

TEST_F(CodeOfConduct_S45_S65_S89_S90_S91_S92_S93_S94_S95_S96_S97_S98, OnlyTeachersVisit) {
  EXPECT_EQ(accept_code(school.ports, school.office, school.campaign, current_code_version()).error().code, ErrorCode::kForbidden);
}

}  // namespace
}  // namespace shide::workflow
