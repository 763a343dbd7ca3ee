#include "workflow/retention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"

namespace shide::workflow {
namespace {

using model::DemandState;
using testing::TestSchool;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Two visits finished in January 2021, in term 1 of a third grade; the demand of the first one answered and carried back.
struct House {
  House() {
    school.start_visiting();
    school.finish(0);
    school.finish(1);
    school.amend<model::Demand>([](model::Demand& one) { return one.state = DemandState::kClosed, true; });
  }
  void move_to(int year, int month, int day) { school.clock->advance(time_of(*make_date(year, month, day), 3) - school.clock->now()); }
  int run() {
    auto done = keep_retention(school.ports);
    EXPECT_TRUE(done) << done.error().detail;
    return done ? *done : -1;
  }
  std::map<std::string, int> due() {
    std::map<std::string, int> counts;
    auto found = due_for_destruction(school.ports, school.school_id);
    EXPECT_TRUE(found) << found.error().detail;
    for (const Overdue& one : *found) ++counts[std::string(model::code_of(one.what))];
    return counts;
  }
  std::size_t phones() {
    std::size_t count = 0;
    for (const auto& one : school.rows<model::Guardian>()) count += one.phone.empty() && one.address.empty() ? 0 : 1;
    return count;
  }
  TestSchool school;
};

TEST(Retention, NothingGoesBeforeItsTime) {
  House house;
  house.move_to(2021, 2, 10);
  EXPECT_THAT(house.due(), IsEmpty());
  EXPECT_EQ(house.run(), 0);
}

TEST(Retention, NumbersGoThirtyDaysAfterTheVisitUnlessAnAnswerIsOwed) {
  House house;
  std::size_t all = house.phones();
  ASSERT_GE(all, 2u);
  std::string owed;
  house.school.amend<model::Demand>([&](model::Demand& one) { return owed = one.place.visit_id, one.state = DemandState::kAssigned, true; });
  ASSERT_NE(owed, "");
  house.move_to(2021, 4, 1);
  EXPECT_GT(house.run(), 0);
  for (const auto& one : house.school.rows<model::Guardian>()) EXPECT_EQ(one.phone.empty(), one.place.visit_id != owed);
  for (const auto& one : house.school.rows<model::Guardian>()) EXPECT_NE(one.name, "") << "who was spoken with stays known";
  house.school.amend<model::Demand>([&](model::Demand& one) { return one.state = DemandState::kClosed, true; });
  house.move_to(2021, 4, 3);
  EXPECT_EQ(house.run(), 1);
  EXPECT_EQ(house.phones(), 0u);
}

TEST(Retention, PhotosGoAtTheEndOfTheNextTermWithTheirFiles) {
  House house;
  std::size_t rows = house.school.rows<model::VisitPhoto>().size();
  ASSERT_EQ(rows, 4u);
  house.move_to(2021, 7, 31);
  EXPECT_EQ(house.due().count("destroy_photo"), 0u) << "the last day is still within";
  house.move_to(2021, 8, 1);
  EXPECT_EQ(house.due()["destroy_photo"], 4);
  house.run();
  EXPECT_THAT(house.school.rows<model::VisitPhoto>(), IsEmpty());
  EXPECT_THAT(*house.school.ports.photo_vault->list(), IsEmpty());
}

TEST(Retention, WhatWasWrittenGoesTwoYearsAfterTheSixthGrade) {
  House house;
  std::size_t visits = house.school.rows<model::Visit>().size();
  house.move_to(2026, 8, 31);  // the third grade of 2021 leaves in 2024
  EXPECT_EQ(house.due().count("destroy_record"), 0u);
  house.move_to(2026, 9, 1);
  EXPECT_EQ(house.due()["destroy_record"], static_cast<int>(visits));
  house.run();
  for (const auto& one : house.school.rows<model::VisitRecord>()) EXPECT_EQ(one.narrative + one.reflection, "");
  for (const auto& one : house.school.rows<model::VisitedStudent>()) EXPECT_EQ(one.name, "");
  EXPECT_EQ(house.school.rows<model::Visit>().size(), visits);
  EXPECT_EQ(house.school.rows<model::ArchiveEntry>().empty(), false) << "the teachers' archives stay";
  house.move_to(2026, 9, 3);
  EXPECT_EQ(house.run(), 0) << "once";
}

TEST(Retention, WithdrawnConsentsAndRatingsGoAfterThreeYears) {
  House house;
  std::size_t before = house.school.rows<model::Consent>().size();
  model::Consent consent;
  consent.place.visit_id = house.school.visits[5].value;  // not visited yet, so nobody was asked
  consent.withdrawn_at = time_of(*make_date(2020, 2, 29), 12);
  house.school.add(consent);
  model::Appraisal appraisal;
  appraisal.school_year = "2019-2020";
  appraisal = house.school.add(appraisal);
  model::Rating rating;
  rating.appraisal_id = appraisal.id;
  house.school.add(rating);
  house.move_to(2023, 3, 1);
  EXPECT_EQ(house.due().count("destroy_consent"), 0u);
  house.move_to(2023, 3, 2);
  EXPECT_EQ(house.due()["destroy_consent"], 1);
  house.move_to(2023, 8, 31);
  EXPECT_EQ(house.due().count("destroy_rating"), 0u);
  house.move_to(2023, 9, 1);
  house.run();
  EXPECT_THAT(house.school.rows<model::Rating>(), IsEmpty());
  EXPECT_THAT(house.school.rows<model::Consent>(), SizeIs(before));
}

TEST(Retention, EveryPieceLeavesItsLineAndTheRegisterHoldsNoName) {
  House house;
  house.move_to(2021, 8, 1);
  int count = house.run();
  ASSERT_GT(count, 0);
  auto lines = destroyed(house.school.ports, house.school.school_id);
  ASSERT_TRUE(lines);
  EXPECT_THAT(*lines, SizeIs(static_cast<std::size_t>(count)));
  for (const auto& one : *lines) {
    EXPECT_TRUE(one.verb.starts_with("destroy_")) << one.verb;
    EXPECT_TRUE(parse_date(one.reason)) << one.reason;
    EXPECT_TRUE(is_uuid(one.object_id));
  }
}

TEST(Retention, RunsOnceADay) {
  House house;
  house.move_to(2021, 2, 1);
  EXPECT_EQ(house.run(), 0);
  house.school.clock->advance(kDay - kHour);
  EXPECT_EQ(house.run(), 0);
  house.move_to(2021, 8, 1);
  EXPECT_GT(house.run(), 0);
  EXPECT_EQ(house.run(), 0);
}

TEST(Retention, IsSafeToRepeat) {
  testing::expect_safe_to_repeat(
      [](TestSchool& school) {
        school.start_visiting();
        school.finish(1);
        school.clock->advance(time_of(*make_date(2021, 8, 1), 3) - school.clock->now());
      },
      [](TestSchool& school) {
        bool done = keep_retention(school.ports).ok();
        school.clock->advance(kDay + kSecond);
        return done && keep_retention(school.ports).ok();
      },
      {"audit_events", "leases", "audit_heads"});
}

}  // namespace
}  // namespace shide::workflow
