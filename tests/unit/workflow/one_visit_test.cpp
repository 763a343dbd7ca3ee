// One visit through every room of the house, from announcement to a published digest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "privacy/reach.h"
#include "support/test_school.h"
#include "workflow/archive.h"
#include "workflow/campaign.h"
#include "workflow/job.h"
#include "workflow/overview.h"
#include "workflow/roster.h"
#include "workflow/run_outbox.h"
#include "workflow/section.h"
#include "workflow/signal.h"
#include "workflow/visit.h"

namespace shide {
namespace {

using testing::TestSchool;
using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> paths(const Error& error) {
  std::vector<std::string> list;
  for (const Problem& problem : error.problems) list.push_back(problem.path);
  return list;
}

TEST(Campaign_S5_S11_S12_S17_S18_S19_S20, IsEnteredAnnouncedAndShownWithItsPlan) {
  TestSchool school;
  school.announce_campaign();
  auto current = workflow::current_campaign(school.ports, school.hr);
  ASSERT_TRUE(current);
  EXPECT_EQ(current->theme, "牵手千家万户，共助学生成长");
  EXPECT_TRUE(current->tentative);
  auto plan = workflow::campaign_plan(school.ports, school.hr, current->id);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->basis.size(), 2u);
  EXPECT_EQ(plan->stages.size(), 4u);
  auto posts = workflow::published_posts(school.ports, *&school.hr, 10);
  ASSERT_TRUE(posts);
  ASSERT_EQ(posts->size(), 1u);
  EXPECT_EQ(posts->front().publisher, school.office.name);
}

TEST(Campaign_S57, RefusesARosterDeadlineBehindTheFirstVisit) {
  TestSchool school;
  visit::CampaignForm form = TestSchool::plan();
  form.roster_due = "2021-01-25";
  form.visit_to = "2021-02-30";
  auto saved = workflow::save_campaign(school.ports, school.office, {}, 0, form);
  ASSERT_FALSE(saved);
  EXPECT_THAT(paths(saved.error()), Contains("visit_to"));
}

TEST(Campaign_S64, OnlyTheOfficeWritesPlans) {
  TestSchool school;
  EXPECT_EQ(workflow::save_campaign(school.ports, school.hr, {}, 0, TestSchool::plan()).error().code, ErrorCode::kForbidden);
}

TEST(CodeOfConduct_S45_S65_S89_S98, IsAcknowledgedOncePerVersion) {
  TestSchool school;
  school.announce_campaign();
  model::Actor teacher = school.as(school.homeroom[0]);
  std::string version = workflow::current_code_version();
  ASSERT_FALSE(version.empty());
  auto first = workflow::accept_code(school.ports, teacher, school.campaign, version);
  ASSERT_TRUE(first);
  school.clock->advance(kDay);
  auto again = workflow::accept_code(school.ports, teacher, school.campaign, version);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->accepted_at, first->accepted_at);
  EXPECT_EQ(workflow::accept_code(school.ports, teacher, school.campaign, "0").error().code, ErrorCode::kInvalid);
}

TEST(Roster_S23_S47, APupilOfAnotherClassIsRefusedBesideTheField) {
  TestSchool school;
  school.announce_campaign();
  workflow::ChosenStudentForm form{school.students[2].id.value, "1", "丁建平", "father", "13800000020", "", {}};
  auto chosen = workflow::choose_student(school.ports, school.as(school.homeroom[0]), school.campaign, school.classes[0].id, form);
  ASSERT_FALSE(chosen);
  EXPECT_THAT(paths(chosen.error()), Contains("student_id"));
}

TEST(Roster_S46, OnlyTheHomeroomTeacherChooses) {
  TestSchool school;
  school.announce_campaign();
  workflow::ChosenStudentForm form{school.students[0].id.value, "1", "丁建平", "father", "13800000020", "", {}};
  auto chosen = workflow::choose_student(school.ports, school.as(school.companion[0]), school.campaign, school.classes[0].id, form);
  EXPECT_EQ(chosen.error().code, ErrorCode::kNotFound);
}

TEST(Roster_S48_S54_S58, NamesEveryClassWithoutATeamAndEveryTeacherLeftOut) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  auto submitted = workflow::submit_roster(school.ports, school.leader(), school.roster);
  ASSERT_FALSE(submitted);
  EXPECT_THAT(paths(submitted.error()), Contains("team." + school.classes[0].id.value));
  EXPECT_THAT(paths(submitted.error()), Contains("teacher." + school.companion[1].id.value));
}

TEST(Roster_S48, ATeamOfFourIsRefusedAndNothingIsSaved) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  auto before = school.store->tables();
  std::map<std::string, std::vector<std::string>> teams = {
      {school.classes[0].id.value, {school.companion[0].id.value, school.companion[1].id.value, school.companion[2].id.value}},
      {school.classes[1].id.value, {school.companion[3].id.value}}};
  auto set = workflow::set_teams(school.ports, school.leader(), school.roster, 1, teams);
  ASSERT_FALSE(set);
  EXPECT_THAT(paths(set.error()), Contains("team." + school.classes[0].id.value));
  EXPECT_EQ(before["co_visitors"].size(), school.store->tables()["co_visitors"].size());
}

TEST(Roster_S55_S56, TheOfficeSendsBackWithAReasonAndTheLeaderHandsInAgain) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  std::map<std::string, std::vector<std::string>> teams;
  for (int i = 0; i < TestSchool::kClasses; ++i) teams[school.classes[i].id.value] = {school.companion[i].id.value};
  ASSERT_TRUE(workflow::set_teams(school.ports, school.leader(), school.roster, 1, teams));
  ASSERT_TRUE(workflow::submit_roster(school.ports, school.leader(), school.roster));
  EXPECT_FALSE(workflow::send_back_roster(school.ports, school.office, school.roster, ""));
  ASSERT_TRUE(workflow::send_back_roster(school.ports, school.office, school.roster, "三(5)班的电话少一位"));
  auto sheet = workflow::roster_sheet(school.ports, school.leader(), school.roster);
  ASSERT_TRUE(sheet);
  EXPECT_EQ(sheet->roster.send_back_reason, "三(5)班的电话少一位");
  ASSERT_TRUE(workflow::submit_roster(school.ports, school.leader(), school.roster));
  EXPECT_EQ(workflow::accept_roster(school.ports, school.office, school.roster)->state, model::RosterState::kAccepted);
}

TEST(Roster_S101, TheGradeLeaderSeesNamesAndMaskedPhones) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  auto sheet = workflow::roster_sheet(school.ports, school.leader(), school.roster);
  ASSERT_TRUE(sheet);
  // Class 2: the leader is not in that team.
  EXPECT_EQ(sheet->rows[1].student->name, "周可欣");
  EXPECT_EQ(sheet->rows[1].guardian->phone, "138****0021");
}

class Record : public ::testing::Test {
 protected:
  Record() {
    school.announce_campaign();
    school.choose_everywhere();
    school.hand_in_roster();
    school.prepare(0);
    school.clock->advance(time_of(*make_date(2021, 1, 24), 20, 30) - school.clock->now());
  }
  Result<workflow::SavedRecord> save(const visit::RecordForm& form, std::int64_t version = 0) {
    return workflow::save_record(school.ports, writer(), school.visits[0], version, form, {});
  }
  model::Actor writer() { return school.as(school.homeroom[0]); }
  TestSchool school;
};

using Record_S49_S52_S76 = Record;
TEST_F(Record_S49_S52_S76, MayBePartialAndSaysWhatIsMissing) {
  visit::RecordForm form;
  form.narrative = "只写了一半";
  auto saved = save(form);
  ASSERT_TRUE(saved);
  std::vector<std::string> missing;
  for (const Problem& one : saved->missing) missing.push_back(one.path);
  EXPECT_THAT(missing, Contains("reflection"));
  EXPECT_THAT(missing, Contains("topics"));
  auto submitted = workflow::submit_record(school.ports, writer(), school.visits[0]);
  EXPECT_EQ(submitted.error().code, ErrorCode::kInvalid);
}

using Record_S104 = Record;
TEST_F(Record_S104, RefusesADayThatHasNotComeAndOneThatDoesNotExist) {
  visit::RecordForm form = TestSchool::full_form("孩子");
  form.visited_at = "2021-01-25 15:00";
  EXPECT_EQ(save(form).error().problems.front().phrase.code, "record.day_not_yet");
  form.visited_at = "2021-02-30 15:00";
  EXPECT_EQ(save(form).error().problems.front().path, "visited_at");
}

using Record_S76 = Record;
TEST_F(Record_S76, AStaleEditGetsBothVersionsByField) {
  visit::RecordForm mine = TestSchool::full_form("孩子");
  ASSERT_TRUE(save(mine));
  visit::RecordForm theirs = mine;
  theirs.reflection = "同行的老师写了另一句。";
  auto stale = workflow::save_record(school.ports, school.as(school.companion[0]), school.visits[0], 0, theirs, {});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::kStale);
  ASSERT_EQ(stale.error().problems.size(), 1u);
  EXPECT_EQ(stale.error().problems.front().path, "reflection");
  EXPECT_THAT(render(stale.error().problems.front().phrase, Language::kChinese), HasSubstr("同行的老师写了另一句"));
}

TEST_F(Record_S76, TheSameWordsSentTwiceGiveTheFirstAnswer) {
  visit::RecordForm form = TestSchool::full_form("孩子");
  ASSERT_TRUE(save(form));
  EXPECT_TRUE(save(form));
}

using Record_S51_S109 = Record;
TEST_F(Record_S51_S109, AThirdPhotoAndATextFileAreRefused) {
  ASSERT_TRUE(workflow::add_photo(school.ports, writer(), school.visits[0], 1, "JPEG:desk"));
  EXPECT_EQ(workflow::add_photo(school.ports, writer(), school.visits[0], 3, "JPEG:lamp").error().phrase.code, "record.third_photo");
  EXPECT_EQ(workflow::add_photo(school.ports, writer(), school.visits[0], 2, "just text").error().code, ErrorCode::kUnsupportedMedia);
}

using Record_S77 = Record;
TEST_F(Record_S77, SubmissionDoesNotWaitForConfirmationCreditDoes) {
  ASSERT_TRUE(save(TestSchool::full_form("丁小满")));
  ASSERT_TRUE(workflow::add_photo(school.ports, writer(), school.visits[0], 1, "JPEG:desk"));
  ASSERT_TRUE(workflow::add_photo(school.ports, writer(), school.visits[0], 2, "JPEG:lamp"));
  ASSERT_TRUE(workflow::confirm_record(school.ports, writer(), school.visits[0]));
  school.submit(0);
  school.accept(0);
  school.run_jobs();
  auto entries = workflow::archive_entries(school.ports, school.hr, {});
  ASSERT_TRUE(entries);
  EXPECT_EQ(entries->entries.size(), 2u);  // one in each archive of the one who confirmed
  ASSERT_TRUE(workflow::confirm_record(school.ports, school.as(school.companion[0]), school.visits[0]));
  school.run_jobs();
  EXPECT_EQ(workflow::archive_entries(school.ports, school.hr, {})->entries.size(), 4u);
}

using Record_D4 = Record;
TEST_F(Record_D4, OneAloneOnAnotherDayIsAcceptedWithAReason) {
  visit::RecordForm form = TestSchool::full_form("丁小满");
  form.visited_at = "2021-01-22 09:00";
  form.photo_waiver = "家长不便拍照";
  ASSERT_TRUE(save(form));
  ASSERT_TRUE(workflow::set_attendance(school.ports, writer(), school.visits[0], school.companion[0].id, false));
  auto refused = workflow::submit_record(school.ports, writer(), school.visits[0]);
  ASSERT_FALSE(refused);
  EXPECT_EQ(paths(refused.error()), (std::vector<std::string>{"alone_reason", "outside_window_reason", "late_preparation_reason"}));
  form.alone_reason = "同行老师发烧";
  form.outside_window_reason = "家长周末加班";
  form.late_preparation_reason = "临时改约";
  ASSERT_TRUE(save(form, 1));
  EXPECT_TRUE(workflow::submit_record(school.ports, writer(), school.visits[0]));
}

TEST(Review_D9, TheLeaderDoesNotReadTheOwnVisitTheOfficeDoes) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  school.hand_in_roster();
  school.prepare(0);
  school.write_record(0);
  school.submit(0);
  EXPECT_EQ(workflow::review_record(school.ports, school.leader(), school.visits[0], {true, "", "2", "21"}).error().phrase.code, "record.own_visit");
  EXPECT_TRUE(workflow::review_record(school.ports, school.office, school.visits[0], {true, "", "2", "21"}));
}

TEST(Review_S98, TheGradeLeaderReadsWithNamesTakenOut) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  school.hand_in_roster();
  school.prepare(1);
  school.write_record(1);
  school.submit(1);
  auto sheet = workflow::review_sheet(school.ports, school.leader(), school.visits[1]);
  ASSERT_TRUE(sheet) << sheet.error().detail;
  EXPECT_THAT(sheet->narrative, Not(HasSubstr("周可欣")));
  EXPECT_THAT(sheet->narrative, HasSubstr("奖状"));
}

TEST(Review_S93, ASendBackReachesTheWriterAndAnAcceptanceNeedsMarks) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  school.hand_in_roster();
  school.prepare(1);
  school.write_record(1);
  school.submit(1);
  EXPECT_THAT(paths(workflow::review_record(school.ports, school.leader(), school.visits[1], {true, "", "", ""}).error()), Contains("preparation_mark"));
  ASSERT_TRUE(workflow::review_record(school.ports, school.leader(), school.visits[1], {false, "再补一句商量好的办法", "", ""}));
  auto dossier = workflow::dossier(school.ports, school.as(school.homeroom[1]), school.visits[1]);
  EXPECT_EQ(dossier->record->review_reason, "再补一句商量好的办法");
  EXPECT_EQ(dossier->record->state, model::RecordState::kReturned);
}

TEST(Reach_R14, AVisitOfAnotherTeamDoesNotExist) {
  TestSchool school;
  school.announce_campaign();
  school.choose_everywhere();
  EXPECT_EQ(workflow::dossier(school.ports, school.as(school.homeroom[1]), school.visits[0]).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(workflow::dossier(school.ports, school.editor, school.visits[0]).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(workflow::dossier(school.ports, school.hr, school.visits[0]).error().code, ErrorCode::kNotFound);
}

class Published : public ::testing::Test {
 protected:
  Published() {
    school.announce_campaign();
    school.choose_everywhere();
    school.hand_in_roster();
    for (int i = 0; i < 5; ++i) school.prepare(i);
    for (int i = 0; i < 5; ++i) {
      school.write_record(i);
      school.submit(i);
      school.accept(i);
    }
    school.run_jobs();
  }
  workflow::PostForm digest() {
    workflow::PostForm form{"", "digest", "三年级组：先说优点", "先说优点，家长才听得进不足。", "先说优点，家长才听得进不足。\n\n每天放学看一眼书包。", "本站原创", "", {}};
    for (int i = 0; i < 5; ++i) form.visits.push_back(school.visits[i].value);
    return form;
  }
  TestSchool school;
};

using StaffView_S74_S75_S98 = Published;
TEST_F(StaffView_S74_S75_S98, ShowsThatItIsFiledToAllAndTheTextWithinReach) {
  auto for_hr = workflow::staff_view(school.ports, school.hr, "2020-2021");
  ASSERT_TRUE(for_hr);
  ASSERT_EQ(for_hr->size(), 5u);
  EXPECT_THAT(for_hr->front().teachers, Not(::testing::IsEmpty()));
  EXPECT_EQ(for_hr->front().narrative, "");
  auto for_editor = workflow::staff_view(school.ports, school.editor, "2020-2021");
  for (const auto& record : *for_editor) {
    EXPECT_THAT(record.narrative, HasSubstr("奖状"));
    for (const auto& student : school.students) EXPECT_THAT(record.narrative, Not(HasSubstr(student.name)));
    EXPECT_EQ(record.doubts, 0) << record.doubt_list << record.narrative;
  }
}

using Digest_D1 = Published;
TEST_F(Digest_D1, IsComposedApprovedByAnotherClearedAndPublished) {
  auto composed = workflow::compose_post(school.ports, school.editor, digest());
  ASSERT_TRUE(composed) << render(composed.error().problems.empty() ? composed.error().phrase : composed.error().problems[0].phrase, Language::kChinese);
  ASSERT_TRUE(workflow::request_review(school.ports, school.editor, composed->id));
  ASSERT_TRUE(workflow::approve_post(school.ports, school.office, composed->id, ""));
  EXPECT_EQ(workflow::open_post(school.ports, school.hr, composed->id).error().code, ErrorCode::kNotFound);
  school.run_jobs();
  auto opened = workflow::open_post(school.ports, school.hr, composed->id);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->publisher, school.editor.name);
  EXPECT_EQ(workflow::open_post(school.ports, school.hr, composed->id)->views, 1);
}

TEST_F(Digest_D1, NeedsFiveVisits) {
  workflow::PostForm form = digest();
  form.visits.pop_back();
  EXPECT_THAT(paths(workflow::compose_post(school.ports, school.editor, form).error()), Contains("visits"));
}

TEST_F(Digest_D1, APupilsNameIsRefusedBesideTheField) {
  workflow::PostForm form = digest();
  form.body = "丁小满把奖状贴在门后。";
  auto composed = workflow::compose_post(school.ports, school.editor, form);
  ASSERT_FALSE(composed);
  EXPECT_THAT(paths(composed.error()), Contains("body"));
}

TEST_F(Digest_D1, AnEditAfterTheApprovalIsNotPublished) {
  auto composed = workflow::compose_post(school.ports, school.editor, digest());
  ASSERT_TRUE(composed);
  ASSERT_TRUE(workflow::request_review(school.ports, school.editor, composed->id));
  ASSERT_TRUE(workflow::approve_post(school.ports, school.office, composed->id, ""));
  auto changed = school.ports.store->transact(workflow::job_actor(school.school_id, "tamper"), "tamper", [&](ports::Unit& unit) -> Result<void> {
    SHIDE_TRY(post, unit.of<model::Post>().load(composed->id));
    post.body += "\n\n另加一句。";
    SHIDE_CHECK(unit.of<model::Post>().save(post));
    return unit.audit(post, "body");
  });
  ASSERT_TRUE(changed);
  school.run_jobs();
  EXPECT_EQ(workflow::post_at_work(school.ports, school.editor, composed->id)->state, model::PostState::kInReview);
}

using Withdrawal_D1 = Published;
TEST_F(Withdrawal_D1, BeatsAPublicationUnderWay) {
  auto composed = workflow::compose_post(school.ports, school.editor, digest());
  ASSERT_TRUE(workflow::request_review(school.ports, school.editor, composed->id));
  ASSERT_TRUE(workflow::approve_post(school.ports, school.office, composed->id, ""));
  ASSERT_TRUE(workflow::withdraw_post(school.ports, school.office, composed->id, "家长不放心"));
  school.run_jobs();
  EXPECT_EQ(workflow::open_post(school.ports, school.hr, composed->id).error().code, ErrorCode::kNotFound);
}

using SingleNote_D1 = Published;
TEST_F(SingleNote_D1, NeedsTheGuardianAndTheSchoolAndGoesWhenConsentGoes) {
  workflow::PostForm form{"", "single_note", "门后的奖状", "", "我们先说孩子爱提问，爸爸一直笑。", "本站原创", "", {school.visits[1].value}};
  auto composed = workflow::compose_post(school.ports, school.editor, form);
  ASSERT_TRUE(composed);
  ASSERT_TRUE(workflow::request_review(school.ports, school.editor, composed->id));
  EXPECT_THAT(paths(workflow::approve_post(school.ports, school.office, composed->id, "").error()), Contains("school_decision"));
  EXPECT_EQ(workflow::approve_post(school.ports, school.office, composed->id, "校务会2021年1月25日").error().phrase.code, "clearance.no_consent");
  model::Actor teacher = school.as(school.homeroom[1]);
  ASSERT_TRUE(workflow::note_publish_consent(school.ports, teacher, school.visits[1], model::ConsentAnswer::kGranted, model::ConsentMeans::kPaper));
  ASSERT_TRUE(workflow::approve_post(school.ports, school.office, composed->id, "校务会2021年1月25日"));
  school.run_jobs();
  ASSERT_TRUE(workflow::open_post(school.ports, school.hr, composed->id));
  ASSERT_TRUE(workflow::note_publish_consent(school.ports, teacher, school.visits[1], model::ConsentAnswer::kWithdrawn, model::ConsentMeans::kPaper));
  school.run_jobs();
  EXPECT_FALSE(workflow::open_post(school.ports, school.hr, composed->id));
}

using FourEyes_D1 = Published;
TEST_F(FourEyes_D1, TheAuthorDoesNotApprove) {
  auto composed = workflow::compose_post(school.ports, school.office, digest());
  ASSERT_TRUE(composed);
  ASSERT_TRUE(workflow::request_review(school.ports, school.office, composed->id));
  EXPECT_EQ(workflow::approve_post(school.ports, school.office, composed->id, "").error().phrase.code, "clearance.own_approval");
  EXPECT_TRUE(workflow::approve_post(school.ports, school.head, composed->id, ""));
}

}  // namespace
}  // namespace shide
