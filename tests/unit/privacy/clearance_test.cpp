// The last look before publishing: which condition each kind of post must meet, one broken at a time.
#include "privacy/clearance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"

namespace shide::privacy {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using model::PostKind;
using testing::refusal;

class Clearing : public ::testing::Test {
 protected:
  Clearing() {
    post.kind = PostKind::kDigest;
    post.author_id.value = "editor";
    post.title = "三年级组：先说优点";
    post.body = "先说优点，家长才听得进不足。每天放学看一眼书包。";
    post.visit_count = 5;
    approve();
  }
  void approve() {
    model::Approval approval;
    approval.text_sha256 = text_sha256(post);
    approval.approved_by.value = "office";
    request.approval = approval;
  }
  /// A single note with everything it needs.
  void make_single_note() {
    post.kind = PostKind::kSingleNote;
    post.visit_count = 1;
    model::Consent consent;
    consent.id.value = "consent";
    consent.scope = model::ConsentScope::kPublish;
    consent.answer = model::ConsentAnswer::kGranted;
    request.consent = consent;
    approve();
    request.approval->consent_id.value = "consent";
    request.approval->school_decision = "校务会2021年1月25日";
  }
  Result<model::ClearedPost> clear() {
    request.post = post;
    return Clearance::clear(request, known);
  }
  model::Post post;
  ClearanceRequest request;
  Register known{{.teachers = {"沈若楠"}, .students = {"丁小满", "周可欣"}}};
};

using Clearance_S75_S98_D1 = Clearing;

TEST_F(Clearance_S75_S98_D1, ADigestOfFiveVisitsApprovedByAnotherPasses) {
  auto cleared = clear();
  ASSERT_TRUE(cleared);
  EXPECT_EQ(cleared->post().body, post.body);
  EXPECT_EQ(cleared->text_sha256(), text_sha256(post));
}

TEST_F(Clearance_S75_S98_D1, NobodyApprovesTheirOwnWords) {
  request.approval->approved_by = post.author_id;
  EXPECT_EQ(refusal(clear()), "clearance.own_approval");
  request.approval.reset();
  EXPECT_EQ(refusal(clear()), "clearance.no_approval");
}

TEST_F(Clearance_S75_S98_D1, AnApprovalIsOfExactlyThisText) {
  for (std::string model::Post::*part : {&model::Post::title, &model::Post::quote, &model::Post::body}) {
    model::Post before = post;
    post.*part += "。";
    EXPECT_EQ(refusal(clear()), "clearance.text_changed");
    post = before;
  }
}

TEST_F(Clearance_S75_S98_D1, FourVisitsAreTooFewForADigest) {
  post.visit_count = kLeastVisitsOfDigest - 1;
  EXPECT_EQ(refusal(clear()), "clearance.few_visits");
}

TEST_F(Clearance_S75_S98_D1, ASingleNoteNeedsTheGuardianAndTheSchool) {
  make_single_note();
  EXPECT_TRUE(clear());
  request.approval->school_decision.clear();
  EXPECT_EQ(refusal(clear()), "clearance.no_decision");
  make_single_note();
  request.consent->answer = model::ConsentAnswer::kRefused;
  EXPECT_EQ(refusal(clear()), "clearance.no_consent");
  make_single_note();
  request.consent->withdrawn_at = Time{1};
  EXPECT_EQ(refusal(clear()), "clearance.no_consent");
  make_single_note();
  request.consent->scope = model::ConsentScope::kPhoto;
  EXPECT_EQ(refusal(clear()), "clearance.no_consent") << "one yes is not another";
  make_single_note();
  request.approval->consent_id.value = "an older one";
  EXPECT_EQ(refusal(clear()), "clearance.no_consent") << "given again, approved again";
}

TEST_F(Clearance_S75_S98_D1, AWithdrawnPostStaysWithdrawn) {
  post.state = model::PostState::kWithdrawn;
  EXPECT_EQ(refusal(clear()), "clearance.withdrawn");
}

TEST_F(Clearance_S75_S98_D1, ANameThatCameIntoTheRegisterLaterIsFoundAndNotRepeated) {
  post.body = "许明轩把奖状贴在门后。";
  approve();
  known = Register({.students = {"丁小满", "许明轩"}});
  auto refused = clear();
  EXPECT_EQ(refusal(refused), "clearance.not_clean");
  EXPECT_THAT(render(refused.error().phrase, Language::kChinese), Not(HasSubstr("许明轩"))) << "errors are logged";
}

TEST_F(Clearance_S75_S98_D1, WithoutARegisterNothingIsClean) {
  known = Register(KnownPeople{});
  EXPECT_EQ(refusal(clear()), "clearance.not_clean");
}

TEST_F(Clearance_S75_S98_D1, ThePlanNeedsNoSecondPerson) {
  post = {};
  post.kind = PostKind::kPlan;
  post.title = "“大走访”活动实施方案";
  request.approval.reset();
  EXPECT_TRUE(clear());
}

using PostProblems_S98_D1 = Clearing;

TEST_F(PostProblems_S98_D1, NameTheFieldAndTheWords) {
  post.title = "丁小满的奖状";
  post.quote = "家长的电话是13800000020";
  std::vector<std::string> told;
  for (const Problem& problem : post_problems(post, known)) told.push_back(problem.path + ": " + render(problem.phrase, Language::kChinese));
  EXPECT_THAT(told, Contains(::testing::AllOf(::testing::StartsWith("title"), HasSubstr("丁小满"))));
  EXPECT_THAT(told, Contains(::testing::AllOf(::testing::StartsWith("quote"), HasSubstr("13800000020"))));
}

TEST_F(PostProblems_S98_D1, TheListOfThanksNamesTeachersADigestDoesNot) {
  post.body = "感谢沈若楠老师。";
  EXPECT_THAT(post_problems(post, known), Not(IsEmpty())) << "one pupil a class: her name gives the child";
  post.kind = PostKind::kThanks;
  EXPECT_THAT(post_problems(post, known), IsEmpty());
}

}  // namespace
}  // namespace shide::privacy
