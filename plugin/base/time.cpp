#include "base/time.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <vector>

#include "base/text.h"

namespace shide {
namespace {

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  std::int64_t quotient = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

// The numbers of a text, whatever stands between them.
std::vector<int> numbers_in(std::string_view text) {
  std::vector<int> numbers;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] < '0' || text[i] > '9') {
      ++i;
      continue;
    }
    int value = 0;
    auto [end, failure] = std::from_chars(text.data() + i, text.data() + text.size(), value);
    if (failure != std::errc{}) return {};
    numbers.push_back(value);
    i = static_cast<std::size_t>(end - text.data());
  }
  return numbers;
}

bool has_only_date_marks(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    unsigned char c = static_cast<unsigned char>(text[i]);
    if ((c >= '0' && c <= '9') || c == '-' || c == '/' || c == '.' || c == ' ' || c == ':' || c == 'T' || c == '+' || c == 'Z') {
      ++i;
      continue;
    }
    // The marks of a Chinese date: nian U+5E74, yue U+6708, ri U+65E5, each three bytes.
    std::string_view mark = text.substr(i, 3);
    if (mark != "\xE5\xB9\xB4" && mark != "\xE6\x9C\x88" && mark != "\xE6\x97\xA5") return false;
    i += 3;
  }
  return true;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                  std::chrono::day{static_cast<unsigned>(day)}};
  if (year < 1900 || year > 2200 || month < 1 || day < 1 || !ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

YearMonthDay calendar(Date date) {
  std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Date date_of(Time time) {
  return {static_cast<std::int32_t>(floor_divide(time.microseconds + kShanghaiOffset, kDay))};
}

Time time_of(Date date, int hour, int minute) {
  return {date.days * kDay - kShanghaiOffset + hour * kHour + minute * kMinute};
}

int weekday(Date date) { return static_cast<int>(((date.days % 7) + 7 + 4) % 7); }

Date add_working_days(Date date, int days) {
  while (days > 0) {
    date = date + 1;
    int day = weekday(date);
    if (day != 0 && day != 6) --days;
  }
  return date;
}

std::string to_text(Date date) {
  YearMonthDay ymd = calendar(date);
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
  return buffer;
}

std::string to_text(Time time) {
  Date date = date_of(time);
  std::int64_t seconds = (time - time_of(date)) / kSecond;
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d+08:00", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return to_text(date) + buffer;
}

std::string to_text_minutes(Time time) {
  std::string text = to_text(time);
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string month_text(Date date) { return to_text(date).substr(0, 7); }

std::optional<Date> parse_date(std::string_view raw) {
  std::string text = to_half_width(trim(raw));
  if (text.size() > 40 || !has_only_date_marks(text)) return std::nullopt;
  std::vector<int> numbers = numbers_in(text);
  if (numbers.size() != 3) return std::nullopt;
  return make_date(numbers[0], numbers[1], numbers[2]);
}

std::optional<Time> parse_time(std::string_view raw) {
  std::string text = to_half_width(trim(raw));
  if (text.size() > 40 || !has_only_date_marks(text)) return std::nullopt;
  bool has_offset = text.size() == 25 && text[19] == '+';
  if (has_offset && text.substr(19) != "+08:00") return std::nullopt;
  std::vector<int> n = numbers_in(has_offset ? std::string_view(text).substr(0, 19) : std::string_view(text));
  if (n.size() != 5 && n.size() != 6) return std::nullopt;
  auto date = make_date(n[0], n[1], n[2]);
  int second = n.size() == 6 ? n[5] : 0;
  if (!date || n[3] > 23 || n[4] > 59 || second > 59) return std::nullopt;
  Time time = time_of(*date, n[3], n[4]) + second * kSecond;
  return text.back() == 'Z' ? time + kShanghaiOffset : time;
}

Time SystemClock::now() const {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count() + offset_};
}

}  // namespace shide
