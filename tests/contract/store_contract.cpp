// One verb is one transaction: what is stored, what is rolled back, who waits for whom.
#include "contract/store_contract.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace shide::testing {
namespace {

using model::GradeGroup;
using model::OutboxEvent;
using model::Post;
using model::Teacher;
using ports::Query;
using ports::Unit;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(StoreContract, KeepsWhatIsSavedAndCountsItsVersions) {
  auto saved = save(a_teacher("陈老师"));
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_EQ(saved->version, 1);
  saved->name = "陈彩云";
  saved = save(*saved);
  ASSERT_TRUE(saved) << saved.error().detail;
  auto loaded = load(saved->id);
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->version, 2);
  EXPECT_EQ(loaded->name, "陈彩云");
  EXPECT_EQ(loaded->school_id, actor_.school);
  EXPECT_EQ(loaded->level, model::Level::kFull);
}

TEST_P(StoreContract, AnIdIsTakenOnceAndTheRestOfTheUnitStands) {
  auto first = save(a_teacher("一"));
  ASSERT_TRUE(first);
  Teacher again = a_teacher("二"), more = a_teacher("三");
  again.id = first->id;
  auto done = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<std::string> {
    Teacher copy = more;
    std::string answer = code_name(unit.of<Teacher>().save(again));
    SHIDE_CHECK(unit.of<Teacher>().save(copy));
    SHIDE_CHECK(unit.audit(copy, "name"));
    return answer;
  });
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(*done, "duplicate");
  EXPECT_EQ(load(first->id)->name, "一");
  EXPECT_EQ(load(more.id)->name, "三");
}

TEST_P(StoreContract, TheSlowerOfTwoSavesIsStale) {
  auto first = save(a_teacher("甲"));
  ASSERT_TRUE(first);
  Teacher slower = *first;
  first->name = "乙";
  ASSERT_TRUE(save(*first));
  slower.name = "丙";
  EXPECT_EQ(code_name(save(slower)), "stale");
  EXPECT_EQ(load(slower.id)->name, "乙");
}

TEST_P(StoreContract, WhatWasErasedIsGoneAndCannotBeSaved) {
  auto teacher = save(a_teacher("甲"));
  ASSERT_TRUE(teacher);
  auto erase = [&] {
    return store_->transact(actor_, "leave", [&](Unit& unit) -> Result<void> {
      SHIDE_CHECK(unit.of<Teacher>().erase(*teacher));
      return unit.audit(*teacher, "");
    });
  };
  EXPECT_EQ(code_name(erase()), "fine");
  EXPECT_EQ(code_name(load(teacher->id)), "not_found");
  EXPECT_EQ(code_name(save(*teacher)), "stale");
  EXPECT_EQ(code_name(erase()), "stale");
}

TEST_P(StoreContract, TheLogIsNumberedInEachSchoolWithoutAGap) {
  ASSERT_TRUE(save(a_teacher("甲")));
  ASSERT_TRUE(save(fresh<Teacher>(other_), other_));
  auto failed = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    Teacher one = a_teacher("乙");
    SHIDE_CHECK(unit.of<Teacher>().save(one));
    SHIDE_CHECK(unit.audit(one, "name"));
    return Error{ErrorCode::kInvalid, {"error.invalid"}};
  });
  EXPECT_EQ(code_name(failed), "invalid");
  auto twice = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    Teacher one = a_teacher("丙");
    SHIDE_CHECK(unit.of<Teacher>().save(one));
    SHIDE_CHECK(unit.audit(one, "name"));
    return unit.audit(one, "subject", "丁小满的家长要求");
  });
  ASSERT_TRUE(twice) << twice.error().detail;
  std::vector<std::int64_t> numbers;
  std::vector<std::string> salts;
  for (const model::AuditEvent& event : audit_events(actor_.school)) {
    numbers.push_back(event.sequence);
    if (!event.reason.empty()) salts.push_back(event.reason_salt);
    else EXPECT_EQ(event.reason_salt, "");
  }
  std::sort(numbers.begin(), numbers.end());
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3));
  ASSERT_THAT(salts, SizeIs(1));
  EXPECT_EQ(salts[0].size(), 32u);
  ASSERT_THAT(audit_events(other_.school), SizeIs(1));
  EXPECT_EQ(audit_events(other_.school)[0].sequence, 1);
}

TEST_P(StoreContract, WhatStandsInTheLogIsNeitherChangedNorErased) {
  ASSERT_TRUE(save(a_teacher("甲")));
  model::AuditEvent event = audit_events(actor_.school).at(0);
  auto attempt = [&](bool erase) {
    return store_->transact(actor_, "forge", [&](Unit& unit) -> Result<void> {
      model::AuditEvent copy = event;
      copy.actor = "somebody else";
      SHIDE_CHECK(erase ? unit.of<model::AuditEvent>().erase(event) : unit.of<model::AuditEvent>().save(copy));
      return unit.audit(copy, "actor");
    });
  };
  EXPECT_EQ(code_name(attempt(false)), "internal");
  EXPECT_EQ(code_name(attempt(true)), "internal");
  ASSERT_THAT(audit_events(actor_.school), SizeIs(1));
  EXPECT_EQ(audit_events(actor_.school)[0].actor, event.actor);
}

TEST_P(StoreContract, AnErrorTakesEverythingBack) {
  auto done = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    Teacher one = a_teacher("一"), two = a_teacher("二");
    SHIDE_CHECK(unit.of<Teacher>().save(one));
    SHIDE_CHECK(unit.of<Teacher>().save(two));
    SHIDE_CHECK(unit.enqueue("teacher.hired", one.id.value));
    SHIDE_CHECK(unit.audit(one, "name"));
    one.name = "改";
    SHIDE_CHECK(unit.of<Teacher>().save(one));
    SHIDE_CHECK(unit.of<Teacher>().erase(two));
    return Error{ErrorCode::kInvalid, {"error.invalid"}};
  });
  EXPECT_EQ(code_name(done), "invalid");
  EXPECT_EQ(count<Teacher>(), 0);
  EXPECT_EQ(count<OutboxEvent>(), 0);
  EXPECT_THAT(audit_events(actor_.school), IsEmpty());
}

TEST_P(StoreContract, AnExceptionTakesEverythingBackAndIsPassedOn) {
  auto throws = [&] {
    (void)store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
      Teacher one = a_teacher("一");
      SHIDE_CHECK(unit.of<Teacher>().save(one));
      throw std::runtime_error("on the way");
    });
  };
  EXPECT_THROW(throws(), std::runtime_error);
  EXPECT_EQ(count<Teacher>(), 0);
  EXPECT_TRUE(save(a_teacher("二")));
}

TEST_P(StoreContract, AClosureThatRunsTwiceIsStoredOnce) {
  FaultyStore twice(*store_);
  twice.run_twice(true);
  Teacher one = a_teacher("一");
  int runs = 0;
  auto done = twice.transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    ++runs;
    Teacher copy = one;
    SHIDE_CHECK(unit.of<Teacher>().save(copy));
    SHIDE_CHECK(unit.enqueue("teacher.hired", one.id.value));
    return unit.audit(copy, "name");
  });
  EXPECT_EQ(code_name(done), "fine");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count<Teacher>(), 1);
  EXPECT_EQ(count<OutboxEvent>(), 1);
  EXPECT_THAT(audit_events(actor_.school), SizeIs(1));
}

TEST_P(StoreContract, EveryCallMayFailAndLeavesAllOrNothing) {
  for (int n = 1; n < 100; ++n) {
    FaultyStore faulty(*store_);
    faulty.fail_at(n);
    Teacher one = a_teacher("第" + std::to_string(n));
    auto hire = [&](ports::Store& store) {
      return store.transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
        SHIDE_TRY(known, unit.of<Teacher>().count(Query<Teacher>{}.where(&Teacher::staff_number, one.staff_number)));
        if (known > 0) return {};
        Teacher copy = one;
        SHIDE_CHECK(unit.of<Teacher>().save(copy));
        SHIDE_CHECK(unit.enqueue("teacher.hired", one.id.value));
        return unit.audit(copy, "name");
      });
    };
    (void)hire(faulty);
    std::int64_t stored = count(Query<Teacher>{}.where(&Teacher::staff_number, one.staff_number));
    EXPECT_EQ(count(Query<OutboxEvent>{}.where(&OutboxEvent::object_id, one.id.value)), stored);
    EXPECT_EQ(code_name(hire(*store_)), "fine");
    EXPECT_EQ(count(Query<OutboxEvent>{}.where(&OutboxEvent::object_id, one.id.value)), 1);
    if (!faulty.has_failed()) return;
  }
  FAIL() << "the calls never end";
}

TEST_P(StoreContract, AChangeWithoutAnAuditRowIsRefused) {
  auto done = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    Teacher one = a_teacher("一");
    return unit.of<Teacher>().save(one);
  });
  EXPECT_EQ(code_name(done), "internal");
  EXPECT_THAT(done.error().detail, ::testing::HasSubstr("unaudited"));
  EXPECT_EQ(count<Teacher>(), 0);
}

TEST_P(StoreContract, FindsNoFaultWithItselfAfterOrdinaryWork) {
  auto teacher = save(a_teacher("沈若楠"));
  ASSERT_TRUE(teacher);
  teacher->name = "叶青";
  ASSERT_TRUE(save(*teacher));
  auto faults = store_->faults();
  ASSERT_TRUE(faults) << faults.error().detail;
  EXPECT_THAT(*faults, ::testing::IsEmpty());
}

TEST_P(StoreContract, AReaderChangesNothing) {
  auto teacher = save(a_teacher("一"));
  ASSERT_TRUE(teacher);
  auto post = save(fresh<Post>(actor_));
  ASSERT_TRUE(post);
  std::vector<std::string> codes;
  auto done = store_->read(actor_, [&](Unit& unit) -> Result<void> {
    codes.clear();
    Teacher copy = *teacher;
    codes.push_back(code_name(unit.of<Teacher>().save(copy)));
    codes.push_back(code_name(unit.of<Teacher>().erase(copy)));
    codes.push_back(code_name(unit.audit(copy, "name")));
    codes.push_back(code_name(unit.enqueue("x", copy.id.value)));
    codes.push_back(code_name(unit.count_view(post->id)));
    return {};
  });
  EXPECT_EQ(code_name(done), "fine");
  EXPECT_THAT(codes, ::testing::Each("internal"));
  EXPECT_EQ(load(teacher->id)->version, 1);
}

TEST_P(StoreContract, TheAuditSaysWhoDidWhatToWhat) {
  auto done = store_->transact(actor_, "reveal_guardian", [&](Unit& unit) { return unit.audit("guardians", "an-id", "phone address", "家访前联系"); });
  ASSERT_TRUE(done) << done.error().detail;
  auto events = audit_events(actor_.school);
  ASSERT_THAT(events, SizeIs(1));
  const model::AuditEvent& event = events[0];
  EXPECT_EQ(event.at, clock_.now());
  EXPECT_EQ(event.actor, actor_.account.value);
  EXPECT_EQ(event.roles, "teacher head");
  EXPECT_EQ(event.verb, "reveal_guardian");
  EXPECT_EQ(event.object_kind, "guardians");
  EXPECT_EQ(event.object_id, "an-id");
  EXPECT_EQ(event.fields, "phone address");
  EXPECT_EQ(event.reason, "家访前联系");
}

TEST_P(StoreContract, AnEventWaitsFromNowOn) {
  auto done = store_->transact(actor_, "submit", [&](Unit& unit) { return unit.enqueue("record.submitted", "an-id"); });
  ASSERT_TRUE(done) << done.error().detail;
  auto events = list(Query<OutboxEvent>{});
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].topic, "record.submitted");
  EXPECT_EQ(events[0].state, model::OutboxState::kWaiting);
  EXPECT_EQ(events[0].created_at, clock_.now());
  EXPECT_EQ(events[0].next_attempt_at, clock_.now());
  EXPECT_EQ(events[0].done_at, std::nullopt);
}

TEST_P(StoreContract, AViewIsCountedWithoutAVersionOrAnAuditRow) {
  auto post = save(fresh<Post>(actor_));
  ASSERT_TRUE(post);
  EXPECT_EQ(load(post->id)->views, std::nullopt);
  for (int i = 0; i < 3; ++i) {
    auto counted = store_->transact(actor_, "view", [&](Unit& unit) { return unit.count_view(post->id); });
    ASSERT_TRUE(counted) << counted.error().detail;
  }
  EXPECT_EQ(load(post->id)->views, 3);
  EXPECT_EQ(load(post->id)->version, 1);
  EXPECT_THAT(audit_events(actor_.school), SizeIs(1));
  auto elsewhere = store_->transact(other_, "view", [&](Unit& unit) { return unit.count_view(post->id); });
  EXPECT_EQ(code_name(elsewhere), "not_found");
}

TEST_P(StoreContract, AFailureThatTheClosureSwallowedIsNotCommitted) {
  Teacher one = a_teacher("一"), two = a_teacher("二");
  ASSERT_TRUE(save(one));
  auto saved = save(two);
  ASSERT_TRUE(saved);
  saved->staff_number = one.staff_number;
  std::string answer;
  auto done = store_->transact(actor_, "renumber", [&](Unit& unit) -> Result<void> {
    Teacher copy = *saved;
    answer = code_name(unit.of<Teacher>().save(copy));
    (void)unit.audit(copy, "staff_number");
    return {};
  });
  EXPECT_EQ(answer, "duplicate");
  EXPECT_FALSE(done.ok());
  EXPECT_EQ(load(two.id)->staff_number, two.staff_number);
}

TEST_P(StoreContract, SixteenWritersLoseNothingAndFailNowhere) {
  constexpr int kWriters = 16, kTimes = 1000;
  auto counter = save(fresh<GradeGroup>(actor_));
  ASSERT_TRUE(counter);
  // Where several processes may write, half of the writers belong to another one.
  auto second = GetParam()->open_again(clock_);
  std::atomic<int> failures = 0;
  std::string first_failure;
  std::mutex mutex;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      ports::Store& store = second && w % 2 ? *second : *store_;
      for (int i = 0; i < kTimes; ++i) {
        auto done = store.transact(actor_, "count", [&](Unit& unit) -> Result<void> {
          SHIDE_TRY(row, unit.of<GradeGroup>().load(counter->id));
          ++row.grade;
          SHIDE_CHECK(unit.of<GradeGroup>().save(row));
          return unit.audit(row, "grade");
        });
        if (done.ok()) continue;
        std::lock_guard lock(mutex);
        if (failures++ == 0) first_failure = code_name(done) + ": " + done.error().detail;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failures, 0) << first_failure;
  EXPECT_EQ(load(counter->id)->grade, kWriters * kTimes);
  EXPECT_EQ(load(counter->id)->version, kWriters * kTimes + 1);
}

TEST_P(StoreContract, ReadersSeeOneStateWhileOthersWrite) {
  auto left = save(fresh<GradeGroup>(actor_));
  auto right = fresh<GradeGroup>(actor_);
  right.name = "二";
  auto saved_right = save(right);
  ASSERT_TRUE(left && saved_right);
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    while (!stop) {
      (void)store_->transact(actor_, "move", [&](Unit& unit) -> Result<void> {
        SHIDE_TRY(a, unit.of<GradeGroup>().load(left->id));
        SHIDE_TRY(b, unit.of<GradeGroup>().load(saved_right->id));
        ++a.grade;
        --b.grade;
        SHIDE_CHECK(unit.of<GradeGroup>().save(a));
        SHIDE_CHECK(unit.of<GradeGroup>().save(b));
        return unit.audit(a, "grade");
      });
    }
  });
  for (int i = 0; i < 200; ++i) {
    auto sum = store_->read(actor_, [&](Unit& unit) -> Result<std::int64_t> {
      SHIDE_TRY(a, unit.of<GradeGroup>().load(left->id));
      SHIDE_TRY(b, unit.of<GradeGroup>().load(saved_right->id));
      return a.grade + b.grade;
    });
    ASSERT_TRUE(sum) << sum.error().detail;
    ASSERT_EQ(*sum, 0);
  }
  stop = true;
  writer.join();
}

class SharedStoreContract : public StoreContract {};

TEST_P(SharedStoreContract, AnotherProcessSeesItAtOnceAndIsSeen) {
  auto second = GetParam()->open_again(clock_);
  auto teacher = save(a_teacher("一"));
  ASSERT_TRUE(teacher);
  auto changed = second->transact(actor_, "rename", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(row, unit.of<Teacher>().load(teacher->id));
    row.name = "二";
    SHIDE_CHECK(unit.of<Teacher>().save(row));
    return unit.audit(row, "name");
  });
  ASSERT_TRUE(changed) << changed.error().detail;
  EXPECT_EQ(load(teacher->id)->name, "二");
  EXPECT_EQ(code_name(save(*teacher)), "stale");
}

TEST_P(SharedStoreContract, AForkedChildOpensItsOwn) {
  auto teacher = save(a_teacher("一"));
  ASSERT_TRUE(teacher);
  pid_t child = fork();
  if (child == 0) {
    bool fine = load(teacher->id).ok() && save(a_teacher("二")).ok();
    _exit(fine ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(count<Teacher>(), 2);
  EXPECT_TRUE(save(a_teacher("三")));
}

class ServerStoreContract : public StoreContract {};

TEST_P(ServerStoreContract, ARestartBetweenTwoVerbsIsNotNoticed) {
  std::vector<Id<Teacher>> ids;
  for (int i = 0; i < 3; ++i) {
    auto saved = save(a_teacher("第" + std::to_string(i)));
    ASSERT_TRUE(saved) << saved.error().detail;
    ids.push_back(saved->id);
    // Two connections lie idle when the server goes: both are dead afterwards.
    (void)store_->read(actor_, [&](Unit&) -> Result<void> {
      (void)count<Teacher>();
      return {};
    });
    if (!GetParam()->restart()) GTEST_SKIP() << "SHIDE_TEST_POSTGRESQL_RESTART does not say how to restart the server";
    EXPECT_EQ(code_name(load(ids.front())), "fine");
  }
  EXPECT_EQ(count<Teacher>(), 3);
}

TEST_P(ServerStoreContract, AConnectionLostWithinAVerbRunsItAgain) {
  Teacher one = a_teacher("一");
  int runs = 0;
  auto done = store_->transact(actor_, "hire", [&](Unit& unit) -> Result<void> {
    Teacher copy = one;
    SHIDE_CHECK(unit.of<Teacher>().save(copy));
    if (++runs == 1) GetParam()->cut_connections();
    return unit.audit(copy, "name");
  });
  EXPECT_EQ(code_name(done), "fine");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count<Teacher>(), 1);
  EXPECT_THAT(audit_events(actor_.school), SizeIs(1));
}

SHIDE_EVERY_STORE(StoreContract);
SHIDE_STORES_THAT(is_shared, SharedStoreContract);
SHIDE_STORES_THAT(has_server, ServerStoreContract);

}  // namespace
}  // namespace shide::testing
