#include "visit/school_year.h"

#include <charconv>

namespace shide::visit {

std::string school_year_of(Date day) {
  YearMonthDay ymd = calendar(day);
  int first = ymd.month >= 9 ? ymd.year : ymd.year - 1;
  return std::to_string(first) + "-" + std::to_string(first + 1);
}

bool is_school_year(std::string_view text) {
  if (text.size() != 9 || text[4] != '-' || text.find_first_not_of("0123456789-") != std::string_view::npos) return false;
  int first = 0, second = 0;
  std::from_chars(text.data(), text.data() + 4, first);
  auto [end, failure] = std::from_chars(text.data() + 5, text.data() + 9, second);
  return failure == std::errc{} && end == text.data() + 9 && first >= 1900 && second == first + 1;
}

}  // namespace shide::visit
