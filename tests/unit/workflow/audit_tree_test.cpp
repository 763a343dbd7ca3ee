// Heads of the log: when they are signed, when not, what an export holds, and that `verify` finds what a database's owner changes.
#include "workflow/audit_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/log_file.h"
#include "base/text.h"
#include "support/test_school.h"
#include "workflow/jobs.h"
#include "workflow/verify.h"

namespace shide::workflow {
namespace {

using testing::PlainDeposit;
using testing::TestSchool;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class AuditTree : public ::testing::Test {
 protected:
  AuditTree() {
    school.start_visiting();
    school.finish(0);
  }
  void make_key() { ASSERT_TRUE(school.ports.seal->make_key("2021a", *parse_date("2022-08-31"))); }
  std::vector<model::AuditHead> heads() { return school.rows<model::AuditHead>(); }
  int sign() {
    auto signed_now = sign_heads(school.ports);
    EXPECT_TRUE(signed_now) << signed_now.error().detail;
    return signed_now ? *signed_now : -1;
  }
  std::string exported() {
    std::string text;
    auto done = export_log(school.ports, school.auditor, [&](std::string_view line) { text += line; });
    EXPECT_TRUE(done) << done.error().phrase.code;
    return text;
  }
  audit::LogReport check(const std::string& text) {
    std::vector<audit::PublicKey> keys;
    auto known = school.ports.seal->keys();
    for (const auto& one : *known) keys.push_back({one.id, one.public_key});
    audit::LogFileCheck check(keys);
    int number = 0;
    for (std::string_view line : split(text, '\n')) {
      if (!line.empty()) check.line(++number, line);
    }
    return check.finish();
  }
  TestSchool school;
};

TEST_F(AuditTree, WithoutAKeyNothingIsSignedAndThePageSaysSo) {
  EXPECT_EQ(sign(), 0);
  EXPECT_THAT(heads(), IsEmpty());
  auto state = seal_state(school.ports, school.auditor);
  ASSERT_TRUE(state);
  EXPECT_EQ(state->trouble.code, "seal.no_key");
  EXPECT_GT(state->since, 0);
}

TEST_F(AuditTree, AHeadIsSignedOnceADayByTheListOfJobs) {
  make_key();
  EXPECT_THAT(jobs(), Contains(::testing::Field(&Job::name, "sign_heads")));
  EXPECT_EQ(sign(), 1);
  EXPECT_EQ(sign(), 0);
  school.clock->advance(kDay);
  EXPECT_EQ(sign(), 1);
  ASSERT_THAT(heads(), SizeIs(2));
  auto report = check_log(school.ports, school.school_id);
  ASSERT_TRUE(report);
  EXPECT_THAT(report->faults, IsEmpty());
  EXPECT_EQ(report->heads, 2);
}

TEST_F(AuditTree, HeadsAreCopiedOutsideAndTriedAgain) {
  make_key();
  auto* deposit = new PlainDeposit;
  school.ports.deposit.reset(deposit);
  deposit->broken = true;
  EXPECT_FALSE(sign_heads(school.ports));
  ASSERT_THAT(heads(), SizeIs(1)) << "signed all the same";
  EXPECT_EQ(seal_state(school.ports, school.auditor).value().trouble.code, "audit_check.not_deposited");
  deposit->broken = false;
  school.clock->advance(kDay);
  EXPECT_EQ(sign(), 1);
  ASSERT_THAT(deposit->kept, SizeIs(2));
  for (const auto& [name, text] : deposit->kept) EXPECT_TRUE(audit::head_in(trim(text))) << name;
  EXPECT_TRUE(seal_state(school.ports, school.auditor).value().trouble.empty());
}

TEST_F(AuditTree, AClockSetBackADaySignsNothing) {
  make_key();
  EXPECT_EQ(sign(), 1);
  school.clock->advance(-kDay);
  auto refused = sign_head(school.ports, school.school_id);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().phrase.code, "audit_check.clock_back");
  EXPECT_EQ(seal_state(school.ports, school.auditor).value().trouble.code, "audit_check.clock_back");
  EXPECT_THAT(heads(), SizeIs(1));
}

TEST_F(AuditTree, AnExportIsWholeAndHoldsNobodysWords) {
  make_key();
  EXPECT_EQ(sign(), 1);
  std::string text = exported();
  audit::LogReport report = check(text);
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_EQ(report.entries, report.covered);
  EXPECT_EQ(report.heads, 2);
  EXPECT_THAT(text, HasSubstr("\"verb\":\"export_log\""));
  for (const auto& student : school.students) EXPECT_THAT(text, Not(HasSubstr(student.name)));
  for (const auto& teacher : school.homeroom) EXPECT_THAT(text, Not(HasSubstr(teacher.name)));
  for (const auto& event : school.rows<model::AuditEvent>()) {
    if (!event.reason.empty()) {
      EXPECT_THAT(text, Not(HasSubstr(event.reason)));
    }
  }
}

TEST_F(AuditTree, OnlyTheAuditorAndTheOperatorTakeTheLogAway) {
  make_key();
  for (const model::Actor& actor : {school.head, school.it_admin, school.hr, school.office, school.leader()}) {
    auto refused = export_log(school.ports, actor, [](std::string_view) { FAIL() << "a line was given out"; });
    EXPECT_FALSE(refused) << actor.name;
    EXPECT_FALSE(seal_state(school.ports, actor)) << actor.name;
  }
}

TEST_F(AuditTree, OneEntryIsProvenByTheHeadAlone) {
  make_key();
  EXPECT_EQ(sign(), 1);
  model::AuditHead head = heads()[0];
  for (const auto& event : school.rows<model::AuditEvent>()) {
    auto proven = prove_entry(school.ports, school.auditor, event.id);
    if (event.sequence > head.size) {
      EXPECT_FALSE(proven);
      continue;
    }
    ASSERT_TRUE(proven) << event.sequence;
    std::string root = from_hex(proven->head.root);
    audit::Hash expected;
    std::copy(root.begin(), root.end(), expected.begin());
    EXPECT_TRUE(audit::is_included(audit::leaf_of(proven->entry), static_cast<std::uint64_t>(event.sequence - 1), static_cast<std::uint64_t>(head.size),
                                   proven->proof, expected));
  }
}

TEST_F(AuditTree, VerifyLooksAtTheLogAndItsKeys) {
  make_key();
  EXPECT_EQ(sign(), 1);
  auto found = verify(school.ports, {});
  ASSERT_TRUE(found);
  EXPECT_THAT(found->damages, IsEmpty());
  EXPECT_GT(found->logged, 0);
  EXPECT_EQ(found->heads, 1);
  // A database beside other keys: the heads are not believed.
  school.ports.seal = std::make_unique<testing::PlainSeal>();
  make_key();
  found = verify(school.ports, {});
  ASSERT_TRUE(found);
  ASSERT_THAT(found->damages, SizeIs(1));
  EXPECT_EQ(found->damages[0].what.code, "audit_check.signature");
  school.clock->advance(kDay);
  EXPECT_FALSE(sign_heads(school.ports)) << "nothing is signed in doubt";
}

}  // namespace
}  // namespace shide::workflow
