#include "visit/school_year.h"

namespace shide::visit {

std::string school_year_of(Date day) {
  YearMonthDay ymd = calendar(day);
  int first = ymd.month >= 9 ? ymd.year : ymd.year - 1;
  return std::to_string(first) + "-" + std::to_string(first + 1);
}

}  // namespace shide::visit
