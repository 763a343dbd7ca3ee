// Who asks: passwords, sessions and tokens, and what each refuses to tell.
#include "workflow/sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "support/refusal.h"
#include "support/test_school.h"

namespace shide::workflow {
namespace {

using ::testing::IsEmpty;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;
using model::Role;

constexpr const char* kPassword = "correct horse 9";

class SigningIn : public ::testing::Test {
 protected:
  Result<SignedIn> enter(const char* login = "student_office", const char* password = kPassword) { return sign_in(school.ports, login, password); }
  Result<SignedIn> resume(const std::string& token) { return resume_session(school.ports, token); }
  void later(std::int64_t microseconds) { school.clock->advance(microseconds); }
  void change_account(const model::Actor& actor, const std::function<void(model::Account&)>& change) {
    school.amend<model::Account>([&](model::Account& one) { return change(one), one.id == actor.account; });
  }
  TestSchool school;
};

using SigningIn_D13 = SigningIn;

TEST_F(SigningIn_D13, GivesTheRolesOfTheAccountAndASession) {
  auto entered = enter();
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->actor.roles, std::set<Role>{Role::kStudentOffice});
  EXPECT_EQ(entered->actor.school, school.school_id);
  EXPECT_FALSE(entered->csrf.empty());
  EXPECT_EQ(resume(entered->token)->actor.account, entered->actor.account);
  EXPECT_EQ(resume(entered->token)->csrf, entered->csrf);
}

TEST_F(SigningIn_D13, TheLoginIsCleanedThePasswordIsNot) {
  EXPECT_TRUE(enter("  Student_Office\xE3\x80\x80"));
  EXPECT_FALSE(enter("student_office", " correct horse 9"));
  EXPECT_FALSE(enter("student_office", ""));
}

TEST_F(SigningIn_D13, DutiesFollowTheSchoolsOwnOrderOfToday) {
  auto homeroom = enter(school.homeroom[0].staff_number.c_str()), leader = enter(school.companion[0].staff_number.c_str());
  EXPECT_EQ(homeroom->actor.roles, (std::set<Role>{Role::kTeacher, Role::kHomeroomTeacher}));
  EXPECT_EQ(homeroom->actor.classes, std::set<std::string>{school.classes[0].id.value});
  EXPECT_EQ(leader->actor.roles, (std::set<Role>{Role::kTeacher, Role::kGradeLeader}));
  EXPECT_EQ(leader->actor.grade_groups, std::set<std::string>{school.grade_group.value});
  later(240 * kDay);
  EXPECT_EQ(enter(school.homeroom[0].staff_number.c_str())->actor.roles, std::set<Role>{Role::kTeacher}) << "the next year has other classes";
}

TEST_F(SigningIn_D13, ATokenIsKeptOnlyAsItsHash) {
  auto entered = enter();
  auto sessions = school.rows<model::Session>();
  ASSERT_EQ(sessions.size(), 1u);
  EXPECT_EQ(sessions[0].token_hash, sha256_hex(entered->token));
}

TEST_F(SigningIn_D13, NeverTellsWhetherALoginExists) {
  auto unknown = enter("nobody", "wrong"), known = enter("student_office", "wrong");
  EXPECT_EQ(unknown.error().code, known.error().code);
  EXPECT_EQ(unknown.error().phrase, known.error().phrase);
  change_account(school.office, [](model::Account& one) { one.disabled = true; });
  EXPECT_EQ(refusal(enter()), refusal(unknown)) << "a closed account is no account";
}

TEST_F(SigningIn_D13, TheFifthWrongPasswordLocksForAQuarterOfAnHour) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(refusal(enter("student_office", "wrong")), "sign_in.wrong");
  EXPECT_EQ(refusal(enter("student_office", "wrong")), "sign_in.wrong_last");
  EXPECT_EQ(enter("student_office", "wrong").error().code, ErrorCode::kTooMany);
  EXPECT_EQ(refusal(enter()), "sign_in.locked") << "the right one does not help now";
  later(15 * kMinute);
  EXPECT_TRUE(enter());
}

TEST_F(SigningIn_D13, ARightPasswordForgetsTheWrongOnesAndSoDoesALockThatIsOver) {
  for (int i = 0; i < 4; ++i) (void)enter("student_office", "wrong");
  ASSERT_TRUE(enter());
  EXPECT_EQ(refusal(enter("student_office", "wrong")), "sign_in.wrong");
  for (int i = 0; i < 4; ++i) (void)enter("student_office", "wrong");
  later(15 * kMinute);
  EXPECT_EQ(refusal(enter("student_office", "wrong")), "sign_in.wrong") << "five again, not one";
}

TEST_F(SigningIn_D13, ALoginThatNobodyHasLocksLikeOneThatSomebodyHas) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 7; ++i) {
      auto unknown = enter("nobody", "wrong"), known = enter("student_office", "wrong");
      EXPECT_EQ(unknown.error().code, known.error().code) << i;
      EXPECT_EQ(unknown.error().phrase, known.error().phrase) << i;
    }
    EXPECT_EQ(refusal(enter("　ＮＯＢＯＤＹ ", "wrong")), "sign_in.locked") << "the same login";
    EXPECT_EQ(refusal(enter("somebody else", "wrong")), "sign_in.wrong");
    later(15 * kMinute);
  }
}

TEST_F(SigningIn_D13, OneAccountsLockIsNobodyElses) {
  for (int i = 0; i < 5; ++i) (void)enter("student_office", "wrong");
  EXPECT_TRUE(enter("head"));
}

// The slow part is the hash: whoever asks, it is done once.
TEST_F(SigningIn_D13, TheTimeDoesNotTellWhetherALoginExistsIsDisabledOrHasNoPassword) {
  change_account(school.office, [](model::Account& one) { one.disabled = true; });
  change_account(school.head, [](model::Account& one) { one.password_hash.clear(); });
  for (const char* login : {"nobody", "student_office", "head", "it_admin"}) {
    int before = school.cipher->asked;
    EXPECT_EQ(refusal(enter(login, "wrong")), "sign_in.wrong") << login;
    EXPECT_EQ(school.cipher->asked - before, 1) << login;
  }
}

TEST_F(SigningIn_D13, NobodyEntersAnAccountWithoutAPassword) {
  change_account(school.head, [](model::Account& one) { one.password_hash.clear(); });
  EXPECT_FALSE(enter("head", ""));
}

TEST_F(SigningIn_D13, TheLoginIsTheSameInFullWidth) { EXPECT_TRUE(enter("　ｈｅａｄ ")); }

using Session_D13 = SigningIn;

TEST_F(Session_D13, EndsAfterTwentyMinutesWithoutARequest) {
  std::string token = enter()->token;
  for (int i = 0; i < 6; ++i) {
    later(15 * kMinute);
    EXPECT_TRUE(resume(token)) << "in use for " << 15 * (i + 1) << " minutes";
  }
  later(20 * kMinute + 1);
  EXPECT_EQ(refusal(resume(token)), "sign_in.over");
}

TEST_F(Session_D13, EndsAfterEightHoursWhateverIsDone) {
  std::string token = enter()->token;
  for (int i = 0; i < 31; ++i) {
    later(15 * kMinute);
    ASSERT_TRUE(resume(token));
  }
  later(15 * kMinute);
  EXPECT_EQ(refusal(resume(token)), "sign_in.over");
}

TEST_F(Session_D13, EndsBySigningOutAndWithTheAccount) {
  auto first = enter(), second = enter();
  ASSERT_TRUE(sign_out(school.ports, first->actor, first->token));
  EXPECT_EQ(refusal(resume(first->token)), "sign_in.over");
  EXPECT_TRUE(resume(second->token));
  change_account(school.office, [](model::Account& one) { one.disabled = true; });
  EXPECT_EQ(refusal(resume(second->token)), "sign_in.over");
}

TEST_F(Session_D13, AForgedCookieIsNoSession) {
  for (const std::string& token : {std::string(), std::string("guess"), std::string(1000, 'a'), sha256_hex("x")}) EXPECT_EQ(resume(token).error().code, ErrorCode::kUnauthenticated);
}

using Password_D13 = SigningIn;

TEST_F(Password_D13, HasTwelveCharactersOfThreeClasses) {
  for (const char* weak : {"short1A!", "alllowercase1", "ALLUPPER1234", "123456789012", "\xED\xA0\x80" "abcDEF123456"}) {
    EXPECT_THAT(problems(change_password(school.ports, school.office, kPassword, weak)), ::testing::ElementsAre("password: sign_in.password_weak")) << weak;
  }
  EXPECT_TRUE(change_password(school.ports, school.office, kPassword, "Twelve chars 9"));
  EXPECT_TRUE(enter("student_office", "Twelve chars 9"));
}

TEST_F(Password_D13, NeedsTheOldOne) {
  EXPECT_THAT(problems(change_password(school.ports, school.office, "wrong", "Twelve chars 9")), ::testing::ElementsAre("current: sign_in.password_other"));
  EXPECT_TRUE(enter());
}

TEST_F(Password_D13, EndsEverySessionAndTheForcedChange) {
  change_account(school.office, [](model::Account& one) { one.must_change_password = true; });
  auto before = enter();
  EXPECT_TRUE(before->must_change_password);
  ASSERT_TRUE(change_password(school.ports, before->actor, kPassword, "Twelve chars 9"));
  EXPECT_EQ(refusal(resume(before->token)), "sign_in.over");
  EXPECT_FALSE(enter("student_office", "Twelve chars 9")->must_change_password);
}

using Token_S111 = SigningIn;

TEST_F(Token_S111, ReadsWithItsScopesUntilItIsRevokedOrOver) {
  model::ApiToken token;
  token.token_hash = sha256_hex("hr-token");
  token.scopes = "archive:read scores:read";
  token.expires_at = school.clock->now() + kDay;
  school.add(token);
  auto actor = actor_of_token(school.ports, "hr-token");
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->scopes, (std::set<std::string>{"archive:read", "scores:read"}));
  EXPECT_THAT(actor->roles, IsEmpty());
  EXPECT_EQ(refusal(actor_of_token(school.ports, "another")), "sign_in.token_unknown");
  EXPECT_EQ(refusal(actor_of_token(school.ports, "")), "sign_in.token_unknown");
  later(kDay);
  EXPECT_EQ(refusal(actor_of_token(school.ports, "hr-token")), "sign_in.token_unknown");
  school.amend<model::ApiToken>([&](model::ApiToken& one) { return one.expires_at.reset(), one.revoked_at = school.clock->now(), true; });
  EXPECT_EQ(refusal(actor_of_token(school.ports, "hr-token")), "sign_in.token_unknown");
}

using DemoSignIn_D13 = SigningIn;

TEST_F(DemoSignIn_D13, IsForTheDemoSchoolOnly) {
  EXPECT_TRUE(sign_in_demo(school.ports, "head"));
  EXPECT_EQ(refusal(sign_in_demo(school.ports, "nobody")), kNoSuchThing);
  school.amend<model::School>([](model::School& one) { return one.demo = false, true; });
  EXPECT_EQ(refusal(sign_in_demo(school.ports, "head")), kNoSuchThing);
}

TEST_F(DemoSignIn_D13, ThePublicVisitorHasASchoolAndNothingElse) {
  auto visitor = public_actor(school.ports);
  EXPECT_EQ(visitor->school, school.school_id);
  EXPECT_TRUE(visitor->is_public());
}

}  // namespace
}  // namespace shide::workflow
