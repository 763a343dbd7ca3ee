// Annex 3 written together: the shared draft, its photos and demands, who was there, and handing it in.
#include "workflow/record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/archive.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

class Writing : public ::testing::Test {
 protected:
  Writing() {
    school.start_visiting();
    school.prepare(0);
    school.clock->advance(time_of(*make_date(2021, 1, 24), 20, 30) - school.clock->now());
  }
  model::Actor writer() { return school.as(school.homeroom[0]); }
  model::Actor companion() { return school.as(school.companion[0]); }
  model::Actor stranger() { return school.as(school.homeroom[1]); }
  Result<SavedRecord> save(const visit::RecordForm& form, std::int64_t version = 0, const std::vector<DemandForm>& demands = {}) {
    return save_record(school.ports, writer(), school.visits[0], version, form, demands);
  }
  Result<SavedRecord> save_whole(const std::vector<DemandForm>& demands = {}) { return save(TestSchool::full_form("丁小满"), 0, demands); }
  Result<model::VisitPhoto> photo(int slot, const std::string& bytes) { return add_photo(school.ports, writer(), school.visits[0], slot, bytes); }
  Result<model::VisitRecord> submit() { return submit_record(school.ports, writer(), school.visits[0]); }
  void finish_writing(const std::vector<DemandForm>& demands = {}) {
    ASSERT_TRUE(save_whole(demands));
    ASSERT_TRUE(photo(1, "JPEG:desk"));
    ASSERT_TRUE(photo(2, "JPEG:lamp"));
  }
  model::VisitRecord record() { return school.rows<model::VisitRecord>().front(); }
  TestSchool school;
};

using Record_S49_S52_S76_R5 = Writing;

TEST_F(Record_S49_S52_S76_R5, MayBePartialAndSaysWhatIsMissing) {
  visit::RecordForm form;
  form.narrative = "只写了一半";
  auto saved = save(form);
  ASSERT_TRUE(saved);
  std::vector<std::string> missing;
  for (const Problem& one : saved->missing) missing.push_back(one.path);
  EXPECT_THAT(missing, ElementsAre("visited_at", "mode", "topics", "demand_text", "reflection"));
  EXPECT_EQ(fields(submit()), missing);
  EXPECT_EQ(record().state, model::RecordState::kDraft);
}

TEST_F(Record_S49_S52_S76_R5, WhatIsWrongIsNamedAndNothingOfItIsKept) {
  visit::RecordForm form = TestSchool::full_form("孩子");
  form.visited_at = "2021-01-25 15:00";
  EXPECT_THAT(problems(save(form, 0, {{"", "能不能晚一点放学？", "", "2021-01-30 10:00", "", false}})),
              ElementsAre("visited_at: record.day_not_yet", "demands.0.topic: demand.topic_missing", "demands.0.heard_at: demand.heard_late"));
  EXPECT_THAT(school.rows<model::VisitRecord>(), IsEmpty());
  EXPECT_THAT(school.rows<model::Demand>(), IsEmpty());
}

TEST_F(Record_S49_S52_S76_R5, OnlyThoseWhoGoWrite) {
  for (const model::Actor& other : {stranger(), school.office, school.head, school.editor}) {
    EXPECT_EQ(refusal(save_record(school.ports, other, school.visits[0], 0, TestSchool::full_form("孩子"), {})), kNoSuchThing);
    EXPECT_EQ(refusal(submit_record(school.ports, other, school.visits[0])), kNoSuchThing);
    EXPECT_EQ(refusal(add_photo(school.ports, other, school.visits[0], 1, "JPEG:desk")), kNoSuchThing);
  }
}

using Record_S76_R3 = Writing;

TEST_F(Record_S76_R3, AStaleEditGetsBothVersionsByField) {
  visit::RecordForm mine = TestSchool::full_form("孩子");
  ASSERT_TRUE(save(mine));
  visit::RecordForm theirs = mine;
  theirs.reflection = "同行的老师写了另一句。";
  auto stale = save_record(school.ports, companion(), school.visits[0], 0, theirs, {});
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::kStale);
  EXPECT_THAT(problems(stale), ElementsAre("reflection: field.both"));
  EXPECT_THAT(render(stale.error().problems.front().phrase, Language::kChinese), HasSubstr("同行的老师写了另一句"));
  EXPECT_EQ(record().reflection, mine.reflection);
}

TEST_F(Record_S76_R3, TheSameWordsSentTwiceGiveTheFirstAnswer) {
  ASSERT_TRUE(save_whole());
  EXPECT_TRUE(save_whole());
  EXPECT_EQ(school.rows<model::VisitRecord>().size(), 1u);
}

TEST_F(Record_S76_R3, BothWriteOneRecordInTurn) {
  ASSERT_TRUE(save_whole());
  visit::RecordForm more = TestSchool::full_form("丁小满");
  more.reflection += "周五发一条短信。";
  ASSERT_TRUE(save_record(school.ports, companion(), school.visits[0], 1, more, {}));
  EXPECT_EQ(record().saved_by, school.companion[0].id);
}

using Record_S51_S109 = Writing;

TEST_F(Record_S51_S109, AThirdPhotoAndATextFileAreRefused) {
  ASSERT_TRUE(photo(1, "JPEG:desk"));
  EXPECT_EQ(refusal(photo(3, "JPEG:lamp")), "record.third_photo");
  EXPECT_EQ(refusal(photo(0, "JPEG:lamp")), "record.third_photo");
  EXPECT_EQ(photo(2, "just text").error().code, ErrorCode::kUnsupportedMedia);
  EXPECT_EQ(school.rows<model::VisitPhoto>().size(), 1u);
}

TEST_F(Record_S51_S109, AnotherPhotoTakesTheSlotAndARemovedOneLeavesIt) {
  ASSERT_TRUE(photo(1, "JPEG:desk;taken at home"));
  ASSERT_TRUE(photo(1, "JPEG:lamp"));
  EXPECT_EQ(photo_bytes(school.ports, writer(), school.visits[0], 1, "").value(), "JPEG:lamp");
  ASSERT_TRUE(remove_photo(school.ports, companion(), school.visits[0], 1));
  EXPECT_EQ(refusal(remove_photo(school.ports, writer(), school.visits[0], 1)), kNoSuchThing);
  EXPECT_EQ(refusal(photo_bytes(school.ports, writer(), school.visits[0], 1, "")), kNoSuchThing);
}

using Photo_D9 = Writing;

TEST_F(Photo_D9, OthersGiveAReasonThatIsKept) {
  ASSERT_TRUE(photo(1, "JPEG:desk"));
  auto look = [&](const model::Actor& actor, const char* reason) { return photo_bytes(school.ports, actor, school.visits[0], 1, reason); };
  EXPECT_EQ(refusal(look(school.office, "")), kNoSuchThing);
  EXPECT_EQ(*look(school.office, "核对投诉"), "JPEG:desk");
  EXPECT_EQ(*look(school.committee, "核对投诉"), "JPEG:desk");
  for (const model::Actor& other : {stranger(), school.editor, school.hr, school.auditor, school.it_admin}) EXPECT_EQ(refusal(look(other, "核对投诉")), kNoSuchThing);
  auto events = school.rows<model::AuditEvent>();
  EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const auto& one) { return one.verb == "reveal_photo" && one.reason == "核对投诉"; }), 2);
}

class Demands : public Writing {
 protected:
  DemandForm wish = {"", "我五点半才下班，课后服务能不能到六点？", "after_school", "2021-01-23 15:40", "", false};
};

using Record_S44_S108 = Demands;

TEST_F(Record_S44_S108, ADemandIsKeptInTheFamilysWordsAndPassedOnByHandingIn) {
  ASSERT_TRUE(save_whole({wish}));
  ASSERT_EQ(school.rows<model::Demand>().size(), 1u);
  model::Demand kept = school.rows<model::Demand>().front();
  EXPECT_EQ(kept.text, wish.text);
  EXPECT_EQ(to_text_minutes(kept.heard_at), "2021-01-23 15:00") << "heard at the latest when the visit took place";
  EXPECT_FALSE(kept.passed_on_at);
  ASSERT_TRUE(photo(1, "JPEG:desk"));
  ASSERT_TRUE(photo(2, "JPEG:lamp"));
  ASSERT_TRUE(submit());
  EXPECT_EQ(school.rows<model::Demand>().front().passed_on_at, school.clock->now());
}

TEST_F(Record_S44_S108, TheSameDemandSentTwiceIsOne) {
  ASSERT_TRUE(save_whole({wish}));
  ASSERT_TRUE(save_whole({wish}));
  EXPECT_EQ(school.rows<model::Demand>().size(), 1u);
  DemandForm other = wish;
  other.topic = "canteen";
  ASSERT_TRUE(save(TestSchool::full_form("丁小满"), 2, {wish, other}));
  EXPECT_EQ(school.rows<model::Demand>().size(), 2u);
}

TEST_F(Record_S44_S108, MayBeMendedWhileNobodyHasTakenIt) {
  ASSERT_TRUE(save_whole({wish}));
  wish.id = school.rows<model::Demand>().front().id.value;
  wish.text = "课后服务能不能到六点一刻？";
  wish.urgent = true;
  ASSERT_TRUE(save(TestSchool::full_form("丁小满"), 1, {wish}));
  ASSERT_EQ(school.rows<model::Demand>().size(), 1u);
  EXPECT_EQ(school.rows<model::Demand>().front().urgency, model::Urgency::kUrgent);
}

TEST_F(Record_S44_S108, HeardEarlyItKeepsItsReason) {
  wish.heard_at = "2021-01-18 17:50";
  wish.heard_early_reason = "电话约家访时间，妈妈先说了这件事";
  ASSERT_TRUE(save_whole({wish}));
  EXPECT_EQ(school.rows<model::Demand>().front().heard_early_reason, wish.heard_early_reason);
  EXPECT_EQ(to_text_minutes(school.rows<model::Demand>().front().heard_at), "2021-01-18 17:50");
}

using Record_S73_S77 = Writing;

TEST_F(Record_S73_S77, SubmissionDoesNotWaitForConfirmationCreditDoes) {
  finish_writing();
  ASSERT_TRUE(confirm_record(school.ports, writer(), school.visits[0]));
  school.submit(0);
  school.accept(0);
  school.run_jobs();
  EXPECT_EQ(school.rows<model::ArchiveEntry>().size(), 2u) << "one in each archive of the one who confirmed";
  ASSERT_TRUE(confirm_record(school.ports, companion(), school.visits[0]));
  school.run_jobs();
  EXPECT_EQ(school.rows<model::ArchiveEntry>().size(), 4u);
}

TEST_F(Record_S73_S77, OnlyOnesOwnPresenceIsConfirmedAndOnlyOfSomething) {
  EXPECT_EQ(refusal(confirm_record(school.ports, writer(), school.visits[0])), "record.nothing_to_confirm");
  ASSERT_TRUE(save_whole());
  Time first = *confirm_record(school.ports, writer(), school.visits[0])->confirmed_at;
  school.clock->advance(kHour);
  EXPECT_EQ(confirm_record(school.ports, writer(), school.visits[0])->confirmed_at, first);
  for (const model::Actor& other : {stranger(), school.office, school.head}) EXPECT_EQ(refusal(confirm_record(school.ports, other, school.visits[0])), kNoSuchThing);
}

using Record_S48_D4 = Writing;

TEST_F(Record_S48_D4, OneAloneOnAnotherDayIsAcceptedWithAReason) {
  visit::RecordForm form = TestSchool::full_form("丁小满");
  form.visited_at = "2021-01-22 09:00";
  form.photo_waiver = "家长不便拍照";
  ASSERT_TRUE(save(form));
  ASSERT_TRUE(set_attendance(school.ports, writer(), school.visits[0], school.companion[0].id, false));
  EXPECT_THAT(fields(submit()), ElementsAre("alone_reason", "outside_window_reason", "late_preparation_reason"));
  form.alone_reason = "同行老师发烧";
  form.outside_window_reason = "家长周末加班";
  form.late_preparation_reason = "临时改约";
  ASSERT_TRUE(save(form, 1));
  EXPECT_TRUE(submit());
}

TEST_F(Record_S48_D4, WhoDidNotComeHasNoPartInIt) {
  ASSERT_TRUE(save_whole());
  ASSERT_TRUE(confirm_record(school.ports, companion(), school.visits[0]));
  ASSERT_TRUE(set_attendance(school.ports, writer(), school.visits[0], school.companion[0].id, false));
  EXPECT_EQ(refusal(save_record(school.ports, companion(), school.visits[0], 1, TestSchool::full_form("孩子"), {})), kNoSuchThing);
  EXPECT_EQ(refusal(confirm_record(school.ports, companion(), school.visits[0])), kNoSuchThing);
  EXPECT_EQ(refusal(report_gift(school.ports, companion(), school.visits[0], new_id<model::GiftReport>(school.clock->now()), "听说送了橙子")), kNoSuchThing);
  EXPECT_EQ(refusal(set_attendance(school.ports, writer(), school.visits[0], school.companion[3].id, false)), kNoSuchThing) << "not of this team";
}

using Record_S49_S72_S93 = Writing;

TEST_F(Record_S49_S72_S93, HandedInItIsClosedAndHandingInAgainGivesTheFirstAnswer) {
  finish_writing();
  Time first = *submit()->submitted_at;
  school.clock->advance(kHour);
  EXPECT_EQ(submit()->submitted_at, first);
  EXPECT_EQ(refusal(save(TestSchool::full_form("孩子"), 2)), "record.already_submitted");
  EXPECT_EQ(refusal(photo(1, "JPEG:sofa")), "record.already_submitted");
  EXPECT_EQ(refusal(remove_photo(school.ports, writer(), school.visits[0], 1)), "record.already_submitted");
  EXPECT_EQ(refusal(set_attendance(school.ports, writer(), school.visits[0], school.companion[0].id, false)), "record.already_submitted");
  EXPECT_EQ(dossier(school.ports, writer(), school.visits[0])->visit.state, model::VisitState::kRecorded);
}

TEST_F(Record_S49_S72_S93, SentBackItIsOpenAgain) {
  finish_writing();
  ASSERT_TRUE(submit());
  ASSERT_TRUE(review_record(school.ports, school.office, school.visits[0], {false, "再补一句办法", "", ""}));
  std::int64_t version = record().version;
  ASSERT_TRUE(save(TestSchool::full_form("丁小满"), version));
  EXPECT_EQ(submit()->review_reason, "");
}

using Record_R4 = Writing;

TEST_F(Record_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  auto prepared = [](TestSchool& fresh) {
    fresh.start_visiting();
    fresh.prepare(0);
    fresh.clock->advance(2 * kDay);
  };
  auto written = [&](TestSchool& fresh) {
    prepared(fresh);
    fresh.write_record(0);
  };
  auto writer = [](TestSchool& fresh) { return fresh.as(fresh.homeroom[0]); };
  expect_safe_to_repeat(prepared, [&](TestSchool& fresh) {
    visit::RecordForm form = TestSchool::full_form("孩子");
    form.no_demand = false;
    return save_record(fresh.ports, writer(fresh), fresh.visits[0], 0, form, {{"", "课后服务能不能到六点？", "after_school", "", "", false}}).ok();
  });
  expect_safe_to_repeat(prepared, [&](TestSchool& fresh) { return add_photo(fresh.ports, writer(fresh), fresh.visits[0], 1, "JPEG:desk").ok(); });
  expect_safe_to_repeat(written, [&](TestSchool& fresh) { return submit_record(fresh.ports, writer(fresh), fresh.visits[0]).ok(); });
}

}  // namespace
}  // namespace shide::workflow
