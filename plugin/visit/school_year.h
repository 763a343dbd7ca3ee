// The school year a day belongs to: it begins on 1 September.  2021-01-24 -> "2020-2021"
#pragma once

#include <string>

#include "base/time.h"

namespace shide::visit {

std::string school_year_of(Date day);

}  // namespace shide::visit
