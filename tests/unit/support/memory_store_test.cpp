// The twin that breaks on purpose does break, everywhere; what the store itself promises is tested by the contract suite.
#include <gtest/gtest.h>

#include "support/faulty_store.h"
#include "support/fixed_clock.h"
#include "support/memory_store.h"

namespace shide::testing {
namespace {

using model::Actor;
using model::Teacher;
using ports::Query;
using ports::Unit;

class Faults : public ::testing::Test {
 protected:
  Faults() { actor_.school = {new_uuid(clock_.now())}; }

  Result<void> hire(ports::Store& store, const Id<Teacher>& id) {
    return store.transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
      Teacher teacher;
      teacher.id = id;
      teacher.school_id = actor_.school;
      teacher.staff_number = id.value;
      SHIDE_CHECK(unit.of<Teacher>().save(teacher));
      SHIDE_CHECK(unit.enqueue("teacher.hired", id.value));
      return unit.audit(teacher, "staff_number");
    });
  }
  std::int64_t teachers() {
    return *store_.read(actor_, [](Unit& unit) { return unit.of<Teacher>().count(Query<Teacher>{}); });
  }

  FixedClock clock_;
  MemoryStore store_{clock_};
  Actor actor_;
};

TEST_F(Faults, EachCallCanFailAndLeavesAllOrNothing) {
  int n = 1;
  for (;; ++n) {
    FaultyStore faulty(store_);
    faulty.fail_at(n);
    std::int64_t before = teachers();
    Result<void> hired = hire(faulty, new_id<Teacher>(clock_.now()));
    if (!faulty.has_failed()) break;
    EXPECT_EQ(hired.error().code, ErrorCode::kUnavailable);
    bool answer_lost = n == 5;  // save, enqueue, audit, commit, answer
    EXPECT_EQ(teachers(), before + (answer_lost ? 1 : 0)) << n;
  }
  EXPECT_EQ(n, 6);
}

TEST_F(Faults, AClosureMayRunTwiceAndCountsOnce) {
  FaultyStore faulty(store_);
  faulty.run_twice(true);
  EXPECT_TRUE(hire(faulty, new_id<Teacher>(clock_.now())));
  EXPECT_EQ(teachers(), 1);
}

}  // namespace
}  // namespace shide::testing
