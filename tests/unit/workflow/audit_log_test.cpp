// Who did what, when and why, for the auditor alone, and nothing that tells a child.
#include "workflow/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/archive.h"
#include "workflow/sign_in.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;
using testing::kNoSuchThing;
using testing::refusal;
using testing::TestSchool;

class AuditLog_D9 : public ::testing::Test {
 protected:
  AuditLog_D9() { school.start_visiting(); }
  std::vector<AuditRow> log(const AuditFilter& filter = {}) { return *audit_log(school.ports, school.auditor, filter); }
  const AuditRow* find(const std::vector<AuditRow>& rows, const std::string& verb) {
    for (const AuditRow& row : rows) {
      if (row.event.verb == verb) return &row;
    }
    return nullptr;
  }
  TestSchool school;
};

TEST_F(AuditLog_D9, IsTheAuditorsAlone) {
  for (const model::Actor& other : {school.office, school.head, school.hr, school.it_admin, school.editor, school.as(school.homeroom[0])}) {
    EXPECT_EQ(refusal(audit_log(school.ports, other, {})), kNoSuchThing);
  }
}

TEST_F(AuditLog_D9, NamesWhoAndTellsTheNewestFirst) {
  school.clock->advance(kMinute);
  ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  auto rows = log();
  ASSERT_THAT(rows, Not(IsEmpty()));
  EXPECT_EQ(rows[0].event.verb, "read_archives");
  EXPECT_EQ(rows[0].name, school.hr.name);
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const AuditRow& a, const AuditRow& b) { return a.event.at > b.event.at; }));
  for (const AuditRow& row : rows) {
    if (row.actor == AuditActor::kPerson) EXPECT_NE(row.name, "") << row.event.verb;
  }
}

TEST_F(AuditLog_D9, SigningInIsToldOfWhoSignedIn) {
  ASSERT_TRUE(sign_in(school.ports, "hr", "correct horse 9"));
  auto rows = log();
  const AuditRow* entered = find(rows, "sign_in");
  ASSERT_TRUE(entered);
  EXPECT_EQ(entered->actor, AuditActor::kPerson);
  EXPECT_EQ(entered->name, school.hr.name);
  EXPECT_EQ(entered->about, "");
  ASSERT_FALSE(sign_in(school.ports, "hr", "wrong"));
  rows = log();
  const AuditRow* refused = find(rows, "sign_in_refused");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->actor, AuditActor::kSoftware) << "nobody knows who it was";
  EXPECT_EQ(refused->about, school.hr.name);
  rows = log({.person = "hr"});
  EXPECT_TRUE(find(rows, "sign_in")) << "and found by the person";
}

TEST_F(AuditLog_D9, IsFilteredByPersonAndDay) {
  school.clock->advance(2 * kDay);
  Date later = date_of(school.clock->now());
  ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  auto of_hr = log({.person = school.hr.name});
  ASSERT_THAT(of_hr, Not(IsEmpty()));
  for (const AuditRow& row : of_hr) EXPECT_TRUE(row.name == school.hr.name || row.about == school.hr.name);
  for (const AuditRow& row : log({.day = later})) EXPECT_EQ(date_of(row.event.at), later);
  auto that_day = log({.day = later}), before = log({.day = later + -1});
  EXPECT_TRUE(find(that_day, "read_archives"));
  EXPECT_FALSE(find(before, "read_archives"));
  EXPECT_THAT(log({.person = "nobody of this name"}), IsEmpty());
}

TEST_F(AuditLog_D9, AReasonComesWithoutTheChild) {
  std::string pupil = school.students[0].name;
  ASSERT_TRUE(reveal_guardian(school.ports, school.office, school.visits[0], "家长来电核对" + pupil + "的约定"));
  auto rows = log();
  const AuditRow* revealed = find(rows, "reveal_guardian");
  ASSERT_TRUE(revealed);
  EXPECT_TRUE(revealed->reason_withheld || revealed->reason.find(pupil) == std::string::npos);
  EXPECT_TRUE(revealed->reason_withheld || !revealed->reason.empty());
  EXPECT_EQ(revealed->event.reason, "") << "the words as typed do not leave";
  for (const AuditRow& row : rows) EXPECT_TRUE(&row == revealed || (row.reason.empty() && !row.reason_withheld)) << row.event.verb;
}

TEST_F(AuditLog_D9, LeavesOutWhatOnlyKeepsTheSoftwareRunning) {
  school.finish(0);
  auto rows = log();
  for (const char* verb : {"run_outbox", "hold_lease", "keep_session", "enter_archives"}) EXPECT_FALSE(find(rows, verb)) << verb;
  EXPECT_TRUE(find(rows, "submit_record")) << "from which the archives follow";
  rows = log({.software = true});
  EXPECT_TRUE(find(rows, "enter_archives"));
  for (const char* verb : {"run_outbox", "hold_lease", "keep_session"}) EXPECT_FALSE(find(rows, verb)) << verb;
}

TEST_F(AuditLog_D9, NamesTheProgramThatPulled) {
  model::ApiToken token;
  token.token_hash = "x";
  token.name = "人事系统";
  token = school.add(token);
  model::Actor program;
  program.account = {token.id.value};
  program.school = school.school_id;
  program.scopes = {"archive:read"};
  ASSERT_TRUE(archive_entries(school.ports, program, {}));
  auto rows = log();
  const AuditRow* pulled = find(rows, "read_archives");
  ASSERT_TRUE(pulled);
  EXPECT_EQ(pulled->actor, AuditActor::kProgram);
  EXPECT_EQ(pulled->name, "人事系统");
}

TEST_F(AuditLog_D9, EndsAfterTheNewestFew) {
  for (std::int64_t i = 0; i < kAuditRowsShown + 5; ++i) ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  EXPECT_EQ(log().size(), static_cast<std::size_t>(kAuditRowsShown));
  EXPECT_EQ(log({.person = "hr"}).size(), static_cast<std::size_t>(kAuditRowsShown));
}

}  // namespace
}  // namespace shide::workflow
