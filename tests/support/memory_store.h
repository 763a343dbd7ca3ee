// The store in memory, for tests of the verbs: the contract suite holds it to the same rules as the databases, so that a
// test against it means something.
//
//     FixedClock clock;
//     MemoryStore store(clock);
//     auto saved = store.transact(actor, "announce", [&](Unit& unit) -> Result<void> { ... });
//
// One closure at a time, readers too; a failed one leaves nothing behind. It knows the unique keys of schema/sql (kDuplicate),
// not its foreign keys. To make calls fail, wrap it: faulty_store.h.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "ports/store.h"

namespace shide::testing {

class MemoryStore : public ports::Store {
 public:
  /// Rows by id, in order of the ids.
  using Rows = std::map<std::string, model::RowValues>;
  using Tables = std::map<std::string, Rows, std::less<>>;
  /// The numbers taken in each school's log; nothing when they must be counted anew.
  using Sequences = std::optional<std::map<std::string, std::set<std::int64_t>>>;

  explicit MemoryStore(const Clock& clock) : clock_(clock) {}

  Result<std::vector<ports::Migration>> migrations() override { return std::vector<ports::Migration>{}; }
  Result<std::vector<ports::Migration>> migrate() override { return std::vector<ports::Migration>{}; }
  Result<void> ready() override { return {}; }
  Result<std::vector<std::string>> faults() override { return std::vector<std::string>{}; }
  Result<void> copy_to(const std::string&) override { return Error{ErrorCode::kConfiguration, {"store.own_tools"}}; }
  Result<void> take_copy(const std::string&) override { return Error{ErrorCode::kConfiguration, {"store.own_tools"}}; }

  /// Everything that is stored: a test compares two of these to see that nothing has changed.
  Tables tables() const;

 protected:
  Result<void> run(const model::Actor& actor, std::string_view verb, bool writes,
                   const std::function<Result<void>(ports::Unit&)>& work) override;

 private:
  const Clock& clock_;
  mutable std::mutex mutex_;
  Tables tables_;        // guarded by mutex_
  Sequences sequences_;  // guarded by mutex_
};

}  // namespace shide::testing
