// One suite for every ports::Store. A store says what is particular about it in a StoreQuirks and takes part:
//
//     SqliteQuirks quirks;
//     const TakesPart kSqlite(quirks);
//
// The cases are in store_contract.cpp (one transaction), store_reach_contract.cpp (who sees what) and
// store_values_contract.cpp (what comes back as it went in); the steps of schema/sql in store_migration_test.cpp.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/shape.h"
#include "ports/store.h"
#include "privacy/reach.h"
#include "support/faulty_store.h"
#include "support/fixed_clock.h"

namespace shide::testing {

class StoreQuirks {
 public:
  virtual ~StoreQuirks() = default;
  virtual std::string name() const = 0;
  /// Why it cannot be tested here.
  virtual std::optional<std::string> missing() const { return std::nullopt; }
  /// A store over a new, empty database with every step taken.
  virtual std::unique_ptr<ports::Store> open_empty(const Clock& clock) = 0;
  /// Several processes may use the same database.
  virtual bool is_shared() const { return false; }
  /// The database is a process of its own, which may go away.
  virtual bool has_server() const { return false; }
  /// Another store over the same database, as a second process has.
  virtual std::unique_ptr<ports::Store> open_again(const Clock&) { return nullptr; }
  /// Stops the server and starts it again; false when nobody said how.
  virtual bool restart() { return false; }
  virtual void cut_connections() {}
};

inline std::vector<StoreQuirks*>& all_stores() {
  static std::vector<StoreQuirks*> stores;
  return stores;
}
struct TakesPart {
  explicit TakesPart(StoreQuirks& quirks) { all_stores().push_back(&quirks); }
};
inline std::vector<StoreQuirks*> stores_that(bool (StoreQuirks::*are)() const) {
  std::vector<StoreQuirks*> stores;
  for (StoreQuirks* store : all_stores()) {
    if ((store->*are)()) stores.push_back(store);
  }
  return stores;
}
/// Each file of cases has its fixtures run by every store they concern.
#define SHIDE_EVERY_STORE(FIXTURE) \
  INSTANTIATE_TEST_SUITE_P(, FIXTURE, ::testing::ValuesIn(::shide::testing::all_stores()), ::shide::testing::name_of_store)
#define SHIDE_STORES_THAT(ARE, FIXTURE) \
  INSTANTIATE_TEST_SUITE_P(, FIXTURE, ::testing::ValuesIn(::shide::testing::stores_that(&::shide::testing::StoreQuirks::ARE)), ::shide::testing::name_of_store)

inline std::string name_of_store(const ::testing::TestParamInfo<StoreQuirks*>& info) { return info.param->name(); }

class StoreContract : public ::testing::TestWithParam<StoreQuirks*> {
 protected:
  void SetUp() override {
    if (auto reason = GetParam()->missing()) GTEST_SKIP() << *reason;
    store_ = GetParam()->open_empty(clock_);
    actor_.school = {new_uuid(clock_.now())};
    actor_.account = {new_uuid(clock_.now())};
    actor_.roles = {model::Role::kHead, model::Role::kTeacher};
    other_.school = {new_uuid(clock_.now())};
    other_.account = {new_uuid(clock_.now())};
    job_.job = "worker";
  }

  template <class T>
  T fresh(const model::Actor& actor) {
    T row;
    row.id = new_id<T>(clock_.now());
    row.school_id = actor.school;
    return row;
  }
  model::Teacher a_teacher(std::string name) {
    auto teacher = fresh<model::Teacher>(actor_);
    teacher.name = std::move(name);
    teacher.staff_number = teacher.id.value;
    return teacher;
  }

  /// Saves and audits in a transaction of its own.
  template <class T>
  Result<T> save(T row, const model::Actor& actor) {
    return store_->transact(actor, "save", [&](ports::Unit& unit) -> Result<T> {
      T copy = row;
      SHIDE_CHECK(unit.of<T>().save(copy));
      SHIDE_CHECK(unit.audit(copy, "all"));
      return copy;
    });
  }
  template <class T>
  Result<T> save(T row) { return save(std::move(row), actor_); }
  template <class T>
  Result<T> load(const Id<T>& id) {
    return store_->read(actor_, [&](ports::Unit& unit) { return unit.of<T>().load(id); });
  }
  template <class T>
  std::vector<T> list(const ports::Query<T>& query) {
    auto rows = store_->read(actor_, [&](ports::Unit& unit) { return unit.of<T>().list(query); });
    EXPECT_TRUE(rows) << rows.error().detail;
    return rows ? *rows : std::vector<T>{};
  }
  template <class T>
  std::int64_t count(const ports::Query<T>& query = {}) {
    auto number = store_->read(actor_, [&](ports::Unit& unit) { return unit.of<T>().count(query); });
    EXPECT_TRUE(number) << number.error().detail;
    return number ? *number : -1;
  }
  std::vector<model::AuditEvent> audit_events(const Id<model::School>& school) {
    auto events = store_->read(job_, [&](ports::Unit& unit) {
      return unit.of<model::AuditEvent>().list({}, privacy::reach_for_job(school, model::DataKind::kAudit, "test"));
    });
    EXPECT_TRUE(events) << events.error().detail;
    return events ? *events : std::vector<model::AuditEvent>{};
  }

  FixedClock clock_;
  std::unique_ptr<ports::Store> store_;
  model::Actor actor_, other_, job_;
};

/// The code of a failed result, or "fine".
template <class T>
std::string code_name(const Result<T>& result) {
  if (result.ok()) return "fine";
  switch (result.error().code) {
    case ErrorCode::kInternal: return "internal";
    case ErrorCode::kInvalid: return "invalid";
    case ErrorCode::kNotFound: return "not_found";
    case ErrorCode::kStale: return "stale";
    case ErrorCode::kDuplicate: return "duplicate";
    case ErrorCode::kUnavailable: return "unavailable";
    case ErrorCode::kBusy: return "busy";
    case ErrorCode::kConfiguration: return "configuration";
    default: return "other";
  }
}

}  // namespace shide::testing
