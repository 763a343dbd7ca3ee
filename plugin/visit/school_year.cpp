#include "visit/school_year.h"


namespace shide::visit {

std::string school_year_of(Date day) {
  YearMonthDay ymd = calendar(day);
  int first = ymd.month >= 9 ? ymd.year : ymd.year - 1;
  return std::to_string(first) + "-" + std::to_string(first + 1);
}

bool is_school_year(std::string_view text) {
  std::optional<Date> autumn = text.size() == 9 ? parse_date(std::string(text.substr(0, 4)) + "-09-01") : std::nullopt;
  return autumn && school_year_of(*autumn) == text;
}

}  // namespace shide::visit
