#include "visit/class_name.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace shide::visit
