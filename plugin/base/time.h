// Moments and days. A moment is UTC microseconds since 1970; a day is a day of the school's calendar in Asia/Shanghai,
// which has no daylight saving since 1991: UTC+8 always.
//
//     date_of(Time{1611491400000000})  ->  2021-01-24       parse_date("2021-02-30")  ->  nothing
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shide {

/// Microseconds since 1970-01-01T00:00Z. Zero means "never" in optional columns' absence: use std::optional instead.
struct Time {
  std::int64_t microseconds = 0;
  auto operator<=>(const Time&) const = default;
};

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kShanghaiOffset = 8 * kHour;

inline Time operator+(Time time, std::int64_t microseconds) { return {time.microseconds + microseconds}; }
inline std::int64_t operator-(Time a, Time b) { return a.microseconds - b.microseconds; }

/// A calendar day as days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

inline Date operator+(Date date, int days) { return {date.days + days}; }
inline int operator-(Date a, Date b) { return a.days - b.days; }

struct YearMonthDay {
  int year, month, day;
};

std::optional<Date> make_date(int year, int month, int day);  // nothing for 2021-02-30
YearMonthDay calendar(Date date);
Date date_of(Time time);                       // the Shanghai day that holds the moment
Time time_of(Date date, int hour = 0, int minute = 0);  // Shanghai wall clock -> UTC
int weekday(Date date);                        // 0 Sunday .. 6 Saturday
Date add_working_days(Date date, int days);    // Monday to Friday; public holidays are not known

std::string to_text(Date date);                                // 2021-01-24
std::string to_text(Time time);                                // 2021-01-24T20:30:00+08:00
std::string to_text_minutes(Time time);                        // 2021-01-24 20:30 (Shanghai)
std::string month_text(Date date);                             // 2021-01
std::optional<Date> parse_date(std::string_view text);         // 2021-01-24, also 2021-1-24, 2021/1/24, 2021年1月24日
std::optional<Time> parse_time(std::string_view text);         // the forms of to_text(Time), or a date and HH:MM (also full width :)

/// Where the program gets "now" from. Thread-safe. Tests and the demo bring their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock : public Clock {
 public:
  /// `offset` microseconds are added: the demo school lives on 2021-01-24.
  explicit SystemClock(std::int64_t offset = 0) : offset_(offset) {}
  Time now() const override;
  /// From now on the clock is moved by this much: loading the demo school as of its own evening.
  void move(std::int64_t offset) { offset_ = offset; }

 private:
  std::atomic<std::int64_t> offset_;
};

}  // namespace shide
