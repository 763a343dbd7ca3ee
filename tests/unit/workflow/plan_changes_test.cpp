#include "workflow/plan_changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/campaign.h"
#include "workflow/roster.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using model::Campaign;
using model::CampaignState;
using model::PlanStep;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class PlanChanges : public ::testing::Test {
 protected:
  PlanChanges() { school.announce_campaign(); }
  Campaign stored() { return campaign_plan(school.ports, school.office, school.campaign)->campaign; }
  static RescheduleForm a_week_later() {
    return {.visit_from = "2021-01-30", .visit_to = "2021-01-31", .roster_due = "2021-01-27", .upload_due = "2021-02-05", .reason = "疫情防控，放假推迟", .document = "桐教发〔2021〕3号"};
  }
  Result<Campaign> move(const RescheduleForm& form = a_week_later()) { return reschedule(school.ports, school.office, school.campaign, stored().version, form); }
  Result<Campaign> change(PlanStep step, const std::string& reason = "") { return change_plan(school.ports, school.office, school.campaign, {step, reason, ""}); }
  static std::vector<std::string> told(const std::vector<PlanDifference>& changes) {
    std::vector<std::string> list;
    for (const PlanDifference& one : changes) list.push_back(one.field + " " + one.before + " " + one.after);
    return list;
  }

  TestSchool school;
};

TEST_F(PlanChanges, OldDaysStayToBeReadWithReasonAndDocument_S20) {
  ASSERT_TRUE(move());
  auto versions = plan_versions(school.ports, school.as(school.homeroom[0]), school.campaign);
  ASSERT_TRUE(versions);
  ASSERT_THAT(*versions, SizeIs(2));
  const PlanVersion& newest = versions->front();
  EXPECT_EQ(newest.revision.step, PlanStep::kRescheduled);
  EXPECT_EQ(newest.revision.reason, "疫情防控，放假推迟");
  EXPECT_EQ(newest.revision.document, "桐教发〔2021〕3号");
  EXPECT_THAT(told(newest.changes), Contains("visit_from 2021-01-23 2021-01-30"));
  EXPECT_THAT(told(newest.changes), Contains("roster_due 2021-01-20 2021-01-27"));
  EXPECT_EQ(versions->back().revision.step, PlanStep::kAnnounced);
  EXPECT_EQ(stored().visit_from, *make_date(2021, 1, 30));
}

TEST_F(PlanChanges, TheDaysThatHangOnTheWindowAreProposed_S57) {
  auto days = proposed_days(school.ports, school.office, school.campaign, {.visit_from = "2021-01-30", .visit_to = "2021-01-31"});
  ASSERT_TRUE(days);
  EXPECT_EQ(to_text(days->roster_due), "2021-01-27");
  EXPECT_EQ(to_text(days->upload_due), "2021-02-05");
  EXPECT_EQ(proposed_days(school.ports, school.office, school.campaign, {.visit_from = "2021-01-31", .visit_to = "2021-01-30"}).error().problems.front().path, "visit_to");
}

TEST_F(PlanChanges, EveryWrongDayIsNamedAndAReasonIsAsked_S20) {
  RescheduleForm form = a_week_later();
  form.roster_due = "2021-02-03";
  form.upload_due = "2021-02-30";
  form.reason = "";
  auto refused = move(form);
  ASSERT_FALSE(refused);
  std::vector<std::string> paths;
  for (const Problem& one : refused.error().problems) paths.push_back(one.path);
  EXPECT_THAT(paths, ::testing::UnorderedElementsAre("roster_due", "upload_due", "reason"));
  EXPECT_EQ(stored().visit_from, *make_date(2021, 1, 23));
}

TEST_F(PlanChanges, SentTwiceItIsOneVersionAndAnOldPageIsStale_S20) {
  std::int64_t version = stored().version;
  ASSERT_TRUE(move());
  ASSERT_TRUE(reschedule(school.ports, school.office, school.campaign, version, a_week_later()));
  EXPECT_THAT(*plan_versions(school.ports, school.office, school.campaign), SizeIs(2));
  RescheduleForm other = a_week_later();
  other.upload_due = "2021-02-08";
  EXPECT_EQ(reschedule(school.ports, school.office, school.campaign, version, other).error().code, ErrorCode::kStale);
}

TEST_F(PlanChanges, TentativeIsUntilConfirmed_S19) {
  school.amend<Campaign>([](Campaign& one) { return one.tentative = true; });
  EXPECT_THAT(steps_open(stored()), Contains(PlanStep::kConfirmed));
  ASSERT_TRUE(change(PlanStep::kConfirmed));
  EXPECT_FALSE(stored().tentative);
  ASSERT_TRUE(change(PlanStep::kConfirmed));
  EXPECT_THAT(*plan_versions(school.ports, school.office, school.campaign), SizeIs(2));
}

TEST_F(PlanChanges, SuspendedNothingNewBeginsAndItGoesOnWhereItWas_S20) {
  school.amend<Campaign>([](Campaign& one) { return one.state = CampaignState::kVisiting, true; });
  EXPECT_EQ(change(PlanStep::kSuspended).error().problems.front().path, "reason");
  ASSERT_TRUE(change(PlanStep::kSuspended, "等通知"));
  EXPECT_EQ(stored().state, CampaignState::kSuspended);
  ChosenStudentForm form;
  form.student_id = school.students[0].id.value;
  auto chosen = choose_student(school.ports, school.as(school.homeroom[0]), school.campaign, school.classes[0].id, form);
  EXPECT_FALSE(chosen);
  EXPECT_EQ(must_run(stored()).error().phrase.code, "campaign.suspended");
  ASSERT_TRUE(change(PlanStep::kResumed));
  EXPECT_EQ(stored().state, CampaignState::kVisiting);
  EXPECT_EQ(change(PlanStep::kResumed).error().phrase.code, "error.invalid");
}

TEST_F(PlanChanges, CalledOffItCannotBeMovedAnyMore_S20) {
  ASSERT_TRUE(change(PlanStep::kCancelled, "今年不办"));
  EXPECT_FALSE(current_campaign(school.ports, school.office));
  EXPECT_FALSE(move());
  EXPECT_TRUE(steps_open(stored()).empty());
}

TEST_F(PlanChanges, EverybodyIsToldOnce_S20) {
  model::Actor teacher = school.as(school.homeroom[0]);
  EXPECT_FALSE(untold(school.ports, teacher)) << "the announcement is told by the plan itself";
  ASSERT_TRUE(move());
  auto news = untold(school.ports, teacher);
  ASSERT_TRUE(news);
  EXPECT_FALSE(untold(school.ports, school.office)) << "who did it knows";
  ASSERT_TRUE(note_told(school.ports, teacher, news->revision.id).ok());
  ASSERT_TRUE(note_told(school.ports, teacher, news->revision.id).ok());
  EXPECT_FALSE(untold(school.ports, teacher));
  EXPECT_TRUE(untold(school.ports, school.head));
  ASSERT_TRUE(change(PlanStep::kSuspended, "等通知"));
  EXPECT_TRUE(untold(school.ports, teacher)) << "the next change is news again";
}

TEST_F(PlanChanges, AVisitMadeOnThePlannedDayNeedsNoReasonAfterTheDaysWereMoved_S20) {
  TestSchool other;
  other.start_visiting();
  other.prepare(0);
  other.write_record(0);
  ASSERT_TRUE(reschedule(other.ports, other.office, other.campaign, campaign_plan(other.ports, other.office, other.campaign)->campaign.version,
                         {.visit_from = "2021-01-30", .visit_to = "2021-01-31", .roster_due = "2021-01-20", .upload_due = "2021-02-05", .reason = "改期"}));
  auto made = dossier(other.ports, other.as(other.homeroom[0]), other.visits[0]);
  ASSERT_TRUE(made);
  EXPECT_TRUE(made->was_in_window);
  for (const Problem& one : made->missing()) EXPECT_NE(one.path, "outside_window_reason");
}

TEST_F(PlanChanges, WordsAreAmendedForAReasonAndThePublicFaceFollows_S13) {
  Campaign before = stored();
  AmendmentForm form{before.title, before.other_title, before.theme, before.purpose, before.plan_text + "\n\n六、注意安全", "上级要求", ""};
  auto amended = amend_plan(school.ports, school.office, school.campaign, before.version, form);
  ASSERT_TRUE(amended);
  EXPECT_EQ(amended->visit_from, before.visit_from) << "days are not words";
  auto newest = plan_versions(school.ports, school.office, school.campaign)->front();
  EXPECT_EQ(newest.revision.step, PlanStep::kAmended);
  ASSERT_THAT(newest.changes, SizeIs(1));
  EXPECT_EQ(newest.changes[0].field, "plan_text");
  auto posts = school.rows<model::Post>();
  EXPECT_EQ(posts.front().body, amended->plan_text);
  EXPECT_TRUE(untold(school.ports, school.leader()));
  ASSERT_TRUE(amend_plan(school.ports, school.office, school.campaign, before.version, form)) << "sent twice";
  form.plan_text = "";
  form.reason = "";
  EXPECT_THAT(amend_plan(school.ports, school.office, school.campaign, amended->version, form).error().problems, SizeIs(2));
  EXPECT_EQ(amend_plan(school.ports, school.head, school.campaign, amended->version, form).error().code, ErrorCode::kForbidden);
}

TEST_F(PlanChanges, ACodeOfConductWithAnotherTextIsReadAgain_S65) {
  model::Actor teacher = school.as(school.homeroom[0]);
  ASSERT_TRUE(accept_code(school.ports, teacher, school.campaign, current_code_version()));
  EXPECT_TRUE(code_acceptance(school.ports, teacher, school.campaign));
  auto earlier = [](auto& row) { return row.code_version = "2019-1", true; };
  school.amend<Campaign>(earlier);
  school.amend<model::CodeAcceptance>(earlier);
  EXPECT_FALSE(code_acceptance(school.ports, teacher, school.campaign));
  EXPECT_FALSE(accept_code(school.ports, teacher, school.campaign, "2019-1"));
  EXPECT_TRUE(accept_code(school.ports, teacher, school.campaign, current_code_version()));
}

TEST_F(PlanChanges, BelongToTheStudentOffice_S64) {
  for (const model::Actor& actor : {school.head, school.leader(), school.it_admin}) {
    EXPECT_EQ(reschedule(school.ports, actor, school.campaign, 1, a_week_later()).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(change_plan(school.ports, actor, school.campaign, {PlanStep::kCancelled, "不办", ""}).error().code, ErrorCode::kForbidden);
  }
}

}  // namespace
}  // namespace shide::workflow
