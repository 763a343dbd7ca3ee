// The steps of schema/sql: 0001_school 0002_campaign 0003_visit 0004_section 0005_followup 0006_archive 0007_trail 0008_setup
// 0009_unknown_logins 0010_decisions 0011_note 0012_public_face 0013_site_sign_in 0014_audit_tree 0015_sealed 0016_copies_outside
// 0017_allocation, 0018_slips_and_memberships, 0019_plan_revisions, 0020_second_factor.
// Each is taken once, in order, by whoever comes first, and afterwards the tables have the columns of model/fields.h.
#include <thread>

#include "contract/sql_quirks.h"
#include "store_sql/migrations.h"

namespace shide::testing {
namespace {

using ports::Migration;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MigrationContract : public ::testing::TestWithParam<StoreQuirks*> {
 protected:
  void SetUp() override {
    if (auto reason = GetParam()->missing()) GTEST_SKIP() << *reason;
    quirks_ = dynamic_cast<SqlQuirks*>(GetParam());
    ASSERT_TRUE(quirks_) << "only databases take part";
    store_ = quirks_->open_bare(clock_);
  }
  static std::vector<std::string> names(const Result<std::vector<Migration>>& list, bool applied) {
    EXPECT_TRUE(list) << list.error().detail;
    std::vector<std::string> found;
    for (const Migration& one : *list) {
      if (one.applied == applied) found.push_back(one.name);
    }
    return found;
  }

  FixedClock clock_;
  SqlQuirks* quirks_ = nullptr;
  std::unique_ptr<ports::Store> store_;
};

const auto kAllSteps = ElementsAre("0001_school", "0002_campaign", "0003_visit", "0004_section", "0005_followup", "0006_archive", "0007_trail",
                                   "0008_setup", "0009_unknown_logins", "0010_decisions", "0011_note", "0012_public_face",
                                   "0013_site_sign_in", "0014_audit_tree", "0015_sealed", "0016_copies_outside", "0017_allocation", "0018_slips_and_memberships",
                                   "0019_plan_revisions", "0020_second_factor");

TEST_P(MigrationContract, AnEmptyDatabaseLacksEveryStepAndLookingTakesNone) {
  EXPECT_THAT(names(store_->migrations(), false), kAllSteps);
  EXPECT_EQ(code_name(store_->ready()), "unavailable");
  EXPECT_THAT(names(store_->migrations(), false), kAllSteps);
}

TEST_P(MigrationContract, AVerbBeforeTheStepsWereTakenIsUnavailableNotBroken) {
  model::Actor job;
  job.job = "test";
  auto asked = [&] { return store_->read(job, [](ports::Unit& unit) { return unit.of<model::School>().list({}); }); };
  EXPECT_EQ(code_name(asked()), "unavailable");
  ASSERT_TRUE(store_->migrate());
  EXPECT_EQ(code_name(asked()), "fine");
}

TEST_P(MigrationContract, MigratingTakesThemOnce) {
  EXPECT_THAT(names(store_->migrate(), true), kAllSteps);
  EXPECT_EQ(code_name(store_->ready()), "fine");
  EXPECT_THAT(names(store_->migrate(), true), IsEmpty());
  EXPECT_THAT(names(store_->migrations(), true), kAllSteps);
}

TEST_P(MigrationContract, OnlyTheMissingStepsAreTaken) {
  ASSERT_TRUE(store_->migrate());
  quirks_->execute("DELETE FROM migrations WHERE number = 7");
  for (const char* table : {"audit_events", "outbox_events", "leases"}) quirks_->execute(std::string("DROP TABLE ") + table);
  EXPECT_EQ(code_name(store_->ready()), "unavailable");
  EXPECT_THAT(names(store_->migrate(), true), ElementsAre("0007_trail"));
}

TEST_P(MigrationContract, AStepThatFailsTakesNothing) {
  quirks_->execute("CREATE TABLE leases (id TEXT)");
  EXPECT_EQ(code_name(store_->migrate()), "internal");
  EXPECT_THAT(quirks_->columns_of("schools"), IsEmpty());
  EXPECT_THAT(names(store_->migrations(), false), kAllSteps);
}

TEST_P(MigrationContract, AStepChangedAfterItWasTakenIsAnError) {
  ASSERT_TRUE(store_->migrate());
  quirks_->execute("UPDATE migrations SET sha256 = 'another' WHERE number = 3");
  EXPECT_EQ(code_name(store_->migrations()), "configuration");
  EXPECT_EQ(code_name(store_->migrate()), "configuration");
  EXPECT_EQ(code_name(store_->ready()), "configuration");
}

TEST_P(MigrationContract, ADatabaseOfANewerVersionIsAnError) {
  ASSERT_TRUE(store_->migrate());
  quirks_->execute("INSERT INTO migrations VALUES (9999, '9999_later', 'x', 1)");
  EXPECT_EQ(code_name(store_->ready()), "configuration");
}

TEST_P(MigrationContract, TheDatabaseItselfKeepsTheLogAsItIs) {
  ASSERT_TRUE(store_->migrate());
  quirks_->execute("INSERT INTO audit_events (id, school_id, version, at, actor, roles, verb, object_kind, object_id, fields, reason, reason_salt, sequence)"
                   " VALUES ('a', 's', 1, 5, 'x', '', 'look', 'visits', 'v', '', '', '', 1)");
  EXPECT_ANY_THROW(quirks_->execute("UPDATE audit_events SET actor = 'y'"));
  EXPECT_ANY_THROW(quirks_->execute("DELETE FROM audit_events"));
  EXPECT_ANY_THROW(quirks_->execute("INSERT INTO audit_events (id, school_id, version, at, actor, roles, verb, object_kind, object_id, fields, reason, reason_salt, sequence)"
                                    " VALUES ('b', 's', 1, 5, 'x', '', 'look', 'visits', 'v', '', '', '', 1)")) << "one place, one entry";
}

TEST_P(MigrationContract, TwoWhoStartAtOnceTakeThemOnce) {
  constexpr int kStarters = 4;
  std::vector<std::unique_ptr<ports::Store>> stores;
  for (int i = 0; i < kStarters; ++i) stores.push_back(quirks_->open_again(clock_));
  std::atomic<int> taken = 0, failed = 0;
  std::string failure;
  std::mutex mutex;
  std::vector<std::thread> starters;
  for (auto& store : stores) {
    starters.emplace_back([&] {
      auto list = store->migrate();
      if (list) {
        taken += static_cast<int>(list->size());
        return;
      }
      std::lock_guard lock(mutex);
      ++failed;
      failure = list.error().detail;
    });
  }
  for (std::thread& starter : starters) starter.join();
  EXPECT_EQ(failed, 0) << failure;
  EXPECT_EQ(taken, static_cast<int>(names(store_->migrations(), true).size())) << "each step by one of them";
}

TEST_P(MigrationContract, TheTablesHaveTheColumnsOfTheNouns) {
  ASSERT_TRUE(store_->migrate());
  model::for_each_table([&]<class T>() {
    const model::TableShape& table = model::shape_of<T>();
    std::set<std::string> expected = {"id TEXT", "school_id TEXT", "version BIGINT"};
    for (const model::Column& column : table.columns) {
      expected.insert(column.name + (column.type == model::ColumnType::kInteger ? " BIGINT" : " TEXT") + (column.nullable ? " null" : ""));
    }
    EXPECT_EQ(quirks_->columns_of(table.name), expected) << table.name;
  });
}

TEST_P(MigrationContract, WhatBelongsToAVisitNeedsItsVisit) {
  ASSERT_TRUE(store_->migrate());
  model::Actor actor;
  actor.school = {new_uuid(clock_.now())};
  auto done = store_->transact(actor, "prepare", [&](ports::Unit& unit) -> Result<void> {
    model::Preparation preparation;
    preparation.id = new_id<model::Preparation>(clock_.now());
    preparation.school_id = actor.school;
    preparation.place.visit_id = new_uuid(clock_.now());
    SHIDE_CHECK(unit.of<model::Preparation>().save(preparation));
    return unit.audit(preparation, "text");
  });
  EXPECT_EQ(code_name(done), "internal");
}

SHIDE_STORES_THAT(is_shared, MigrationContract);

TEST(SplitStatements, KnowsCommentLinesAndEnds) {
  EXPECT_THAT(store_sql::split_statements("-- one; two\nCREATE TABLE a (\n  b TEXT\n);\n\n  -- three\nDROP TABLE a;\nSELECT 1"),
              ElementsAre("CREATE TABLE a (\n  b TEXT\n)", "DROP TABLE a", "SELECT 1\n"));
}

}  // namespace
}  // namespace shide::testing
