#include "workflow/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"

namespace shide::workflow {
namespace {

using model::Guardian;
using testing::TestSchool;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The pupils chosen in class 0 and class 1 are students 0 and 2.
class Timeline_D12 : public ::testing::Test {
 protected:
  Timeline_D12() {
    school.start_visiting();
    school.hand_in(0);
  }
  void make_siblings() {
    school.amend<Guardian>([&](Guardian& one) {
      bool is_one_of_two = one.student_id == school.students[0].id || one.student_id == school.students[2].id;
      return is_one_of_two ? (one.phone = "13800001234", true) : false;
    });
  }
  std::size_t readings() {
    auto events = school.rows<model::AuditEvent>();
    return static_cast<std::size_t>(std::count_if(events.begin(), events.end(), [](const model::AuditEvent& one) { return one.verb == "read_timeline"; }));
  }
  TestSchool school;
};

TEST_F(Timeline_D12, TellsTheVisitItsTeamAndWhatWasAskedAndIsLogged) {
  auto made = timeline(school.ports, school.office, school.students[0].id);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->student, school.students[0].name);
  ASSERT_THAT(made->entries, SizeIs(1));
  EXPECT_EQ(made->entries[0].class_name, school.classes[0].name);
  EXPECT_THAT(made->entries[0].teachers, SizeIs(2));
  EXPECT_EQ(made->entries[0].teachers[0], school.homeroom[0].name);
  EXPECT_THAT(made->entries[0].demands, SizeIs(1));
  EXPECT_THAT(made->siblings, IsEmpty());
  EXPECT_EQ(readings(), 1u);
}

TEST_F(Timeline_D12, BrothersAndSistersStandTogetherForWhoMaySeeBoth) {
  make_siblings();
  auto made = timeline(school.ports, school.office, school.students[0].id);
  ASSERT_TRUE(made);
  EXPECT_THAT(made->entries, SizeIs(2));
  ASSERT_THAT(made->siblings, SizeIs(1));
  EXPECT_EQ(made->siblings[0].name, school.students[2].name);
  // The homeroom teacher of the one knows nothing of the other's visit.
  auto own = timeline(school.ports, school.as(school.homeroom[0]), school.students[0].id);
  ASSERT_TRUE(own);
  EXPECT_THAT(own->entries, SizeIs(1));
  EXPECT_THAT(own->siblings, IsEmpty());
}

TEST_F(Timeline_D12, IsNothingForWhoMaySeeNoneOfIt) {
  EXPECT_EQ(timeline(school.ports, school.as(school.homeroom[1]), school.students[0].id).error().code, ErrorCode::kNotFound);
  for (const model::Actor& actor : {school.hr, school.head, school.editor, school.committee, school.it_admin, school.auditor}) {
    EXPECT_EQ(timeline(school.ports, actor, school.students[0].id).error().code, ErrorCode::kNotFound);
  }
  EXPECT_EQ(readings(), 0u) << "what was not shown was not read";
  // A sister's visit alone opens nothing.
  make_siblings();
  EXPECT_EQ(timeline(school.ports, school.as(school.homeroom[1]), school.students[0].id).error().code, ErrorCode::kNotFound);
}

TEST_F(Timeline_D12, WithTheTelephoneDestroyedTheLinkIsGone) {
  make_siblings();
  school.amend<Guardian>([](Guardian& one) { return one.phone.clear(), one.address.clear(), true; });
  auto made = timeline(school.ports, school.office, school.students[0].id);
  EXPECT_THAT(made->entries, SizeIs(1));
}

}  // namespace
}  // namespace shide::workflow
