// A store around another one that breaks on purpose: at the n-th call, or after the commit, or by running every closure twice.
//
//     for (int n = 1;; ++n) {
//       FaultyStore faulty(store);
//       faulty.fail_at(n);
//       (void)submit_record(faulty, ...);          // may fail, must not leave anything half done
//       EXPECT_TRUE(submit_record(store, ...));    // the same again: nothing lost, nothing double
//       if (!faulty.has_failed()) break;           // n is beyond the last call
//     }
//
// Calls are: each select, count, save, erase, audit, enqueue, count_view and destroy_key, each commit, and each answer after a commit
// (whose failure means: it is stored, but the caller was told otherwise). Any thread, but counts are only meaningful for one.
#pragma once

#include <atomic>

#include "ports/store.h"

namespace shide::testing {

/// Name the protected calls of a Unit and a Store, so that one may be put around another.
struct UnitCalls : ports::Unit {
  static constexpr auto kSelect = &UnitCalls::select;
  static constexpr auto kCount = &UnitCalls::count;
  static constexpr auto kSave = &UnitCalls::save;
  static constexpr auto kErase = &UnitCalls::erase;
};
struct StoreCalls : ports::Store {
  static constexpr auto kRun = &StoreCalls::run;
};

class FaultyStore : public ports::Store {
 public:
  explicit FaultyStore(ports::Store& inner) : inner_(inner) {}

  /// The n-th call from now fails with kUnavailable, once; 0: none does.
  void fail_at(int n) {
    calls_ = 0;
    fails_at_ = n;
    failed_ = false;
  }
  bool has_failed() const { return failed_; }
  int calls() const { return calls_; }
  /// Every closure runs, is rolled back, and runs again, as after a lost connection.
  void run_twice(bool yes) { twice_ = yes; }

  Result<std::vector<ports::Migration>> migrations() override { return inner_.migrations(); }
  Result<std::vector<ports::Migration>> migrate() override { return inner_.migrate(); }
  Result<void> ready() override { return inner_.ready(); }
  Result<std::vector<std::string>> faults() override { return inner_.faults(); }
  Result<std::vector<ports::KeyUse>> key_uses() override { return inner_.key_uses(); }
  Result<ports::Rotation> rotate_keys(const std::function<void(std::int64_t)>& progress) override { return inner_.rotate_keys(progress); }
  Result<void> copy_to(const std::string& path) override { return inner_.copy_to(path); }
  Result<void> take_copy(const std::string& path) override { return inner_.take_copy(path); }

 protected:
  Result<void> run(const model::Actor& actor, std::string_view verb, bool writes,
                   const std::function<Result<void>(ports::Unit&)>& work) override;

 private:
  class FaultyUnit;
  Result<void> pass() {
    if (++calls_ != fails_at_) return {};
    failed_ = true;
    return Error{ErrorCode::kUnavailable, {"store.unavailable"}, "made to fail"};
  }

  ports::Store& inner_;
  std::atomic<int> calls_ = 0;
  std::atomic<int> fails_at_ = 0;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> twice_ = false;
};

class FaultyStore::FaultyUnit : public ports::Unit {
 public:
  FaultyUnit(FaultyStore& store, ports::Unit& inner) : store_(store), inner_(inner) {}

  Result<void> audit(std::string_view object_kind, std::string_view object_id, std::string_view fields, std::string_view reason) override {
    SHIDE_CHECK(store_.pass());
    return inner_.audit(object_kind, object_id, fields, reason);
  }
  Result<void> enqueue(std::string_view topic, std::string_view object_id) override {
    SHIDE_CHECK(store_.pass());
    return inner_.enqueue(topic, object_id);
  }
  Result<void> count_view(const Id<model::Post>& post) override {
    SHIDE_CHECK(store_.pass());
    return inner_.count_view(post);
  }
  Result<void> destroy_key(const Id<model::Student>& pupil) override {
    SHIDE_CHECK(store_.pass());
    return inner_.destroy_key(pupil);
  }

 protected:
  Result<std::vector<model::RowValues>> select(const model::TableShape& table, const ports::Selection& selection, const model::Reach* reach) override {
    SHIDE_CHECK(store_.pass());
    return (inner_.*UnitCalls::kSelect)(table, selection, reach);
  }
  Result<std::int64_t> count(const model::TableShape& table, const ports::Selection& selection, const model::Reach* reach) override {
    SHIDE_CHECK(store_.pass());
    return (inner_.*UnitCalls::kCount)(table, selection, reach);
  }
  Result<void> save(const model::TableShape& table, const model::RowValues& row) override {
    SHIDE_CHECK(store_.pass());
    return (inner_.*UnitCalls::kSave)(table, row);
  }
  Result<void> erase(const model::TableShape& table, const model::RowValues& row) override {
    SHIDE_CHECK(store_.pass());
    return (inner_.*UnitCalls::kErase)(table, row);
  }

 private:
  FaultyStore& store_;
  ports::Unit& inner_;
};

inline Result<void> FaultyStore::run(const model::Actor& actor, std::string_view verb, bool writes,
                                     const std::function<Result<void>(ports::Unit&)>& work) {
  auto run_inner = [&](const std::function<Result<void>(ports::Unit&)>& inner_work) {
    return (inner_.*StoreCalls::kRun)(actor, verb, writes, inner_work);
  };
  auto work_faulty = [&](ports::Unit& unit) -> Result<void> {
    FaultyUnit faulty(*this, unit);
    SHIDE_CHECK(work(faulty));
    return pass();  // the commit
  };
  if (twice_) {
    (void)run_inner([&](ports::Unit& unit) -> Result<void> {
      (void)work_faulty(unit);
      return internal_error("rolled back, to be run again");
    });
  }
  SHIDE_CHECK(run_inner(work_faulty));
  return pass();  // the answer
}

}  // namespace shide::testing
