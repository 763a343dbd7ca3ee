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
  std::vector<AuditRow> log(const AuditFilter& filter = {}) { return audit_log(school.ports, school.auditor, filter).value().rows; }
  std::string number_of(const model::Student& student) {
    for (const auto& one : school.rows<model::Student>()) {
      if (one.id == student.id) return one.student_number;
    }
    return {};
  }
  void look_at(int index, const model::Actor& who) { ASSERT_TRUE(reveal_guardian(school.ports, who, school.visits[static_cast<std::size_t>(index)], "核对见面时间")); }
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
    if (row.actor == AuditActor::kPerson) {
      EXPECT_NE(row.name, "") << row.event.verb;
    }
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
  for (std::size_t i = 0; i < kAuditRowsShown + 5; ++i) ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  EXPECT_EQ(log().size(), static_cast<std::size_t>(kAuditRowsShown));
  EXPECT_EQ(log({.person = "hr"}).size(), static_cast<std::size_t>(kAuditRowsShown));
}

TEST_F(AuditLog_D9, LooksHaveAListOfTheirOwn) {
  look_at(0, school.office);
  auto done = log(), looks = log({.view = AuditView::kLooks});
  EXPECT_TRUE(find(done, "set_teams"));
  ASSERT_TRUE(find(looks, "reveal_guardian"));
  EXPECT_EQ(find(looks, "reveal_guardian")->name, school.office.name);
  for (const AuditRow& row : looks) EXPECT_NE(row.event.verb, "set_teams");
}

TEST_F(AuditLog_D9, TellsWhoLookedAtAChildByItsNumberAlone) {
  school.amend<model::Student>([&](model::Student& one) { return one.student_number = "N" + one.id.value.substr(30), true; });
  school.clock->advance(kHour);
  look_at(0, school.office);
  look_at(1, school.office);
  ASSERT_TRUE(reveal_guardian(school.ports, school.office, school.visits[0], "核对见面时间"));
  auto visits = school.rows<model::Visit>();
  auto visit = std::find_if(visits.begin(), visits.end(), [&](const auto& one) { return one.id == school.visits[0]; });
  model::Student pupil;
  pupil.id = visit->student_id;
  auto rows = log({.student_number = number_of(pupil)});
  EXPECT_TRUE(find(rows, "reveal_guardian"));
  EXPECT_TRUE(find(rows, "choose_student"));
  for (const AuditRow& row : rows) EXPECT_NE(row.event.object_id, school.visits[1].value);
  auto looks = log({.view = AuditView::kLooks, .student_number = number_of(pupil)});
  EXPECT_FALSE(find(looks, "choose_student"));
  EXPECT_TRUE(find(looks, "reveal_guardian"));
  // The question is in the log as well.
  rows = log({.student_number = number_of(pupil)});
  ASSERT_TRUE(find(rows, "trace_child"));
  EXPECT_EQ(find(rows, "trace_child")->name, school.auditor.name);
  auto nobody = audit_log(school.ports, school.auditor, {.student_number = "no such"});
  ASSERT_FALSE(nobody);
  EXPECT_EQ(nobody.error().problems.at(0).path, "student_number");
}

TEST_F(AuditLog_D9, TellsWhoLookedAtNight) {
  school.clock->advance(time_of(*make_date(2021, 1, 25), 21, 59) - school.clock->now());
  look_at(0, school.office);
  EXPECT_THAT(log({.view = AuditView::kNight}), IsEmpty());
  school.clock->advance(time_of(*make_date(2021, 1, 26), 1, 30) - school.clock->now());
  look_at(0, school.office);
  look_at(1, school.head);
  auto rows = log({.view = AuditView::kNight});
  ASSERT_THAT(rows, ::testing::SizeIs(2));
  EXPECT_GT(rows[0].event.sequence, rows[1].event.sequence);
  EXPECT_THAT(log({.view = AuditView::kNight, .day = *make_date(2021, 1, 25)}), ::testing::SizeIs(2)) << "the night that began on that day";
  EXPECT_THAT(log({.view = AuditView::kNight, .day = *make_date(2021, 1, 26)}), IsEmpty());
  EXPECT_THAT(log({.view = AuditView::kNight, .who = school.office.account.value}), ::testing::SizeIs(1));
}

TEST_F(AuditLog_D9, CountsWhoLookedAtMuch) {
  school.clock->advance(kDay);
  Date today = date_of(school.clock->now());
  for (int i = 0; i < 4; ++i) look_at(i, school.office);
  look_at(1, school.head);
  auto found = readers(school.ports, school.auditor, today, today);
  ASSERT_TRUE(found);
  ASSERT_GE(found->list.size(), 2u);
  EXPECT_FALSE(found->is_partial);
  EXPECT_EQ(found->list[0].name, school.office.name);
  EXPECT_EQ(found->list[0].children, 4);
  EXPECT_EQ(found->list[0].at_night, 0);
  EXPECT_EQ(found->list[1].name, school.head.name);
  EXPECT_EQ(found->list[1].children, 1);
  EXPECT_THAT(readers(school.ports, school.auditor, today + 1, today + 2).value().list, IsEmpty());
  EXPECT_EQ(refusal(readers(school.ports, school.head, today, today)), kNoSuchThing);
}

TEST_F(AuditLog_D9, TellsWhatWasTakenAway) {
  ArchiveFilter file;
  file.taken = true;
  ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  EXPECT_THAT(log({.view = AuditView::kTaken}), IsEmpty());
  ASSERT_TRUE(archive_entries(school.ports, school.hr, file));
  auto rows = log({.view = AuditView::kTaken});
  ASSERT_THAT(rows, ::testing::SizeIs(1));
  EXPECT_EQ(rows[0].event.verb, "take_archives");
}

TEST_F(AuditLog_D9, PagesLeadToTheFirstEntryWithoutLossOrDouble) {
  for (int i = 0; i < 130; ++i) ASSERT_TRUE(archive_entries(school.ports, school.hr, {}));
  std::vector<std::int64_t> seen;
  AuditFilter filter;
  do {
    auto page = audit_log(school.ports, school.auditor, filter);
    ASSERT_TRUE(page);
    EXPECT_LE(page->rows.size(), kAuditRowsShown);
    for (const AuditRow& row : page->rows) seen.push_back(row.event.sequence);
    filter.before = page->next;
  } while (filter.before > 0);
  EXPECT_GT(seen.size(), 130u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end(), std::greater<>{}));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
  std::size_t told = 0;
  for (const auto& event : school.rows<model::AuditEvent>()) told += !event.roles.empty() && event.verb != "keep_session";
  EXPECT_GE(seen.size(), told);
}

TEST_F(AuditLog_D9, OneEntryIsShownToTheAuditorAlone) {
  ASSERT_TRUE(reveal_guardian(school.ports, school.office, school.visits[0], "核对" + school.students[0].name + "的见面时间"));
  auto rows = log({.view = AuditView::kLooks});
  auto id = find(rows, "reveal_guardian")->event.id;
  auto row = audit_entry(school.ports, school.auditor, id);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->name, school.office.name);
  EXPECT_TRUE(row->reason_withheld || row->reason.find(school.students[0].name) == std::string::npos);
  EXPECT_EQ(refusal(audit_entry(school.ports, school.head, id)), kNoSuchThing);
}

}  // namespace
}  // namespace shide::workflow
