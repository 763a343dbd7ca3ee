#include "web/day.h"

namespace shide::web {
namespace {

Phrase day_phrase(const char* code, Date day) {
  YearMonthDay ymd = calendar(day);
  return {code, {{"year", ymd.year}, {"month", ymd.month}, {"day", ymd.day}, {"month_word", Phrase{"day.month_" + std::to_string(ymd.month)}},
                 {"weekday", Phrase{"frame.weekday." + std::to_string(weekday(day))}}}};
}

}  // namespace

std::string day_text(Date day, Language language) { return render(day_phrase("day.short", day), language); }
std::string weekday_text(Date day, Language language) { return render(day_phrase("day.with_weekday", day), language); }
std::string day_heading(Time time, Language language) {
  Date day = date_of(time);
  std::int64_t hour = (time - time_of(day)) / kHour;
  Phrase heading = day_phrase("day.heading", day);
  heading.args.push_back({"part", Phrase{hour < 12 ? "day.morning" : hour < 18 ? "day.afternoon" : "day.evening"}});
  return render(heading, language);
}
std::string month_words(std::string_view month, Language language) {
  auto first = parse_date(std::string(month) + "-01");
  return first ? render(day_phrase("day.month_of_year", *first), language) : std::string(month);
}
std::string clock_text(Time time) { return to_text(time).substr(11, 5); }
std::string day_and_time_text(Time time, Language language) { return weekday_text(date_of(time), language) + clock_text(time); }
std::string field_day(Date day, Language language) { return render(day_phrase("day.field", day), language); }
std::string field_time(Time time, Language language) { return field_day(date_of(time), language) + " " + clock_text(time); }

}  // namespace shide::web
