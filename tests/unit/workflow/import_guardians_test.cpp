#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"
#include "workflow/import.h"

namespace shide::workflow {
namespace {

using model::Guardian;
using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ImportGuardians_D12 : public ::testing::Test {
 protected:
  ImportGuardians_D12() {
    school.announce_campaign();
    school.choose_everywhere();
  }
  ImportList list(const std::vector<std::vector<std::string>>& lines, std::vector<std::string> head = {"班级", "学生姓名", "家长姓名", "关系", "联系电话", "住址"}) {
    ports::Table table{"", {std::move(head)}};
    table.rows.insert(table.rows.end(), lines.begin(), lines.end());
    auto read = import_list(ImportKind::kGuardians, {table});
    EXPECT_TRUE(read);
    return *read;
  }
  ImportPlan plan(const ImportList& read) {
    auto made = plan_import(school.ports, school.office, read);
    EXPECT_TRUE(made);
    return *made;
  }
  std::vector<std::string> reasons(const ImportPlan& made) {
    std::vector<std::string> all;
    for (const PlannedLine& line : made.lines) {
      for (const ImportNote& note : line.notes) all.push_back(note.field + " " + note.reason.code);
    }
    return all;
  }
  Guardian of(int index) {
    for (const Guardian& one : school.rows<Guardian>()) {
      if (one.place.visit_id == school.visits[static_cast<std::size_t>(index)].value) return one;
    }
    return {};
  }
  std::string chosen(int index) { return school.students[static_cast<std::size_t>(2 * index)].name; }
  std::string other(int index) { return school.students[static_cast<std::size_t>(2 * index + 1)].name; }

  TestSchool school;
};

TEST_F(ImportGuardians_D12, CorrectThoseOfChosenPupilsAndTellNoOldNumber) {
  std::string old_phone = of(0).phone;
  ImportList read = list({{"三(1)班", chosen(0), "新家长", "妈妈", "138 0000-7777", "松林路6号"}});
  ImportPlan made = plan(read);
  EXPECT_EQ(made.changed, 1u);
  for (const Phrase& change : made.lines[0].changes) EXPECT_EQ(render(change, Language::kChinese).find(old_phone), std::string::npos);
  ASSERT_TRUE(confirm_import(school.ports, school.office, read, made.digest, false));
  EXPECT_EQ(of(0).name, "新家长");
  EXPECT_EQ(of(0).relation, model::Relation::kMother);
  EXPECT_EQ(of(0).phone, "13800007777");
  EXPECT_EQ(of(0).address, "松林路6号");
  EXPECT_EQ(plan(read).standing, 1u) << "the same list again changes nothing";
}

TEST_F(ImportGuardians_D12, AreAddedWhereTheHomeroomTeacherHadNone) {
  Guardian gone = of(1);
  school.write([&](ports::Unit& unit) { return unit.of<Guardian>().erase(gone); });
  ImportList read = list({{"三(2)班", chosen(1), "新家长", "日常照护人", "13800008888"}});
  ImportPlan made = plan(read);
  EXPECT_EQ(made.added, 1u);
  ASSERT_TRUE(confirm_import(school.ports, school.office, read, made.digest, false));
  EXPECT_EQ(of(1).relation, model::Relation::kCarer);
  EXPECT_FALSE(of(1).is_guardian) << "who cares for a child consents to nothing (D7)";
}

TEST_F(ImportGuardians_D12, OfPupilsWhoAreNotChosenNothingIsKept) {
  ImportList read = list({{"三(1)班", other(0), "别的家长", "父亲", "13800009999"}, {"三(1)班", chosen(0), "新家长", "父亲", "13800007777"}});
  ImportPlan made = plan(read);
  EXPECT_THAT(reasons(made), ElementsAre("name import.not_chosen"));
  ASSERT_TRUE(confirm_import(school.ports, school.office, read, made.digest, true));
  for (const Guardian& one : school.rows<Guardian>()) EXPECT_NE(one.name, "别的家长");
}

TEST_F(ImportGuardians_D12, WhatIsWrongIsNamedByItsCell) {
  EXPECT_THAT(reasons(plan(list({{"三(1)班", chosen(0), "新家长", "邻居", "138"}}))), ElementsAre("phone roster.phone_wrong", "relation import.relation_unknown"));
  EXPECT_THAT(reasons(plan(list({{"三(1)班", chosen(0), "新家长", "", "1.38E+10"}}))), ElementsAre("phone import.shortened"));
  EXPECT_THAT(reasons(plan(list({{"三(1)班", chosen(0), "甲家长", "", "13800007777"}, {"三(1)班", chosen(0), "乙家长", "", "13800007778"}}))), ElementsAre("name import.guardian_twice"));
}

TEST_F(ImportGuardians_D12, SurplusColumnsAreNamedAndIdentityNumbersRefuseTheFile) {
  ImportList read = list({{"三(1)班", chosen(0), "新家长", "13800007777", "毛巾厂", "3000"}}, {"班级", "学生姓名", "家长姓名", "联系电话", "工作单位", "收入"});
  EXPECT_THAT(read.surplus, ElementsAre("工作单位", "收入"));
  EXPECT_THAT(reasons(plan(read)), IsEmpty());
  auto refused = import_list(ImportKind::kGuardians, {{"", {{"班级", "学生姓名", "家长姓名", "联系电话"}, {"三(1)班", chosen(0), "新家长", "320412198001011234"}}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().problems.front().phrase.code, "import.identity_number");
}

TEST_F(ImportGuardians_D12, BelongToTheStudentOffice) {
  ImportList read = list({{"三(1)班", chosen(0), "新家长", "父亲", "13800007777"}});
  EXPECT_EQ(plan_import(school.ports, school.it_admin, read).error().code, ErrorCode::kForbidden);
  EXPECT_EQ(plan_import(school.ports, school.leader(), read).error().code, ErrorCode::kForbidden);
}

}  // namespace
}  // namespace shide::workflow
