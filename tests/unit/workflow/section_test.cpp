// The section: what all staff see, what opens within reach, and a post's way through four eyes to the public face and off it.
#include "workflow/section.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/sign_in.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;
using model::Post;
using model::PostState;

PostForm digest_of(const TestSchool& school) {
  PostForm form{"", "digest", "三年级组：先说优点", "先说优点，家长才听得进不足。", "先说优点，家长才听得进不足。\n\n每天放学看一眼书包。", "本站原创", "", {}};
  for (int i = 0; i < 5; ++i) form.visits.push_back(school.visits[i].value);
  return form;
}

class Section : public ::testing::Test {
 protected:
  Section() {
    school.start_visiting();
    school.finish_five();
  }
  PostForm digest() { return digest_of(school); }
  PostForm single_note() { return {"", "single_note", "门后的奖状", "", "我们先说孩子爱提问，爸爸一直笑。", "本站原创", "", {school.visits[1].value}}; }
  Result<Post> compose(const PostForm& form) { return compose_post(school.ports, school.editor, form); }
  Result<Post> approve(const Id<Post>& id, const char* decision = "") { return approve_post(school.ports, school.office, id, decision); }
  /// Composed by the editor and waiting for somebody else's yes.
  Id<Post> in_review(const PostForm& form) {
    Id<Post> id = compose(form)->id;
    EXPECT_TRUE(request_review(school.ports, school.editor, id));
    return id;
  }
  void consent(model::ConsentAnswer answer) {
    EXPECT_TRUE(note_publish_consent(school.ports, school.as(school.homeroom[1]), school.visits[1], answer, model::ConsentMeans::kPaper));
  }
  PostState state_of(const Id<Post>& id) { return post_at_work(school.ports, school.editor, id)->state; }
  model::Actor visitor() { return *public_actor(school.ports); }
  TestSchool school;
};

using StaffView_S74_S75_S98 = Section;

TEST_F(StaffView_S74_S75_S98, ShowsThatItIsFiledToAllAndTheTextWithinReach) {
  auto for_hr = staff_view(school.ports, school.hr, "2020-2021");
  ASSERT_TRUE(for_hr);
  ASSERT_EQ(for_hr->size(), 5u);
  EXPECT_THAT(for_hr->front().teachers, Not(IsEmpty()));
  EXPECT_EQ(for_hr->front().month, "2021-01");
  EXPECT_EQ(for_hr->front().grade_name, "三年级组");
  EXPECT_EQ(for_hr->front().narrative, "");
  auto for_editor = staff_view(school.ports, school.editor, "2020-2021");
  for (const auto& record : *for_editor) {
    EXPECT_THAT(record.narrative, HasSubstr("奖状"));
    for (const auto& student : school.students) EXPECT_THAT(record.narrative, Not(HasSubstr(student.name)));
    EXPECT_EQ(record.doubts, 0) << record.doubt_list << record.narrative;
  }
}

TEST_F(StaffView_S74_S75_S98, IsForTheStaffNotForThePublicNorTheAdministrator) {
  EXPECT_EQ(staff_view(school.ports, visitor(), "2020-2021").error().code, ErrorCode::kForbidden);
  EXPECT_EQ(staff_view(school.ports, school.it_admin, "2020-2021").error().code, ErrorCode::kForbidden);
  EXPECT_THAT(*staff_view(school.ports, school.hr, "2019-2020"), IsEmpty());
}

TEST_F(StaffView_S74_S75_S98, ARecordIsFiledWhenItIsAcceptedAndOnce) {
  school.hand_in(5);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[5]));
  EXPECT_EQ(school.rows<model::RedactedRecord>().size(), 5u);
  school.accept(5);
  school.run_jobs();
  EXPECT_EQ(school.rows<model::RedactedRecord>().size(), 6u);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[5]));
  for (const auto& filed : school.rows<model::RedactedRecord>()) EXPECT_EQ(filed.version, 1);
}

TEST_F(StaffView_S74_S75_S98, ANameThatJoinsTheRegisterIsTakenOutOfWhatWasFiled) {
  model::Student one = school.students.front();
  one.student_number = "2000";
  one.name = "贺奖状";
  school.add(one);
  ASSERT_TRUE(file_in_section(school.ports, school.school_id, school.visits[0]));
  auto filed = redacted_record(school.ports, school.office, {school.visits[0].value});
  EXPECT_EQ(filed->version, 2) << "made anew with the register of today";
}

class Doubtful : public Section {
 protected:
  Doubtful() {
    school.amend<model::RedactedRecord>([&](model::RedactedRecord& one) {
      one.doubts = 1;
      one.doubt_list = R"([{"field":"narrative","start":0,"end":2,"kind":"other_name","reason":"redact.doubt"}])";
      return one.id.value == school.visits[0].value;
    });
  }
  Result<model::RedactedRecord> settle(const model::Actor& actor, const char* narrative, const char* reason = "") {
    std::int64_t version = redacted_record(school.ports, school.office, {school.visits[0].value})->version;
    return settle_doubts(school.ports, actor, {school.visits[0].value}, version, narrative, "先说优点。", reason);
  }
};

using Doubts_S98_D1 = Doubtful;

TEST_F(Doubts_S98_D1, ADoubtBlocksEveryPostDrawnFromIt) {
  EXPECT_THAT(problems(compose(digest())), ElementsAre("visits: section.source_doubtful"));
  ASSERT_TRUE(settle(school.office, "孩子把奖状贴在门后。"));
  EXPECT_TRUE(compose(digest()));
}

TEST_F(Doubts_S98_D1, TheOfficeSettlesThemAndNobodyElse) {
  for (const model::Actor& other : {school.editor, school.head, school.leader(), school.as(school.homeroom[0]), school.hr}) EXPECT_EQ(refusal(settle(other, "孩子。")), kNoSuchThing);
}

TEST_F(Doubts_S98_D1, WhatNamesSomebodyCannotBeKeptByAnyReason) {
  EXPECT_THAT(fields(settle(school.office, "丁小满把奖状贴在门后。", "家长同意")), Contains("narrative"));
  EXPECT_THAT(fields(settle(school.office, "", "")), Contains("narrative"));
}

using Digest_D1 = Section;

TEST_F(Digest_D1, IsComposedApprovedByAnotherClearedAndPublished) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing) << "approved is not yet published";
  school.run_jobs();
  auto opened = open_post(school.ports, visitor(), id);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->publisher, school.editor.name);
  EXPECT_EQ(opened->published_at, school.clock->now());
}

TEST_F(Digest_D1, NeedsFiveVisits) {
  PostForm form = digest();
  form.visits.pop_back();
  EXPECT_THAT(problems(compose(form)), ElementsAre("visits: clearance.few_visits"));
  form.visits.push_back(form.visits.front());
  EXPECT_THAT(problems(compose(form)), ElementsAre("visits: clearance.few_visits")) << "one visit named twice is one";
  form.visits.back() = new_uuid(school.clock->now());
  EXPECT_THAT(problems(compose(form)), ElementsAre("visits: section.source_gone"));
}

TEST_F(Digest_D1, APupilsNameIsRefusedBesideTheFieldAndNothingIsKept) {
  PostForm form = digest();
  form.body = "丁小满把奖状贴在门后。";
  form.title = "周可欣的鼓";
  EXPECT_THAT(fields(compose(form)), ElementsAre("title", "body"));
  EXPECT_EQ(school.rows<Post>().size(), 1u) << "the plan";
}

TEST_F(Digest_D1, AnEditAfterTheApprovalIsNotPublished) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  school.amend<Post>([&](Post& post) { return post.body += "\n\n另加一句。", post.id == id; });
  school.run_jobs();
  EXPECT_EQ(state_of(id), PostState::kInReview);
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing);
}

using Views_S9 = Section;

TEST_F(Views_S9, AreCountedOneByOneAndAMissingCountBreaksNothing) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  school.run_jobs();
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, 0);
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, 1);
  school.amend<Post>([&](Post& post) { return post.views.reset(), post.id == id; });
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, std::nullopt);
}

using FourEyes_D1_D9 = Section;

TEST_F(FourEyes_D1_D9, TheAuthorDoesNotApprove) {
  auto composed = compose_post(school.ports, school.office, digest());
  ASSERT_TRUE(request_review(school.ports, school.office, composed->id));
  EXPECT_EQ(refusal(approve(composed->id)), "clearance.own_approval");
  EXPECT_TRUE(approve_post(school.ports, school.head, composed->id, ""));
}

TEST_F(FourEyes_D1_D9, WhoSaysYesCannotHaveRewrittenIt) {
  PostForm form = digest();
  form.id = in_review(form).value;
  form.body = "先说优点。";
  EXPECT_EQ(refusal(compose_post(school.ports, school.office, form)), "section.other_author");
  EXPECT_EQ(post_at_work(school.ports, school.editor, {form.id})->body, digest().body);
  EXPECT_TRUE(approve({form.id}));
}

TEST_F(FourEyes_D1_D9, WhoWasAtAVisitDoesNotApproveWhatIsDrawnFromIt) {
  Id<Post> id = in_review(digest());
  for (const model::Teacher& teacher : {school.homeroom[0], school.companion[4]}) {
    EXPECT_EQ(refusal(approve_post(school.ports, school.also(teacher, model::Role::kHead), id, "")), "clearance.own_approval");
  }
  EXPECT_TRUE(approve_post(school.ports, school.also(school.homeroom[5], model::Role::kHead), id, ""));
}

TEST_F(FourEyes_D1_D9, EachStepIsForItsRole) {
  for (const model::Actor& other : {school.head, school.committee, school.hr, school.as(school.homeroom[0]), school.it_admin}) EXPECT_EQ(refusal(compose_post(school.ports, other, digest())), kNoSuchThing);
  Id<Post> id = in_review(digest());
  for (const model::Actor& other : {school.editor, school.committee, school.hr, school.as(school.homeroom[0])}) {
    EXPECT_EQ(refusal(approve_post(school.ports, other, id, "")), kNoSuchThing);
    EXPECT_EQ(refusal(reject_post(school.ports, other, id, "再改")), kNoSuchThing);
  }
  EXPECT_EQ(refusal(posts_at_work(school.ports, school.hr)), kNoSuchThing);
  EXPECT_EQ(refusal(post_at_work(school.ports, school.as(school.homeroom[0]), id)), kNoSuchThing);
}

TEST_F(FourEyes_D1_D9, OnlyWhatIsInReviewIsDecided) {
  Id<Post> id = compose(digest())->id;
  EXPECT_EQ(refusal(approve(id)), "section.not_in_review");
  EXPECT_EQ(refusal(reject_post(school.ports, school.office, id, "再改")), "section.not_in_review");
  ASSERT_TRUE(request_review(school.ports, school.editor, id));
  ASSERT_TRUE(request_review(school.ports, school.editor, id)) << "asked twice is asked once";
  EXPECT_THAT(fields(reject_post(school.ports, school.office, id, "")), ElementsAre("reason"));
  EXPECT_EQ(reject_post(school.ports, school.office, id, "标题太满")->review_reason, "标题太满");
  PostForm again = digest();
  again.id = id.value;
  again.title = "先说优点";
  again.version = post_at_work(school.ports, school.editor, id)->version;
  EXPECT_EQ(compose(again)->state, PostState::kDraft) << "rewritten, it is asked for anew";
  ASSERT_TRUE(request_review(school.ports, school.editor, id));
  ASSERT_TRUE(approve(id));
  EXPECT_EQ(approve(id)->state, PostState::kApproved) << "twice is once";
  EXPECT_EQ(school.rows<model::Approval>().size(), 1u);
  again.title = "先听后说";
  EXPECT_EQ(refusal(compose(again)), "section.not_editable");
}

using Withdrawal_S98_D1 = Section;

TEST_F(Withdrawal_S98_D1, BeatsAPublicationUnderWay) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  ASSERT_TRUE(withdraw_post(school.ports, school.office, id, "家长不放心"));
  school.run_jobs();
  EXPECT_EQ(state_of(id), PostState::kWithdrawn);
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing);
}

TEST_F(Withdrawal_S98_D1, IsGoneWithTheAnswerAndKeepsItsReason) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  school.run_jobs();
  EXPECT_THAT(fields(withdraw_post(school.ports, school.office, id, "")), ElementsAre("reason"));
  EXPECT_EQ(refusal(withdraw_post(school.ports, school.hr, id, "不好")), kNoSuchThing);
  EXPECT_EQ(refusal(withdraw_post(school.ports, visitor(), id, "不好")), kNoSuchThing);
  ASSERT_TRUE(withdraw_post(school.ports, school.editor, id, "家长不放心"));
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing);
  EXPECT_EQ(published_posts(school.ports, visitor(), 10)->size(), 1u) << "the plan stays";
  EXPECT_EQ(withdraw_post(school.ports, school.office, id, "又一个理由")->withdrawn_reason, "家长不放心");
}

using SingleNote_S98_D1 = Section;

TEST_F(SingleNote_S98_D1, IsDrawnFromOneVisit) {
  PostForm form = single_note();
  form.visits.push_back(school.visits[2].value);
  EXPECT_THAT(problems(compose(form)), ElementsAre("visits: section.one_source"));
}

TEST_F(SingleNote_S98_D1, NeedsTheGuardianAndTheSchoolAndGoesWhenConsentGoes) {
  Id<Post> id = in_review(single_note());
  EXPECT_THAT(problems(approve(id)), ElementsAre("school_decision: clearance.no_decision"));
  EXPECT_EQ(refusal(approve(id, "校务会2021年1月25日")), "clearance.no_consent");
  consent(model::ConsentAnswer::kGranted);
  ASSERT_TRUE(approve(id, "校务会2021年1月25日"));
  school.run_jobs();
  ASSERT_TRUE(open_post(school.ports, visitor(), id));
  consent(model::ConsentAnswer::kWithdrawn);
  school.run_jobs();
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing);
}

TEST_F(SingleNote_S98_D1, AConsentTakenBackBetweenApprovalAndPublicationStopsIt) {
  Id<Post> id = in_review(single_note());
  consent(model::ConsentAnswer::kGranted);
  ASSERT_TRUE(approve(id, "校务会2021年1月25日"));
  consent(model::ConsentAnswer::kWithdrawn);
  ASSERT_TRUE(publish_post(school.ports, school.school_id, id)) << "even when the taking down has not been run";
  EXPECT_EQ(refusal(open_post(school.ports, visitor(), id)), kNoSuchThing);
  school.run_jobs();
  EXPECT_EQ(state_of(id), PostState::kWithdrawn);
}

using Section_R4 = Section;

TEST_F(Section_R4, FilingPublishingAndTakingDownCutShortAreFinishedByDoingThemAgain) {
  auto accepted = [](TestSchool& fresh) {
    fresh.start_visiting();
    fresh.hand_in(1);
    fresh.accept(1);
  };
  auto approved = [&](TestSchool& fresh) {
    accepted(fresh);
    fresh.run_jobs();
    (void)note_publish_consent(fresh.ports, fresh.as(fresh.homeroom[1]), fresh.visits[1], model::ConsentAnswer::kGranted, model::ConsentMeans::kPaper);
    PostForm form{"", "single_note", "门后的奖状", "", "我们先说孩子爱提问，爸爸一直笑。", "", "", {fresh.visits[1].value}};
    Id<Post> id = compose_post(fresh.ports, fresh.editor, form)->id;
    (void)request_review(fresh.ports, fresh.editor, id);
    (void)approve_post(fresh.ports, fresh.office, id, "校务会");
  };
  auto note = [](TestSchool& fresh) { return fresh.rows<Post>().back().id; };
  expect_safe_to_repeat(accepted, [](TestSchool& fresh) { return file_in_section(fresh.ports, fresh.school_id, fresh.visits[1]).ok(); });
  expect_safe_to_repeat(approved, [&](TestSchool& fresh) { return publish_post(fresh.ports, fresh.school_id, note(fresh)).ok(); });
  expect_safe_to_repeat(approved, [&](TestSchool& fresh) { return withdraw_posts_of_visit(fresh.ports, fresh.school_id, fresh.visits[1]).ok(); });
}

}  // namespace
}  // namespace shide::workflow
