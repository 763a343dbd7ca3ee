#include "workflow/task_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/campaign.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TaskMap_S64 : public ::testing::Test {
 protected:
  GateState gate(const TaskMap& map, Gate wanted) { return map.grades.at(0).gates.at(static_cast<std::size_t>(wanted)); }
  std::size_t owed(const TaskMap& map, Gate wanted) {
    return static_cast<std::size_t>(std::count_if(map.owed.begin(), map.owed.end(), [&](const OwedTask& one) { return one.gate == wanted; }));
  }
  TaskMap of(const model::Actor& actor) {
    auto map = task_map(school.ports, actor, school.campaign);
    EXPECT_TRUE(map);
    return *map;
  }
  TestSchool school;
};

TEST_F(TaskMap_S64, SaysWhoOwesWhatByWhen) {
  school.announce_campaign();
  TaskMap map = of(school.office);
  EXPECT_EQ(gate(map, Gate::kCode).all, 12);
  EXPECT_EQ(gate(map, Gate::kChosen).done, 0);
  EXPECT_EQ(gate(map, Gate::kChosen).all, 6);
  EXPECT_EQ(gate(map, Gate::kChosen).due, *make_date(2021, 1, 20));
  EXPECT_FALSE(gate(map, Gate::kChosen).late);
  EXPECT_EQ(owed(map, Gate::kChosen), 6u);
  EXPECT_EQ(owed(map, Gate::kRoster), 1u);
  ASSERT_TRUE(accept_code(school.ports, school.as(school.homeroom[0]), school.campaign, current_code_version()));
  EXPECT_EQ(gate(of(school.office), Gate::kCode).done, 1);
  school.choose_everywhere();
  EXPECT_EQ(owed(of(school.office), Gate::kChosen), 0u);
}

TEST_F(TaskMap_S64, WhatIsLateComesFirst) {
  school.announce_campaign();
  school.clock->advance(time_of(*make_date(2021, 1, 21), 9) - school.clock->now());
  TaskMap map = of(school.office);
  EXPECT_TRUE(gate(map, Gate::kChosen).late);
  EXPECT_TRUE(map.owed.front().late);
  EXPECT_FALSE(gate(map, Gate::kRecord).late);
}

TEST_F(TaskMap_S64, FollowsAVisitToItsRecordAndAFamilysNoEndsWhatIsOwed) {
  school.start_visiting();
  school.hand_in(0);
  TaskMap map = of(school.office);
  EXPECT_EQ(gate(map, Gate::kPrepared).done, 1);
  EXPECT_EQ(gate(map, Gate::kRecord).done, 1);
  EXPECT_EQ(gate(map, Gate::kRecord).all, 6);
  EXPECT_EQ(gate(map, Gate::kTeam).done, 12) << "everybody goes somewhere";
  EXPECT_EQ(gate(map, Gate::kRoster).done, 1);
  school.amend<model::Visit>([&](model::Visit& one) { return one.id == school.visits[1] ? (one.state = model::VisitState::kDeclined, true) : false; });
  EXPECT_EQ(gate(of(school.office), Gate::kRecord).all, 5);
}

TEST_F(TaskMap_S64, ArtsAndSportsTeachersOweTheCodeAndAPlaceOfTheirOwnChoice_S63) {
  school.announce_campaign();
  model::GradeGroup arts;
  arts.school_year = "2020-2021";
  arts.name = "艺体综合组";
  arts.kind = model::GradeGroupKind::kArtsSports;
  arts = school.add(arts);
  school.amend<model::Teacher>([&](model::Teacher& one) { return one.id == school.companion[5].id ? (one.grade_group_id = arts.id, true) : false; });
  TaskMap map = of(school.office);
  ASSERT_THAT(map.grades, SizeIs(2));
  EXPECT_EQ(map.grades[0].name, "三年级组") << "grades first";
  EXPECT_EQ(map.grades[1].gates[static_cast<std::size_t>(Gate::kTeam)].all, 1);
  EXPECT_EQ(map.grades[1].gates[static_cast<std::size_t>(Gate::kRoster)].all, 0);
  auto own = std::find_if(map.owed.begin(), map.owed.end(), [](const OwedTask& one) { return one.grade_name == "艺体综合组" && one.gate == Gate::kTeam; });
  ASSERT_NE(own, map.owed.end());
  EXPECT_EQ(own->teacher, school.companion[5].name);
}

TEST_F(TaskMap_S64, TheLeaderSeesTheOwnGradeAndTheHeadNoNames) {
  school.announce_campaign();
  model::GradeGroup other;
  other.school_year = "2020-2021";
  other.name = "四年级组";
  other.grade = 4;
  school.add(other);
  EXPECT_THAT(of(school.office).grades, SizeIs(2));
  EXPECT_THAT(of(school.leader()).grades, SizeIs(1));
  EXPECT_THAT(of(school.head).owed, IsEmpty());
  EXPECT_THAT(of(school.head).grades, SizeIs(2));
  EXPECT_EQ(task_map(school.ports, school.as(school.homeroom[0]), school.campaign).error().code, ErrorCode::kForbidden);
  EXPECT_EQ(task_map(school.ports, school.hr, school.campaign).error().code, ErrorCode::kForbidden);
}

}  // namespace
}  // namespace shide::workflow
