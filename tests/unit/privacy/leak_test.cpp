// What finished bytes tell of the people a school knows, and what may stand on any page.
#include "privacy/leak.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::privacy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const Register& school() {
  static const Register known({.teachers = {"林晚如", "王强", "孟欣然", "石秋", "卫书"},
                               .students = {"丁小满", "高兴", "王强", "欧阳春晓", "孟欣", "秋卫"},
                               .guardians = {"丁国栋"},
                               .others = {},
                               .classes = {"三(2)班"},
                               .phones = {"13812345678"},
                               .addresses = {"常州市武进区枫林路88号6幢301室"}});
  return known;
}

TEST(Leak_S98_D1, TheRegistersPeoplePhonesAndHomesCount) {
  EXPECT_THAT(find_leaks("丁小满的家", school()), ElementsAre(Pair(Kind::kStudentName, 1)));
  EXPECT_THAT(find_leaks("爸爸丁国栋", school()), ElementsAre(Pair(Kind::kGuardianName, 1)));
  EXPECT_THAT(find_leaks("丁 小\n满，欧阳春晓", school()), ElementsAre(Pair(Kind::kStudentName, 2))) << "broken over a line, and of four characters";
  EXPECT_THAT(find_leaks("打１３８－１２３４－５６７８", school()), ElementsAre(Pair(Kind::kPhone, 1)));
  EXPECT_THAT(find_leaks("枫林路88号6幢301室", school()), ElementsAre(Pair(Kind::kAddress, 1)));
  EXPECT_THAT(find_leaks("身份证320402201203041234", school()), ElementsAre(Pair(Kind::kIdNumber, 1)));
  EXPECT_THAT(find_leaks("0.71764705882353 320402201203041234", school()), ElementsAre(Pair(Kind::kIdNumber, 1)));
}

TEST(Leak_S98_D1, WhatRightlyStandsOnAPageDoesNot) {
  for (const char* fine : {"发布人：林晚如  发布时间：2021-01-13  浏览 128", "王强老师", "孩子们很高兴", "1月23日到24日", "三年级", "枫林路", "学校电话0519-86512345", "小满节气", "谢谢丁晓曼、丁小曼", "谢谢孟欣然", "石秋 卫书",
                           "<feFuncR tableValues=\"0.71764705882353 0.25490196078431\">"}) {
    EXPECT_THAT(find_leaks(fine, school()), IsEmpty()) << fine;
  }
}

TEST(Leak_S98_D1, AnyBytesMayCome) {
  EXPECT_THAT(find_leaks("\xFF\xD8\xFF\xE1丁小满\xFF\xFE", school()), ElementsAre(Pair(Kind::kStudentName, 1))) << "the words inside a picture";
}

TEST(Leak_S98_D1, IsToldByKindAndNumberOnly) {
  EXPECT_EQ(leak_words(find_leaks("丁小满、丁小满，13812345678", school())), "student_name 2 phone 1");
  EXPECT_EQ(leak_words({}), "");
}

}  // namespace
}  // namespace shide::privacy
