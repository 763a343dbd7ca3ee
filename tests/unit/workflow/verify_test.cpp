#include "workflow/verify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "privacy/reach.h"
#include "support/test_school.h"
#include "workflow/job.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Verify : public ::testing::Test {
 protected:
  Verify() {
    school.start_visiting();
    school.finish(0);
  }
  /// "visit_photos verify.photo_missing" for each.
  std::vector<std::string> damages() {
    auto found = verify(school.ports, {});
    EXPECT_TRUE(found) << found.error().detail;
    std::vector<std::string> list;
    for (const Damage& one : found->damages) list.push_back(one.object_kind + " " + one.what.code);
    return list;
  }
  template <class T>
  std::vector<T> all(model::DataKind kind) {
    return *school.ports.store->read(job_actor({}, "test"), [&](ports::Unit& unit) { return unit.of<T>().list({}, privacy::reach_for_job({}, kind, "test")); });
  }
  template <class T>
  void put_back(T row) {
    auto saved = school.ports.store->transact(job_actor({}, "test"), "tamper", [&](ports::Unit& unit) -> Result<void> {
      SHIDE_CHECK(unit.of<T>().save(row));
      return unit.audit(row, "all");
    });
    ASSERT_TRUE(saved) << saved.error().detail;
  }

  TestSchool school;
};

TEST_F(Verify, WhatWasStoredWholeIsWhole) {
  std::size_t last = 0;
  auto found = verify(school.ports, [&](std::size_t done, std::size_t of) { EXPECT_EQ(done, ++last); EXPECT_EQ(of, 2u); });
  ASSERT_TRUE(found);
  EXPECT_THAT(found->damages, IsEmpty());
  EXPECT_EQ(found->entries, 4u);
  EXPECT_EQ(found->photos, 2u);
  EXPECT_EQ(last, 2u);
}

TEST_F(Verify, AChangedArchiveEntryBreaksItsChain) {
  auto entries = all<model::ArchiveEntry>(model::DataKind::kArchive);
  entries[1].event_month = "2021-02";
  put_back(entries[1]);
  EXPECT_THAT(damages(), ElementsAre("archive_entries verify.chain"));
  auto found = verify(school.ports, {});
  EXPECT_EQ(found->damages[0].object_id, entries[1].id.value);
}

TEST_F(Verify, AMissingPhotoIsToldByItsRow) {
  auto photos = all<model::VisitPhoto>(model::DataKind::kPhoto);
  ASSERT_THAT(photos, SizeIs(2));
  ASSERT_TRUE(school.ports.photo_vault->remove(photos[0].sha256));
  EXPECT_THAT(damages(), ElementsAre("visit_photos verify.photo_missing"));
}

TEST_F(Verify, TheDatabasesOwnFaultsArePassedOnAndAWreckIsAFaultToo) {
  class Broken : public testing::MemoryStore {
   public:
    using MemoryStore::MemoryStore;
    Result<std::vector<std::string>> faults() override { return answer; }
    Result<std::vector<std::string>> answer = std::vector<std::string>{"row 3 missing from index students_number"};
  };
  auto owned = std::make_unique<Broken>(*school.clock);
  Broken& broken = *owned;
  auto kept = std::move(school.ports.store);
  school.ports.store = std::move(owned);
  EXPECT_THAT(damages(), ElementsAre("database verify.database"));
  broken.answer = internal_error("SQLite: malformed");
  EXPECT_THAT(damages(), ElementsAre("database verify.database"));
  broken.answer = Error{ErrorCode::kUnavailable, {}};
  EXPECT_FALSE(verify(school.ports, {}));
}

}  // namespace
}  // namespace shide::workflow
