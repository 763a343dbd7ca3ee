#include "workflow/first_steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/people.h"
#include "workflow/slips.h"

namespace shide::workflow {
namespace {

using model::Role;
using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FirstSteps_D13 : public ::testing::Test {
 protected:
  StepState of(FirstStep step) {
    auto steps = first_steps(school.ports, school.office);
    EXPECT_TRUE(steps);
    for (const StepState& one : *steps) {
      if (one.step == step) return one;
    }
    ADD_FAILURE();
    return {};
  }
  TestSchool school;
};

TEST_F(FirstSteps_D13, FollowWhatIsThere) {
  EXPECT_TRUE(of(FirstStep::kPeople).done);
  EXPECT_TRUE(of(FirstStep::kRoles).done);
  EXPECT_TRUE(of(FirstStep::kSlips).done);
  EXPECT_TRUE(of(FirstStep::kClasses).done);
  EXPECT_EQ(of(FirstStep::kStudents).count, 12);
  EXPECT_TRUE(of(FirstStep::kStudents).done);
  EXPECT_FALSE(of(FirstStep::kPlan).done);
  school.announce_campaign();
  EXPECT_TRUE(of(FirstStep::kPlan).done);
}

TEST_F(FirstSteps_D13, NameWhatIsMissing) {
  auto added = add_colleague(school.ports, school.it_admin, {"苏晓", "0401", "", "", "", {"teacher"}});
  EXPECT_EQ(of(FirstStep::kSlips).missing, 1);
  ASSERT_TRUE(new_slip(school.ports, school.it_admin, added->account.id));
  EXPECT_TRUE(of(FirstStep::kSlips).done);
  model::SchoolClass empty = school.classes[0];
  empty.name = "三(7)班";
  empty.homeroom_teacher_id = {};
  school.add(empty);
  EXPECT_EQ(of(FirstStep::kClasses).missing, 1);
  EXPECT_EQ(of(FirstStep::kStudents).missing, 1);
  ASSERT_TRUE(set_disabled(school.ports, school.it_admin, school.hr.account, true));
  EXPECT_THAT(of(FirstStep::kRoles).nobody, ElementsAre(Role::kHr));
}

TEST_F(FirstSteps_D13, AreForTheAdministratorAndTheStudentOffice) {
  EXPECT_TRUE(first_steps(school.ports, school.it_admin));
  EXPECT_EQ(first_steps(school.ports, school.head).error().code, ErrorCode::kForbidden);
  EXPECT_EQ(first_steps(school.ports, school.leader()).error().code, ErrorCode::kForbidden);
}

}  // namespace
}  // namespace shide::workflow
