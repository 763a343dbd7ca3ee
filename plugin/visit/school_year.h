// The school year a day belongs to: it begins on 1 September.  2021-01-24 -> "2020-2021"
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace shide::visit {

std::string school_year_of(Date day);

/// "2020-2021", and nothing like "2020-2022" or "20-21".
bool is_school_year(std::string_view text);

}  // namespace shide::visit
