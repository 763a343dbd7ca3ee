// A post's way from redacted text through four eyes to the public face, and off it.
#include "workflow/post.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "support/section_school.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::SectionSchool;
using testing::TestSchool;
using model::Post;
using model::PostState;

using Digest_D1 = SectionSchool;

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

using Views_S9 = SectionSchool;

TEST_F(Views_S9, AreCountedOneByOneAndAMissingCountBreaksNothing) {
  Id<Post> id = in_review(digest());
  ASSERT_TRUE(approve(id));
  school.run_jobs();
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, 0);
  count_view(school.ports, visitor(), id);
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, 1);
  school.amend<Post>([&](Post& post) { return post.views.reset(), post.id == id; });
  EXPECT_EQ(open_post(school.ports, visitor(), id)->views, std::nullopt);
}

using FourEyes_D1_D9 = SectionSchool;

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

using Withdrawal_S98_D1 = SectionSchool;

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

using SingleNote_S98_D1 = SectionSchool;

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

using Moving_S4_S75 = SectionSchool;

TEST_F(Moving_S4_S75, AMisfiledPostGoesWhereItBelongsAndStaysAsItWasApproved) {
  Id<Post> id = published(digest());
  ASSERT_EQ(open_post(school.ports, visitor(), id)->shelf, model::Shelf::kDigests) << "filed by its kind";
  ASSERT_TRUE(move_post(school.ports, school.editor, id, "notes"));
  auto moved = open_post(school.ports, visitor(), id);
  EXPECT_EQ(moved->shelf, model::Shelf::kNotes);
  EXPECT_EQ(moved->kind, model::PostKind::kDigest);
  EXPECT_THAT(problems(move_post(school.ports, school.editor, id, "elsewhere")), ElementsAre("shelf: field.not_offered"));
  for (const model::Actor& other : {school.head, school.hr, visitor()}) EXPECT_EQ(refusal(move_post(school.ports, other, id, "thanks")), kNoSuchThing);
}

using CopyElsewhere_D10 = SectionSchool;

TEST_F(CopyElsewhere_D10, AWithdrawalAsksForTheCopyToBeTakenDownTheSameWorkingDay) {
  Id<Post> id = published(digest());
  school.amend<Post>([&](Post& post) { return post.copy_address = "https://portal.example.edu.cn/a/7", post.id == id; });
  ASSERT_TRUE(withdraw_post(school.ports, school.office, id, "家长不放心"));
  ASSERT_TRUE(withdraw_post(school.ports, school.office, id, "家长不放心"));
  auto tasks = *open_public_tasks(school.ports, school.editor);
  ASSERT_EQ(tasks.size(), 1u) << "asked once";
  EXPECT_EQ(tasks[0].kind, model::PublicTaskKind::kTakeDown);
  EXPECT_EQ(tasks[0].address, "https://portal.example.edu.cn/a/7");
  EXPECT_EQ(tasks[0].due_at, end_of_working_day(school.clock->now()));
}

TEST_F(SingleNote_S98_D1, OnlyAGuardiansWordCountsAndItsWordingIsKept) {
  consent(model::ConsentAnswer::kGranted);
  auto given = [&] {
    std::vector<model::Consent> all = school.rows<model::Consent>();
    return *std::find_if(all.begin(), all.end(), [](const model::Consent& one) { return one.scope == model::ConsentScope::kPublish; });
  };
  EXPECT_FALSE(given().guardian_id.empty());
  std::string wording = given().wording;
  EXPECT_EQ(wording.size(), 12u);
  consent(model::ConsentAnswer::kWithdrawn);
  EXPECT_EQ(given().wording, wording);
  school.amend<model::Guardian>([](model::Guardian& one) { return one.is_guardian = false, true; });
  auto by_carer = note_publish_consent(school.ports, school.as(school.homeroom[1]), school.visits[1], model::ConsentAnswer::kGranted, model::ConsentMeans::kPaper);
  EXPECT_EQ(refusal(by_carer), "consent.only_a_guardian");
  consent(model::ConsentAnswer::kRefused);
}

using Posts_R4 = SectionSchool;

TEST_F(Posts_R4, PublishingAndTakingDownCutShortAreFinishedByDoingThemAgain) {
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
  expect_safe_to_repeat(approved, [&](TestSchool& fresh) { return publish_post(fresh.ports, fresh.school_id, note(fresh)).ok(); });
  expect_safe_to_repeat(approved, [&](TestSchool& fresh) { return withdraw_posts_of_visit(fresh.ports, fresh.school_id, fresh.visits[1]).ok(); });
}

}  // namespace
}  // namespace shide::workflow
