// Days of the school's calendar and moments of its wall clock.
#include "base/time.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(Date, EveryDayOfFourYearsSurvivesItsCalendar) {
  Date day = *make_date(2019, 12, 31);
  for (int i = 0; i < 4 * 366; ++i, day = day + 1) {
    YearMonthDay ymd = calendar(day);
    ASSERT_EQ(make_date(ymd.year, ymd.month, ymd.day), day);
    ASSERT_EQ(parse_date(to_text(day)), day);
  }
}

TEST(Date, KnowsLeapYears) {
  EXPECT_TRUE(make_date(2020, 2, 29));
  EXPECT_FALSE(make_date(2021, 2, 29));
  EXPECT_FALSE(make_date(2021, 13, 1));
  EXPECT_FALSE(make_date(2021, 4, 31));
}

TEST(Date_S18, IsReadInTheFormsAnOfficeWrites) {
  Date day = *make_date(2021, 1, 3);
  for (const char* text : {"2021-01-03", "2021-1-3", "2021/1/3", "2021.1.3", "2021年1月3日", " ２０２１年１月３日 "}) EXPECT_EQ(parse_date(text), day) << text;
  for (const char* text : {"", "2021-01", "3 January 2021", "2021-01-03; drop", "20210103", "2021-01-03-04", "99999999999-1-1"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
}

TEST(Date, WorkingDaysLeaveOutTheWeekend) {
  Date friday = *make_date(2021, 1, 22);
  EXPECT_EQ(weekday(friday), 5);
  EXPECT_EQ(to_text(add_working_days(friday, 1)), "2021-01-25");
  EXPECT_EQ(to_text(add_working_days(friday, 5)), "2021-01-29");
  EXPECT_EQ(to_text(add_working_days(friday + 1, 1)), "2021-01-25") << "counted from a Saturday";
  EXPECT_EQ(add_working_days(friday, 0), friday);
}

TEST(Time, TheDayBeginsAtMidnightInShanghai) {
  Date day = *make_date(2021, 1, 24);
  EXPECT_EQ(date_of(time_of(day)), day);
  EXPECT_EQ(date_of(time_of(day) + -1), day + -1);
  EXPECT_EQ(date_of(time_of(day, 23, 59)), day);
  EXPECT_EQ(date_of(Time{-1}), *make_date(1970, 1, 1)) << "08:00 of the first day, before 1970 in UTC";
  EXPECT_EQ(weekday(date_of(Time{-kDay * 10})), 1);
}

TEST(Time, IsShownInShanghai) {
  Time time{1611491400000000};
  EXPECT_EQ(to_text(time), "2021-01-24T20:30:00+08:00");
  EXPECT_EQ(weekday(date_of(time)), 0);
}

TEST(Time, IsReadWithAndWithoutAnOffset) {
  Time noon = time_of(*make_date(2021, 1, 24), 12);
  for (const char* text : {"2021-01-24 12:00", "2021-01-24T12:00", "2021-01-24T12:00:00+08:00", "2021-01-24T04:00:00Z", "2021年1月24日 12：00"}) {
    EXPECT_EQ(parse_time(text), noon) << text;
  }
  for (const char* text : {"2021-01-24", "2021-01-24 12", "2021-01-24 12:60", "2021-01-24 25:00", "2021-01-24T12:00:00+09:00", "2021-01-24 12:00:61", "noon"}) {
    EXPECT_FALSE(parse_time(text)) << text;
  }
}

TEST(Time, IsWrittenToTheMinuteAndTheMonth) {
  EXPECT_EQ(to_text_minutes(time_of(*make_date(2021, 1, 4), 9, 5)), "2021-01-04 09:05");
  EXPECT_EQ(month_text(*make_date(2021, 1, 4)), "2021-01");
}

TEST(SystemClock, RunsOnFromWhereItWasMoved) {
  SystemClock real, demo;
  std::int64_t offset = time_of(*make_date(2021, 1, 24), 20, 30) - real.now();
  demo.move(offset);
  EXPECT_EQ(to_text(date_of(demo.now())), "2021-01-24");
  EXPECT_GE(demo.now(), time_of(*make_date(2021, 1, 24), 20, 30));
}

}  // namespace
}  // namespace shide
