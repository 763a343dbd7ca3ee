#include "workflow/slips.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/people.h"
#include "workflow/sign_in.h"

namespace shide::workflow {
namespace {

using model::Role;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kOwn = "A sentence of my own 7";

class Slips : public ::testing::Test {
 protected:
  Colleague add(const std::string& name, const std::string& number) {
    return *add_colleague(school.ports, school.it_admin, {name, number, "", "", "", {"teacher"}});
  }
  Slip slip_for(const Colleague& one) { return *new_slip(school.ports, school.it_admin, one.account.id); }
  static std::vector<std::string> names(const std::vector<Slip>& slips) {
    std::vector<std::string> list;
    for (const Slip& one : slips) list.push_back(one.account.name);
    return list;
  }
  std::string code_of_error(const Result<SignedIn>& result) { return result ? "fine" : result.error().phrase.code; }

  TestSchool school;
};

TEST_F(Slips, LetInOnceToAPasswordOfOnesOwn) {
  Slip slip = slip_for(add("苏晓", "0401"));
  auto holder = slip_holder(school.ports, slip.code);
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->name, "苏晓");
  EXPECT_EQ(holder->login, "0401");
  auto entered = enter_by_slip(school.ports, slip.code, kOwn);
  ASSERT_TRUE(entered);
  EXPECT_FALSE(entered->must_change_password);
  EXPECT_EQ(entered->actor.name, "苏晓");
  EXPECT_TRUE(resume_session(school.ports, entered->token));
  EXPECT_TRUE(sign_in(school.ports, "0401", kOwn));
  EXPECT_EQ(enter_by_slip(school.ports, slip.code, "Another sentence 8").error().code, ErrorCode::kNotFound) << "the slip works twice";
  EXPECT_FALSE(slip_holder(school.ports, slip.code));
  EXPECT_FALSE(sign_in(school.ports, "0401", slip.code));
}

TEST_F(Slips, AWeakPasswordLeavesTheSlipGood) {
  Slip slip = slip_for(add("苏晓", "0401"));
  auto refused = enter_by_slip(school.ports, slip.code, "short");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().path, "password");
  EXPECT_TRUE(enter_by_slip(school.ports, slip.code, kOwn));
}

TEST_F(Slips, ANewOneMakesTheOldOneTheOldPasswordAndOpenSessionsVoid) {
  Colleague one = add("苏晓", "0401");
  auto entered = enter_by_slip(school.ports, slip_for(one).code, kOwn);
  Slip lost = slip_for(one), found = slip_for(one);
  EXPECT_FALSE(resume_session(school.ports, entered->token));
  EXPECT_FALSE(sign_in(school.ports, "0401", kOwn));
  EXPECT_FALSE(slip_holder(school.ports, lost.code));
  EXPECT_TRUE(slip_holder(school.ports, found.code));
}

TEST_F(Slips, ExpireAfterTwoWeeks) {
  Slip slip = slip_for(add("苏晓", "0401"));
  school.clock->advance(kSlipLife - kMinute);
  EXPECT_TRUE(slip_holder(school.ports, slip.code));
  school.clock->advance(kMinute);
  EXPECT_FALSE(slip_holder(school.ports, slip.code));
  EXPECT_FALSE(sign_in(school.ports, "0401", slip.code));
  EXPECT_FALSE(enter_by_slip(school.ports, slip.code, kOwn));
}

TEST_F(Slips, OfOneColleagueDoNotOpenTheAccountOfAnother) {
  Slip slip = slip_for(add("苏晓", "0401"));
  (void)slip_for(add("秦川", "0402"));
  EXPECT_FALSE(sign_in(school.ports, "0402", slip.code));
}

TEST_F(Slips, AreKeptOnlyAsHashes) {
  Slip slip = slip_for(add("苏晓", "0401"));
  for (const auto& [table, rows] : school.store->tables()) {
    for (const auto& [id, row] : rows) EXPECT_THAT(row.values, Not(Contains(model::Value(slip.code)))) << table;
  }
}

TEST_F(Slips, OfADisabledColleagueAreVoid) {
  Colleague one = add("苏晓", "0401");
  Slip slip = slip_for(one);
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, one.account.id, true));
  EXPECT_FALSE(slip_holder(school.ports, slip.code));
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, one.account.id, false));
  EXPECT_FALSE(enter_by_slip(school.ports, slip.code, kOwn));
}

TEST_F(Slips, ForManyLeaveOutWhoHasAPasswordAndWhoHasASlip) {
  add("苏晓", "0401");
  Slip out = slip_for(add("秦川", "0402"));
  ASSERT_TRUE(enter_by_slip(school.ports, slip_for(add("何叶", "0403")).code, kOwn));
  auto counts = slip_counts(school.ports, school.it_admin);
  EXPECT_EQ(counts->without_slip, 1u);
  EXPECT_EQ(counts->not_entered, 2u);
  auto first = new_slips(school.ports, school.it_admin, SlipsFor::kWithoutSlip);
  ASSERT_TRUE(first);
  EXPECT_THAT(names(*first), ElementsAre("苏晓"));
  EXPECT_TRUE(slip_holder(school.ports, out.code));
  EXPECT_EQ(new_slips(school.ports, school.it_admin, SlipsFor::kWithoutSlip).error().phrase.code, "people.slips_nobody");
  auto again = new_slips(school.ports, school.it_admin, SlipsFor::kNotEntered);
  EXPECT_THAT(*again, SizeIs(2));
  EXPECT_FALSE(slip_holder(school.ports, out.code)) << "the slip before is void";
  school.clock->advance(kSlipLife);
  EXPECT_EQ(slip_counts(school.ports, school.it_admin)->without_slip, 2u) << "an expired slip is none";
}

TEST_F(Slips, AreTheAdministratorsAlone) {
  for (const model::Actor& actor : {school.office, school.hr, school.head, school.auditor, school.as(school.homeroom[0])}) {
    EXPECT_EQ(new_slips(school.ports, actor, SlipsFor::kNotEntered).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(slip_counts(school.ports, actor).error().code, ErrorCode::kForbidden);
  }
}

}  // namespace
}  // namespace shide::workflow
