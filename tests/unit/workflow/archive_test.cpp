// From an accepted record to the archives, and who reads them.
#include "workflow/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/entries.h"
#include "support/interrupted.h"
#include "support/refusal.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::expect_safe_to_repeat;
using testing::problems;
using testing::TestSchool;
using model::ArchiveEntry;

class Archives : public ::testing::Test {
 protected:
  Archives() { school.start_visiting(); }
  Result<ArchivePage> read(const model::Actor& actor, const ArchiveFilter& filter = {}) { return archive_entries(school.ports, actor, filter); }
  std::size_t count(const ArchiveFilter& filter) { return read(school.hr, filter)->entries.size(); }
  model::Actor token() {
    model::Actor actor;
    actor.account.value = new_uuid(school.clock->now());
    actor.school = school.school_id;
    actor.scopes = {"archive:read"};
    return actor;
  }
  TestSchool school;
};

using Archive_S77_S79_S80 = Archives;

TEST_F(Archive_S77_S79_S80, AnAcceptedRecordIsEnteredForEachWhoConfirmedWithoutRetyping) {
  school.finish(0);
  auto entries = school.rows<ArchiveEntry>();
  ASSERT_EQ(entries.size(), 4u);
  std::map<std::string, int> by_teacher;
  for (const ArchiveEntry& entry : entries) ++by_teacher[entry.staff_name];
  EXPECT_EQ(by_teacher, (std::map<std::string, int>{{school.homeroom[0].name, 2}, {school.companion[0].name, 2}}));
}

TEST_F(Archive_S77_S79_S80, NothingIsEnteredBeforeTheRecordIsAccepted) {
  school.hand_in(0);
  EXPECT_EQ(*enter_archives(school.ports, school.school_id, school.visits[0]), 0);
  school.accept(0);
  EXPECT_EQ(*enter_archives(school.ports, school.school_id, school.visits[0]), 4);
  EXPECT_EQ(*enter_archives(school.ports, school.school_id, school.visits[0]), 0) << "once";
}

TEST_F(Archive_S77_S79_S80, TheChainOfEveryArchiveHolds) {
  for (int i : {0, 1}) school.finish(i);
  std::map<std::pair<std::string, model::ArchiveKind>, std::vector<ArchiveEntry>> chains;
  for (const ArchiveEntry& entry : school.rows<ArchiveEntry>()) chains[{entry.staff_number, entry.archive}].push_back(entry);
  EXPECT_EQ(chains.size(), 8u);
  for (auto& [owner, entries] : chains) EXPECT_THAT(archive::chain_breaks(entries), IsEmpty()) << owner.first;
}

using Archive_S79_S98 = Archives;

TEST_F(Archive_S79_S98, HoldsNoClassCategoryDemandOrChild) {
  school.finish(0);
  for (const ArchiveEntry& entry : school.rows<ArchiveEntry>()) {
    std::string all;
    for (const model::Value& value : model::to_values(entry).values) all += model::text_in(value) + "|";
    for (const char* word : {"丁小满", "三(1)班", "left_behind", "课后服务", "2021-01-23", "青榆里"}) EXPECT_THAT(all, Not(HasSubstr(word)));
  }
}

using Archive_S111_D9 = Archives;

TEST_F(Archive_S111_D9, HrAndTheHeadReadAllATeacherTheOwn) {
  school.finish(0);
  EXPECT_EQ(read(school.hr)->entries.size(), 4u);
  EXPECT_EQ(read(school.head)->entries.size(), 4u);
  EXPECT_EQ(read(token())->entries.size(), 4u);
  auto own = read(school.as(school.homeroom[0]));
  ASSERT_EQ(own->entries.size(), 2u);
  EXPECT_EQ(own->entries[0].staff_name, school.homeroom[0].name);
  EXPECT_THAT(read(school.as(school.homeroom[3]))->entries, IsEmpty());
  for (const model::Actor& other : {school.office, school.editor, school.committee, school.auditor, school.it_admin}) {
    EXPECT_EQ(read(other).error().code, ErrorCode::kForbidden);
  }
}

TEST_F(Archive_S111_D9, EveryReadingIsLogged) {
  ASSERT_TRUE(read(school.hr));
  auto events = school.rows<model::AuditEvent>();
  EXPECT_EQ(std::count_if(events.begin(), events.end(), [](const auto& one) { return one.verb == "read_archives"; }), 1);
}

TEST_F(Archive_S111_D9, TheLogHoldsWhoseTheyAreByIdNeverWhatWasTyped) {
  const model::Teacher& teacher = school.homeroom[0];
  for (const std::string& typed : {std::string(), teacher.staff_number, teacher.name, std::string("丁小满")}) ASSERT_TRUE(read(school.hr, {.staff = typed}));
  std::vector<std::string> subjects;
  for (const auto& event : school.rows<model::AuditEvent>()) {
    if (event.verb == "read_archives") subjects.push_back(event.object_id);
  }
  EXPECT_THAT(subjects, ::testing::UnorderedElementsAre("all", teacher.id.value, "nobody", "nobody"));
}

TEST_F(Archive_S111_D9, OwnersAreListedForHrWithTheirNumbers) {
  school.finish(0);
  auto owners = *archive_owners(school.ports, school.hr);
  ASSERT_EQ(owners.size(), 12u);
  EXPECT_EQ(owners[0].ethics, 1);
  EXPECT_EQ(owners[0].professional, 1);
  EXPECT_EQ(owners[2].ethics, 0);
  EXPECT_EQ(archive_owners(school.ports, school.as(school.homeroom[0])).error().code, ErrorCode::kForbidden);
}

TEST_F(Archive_S111_D9, IsFilteredByArchivePersonAndYear) {
  school.finish(0);
  EXPECT_EQ(count({.archive = "ethics"}), 2u);
  EXPECT_EQ(count({.staff = school.homeroom[0].staff_number}), 2u);
  EXPECT_EQ(count({.school_year = "2020-2021"}), 4u);
  EXPECT_EQ(count({.school_year = "2019-2020"}), 0u);
  EXPECT_EQ(count({.calendar_year = "2021"}), 4u);
  EXPECT_THAT(problems(read(school.hr, {.archive = "secret"})), ElementsAre("archive: field.not_offered"));
}

TEST_F(Archive_S111_D9, IsPagedByACursorAndNothingIsSeenTwice) {
  for (int i : {0, 1}) school.finish(i);
  std::set<std::string> seen;
  ArchiveFilter filter;
  filter.limit = 3;
  int pages = 0;
  do {
    auto page = *read(school.hr, filter);
    for (const ArchiveEntry& entry : page.entries) EXPECT_TRUE(seen.insert(entry.id.value).second);
    filter.after = page.next;
    ++pages;
  } while (!filter.after.empty());
  EXPECT_EQ(seen.size(), 8u);
  EXPECT_EQ(pages, 3);
}

using Archive_R4 = Archives;

TEST_F(Archive_R4, EnteringCutShortIsFinishedByTheNextRun) {
  expect_safe_to_repeat(
      [](TestSchool& fresh) {
        fresh.start_visiting();
        fresh.hand_in(0);
        fresh.accept(0);
      },
      [](TestSchool& fresh) { return enter_archives(fresh.ports, fresh.school_id, fresh.visits[0]).ok(); });
}

}  // namespace
}  // namespace shide::workflow
