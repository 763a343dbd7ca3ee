#include "workflow/classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/class_register.h"
#include "workflow/roster.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Classes : public ::testing::Test {
 protected:
  template <class T>
  static std::vector<std::string> problems(const Result<T>& result) {
    if (result) return {"fine"};
    std::vector<std::string> list;
    for (const Problem& one : result.error().problems) list.push_back(one.path + " " + one.phrase.code);
    return list;
  }
  GradeGroupForm group_form(const std::string& name, const std::string& grade, const model::Teacher& leader) const {
    return {name, "grade", grade, leader.id.value, {}};
  }
  const std::string& group_of(const model::Teacher& teacher) {
    order = *school_order(school.ports, school.office);
    return order.teacher(teacher.id)->grade_group_id.value;
  }

  TestSchool school;
  SchoolOrder order;
};

TEST_F(Classes, AGroupGathersItsTeachersFromWhereTheyWere) {
  GradeGroupForm form = group_form("四年级组", "4", school.companion[4]);
  form.member_ids = {school.companion[5].id.value};
  auto group = save_grade_group(school.ports, school.office, {}, 0, form);
  ASSERT_TRUE(group) << problems(group).front();
  EXPECT_EQ(group->school_year, "2020-2021");
  EXPECT_EQ(group_of(school.companion[4]), group->id.value);
  EXPECT_EQ(group_of(school.companion[5]), group->id.value);
  EXPECT_EQ(group_of(school.companion[3]), school.grade_group.value);
  form.member_ids.clear();
  ASSERT_TRUE(save_grade_group(school.ports, school.office, group->id, group->version, form));
  EXPECT_EQ(group_of(school.companion[5]), "");
}

TEST_F(Classes, WhatIsWrongWithAGroupIsNamed) {
  EXPECT_THAT(problems(save_grade_group(school.ports, school.office, {}, 0, {"", "club", "x", "", {"nobody"}})),
              ElementsAre("name field.empty", "kind field.not_offered", "grade field.not_number", "leader_id classes.leader_choose", "member_ids field.not_offered"));
  EXPECT_THAT(problems(save_grade_group(school.ports, school.office, {}, 0, group_form("三年级组", "3", school.companion[0]))), ElementsAre("name classes.name_taken"));
  EXPECT_EQ(save_grade_group(school.ports, school.office, school.grade_group, 7, group_form("三年级组", "3", school.companion[0])).error().code, ErrorCode::kStale);
}

TEST_F(Classes, ALateGroupGetsTheRosterOfTheCampaignUnderWay) {
  school.announce_campaign();
  ASSERT_TRUE(save_grade_group(school.ports, school.office, {}, 0, group_form("四年级组", "4", school.companion[4])));
  EXPECT_THAT(*roster_sheets(school.ports, school.office, school.campaign), SizeIs(2));
  auto group = school_order(school.ports, school.office)->groups.back();
  ASSERT_TRUE(save_grade_group(school.ports, school.office, group.id, group.version, group_form("四年级组", "4", school.companion[4])));
  EXPECT_THAT(*roster_sheets(school.ports, school.office, school.campaign), SizeIs(2));
}

TEST_F(Classes, AClassNeedsItsGroupAndHomeroomTeacher) {
  EXPECT_THAT(problems(save_class(school.ports, school.office, {}, 0, {"三(1)班", "", ""})),
              ElementsAre("grade_group_id classes.group_choose", "homeroom_teacher_id classes.homeroom_choose", "name classes.name_taken"));
  auto made = save_class(school.ports, school.office, {}, 0, {"三（7）班", school.grade_group.value, school.companion[5].id.value});
  ASSERT_TRUE(made) << problems(made).front();
  EXPECT_EQ(made->name, "三(7)班");
}

TEST_F(Classes, ItsPupilsGoWithItToAnotherGroup) {
  auto group = save_grade_group(school.ports, school.office, {}, 0, group_form("四年级组", "4", school.companion[4]));
  ASSERT_TRUE(group);
  const model::SchoolClass& row = school.classes[2];
  ASSERT_TRUE(save_class(school.ports, school.office, row.id, 1, {row.name, group->id.value, row.homeroom_teacher_id.value}));
  auto students = register_of(school.ports, school.office, row.id);
  ASSERT_THAT(*students, SizeIs(2));
  for (const model::Student& one : *students) EXPECT_EQ(one.place.grade_group_id, group->id.value);
}

TEST_F(Classes, AYearThatIsOverStaysAsItWas) {
  school.clock->advance(300 * kDay);
  const model::SchoolClass& row = school.classes[2];
  EXPECT_EQ(save_grade_group(school.ports, school.office, school.grade_group, 1, group_form("三年级组", "3", school.companion[0])).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(save_class(school.ports, school.office, row.id, 1, {row.name, school.grade_group.value, row.homeroom_teacher_id.value}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(paste_register(school.ports, school.office, row.id, "许诺", false).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(school_order(school.ports, school.office)->classes, ::testing::IsEmpty());
}

TEST_F(Classes, AreForTheStudentOffice) {
  for (const model::Actor& actor : {school.it_admin, school.head, school.leader()}) {
    EXPECT_EQ(school_order(school.ports, actor).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(save_grade_group(school.ports, actor, {}, 0, {}).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(save_class(school.ports, actor, {}, 0, {}).error().code, ErrorCode::kForbidden);
  }
}

}  // namespace
}  // namespace shide::workflow
