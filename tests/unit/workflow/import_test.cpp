#include "workflow/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/classes.h"
#include "workflow/people.h"

namespace shide::workflow {
namespace {

using model::Account;
using model::Student;
using model::Teacher;
using ports::Table;
using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

using Rows = std::vector<std::vector<std::string>>;

std::string refusal(const Result<ImportList>& list) { return list ? "read" : list.error().phrase.code; }

TEST(ImportList_S100, FindsTheHeadsBelowATitleAndNamesWhatIsLeftBehind) {
  // The plan's own sheet: a title across the columns, and a column without a head between the third and the fourth.
  Table sheet{"三年级", {{"被访学生名单", "被访学生名单"}, {}, {"班 级", "被访学生", "性别", "", "联系方式"}, {"三(1)班", "丁　小满", "女", "略", "13800000001"}, {"合计", "1"}, {"班级", "被访学生"}, {"三（２）班", "叶青"}}};
  auto list = import_list(ImportKind::kStudents, {sheet, {"说明", {{"填表说明"}}}});
  ASSERT_TRUE(list) << refusal(list);
  ASSERT_EQ(list->lines.size(), 2u);
  EXPECT_EQ(list->cell(list->lines[1], "class"), "三(2)班");
  EXPECT_EQ(list->place(list->lines[1], "name"), "三年级!B7");
  EXPECT_EQ(list->place(list->lines[1], "number"), "三年级!7");
  EXPECT_THAT(list->surplus, ElementsAre("性别", "D", "联系方式"));
  EXPECT_THAT(list->skipped, ElementsAre("说明"));
}

TEST(ImportList_S100, HeadsMayBeStarredAndExplained) {
  auto list = import_list(ImportKind::kStaff, {{"", {{"*姓名（必填）：", "职工号[6位]"}, {"沈若楠", "0301"}}}});
  ASSERT_TRUE(list) << refusal(list);
  EXPECT_EQ(list->cell(list->lines[0], "staff_number"), "0301");
  EXPECT_EQ(list->place(list->lines[0], "staff_number"), "B2");
}

TEST(ImportList_D12, AFileWithIdentityNumbersIsRefusedWhereverTheyStand) {
  for (const char* number : {"320412201209091234", "32041220120909123X", "320412120909123", "G320412201209091234", "3.2E+17", "３２０４１２２０１２０９０９１２３４"}) {
    auto list = import_list(ImportKind::kStudents, {{"一", {{"班级", "姓名"}, {"三(1)班", "丁小满"}}}, {"二", {{"什么", number}}}});
    ASSERT_FALSE(list) << number;
    EXPECT_EQ(list.error().problems, (std::vector<Problem>{{"table", {"import.identity_number", {{"place", "二!B1"}}}}})) << number;
  }
  for (const char* harmless : {"13812345678", "1.38E+10", "20200101", "13812345678/13987654321", "2021-01-23"}) {
    EXPECT_TRUE(import_list(ImportKind::kStudents, {{"", {{"班级", "姓名", "电话"}, {"三(1)班", "丁小满", harmless}}}})) << harmless;
  }
}

TEST(ImportList_S99, SaysWhatIsMissing) {
  EXPECT_EQ(refusal(import_list(ImportKind::kStaff, {{"", {{"沈若楠", "0301"}}}})), "import.no_head");
  EXPECT_EQ(refusal(import_list(ImportKind::kStaff, {{"", {{"姓名", "工号"}, {}}}})), "import.no_lines");
  Rows many = {{"姓名"}};
  for (std::size_t i = 0; i <= kMostImportLines; ++i) many.push_back({"甲"});
  EXPECT_EQ(refusal(import_list(ImportKind::kStaff, {{"", many}})), "import.too_many_lines");
}

TEST(ImportList_S60, LessonsMayHaveAColumnASubject) {
  auto list = import_list(ImportKind::kLessons, {{"", {{"班级", "班主任", "语文", "数学"}, {"三(1)班", "甲", "乙", ""}, {"三(2)班", "丙", "丁", "戊"}}}});
  ASSERT_TRUE(list) << refusal(list);
  ASSERT_EQ(list->lines.size(), 3u);
  EXPECT_THAT(list->lines[2].cells, ElementsAre("三(2)班", "戊", "数学"));
  EXPECT_THAT(list->surplus, ElementsAre("班主任"));
}

TEST(ImportList_S99, ComesBackFromTheFormAsItWent) {
  auto list = import_list(ImportKind::kStudents, {{"三年级", {{"班级", "姓名", "住址"}, {"三(1)班", "丁\"小满"}, {"三(2)班", "叶青", "x"}}}});
  ASSERT_TRUE(list);
  auto again = carried_list(ImportKind::kStudents, carried_text(*list));
  ASSERT_TRUE(again);
  EXPECT_EQ(carried_text(*again), carried_text(*list));
  for (const char* forged : {"", "[]", "{\"tabs\":[],\"lines\":[]}", "{\"tabs\":[{\"name\":\"\",\"columns\":[0,1,2,3]}],\"lines\":[[1,2,[\"a\",\"b\",\"c\",\"d\"]]]}",
                             "{\"tabs\":[{\"name\":\"\",\"columns\":[0,1,2,3]}],\"lines\":[[0,2,[\"a\",\"320412201209091234\",\"c\",\"d\"]]]}",
                             "{\"tabs\":[{\"name\":\"\",\"columns\":[0]}],\"lines\":[[0,2,[\"a\"]]]}"}) {
    EXPECT_EQ(refusal(carried_list(ImportKind::kStudents, forged)), "import.not_carried") << forged;
  }
}

class Import : public ::testing::Test {
 protected:
  const model::Actor& actor_of(ImportKind kind) const { return kind == ImportKind::kStaff ? school.it_admin : school.office; }

  ImportList list_of(ImportKind kind, const Rows& rows) {
    auto list = import_list(kind, {{"", rows}});
    EXPECT_TRUE(list) << refusal(list);
    return list ? *list : ImportList{};
  }
  ImportPlan plan(ImportKind kind, const Rows& rows) {
    auto made = plan_import(school.ports, actor_of(kind), list_of(kind, rows));
    EXPECT_TRUE(made);
    return made ? *made : ImportPlan{};
  }
  ImportPlan confirm(ImportKind kind, const Rows& rows, bool part = false) {
    auto done = confirm_import(school.ports, actor_of(kind), list_of(kind, rows), plan(kind, rows).digest, part);
    EXPECT_TRUE(done) << done.error().phrase.code;
    return done ? *done : ImportPlan{};
  }
  /// "3 problem staff_number people.staff_number_plain" for each note that blocks, "3 change import.becomes" for each change; by line.
  static std::vector<std::string> told(const ImportPlan& plan) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < plan.lines.size(); ++i) {
      std::string head = std::to_string(i) + " " + std::string(model::code_of(plan.lines[i].fate));
      if (plan.lines[i].notes.empty()) list.push_back(head);
      for (const ImportNote& note : plan.lines[i].notes) list.push_back(head + (note.blocks ? " " : " (") + note.field + " " + note.reason.code + (note.blocks ? "" : ")"));
    }
    return list;
  }
  const Student* student(const std::string& name) {
    all_students = school.rows<Student>();
    for (const Student& one : all_students) {
      if (one.name == name) return &one;
    }
    return nullptr;
  }

  std::int64_t count_of(std::size_t index) const {
    for (const auto& one : school.rows<model::SchoolClass>()) {
      if (one.id == school.classes[index].id) return one.pupil_count;
    }
    return -1;
  }

  TestSchool school;
  std::vector<Student> all_students;
};

TEST_F(Import, ADryRunWritesNothing) {
  auto before = school.store->tables();
  ImportPlan made = plan(ImportKind::kStaff, {{"姓名", "工号", "学科", "年级组"}, {"苏晓", "0401", "语文", "四年级组"}});
  EXPECT_EQ(made.added, 1u);
  EXPECT_TRUE(school.store->tables() == before);
}

TEST_F(Import, ColleaguesGetAnAccountTheirSubjectAndAGroup_S22) {
  const Rows rows = {{"姓名", "工号", "学科", "年级组"}, {"苏晓", "0401", "语文", "四年级组"}, {"秦川", "0402", "体育", "艺体综合组"}, {"何叶", "0403", "数学", "三年级"}};
  ImportPlan done = confirm(ImportKind::kStaff, rows);
  EXPECT_EQ(done.added, 3u);
  EXPECT_THAT(told(done), ElementsAre("0 add", "1 add", "2 add"));
  auto colleague = colleague_of_login(school.ports, school.it_admin, "0402");
  ASSERT_TRUE(colleague);
  EXPECT_EQ(colleague->teacher->subject, "体育");
  EXPECT_TRUE(colleague->account.password_hash.empty());
  auto groups = grade_groups(school.ports, school.office);
  ASSERT_TRUE(groups);
  ASSERT_EQ(groups->size(), 3u);
  EXPECT_EQ(groups->at(1).grade, 4);
  EXPECT_EQ(groups->at(2).kind, model::GradeGroupKind::kArtsSports);
  EXPECT_EQ(colleague_of_login(school.ports, school.it_admin, "0403")->teacher->grade_group_id, school.grade_group);
}

TEST_F(Import, TheSameListAgainChangesNothing) {
  const Rows rows = {{"姓名", "工号", "学科"}, {"苏晓", "0401", "语文"}, {"秦川", "0402", ""}};
  confirm(ImportKind::kStaff, rows);
  auto before = school.store->tables();
  ImportPlan again = confirm(ImportKind::kStaff, rows);
  EXPECT_EQ(again.standing, 2u);
  EXPECT_TRUE(school.store->tables() == before);
}

TEST_F(Import, AKnownNumberCorrectsAndSaysHow) {
  const Teacher& known = school.companion[1];
  const Rows rows = {{"姓名", "工号", "学科"}, {"苏晓", known.staff_number, "劳动"}};
  ImportPlan done = confirm(ImportKind::kStaff, rows);
  ASSERT_EQ(done.changed, 1u);
  EXPECT_EQ(render(done.lines[0].changes[0], Language::kChinese), "姓名：" + known.name + " → 苏晓");
  auto now = colleague_of_login(school.ports, school.it_admin, known.staff_number);
  ASSERT_TRUE(now);
  EXPECT_EQ(now->account.name, "苏晓");
  EXPECT_EQ(now->teacher->subject, "劳动");
}

TEST_F(Import, EveryProblemOfAColleagueHasItsPlace) {
  school.amend<Teacher>([&](Teacher& one) { return one.id == school.companion[2].id && (one.duty = model::Duty::kLeft, true); });
  const std::string left = school.companion[2].staff_number, there = school.homeroom[0].name;
  ImportPlan made = plan(ImportKind::kStaff, {{"姓名", "工号", "年级组"}, {"", "0401", ""}, {"苏晓", "工0401", ""}, {"苏晓", "", ""}, {"苏晓", "0402", ""}, {"秦川", "0402", ""},
                                              {"何叶", left, ""}, {there, "0499", ""}, {"白云", "1.38E+10", ""}, {"白云", "0403", "三年纪组"}, {there, "", ""}});
  EXPECT_THAT(told(made), ElementsAre("0 problem name field.empty", "1 problem staff_number people.staff_number_plain", "2 problem staff_number import.number_missing", "3 add",
                                      "4 problem staff_number import.repeats", "5 problem name import.teacher_left", "6 add (name import.same_name)",
                                      "7 problem staff_number import.shortened", "8 add (grade_group people.group_unknown)", "9 problem staff_number import.teacher_twice"));
  EXPECT_EQ(made.lines[8].notes[0].advice, (Phrase{"import.perhaps", {{"name", "三年级组"}}}));
}

TEST_F(Import, WhatIsWrongStaysOutOnlyWhenAskedFor) {
  const Rows rows = {{"姓名", "工号"}, {"苏晓", "0401"}, {"秦川", ""}};
  std::string digest = plan(ImportKind::kStaff, rows).digest;
  auto refused = confirm_import(school.ports, school.it_admin, list_of(ImportKind::kStaff, rows), digest, false);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().phrase.code, "import.has_problems");
  EXPECT_FALSE(colleague_of_login(school.ports, school.it_admin, "0401"));
  EXPECT_EQ(confirm(ImportKind::kStaff, rows, true).wrong, 1u);
  EXPECT_TRUE(colleague_of_login(school.ports, school.it_admin, "0401"));
}

TEST_F(Import, WhatWasShownIsDoneOrNothing) {
  const Rows rows = {{"姓名", "工号", "学科"}, {"苏晓", school.companion[1].staff_number, "劳动"}};
  std::string digest = plan(ImportKind::kStaff, rows).digest;
  school.amend<Teacher>([&](Teacher& one) { return one.id == school.companion[1].id && (one.subject = "书法", true); });
  auto stale = confirm_import(school.ports, school.it_admin, list_of(ImportKind::kStaff, rows), digest, false);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::kStale);
  EXPECT_FALSE(confirm_import(school.ports, school.it_admin, list_of(ImportKind::kStaff, {{"姓名", "工号"}, {"别人", "0777"}}), digest, false));
}

TEST_F(Import, WhoIsNotInTheListIsNamedAndStays) {
  ImportPlan made = plan(ImportKind::kStaff, {{"姓名", "工号"}, {school.homeroom[0].name, school.homeroom[0].staff_number}});
  ASSERT_EQ(made.aside.size(), 1u);
  EXPECT_EQ(made.aside[0].code, "import.staff_missing");
}

TEST_F(Import, ClassesComeWithTheirGroupAndItsLeader_S53) {
  school.announce_campaign();
  const Teacher &leader = school.companion[4], &homeroom = school.companion[5];
  const Rows rows = {{"年级", "班级", "班主任", "年级组长"}, {"四年级", "1班", homeroom.name, leader.name}, {"三年级", "三（1）班", school.homeroom[1].staff_number, ""}};
  ImportPlan done = confirm(ImportKind::kClasses, rows);
  EXPECT_THAT(told(done), ElementsAre("0 add", "1 change"));
  auto order = school_order(school.ports, school.office);
  ASSERT_TRUE(order);
  ASSERT_EQ(order->groups.size(), 2u);
  EXPECT_EQ(order->groups[1].leader_id, leader.id);
  EXPECT_EQ(order->groups[1].name, "四年级组");
  EXPECT_EQ(school.rows<model::Roster>().size(), 2u);  // annex 2 of the grade that came late
  EXPECT_EQ(confirm(ImportKind::kClasses, rows).standing, 2u);
}

TEST_F(Import, EveryProblemOfAClassHasItsPlace_S23) {
  const std::string there = school.homeroom[0].name;
  ImportPlan made = plan(ImportKind::kClasses, {{"班级", "班主任"}, {"", there}, {"三(8)班", ""}, {"三(8)班", "没有这人"}, {"阳光班", there}, {"三(9)班", there}, {"309", there}});
  EXPECT_THAT(told(made), ElementsAre("0 problem class field.empty", "1 problem homeroom field.empty", "2 problem homeroom import.teacher_unknown", "3 problem class import.group_unclear",
                                      "4 add", "5 problem class import.repeats"));
}

TEST_F(Import, PupilsComeWithTheirClassAndNothingElse_D12) {
  const Rows rows = {{"班级", "姓名", "学号", "家长电话"}, {"301班", "方圆圆", "20180901", "13800000001"}, {"三（2）班", "𬭚小满", "", ""}};
  ImportPlan done = confirm(ImportKind::kStudents, rows);
  EXPECT_EQ(done.added, 2u);
  ASSERT_TRUE(student("方圆圆"));
  EXPECT_EQ(student("方圆圆")->place.class_id, school.classes[0].id.value);
  EXPECT_EQ(student("方圆圆")->place.grade_group_id, school.grade_group.value);
  EXPECT_TRUE(student("𬭚小满"));
  EXPECT_EQ(count_of(0), 3);
  auto before = school.store->tables();
  EXPECT_EQ(confirm(ImportKind::kStudents, rows).standing, 2u);
  EXPECT_TRUE(school.store->tables() == before);
}

TEST_F(Import, TwoOfOneNameAndOneInTwoClassesAreAsked) {
  ImportPlan made = plan(ImportKind::kStudents, {{"班级", "姓名", "学号"}, {"三(1)班", "王芳", ""}, {"三(1)班", "王芳", ""}, {"三(1)班", "李明", "1"}, {"三(1)班", "李明", "2"},
                                               {"三(2)班", "赵敏", "7"}, {"三(3)班", "赵敏", "7"}, {"三(4)班", "钱多", "7"}, {"三(2)班", "孙一", ""}, {"三(3)班", "孙一", ""}, {"九(9)班", "周周", ""}});
  EXPECT_THAT(told(made), ElementsAre("0 problem number import.student_twice", "1 problem number import.student_twice", "2 add", "3 add", "4 add", "5 problem number import.student_in_two",
                                      "6 problem number import.number_repeats", "7 add", "8 add (name import.name_elsewhere)", "9 problem class import.class_unknown"));
}

TEST_F(Import, AKnownNumberMovesThePupilToTheOtherClass) {
  confirm(ImportKind::kStudents, {{"班级", "姓名", "学号"}, {"三(1)班", "方圆圆", "20180901"}});
  ImportPlan done = confirm(ImportKind::kStudents, {{"班级", "姓名", "学号"}, {"三(2)班", "方圆圆", "20180901"}});
  ASSERT_EQ(done.changed, 1u);
  EXPECT_EQ(render(done.lines[0].changes[0], Language::kChinese), "班级：三(1)班 → 三(2)班");
  EXPECT_EQ(student("方圆圆")->place.class_id, school.classes[1].id.value);
  EXPECT_EQ(count_of(0), 2);
  EXPECT_EQ(count_of(1), 3);
}

TEST_F(Import, ATabCalledLikeAClassIsIts_S99) {
  auto list = import_list(ImportKind::kStudents, {{"三(1)班", {{"姓名"}, {"方圆圆"}}}, {"三(2)班", {{"姓名"}, {"白云"}}}});
  ASSERT_TRUE(list);
  auto made = plan_import(school.ports, school.office, *list);
  ASSERT_TRUE(made);
  ASSERT_TRUE(confirm_import(school.ports, school.office, *list, made->digest, false));
  EXPECT_EQ(student("白云")->place.class_id, school.classes[1].id.value);
}

TEST_F(Import, ClubsAndLessonsTellWhoMayJoinWhom_S61) {
  auto before = school.rows<model::TeachingAssignment>().size();
  const Rows clubs = {{"社团", "指导老师", "班级"}, {"合唱", school.companion[5].name, "三(1)班、302"}};
  EXPECT_EQ(confirm(ImportKind::kClubs, clubs).added, 1u);
  EXPECT_EQ(school.rows<model::TeachingAssignment>().size(), before + 2);
  EXPECT_EQ(confirm(ImportKind::kClubs, clubs).standing, 1u);
  ImportPlan lessons = plan(ImportKind::kLessons, {{"班级", "教师", "学科"}, {"三(1)班", "没有这人", "美术"}, {"", school.companion[5].name, "美术"}, {"三(1)班", school.companion[5].name, "美术"}});
  EXPECT_THAT(told(lessons), ElementsAre("0 problem teacher import.teacher_unknown", "1 problem class field.empty", "2 add"));
}

TEST_F(Import, IsForWhoeverKeepsTheList_D9) {
  ImportList staff = list_of(ImportKind::kStaff, {{"姓名", "工号"}, {"苏晓", "0401"}}), pupils = list_of(ImportKind::kStudents, {{"班级", "姓名"}, {"三(1)班", "白云"}});
  for (const model::Actor& actor : {school.office, school.hr, school.head, school.leader()}) EXPECT_EQ(plan_import(school.ports, actor, staff).error().code, ErrorCode::kForbidden);
  for (const model::Actor& actor : {school.it_admin, school.hr, school.head, school.leader()}) {
    EXPECT_EQ(plan_import(school.ports, actor, pupils).error().code, ErrorCode::kForbidden);
    EXPECT_EQ(confirm_import(school.ports, actor, pupils, "", true).error().code, ErrorCode::kForbidden);
  }
}

}  // namespace
}  // namespace shide::workflow
