#include "visit/school_year.h"

#include <gtest/gtest.h>

namespace shide::visit {
namespace {

TEST(SchoolYear_S5, BeginsOnTheFirstOfSeptember) {
  EXPECT_EQ(school_year_of(*make_date(2020, 8, 31)), "2019-2020");
  EXPECT_EQ(school_year_of(*make_date(2020, 9, 1)), "2020-2021");
  EXPECT_EQ(school_year_of(*make_date(2021, 1, 24)), "2020-2021");
}

TEST(SchoolYear_S5, IsTwoYearsThatFollowEachOther) {
  EXPECT_TRUE(is_school_year("2020-2021"));
  for (const char* text : {"2020-2022", "2021-2020", "2020–2021", "2020-21", "abcd-efgh", "2020-2021 ", ""}) EXPECT_FALSE(is_school_year(text)) << text;
}

}  // namespace
}  // namespace shide::visit
