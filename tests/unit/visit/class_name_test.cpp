#include "visit/class_name.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace shide::visit {
namespace {

TEST(ClassName_S100, IsUnderstoodHoweverItIsWritten) {
  for (const char* name : {"三(2)班", "三（２）班", "三年级2班", "三年级（2）班", "三年级二班", "三2班", "三2", "3(2)班", "3.2", "3-2班", "302", "302班", "32班", "三二班", "3 年级 2 班"}) {
    EXPECT_EQ(class_number_of(name), (ClassNumber{3, 2})) << name;
  }
  EXPECT_EQ(class_number_of("一(12)班"), (ClassNumber{1, 12}));
  EXPECT_EQ(class_number_of("一(十二)班"), (ClassNumber{1, 12}));
  EXPECT_EQ(class_number_of("六年级二十一班"), (ClassNumber{6, 21}));
  EXPECT_EQ(class_number_of("612"), (ClassNumber{6, 12}));
}

TEST(ClassName_S100, WhatItDoesNotSayIsNotGuessed) {
  for (const char* name : {"", "阳光班", "2班", "三年级", "2018级3班", "三(0)班", "13(1)班", "三(2)班(3)", "99999", "三(2)班丁小满"}) EXPECT_FALSE(class_number_of(name)) << name;
}

TEST(ClassName_S99, AGradeIsUnderstoodToo) {
  EXPECT_EQ(grade_of("三年级组"), 3);
  EXPECT_EQ(grade_of("3年级"), 3);
  EXPECT_EQ(grade_of("三年级"), 3);
  EXPECT_EQ(grade_of("艺体综合组"), std::nullopt);
  EXPECT_EQ(grade_of("三(2)班"), std::nullopt);
  EXPECT_EQ(grade_of("20年级"), std::nullopt);
}

TEST(ClassName_D12, MovesUpAGradeInItsOwnSpelling) {
  for (auto [name, next] : std::vector<std::pair<const char*, const char*>>{
           {"三(2)班", "四(2)班"}, {"三年级（2）班", "四年级（2）班"}, {"302班", "402班"}, {"32班", "42班"}, {"3.12", "4.12"}, {"３（２）班", "4（２）班"}, {"三二班", "四二班"},
           {"九(1)班", "十(1)班"}, {"十(1)班", "十一(1)班"}, {"11(2)班", "12(2)班"}, {"三年级组", "四年级组"}, {"阳光班", "阳光班"}, {"2018级3班", "2018级3班"}, {"艺体综合组", "艺体综合组"}}) {
    EXPECT_EQ(next_grade_name(name), next) << name;
  }
}

}  // namespace
}  // namespace shide::visit
