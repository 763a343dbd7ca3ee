#include "workflow/class_register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// The third class has 陈一诺 1004 and 吴子墨 1005.
class ClassRegister : public ::testing::Test {
 protected:
  Result<RegisterChange> paste(const std::string& lines, bool whole = false) {
    return paste_register(school.ports, school.office, school.classes[2].id, lines, whole);
  }
  std::vector<std::string> names() {
    std::vector<std::string> list;
    auto students = register_of(school.ports, school.office, school.classes[2].id);
    for (const model::Student& one : *students) list.push_back(one.name + one.student_number);
    return list;
  }
  static std::vector<std::string> told(const Result<RegisterChange>& result) {
    if (result) return {"fine"};
    std::vector<std::string> list;
    for (const Problem& one : result.error().problems) list.push_back(render(one.phrase, Language::kChinese));
    return list;
  }
  std::int64_t pupil_count() {
    return school.ports.store->read(school.office, [&](ports::Unit& unit) { return unit.of<model::SchoolClass>().load(school.classes[2].id); })->pupil_count;
  }

  TestSchool school;
};

TEST_F(ClassRegister, NewNamesComeInAndTheSameListAgainChangesNothing) {
  auto first = paste("陈一诺 1004\n吴子墨\n冯小刚 ２００１\n许诺");
  ASSERT_TRUE(first) << told(first).front();
  EXPECT_EQ(first->added, 2u);
  EXPECT_EQ(first->standing, 2u);
  EXPECT_THAT(names(), ElementsAre("许诺", "陈一诺1004", "吴子墨1005", "冯小刚2001"));
  EXPECT_EQ(pupil_count(), 4);
  auto before = school.store->tables();
  auto again = paste("陈一诺 1004\n吴子墨\n冯小刚 ２００１\n许诺");
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_none());
  EXPECT_EQ(school.store->tables(), before);
}

TEST_F(ClassRegister, AKnownNumberCorrectsTheNameAndAKnownNameGetsItsNumber) {
  ASSERT_TRUE(paste("许诺"));
  auto changed = paste("许诺 2002\n陈一喏 1004");
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->changed, 2u);
  EXPECT_THAT(names(), ElementsAre("陈一喏1004", "吴子墨1005", "许诺2002"));
}

TEST_F(ClassRegister, LinesThatCannotBeAreToldByNumberWithoutAName) {
  auto refused = paste("丁小满 1000\n许诺\n\n许诺 2002\n冯小刚 2002\n冯小刚 320412201101011234\n白云 2003 13800000000");
  EXPECT_THAT(told(refused), ElementsAre("第4行：和第2行同名，请都写上学号。", "第5行：学号和第4行一样。", "第6行：这像身份证号。名册里不要身份证号，请换成校内学号或不写。",
                                         "第7行：只要姓名和学号两项，别的请去掉。"));
  EXPECT_THAT(told(paste("丁小满 1000")), ElementsAre("第1行：这个学号是别的班的学生的。"));
  for (const std::string& one : told(refused)) EXPECT_THAT(one, Not(HasSubstr("许诺")));
  EXPECT_THAT(names(), ElementsAre("陈一诺1004", "吴子墨1005"));
  EXPECT_THAT(told(paste(" \n ")), ElementsAre("还没有写。"));
}

TEST_F(ClassRegister, AWholeListTakesTheOthersOut) {
  auto changed = paste("吴子墨 1005", true);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->removed, 1u);
  EXPECT_THAT(names(), ElementsAre("吴子墨1005"));
  EXPECT_EQ(pupil_count(), 1);
}

TEST_F(ClassRegister, AChosenPupilStays) {
  school.announce_campaign();
  school.choose_everywhere();
  auto refused = paste("吴子墨 1005", true);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().phrase.code, "classes.chosen_stays");
  EXPECT_THAT(names(), ElementsAre("陈一诺1004", "吴子墨1005"));
}

TEST_F(ClassRegister, IsForTheStudentOffice) {
  for (const model::Actor& actor : {school.it_admin, school.head, school.as(school.homeroom[2])}) {
    EXPECT_EQ(paste_register(school.ports, actor, school.classes[2].id, "许诺", false).error().code, ErrorCode::kForbidden);
  }
  EXPECT_TRUE(register_of(school.ports, school.it_admin, school.classes[2].id)->empty());
  EXPECT_EQ(paste_register(school.ports, school.office, {"018f0000-0000-7000-8000-000000000000"}, "许诺", false).error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace shide::workflow
