// A suspicion that nobody answers or decides in its time is deleted, never filed (D8).
#include "workflow/expire_signals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/test_school.h"
#include "workflow/signal.h"

namespace shide::workflow {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::expect_safe_to_repeat;
using testing::TestSchool;
using model::FormalismSignal;
using model::SignalState;

/// A question of now to the teacher of class 1.
FormalismSignal ask(TestSchool& school) {
  FormalismSignal signal;
  signal.place.visit_id = school.visits[1].value;
  signal.place.grade_group_id = school.grade_group.value;
  signal.place.class_id = school.classes[1].id.value;
  signal.other_visit_id = school.visits[2].value;
  signal.asked_teacher_id = school.homeroom[1].id;
  signal.asked_at = school.clock->now();
  return school.add(signal);
}

class ExpiringSignals_S86_D8 : public ::testing::Test {
 protected:
  ExpiringSignals_S86_D8() { school.start_visiting(); }
  int expire() { return *expire_signals(school.ports); }
  std::vector<FormalismSignal> left() { return school.rows<FormalismSignal>(); }
  TestSchool school;
};

TEST_F(ExpiringSignals_S86_D8, AQuestionWaitsThirtyDaysForItsAnswer) {
  ask(school);
  school.clock->advance(30 * kDay);
  EXPECT_EQ(expire(), 0);
  EXPECT_THAT(left(), SizeIs(1));
  school.clock->advance(1);
  EXPECT_EQ(expire(), 1);
  EXPECT_THAT(left(), IsEmpty());
  EXPECT_EQ(expire(), 0);
}

TEST_F(ExpiringSignals_S86_D8, AndThirtyMoreForTheDecision) {
  FormalismSignal signal = ask(school);
  school.clock->advance(29 * kDay);
  ASSERT_TRUE(reply_to_signal(school.ports, school.as(school.homeroom[1]), signal.id, "选错了一张。"));
  school.clock->advance(30 * kDay);
  EXPECT_EQ(expire(), 0);
  school.clock->advance(1);
  EXPECT_EQ(expire(), 1);
  EXPECT_THAT(left(), IsEmpty());
}

TEST_F(ExpiringSignals_S86_D8, WhatANamedPersonDecidedStays) {
  FormalismSignal signal = ask(school);
  ASSERT_TRUE(decide_signal(school.ports, school.committee, signal.id, {"true", "核对属实", "青小师德2021-1号"}));
  school.clock->advance(400 * kDay);
  EXPECT_EQ(expire(), 0);
  ASSERT_THAT(left(), SizeIs(1));
  EXPECT_EQ(left()[0].state, SignalState::kDecided);
}

TEST_F(ExpiringSignals_S86_D8, TheTrailKeepsThatItWentAndNothingOfIt) {
  FormalismSignal signal = ask(school);
  ASSERT_TRUE(reply_to_signal(school.ports, school.as(school.homeroom[1]), signal.id, "选错了一张。"));
  school.clock->advance(31 * kDay);
  ASSERT_EQ(expire(), 1);
  auto trail = school.rows<model::AuditEvent>();
  ASSERT_THAT(trail, Not(IsEmpty()));
  EXPECT_EQ(trail.back().verb, "expire_signals");
  EXPECT_EQ(trail.back().actor, "job:expire_signals");
  EXPECT_EQ(trail.back().school_id, school.school_id);
  for (const auto& event : trail) EXPECT_THAT(event.fields + event.reason + event.object_id, Not(HasSubstr("选错")));
}

TEST_F(ExpiringSignals_S86_D8, CutShortIsFinishedByDoingItAgain) {
  auto two = [](TestSchool& fresh) {
    fresh.start_visiting();
    for (int i = 0; i < 2; ++i) ask(fresh);
    fresh.clock->advance(31 * kDay);
  };
  expect_safe_to_repeat(two, [](TestSchool& fresh) { return expire_signals(fresh.ports).ok(); });
}

}  // namespace
}  // namespace shide::workflow
