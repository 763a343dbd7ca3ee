// The code of a phone after the password: who is asked, what is taken, what a loss costs, and what an attacker with the password gains.
#include "workflow/second_factor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "base/one_time_code.h"
#include "support/plain_directory.h"
#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/people.h"
#include "workflow/sign_in.h"
#include "workflow/site_sign_in.h"
#include "workflow/slips.h"

namespace shide::workflow {
namespace {

using model::Account;
using ports::SecondFactorPolicy;
using testing::kNoSuchThing;
using testing::PlainDirectory;
using testing::problems;
using testing::refusal;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kPassword = "correct horse 9";

class SecondFactor_D13 : public ::testing::Test {
 protected:
  Result<SignedIn> enter(const char* login = "hr") { return sign_in(school.ports, login, kPassword); }
  Result<SignedIn> give(const SignedIn& half, const std::string& code) { return give_code(school.ports, half.token, code); }
  SecondFactorDue due(const SignedIn& one) { return resume_session(school.ports, one.token)->due; }
  void later(std::int64_t microseconds) { school.clock->advance(microseconds); }

  /// What the phone shows, `steps` half minutes from now.
  std::string shown(std::int64_t steps = 0) const { return one_time_code(*from_base32(secret), one_time_step(school.clock->now()) + steps); }
  /// Six digits that are none of the three that are taken now.
  std::string wrong() const {
    for (int i = 0;; ++i) {
      std::string code = std::to_string(100000 + i);
      if (code != shown(-1) && code != shown(0) && code != shown(1)) return code;
    }
  }
  /// On for hr, by `session`; the step of the first code is over afterwards.
  std::vector<std::string> set_up(const SignedIn& session) {
    EXPECT_TRUE(begin_second_factor(school.ports, session.actor, kPassword));
    secret = second_factor(school.ports, session.actor)->waiting;
    auto recovery = confirm_second_factor(school.ports, session.actor, session.token, shown());
    EXPECT_TRUE(recovery);
    later(kOneTimeStep);
    return *recovery;
  }
  Account account(const model::Actor& actor) {
    for (const Account& one : school.rows<Account>()) {
      if (one.id == actor.account) return one;
    }
    return {};
  }

  TestSchool school;
  std::string secret;
};

TEST_F(SecondFactor_D13, IsAskedForAfterThePasswordAndOpensAWholeSession) {
  set_up(*enter());
  auto half = enter();
  ASSERT_TRUE(half);
  EXPECT_EQ(half->due, SecondFactorDue::kCode);
  EXPECT_THAT(half->actor.roles, IsEmpty());
  auto resumed = resume_session(school.ports, half->token);
  EXPECT_EQ(resumed->due, SecondFactorDue::kCode);
  EXPECT_THAT(resumed->actor.roles, IsEmpty()) << "half a session has no roles";
  auto whole = give(*half, shown());
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->due, SecondFactorDue::kNothing);
  EXPECT_TRUE(whole->actor.has(model::Role::kHr));
  EXPECT_NE(whole->token, half->token);
  EXPECT_EQ(refusal(resume_session(school.ports, half->token)), "sign_in.over");
  EXPECT_TRUE(resume_session(school.ports, whole->token)->actor.has(model::Role::kHr));
}

TEST_F(SecondFactor_D13, IsOnOnlyOnceTheFirstCodeWasRight) {
  auto session = enter();
  ASSERT_TRUE(begin_second_factor(school.ports, session->actor, kPassword));
  secret = second_factor(school.ports, session->actor)->waiting;
  EXPECT_THAT(problems(confirm_second_factor(school.ports, session->actor, session->token, wrong())), ElementsAre("code: second_factor.wrong"));
  EXPECT_EQ(enter()->due, SecondFactorDue::kNothing);
  ASSERT_TRUE(confirm_second_factor(school.ports, session->actor, session->token, shown()));
  EXPECT_EQ(second_factor(school.ports, session->actor)->waiting, "") << "the secret is not shown again";
  EXPECT_EQ(refusal(begin_second_factor(school.ports, session->actor, kPassword)), "second_factor.on_already");
  EXPECT_EQ(due(*session), SecondFactorDue::kNothing) << "who set it up stays signed in";
  EXPECT_EQ(refusal(confirm_second_factor(school.ports, session->actor, session->token, shown(1))), "second_factor.on_already");
}

TEST_F(SecondFactor_D13, SettingItUpEndsTheOtherSessionsAndABeginningAnewVoidsThePicture) {
  auto other = enter(), session = enter();
  ASSERT_TRUE(begin_second_factor(school.ports, session->actor, kPassword));
  std::string first = second_factor(school.ports, session->actor)->waiting;
  set_up(*session);
  EXPECT_NE(secret, first);
  EXPECT_THAT(school.rows<model::SecondFactor>(), SizeIs(1));
  EXPECT_EQ(refusal(resume_session(school.ports, other->token)), "sign_in.over");
  EXPECT_TRUE(resume_session(school.ports, session->token));
}

TEST_F(SecondFactor_D13, AnOpenSessionAloneDoesNotBeginIt) {
  auto session = enter();
  EXPECT_THAT(problems(begin_second_factor(school.ports, session->actor, "")), ElementsAre("password: sign_in.password_other"));
  EXPECT_TRUE(school.rows<model::SecondFactor>().empty());
  for (int i = 0; i < 3; ++i) EXPECT_THAT(problems(begin_second_factor(school.ports, session->actor, "a guess")), ElementsAre("password: sign_in.password_other")) << i;
  EXPECT_EQ(begin_second_factor(school.ports, session->actor, "a guess").error().code, ErrorCode::kTooMany);
  EXPECT_EQ(begin_second_factor(school.ports, session->actor, kPassword).error().code, ErrorCode::kTooMany) << "the right one does not help now";
}

/// A guess is judged and counted in one transaction: of many sent side by side none is judged after the fifth was wrong.
TEST_F(SecondFactor_D13, AWrongCodeIsCountedWhereItIsJudged) {
  set_up(*enter());
  auto half = enter();
  std::size_t before = school.rows<model::AuditEvent>().size();
  EXPECT_THAT(problems(give(*half, wrong())), ElementsAre("code: second_factor.wrong"));
  EXPECT_EQ(account(school.hr).failures, 1);
  auto events = school.rows<model::AuditEvent>();
  ASSERT_EQ(events.size(), before + 1) << "one transaction, one row";
  EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const model::AuditEvent& one) { return one.verb == "second_factor_refused"; }), 1);
  EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const model::AuditEvent& one) { return one.verb == "give_second_factor"; }), 1) << "that of setting it up";
}

TEST_F(SecondFactor_D13, TheSameCodeIsTakenOnceAndNeighboursOnce) {
  set_up(*enter());
  std::string code = shown();
  ASSERT_TRUE(give(*enter(), code));
  EXPECT_THAT(problems(give(*enter(), code)), ElementsAre("code: second_factor.wrong")) << "seen over the shoulder";
  EXPECT_FALSE(give(*enter(), shown(-1)));
  EXPECT_TRUE(give(*enter(), shown(1))) << "a phone half a minute ahead";
  EXPECT_FALSE(give(*enter(), shown(2)));
}

TEST_F(SecondFactor_D13, TheFirstCodeIsNotTakenAgainEither) {
  auto session = enter();
  set_up(*session);
  EXPECT_FALSE(give(*enter(), shown(-1)));
}

TEST_F(SecondFactor_D13, IsTypedAsPeopleType) {
  set_up(*enter());
  std::string code = shown();
  EXPECT_TRUE(give(*enter(), " " + code.substr(0, 3) + " " + code.substr(3) + " "));
  later(kOneTimeStep);
  std::string wide;
  for (char c : shown()) wide += std::string("\xEF\xBC") + static_cast<char>(0x90 + (c - '0'));
  EXPECT_TRUE(give(*enter(), wide)) << "full-width digits";
  for (const std::string& typed : {std::string(), std::string(" "), std::string(500, '1'), std::string("\xFF\xFE")}) EXPECT_FALSE(give(*enter(), typed));
}

TEST_F(SecondFactor_D13, WrongCodesLockAndAKnownPasswordWinsNoNewGuesses) {
  set_up(*enter());
  for (int i = 0; i < 3; ++i) EXPECT_THAT(problems(give(*enter(), wrong())), ElementsAre("code: second_factor.wrong")) << i;
  auto half = enter();
  EXPECT_THAT(problems(give(*half, wrong())), ElementsAre("code: second_factor.wrong_last"));
  EXPECT_EQ(give(*half, wrong()).error().code, ErrorCode::kTooMany);
  EXPECT_EQ(refusal(give(*half, shown())), "second_factor.locked") << "the right one does not help now";
  EXPECT_EQ(refusal(enter()), "sign_in.locked");
  later(15 * kMinute);
  ASSERT_TRUE(give(*enter(), shown()));
  EXPECT_EQ(account(school.hr).failures, 0);
}

TEST_F(SecondFactor_D13, WrongPasswordsAndWrongCodesCountTogether) {
  set_up(*enter());
  for (int i = 0; i < 2; ++i) (void)sign_in(school.ports, "hr", "wrong");
  for (int i = 0; i < 2; ++i) (void)give(*enter(), wrong());
  EXPECT_EQ(sign_in(school.ports, "hr", "wrong").error().code, ErrorCode::kTooMany);
}

TEST_F(SecondFactor_D13, TenRecoveryCodesDoInItsPlaceOnceEachAndStandOnlyAsHashes) {
  auto recovery = set_up(*enter());
  ASSERT_THAT(recovery, SizeIs(10));
  EXPECT_THAT(std::set<std::string>(recovery.begin(), recovery.end()), SizeIs(10));
  for (const auto& [table, rows] : school.store->tables()) {
    for (const auto& [id, row] : rows) {
      for (const std::string& code : recovery) EXPECT_THAT(row.values, Not(Contains(model::Value(code)))) << table;
    }
  }
  ASSERT_TRUE(give(*enter(), recovery[3]));
  EXPECT_FALSE(give(*enter(), recovery[3]));
  std::string in_capitals = recovery[4];
  for (char& c : in_capitals) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  auto whole = give(*enter(), " " + in_capitals.substr(0, 4) + " " + in_capitals.substr(4));
  ASSERT_TRUE(whole);
  EXPECT_EQ(second_factor(school.ports, whole->actor)->recovery_codes, 8u);
}

TEST_F(SecondFactor_D13, OfOneColleagueDoesNotOpenTheAccountOfAnother) {
  auto recovery = set_up(*enter("head"));
  std::string of_head = secret;
  set_up(*enter("hr"));
  EXPECT_FALSE(give(*enter("hr"), recovery[0]));
  EXPECT_FALSE(give(*enter("hr"), one_time_code(*from_base32(of_head), one_time_step(school.clock->now()))));
}

TEST_F(SecondFactor_D13, IsSwitchedOffOnlyWithACode) {
  auto session = enter();
  auto recovery = set_up(*session);
  EXPECT_THAT(problems(turn_off_second_factor(school.ports, session->actor, wrong())), ElementsAre("code: second_factor.wrong"));
  EXPECT_EQ(enter()->due, SecondFactorDue::kCode);
  ASSERT_TRUE(turn_off_second_factor(school.ports, session->actor, shown()));
  EXPECT_EQ(enter()->due, SecondFactorDue::kNothing);
  EXPECT_TRUE(school.rows<model::SecondFactor>().empty());
  EXPECT_TRUE(school.rows<model::RecoveryCode>().empty());
  EXPECT_EQ(refusal(turn_off_second_factor(school.ports, session->actor, recovery[0])), "second_factor.is_off");
}

TEST_F(SecondFactor_D13, IsResetByAnotherAdministratorNeverByOneself) {
  set_up(*enter("hr"));
  auto session = give(*enter("hr"), shown());
  for (const model::Actor& actor : {school.office, school.head, school.auditor, school.hr}) {
    EXPECT_EQ(reset_second_factor(school.ports, actor, school.hr.account).error().code, ErrorCode::kForbidden);
  }
  ASSERT_TRUE(reset_second_factor(school.ports, school.it_admin, school.hr.account));
  EXPECT_EQ(refusal(resume_session(school.ports, session->token)), "sign_in.over");
  EXPECT_EQ(enter("hr")->due, SecondFactorDue::kNothing);
  EXPECT_EQ(refusal(reset_second_factor(school.ports, school.it_admin, school.hr.account)), "second_factor.is_off");
  EXPECT_EQ(refusal(reset_second_factor(school.ports, school.it_admin, Id<Account>{"018f0000-0000-7000-8000-000000000000"})), kNoSuchThing);

  set_up(*enter("it_admin"));
  EXPECT_EQ(refusal(reset_second_factor(school.ports, school.it_admin, school.it_admin.account)), "second_factor.not_to_oneself");
  ASSERT_TRUE(reset_second_factor(school.ports, *operator_of(school.ports), school.it_admin.account)) << "the operator at the machine may";
  EXPECT_EQ(enter("it_admin")->due, SecondFactorDue::kNothing);
}

TEST_F(SecondFactor_D13, IsAskedForBehindASlipToo) {
  set_up(*enter());
  auto slip = new_slip(school.ports, school.it_admin, school.hr.account);
  ASSERT_TRUE(slip);
  auto by_code = sign_in(school.ports, "hr", slip->code);
  EXPECT_EQ(by_code->due, SecondFactorDue::kCode);
  auto entered = enter_by_slip(school.ports, slip->code, "A sentence of my own 7");
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->due, SecondFactorDue::kCode);
  EXPECT_TRUE(give(*entered, shown()));
}

TEST_F(SecondFactor_D13, IsAskedForBehindTheSchoolsOwnSiteTooAndTheSessionStaysThatSites) {
  school.ports.directory = std::make_unique<PlainDirectory>(*school.clock);
  auto come = [&](const std::string& nonce) { return arrive(school.ports, PlainDirectory::ticket(school.clock->now(), "7", nonce, "/my"), nonce); };
  ASSERT_TRUE(come("nonce-of-the-browser-1"));
  ASSERT_TRUE(link_site_user(school.ports, "hr", kPassword, "nonce-of-the-browser-1"));
  set_up(*enter());
  auto arrival = come("nonce-of-the-browser-2");
  ASSERT_TRUE(arrival && arrival->signed_in);
  EXPECT_EQ(arrival->signed_in->due, SecondFactorDue::kCode);
  auto whole = give(*arrival->signed_in, shown());
  ASSERT_TRUE(whole);
  EXPECT_NE(*sign_out(school.ports, whole->actor, whole->token), "") << "signing out leads to the site's own";
}

TEST_F(SecondFactor_D13, RequiredOfThoseWhoSeeMuchOpensNothingElseBefore) {
  school.ports.second_factor = SecondFactorPolicy::kRequired;
  for (const char* login : {"student_office", "hr", "head", "auditor", "it_admin"}) {
    auto half = enter(login);
    EXPECT_EQ(half->due, SecondFactorDue::kSetUp) << login;
    EXPECT_THAT(half->actor.roles, IsEmpty()) << login;
  }
  EXPECT_EQ(enter("0300")->due, SecondFactorDue::kNothing) << "a teacher may, and need not";
  auto half = enter("head");
  set_up(*half);
  auto whole = resume_session(school.ports, half->token);
  EXPECT_EQ(whole->due, SecondFactorDue::kNothing);
  EXPECT_TRUE(whole->actor.has(model::Role::kHead));
  EXPECT_EQ(refusal(give(*enter("hr"), "123456")), "sign_in.over") << "no code is asked for where there is no secret";
}

TEST_F(SecondFactor_D13, RequiredFromNowOnMeetsOpenSessionsToo) {
  auto session = enter();
  ASSERT_TRUE(resume_session(school.ports, session->token)->actor.has(model::Role::kHr));
  school.ports.second_factor = SecondFactorPolicy::kRequired;
  EXPECT_EQ(due(*session), SecondFactorDue::kSetUp);
}

TEST_F(SecondFactor_D13, OffIsNeitherOfferedNorAskedFor) {
  set_up(*enter());
  school.ports.second_factor = SecondFactorPolicy::kOff;
  auto session = enter();
  EXPECT_EQ(session->due, SecondFactorDue::kNothing);
  EXPECT_EQ(refusal(begin_second_factor(school.ports, school.head, kPassword)), kNoSuchThing);
}

TEST_F(SecondFactor_D13, AClockSetBackTakesNoOldCodes) {
  set_up(*enter());
  ASSERT_TRUE(give(*enter(), shown()));
  later(-kDay);
  EXPECT_FALSE(give(*enter(), shown())) << "closed, not open";
}

TEST_F(SecondFactor_D13, TheOneClickOfTheDemoGoesPastIt) {
  set_up(*enter());
  EXPECT_EQ(due(*sign_in_demo(school.ports, "hr")), SecondFactorDue::kNothing);
}

TEST_F(SecondFactor_D13, TheLogTellsWhoDidWhatAndNoCode) {
  auto session = enter();
  auto recovery = set_up(*session);
  auto half = enter();
  std::string typed = wrong();
  (void)give(*half, typed);
  ASSERT_TRUE(give(*half, shown()));
  ASSERT_TRUE(reset_second_factor(school.ports, school.it_admin, school.hr.account));
  std::vector<std::string> verbs;
  for (const model::AuditEvent& event : school.rows<model::AuditEvent>()) {
    verbs.push_back(event.verb);
    for (const std::string& one : {event.fields, event.reason, event.object_id}) {
      EXPECT_EQ(one.find(typed), std::string::npos);
      EXPECT_EQ(one.find(secret), std::string::npos);
    }
  }
  for (const char* verb : {"begin_second_factor", "turn_on_second_factor", "second_factor_refused", "give_second_factor", "reset_second_factor"}) EXPECT_THAT(verbs, Contains(verb));
}

}  // namespace
}  // namespace shide::workflow
