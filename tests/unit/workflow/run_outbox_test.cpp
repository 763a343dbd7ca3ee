// What follows from a verb, once: retried with patience, taken down first, never done twice.
#include "workflow/run_outbox.h"
#include "workflow/lease.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::expect_safe_to_repeat;
using testing::TestSchool;
using model::OutboxEvent;
using model::OutboxState;

class Outbox : public ::testing::Test {
 protected:
  void enqueue(const std::string& topic, const std::string& object) {
    school.write([&](ports::Unit& unit) { return unit.enqueue(topic, object); });
    school.clock->advance(kMinute);
  }
  std::string some_id() { return new_uuid(school.clock->now()); }
  OutboxEvent event() { return school.rows<OutboxEvent>().front(); }
  int run(int limit = 100) { return *run_outbox(school.ports, limit); }
  /// What nobody knows how to do; an event of that kind can only fail.
  void enqueue_what_fails() { enqueue("no.such.topic", some_id()); }
  TestSchool school;
};

TEST_F(Outbox, AStepIsDoneOnceAndTold) {
  enqueue("post.withdrawn", some_id());
  EXPECT_EQ(run(), 1);
  EXPECT_EQ(event().state, OutboxState::kDone);
  EXPECT_EQ(event().done_at, school.clock->now());
  EXPECT_EQ(run(), 0);
}

TEST_F(Outbox, AStepThatFailsIsTriedAgainWithMoreAndMorePatience) {
  enqueue_what_fails();
  std::vector<std::int64_t> pauses;
  for (int i = 0; i < 15; ++i) {
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(event().attempts, i + 1);
    std::int64_t pause = event().next_attempt_at - school.clock->now();
    pauses.push_back(pause / kSecond);
    school.clock->advance(pause - 1);
    EXPECT_EQ(run(), 0);
    EXPECT_EQ(event().attempts, i + 1) << "not before its time";
    school.clock->advance(1);
  }
  EXPECT_THAT(pauses, ElementsAre(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600));
}

TEST_F(Outbox, IsDeadAfterThreeDaysAndNotBefore) {
  enqueue_what_fails();
  school.clock->advance(72 * kHour - kMinute);
  run();
  EXPECT_EQ(event().state, OutboxState::kWaiting) << "72 hours, to the microsecond";
  school.clock->advance(kHour);
  run();
  EXPECT_EQ(event().state, OutboxState::kDead);
  school.clock->advance(kDay);
  EXPECT_EQ(run(), 0);
}

TEST_F(Outbox, OneThatFailsDoesNotHoldUpTheOthers) {
  enqueue_what_fails();
  enqueue("post.withdrawn", some_id());
  EXPECT_EQ(run(), 1);
  auto events = school.rows<OutboxEvent>();
  EXPECT_EQ(events[0].state, OutboxState::kWaiting);
  EXPECT_EQ(events[1].state, OutboxState::kDone);
}

TEST_F(Outbox, AnErrorIsKeptByItsNumberAndHoldsNothingOfAnybody) {
  enqueue_what_fails();
  run();
  EXPECT_EQ(event().last_error, "1 error.internal");
}

using Withdrawal_D1 = Outbox;

TEST_F(Withdrawal_D1, ComesBeforeEverythingElseHoweverMuchWaits) {
  for (int i = 0; i < 5; ++i) enqueue_what_fails();
  enqueue("post.withdrawn", some_id());
  EXPECT_EQ(run(1), 1);
  EXPECT_EQ(school.rows<OutboxEvent>().back().state, OutboxState::kDone);
}

using Outbox_S79_S80_R4 = Outbox;

TEST_F(Outbox_S79_S80_R4, TheSameEventTwiceEntersFilesAndAsksNothingTwice) {
  school.start_visiting();
  school.finish(0);
  ASSERT_EQ(school.rows<model::ArchiveEntry>().size(), 4u);
  for (const char* topic : {"record.accepted", "record.confirmed", "record.submitted"}) enqueue(topic, school.visits[0].value);
  EXPECT_EQ(run(), 3);
  EXPECT_EQ(school.rows<model::ArchiveEntry>().size(), 4u);
  EXPECT_EQ(school.rows<model::RedactedRecord>().size(), 1u);
  EXPECT_EQ(school.rows<model::RedactedRecord>().front().version, 1) << "not even written anew";
  EXPECT_THAT(school.rows<model::FormalismSignal>(), IsEmpty());
}

TEST_F(Outbox_S79_S80_R4, CutShortAnywhereItIsFinishedByTheNextRun) {
  auto accepted = [](TestSchool& fresh) {
    fresh.start_visiting();
    fresh.hand_in(0);
    fresh.accept(0);
  };
  auto all_jobs = [](TestSchool& fresh) {
    (void)run_outbox(fresh.ports);
    fresh.clock->advance(kHour);
    (void)run_outbox(fresh.ports);
    auto events = fresh.rows<OutboxEvent>();
    return std::all_of(events.begin(), events.end(), [](const OutboxEvent& one) { return one.state == OutboxState::kDone; });
  };
  // How often a step was tried differs, of course; what it did must not.
  expect_safe_to_repeat(accepted, all_jobs, {"audit_events", "outbox_events"});
}

using Lease_R4 = Outbox;

TEST_F(Lease_R4, OneWorkerHoldsItUntilItFallsSilent) {
  auto held = [&](const char* holder) { return *hold_lease(school.ports, "worker", holder); };
  EXPECT_TRUE(held("one"));
  EXPECT_FALSE(held("two"));
  school.clock->advance(40 * kSecond);
  EXPECT_TRUE(held("one")) << "renewed";
  school.clock->advance(59 * kSecond);
  EXPECT_FALSE(held("two"));
  school.clock->advance(kSecond);
  EXPECT_TRUE(held("two")) << "taken over";
  EXPECT_FALSE(held("one"));
  EXPECT_EQ(school.rows<model::Lease>().size(), 1u);
}

TEST_F(Lease_R4, AClockThatWasSetBackKeepsNobodyWaiting) {
  ASSERT_TRUE(*hold_lease(school.ports, "worker", "one"));
  ASSERT_TRUE(*take_turn(school.ports, school.school_id, "worker", kHour));
  school.clock->advance(-kDay);
  EXPECT_TRUE(*hold_lease(school.ports, "worker", "two"));
  EXPECT_FALSE(*hold_lease(school.ports, "worker", "one"));
  EXPECT_TRUE(*take_turn(school.ports, school.school_id, "worker", kHour));
  EXPECT_FALSE(*take_turn(school.ports, school.school_id, "worker", kHour));
}

TEST_F(Lease_R4, AnIdleHolderWritesLittle) {
  ASSERT_TRUE(*hold_lease(school.ports, "worker", "one"));
  std::int64_t version = school.rows<model::Lease>().front().version;
  school.clock->advance(20 * kSecond);
  EXPECT_TRUE(*hold_lease(school.ports, "worker", "one"));
  EXPECT_EQ(school.rows<model::Lease>().front().version, version);
}

}  // namespace
}  // namespace shide::workflow
