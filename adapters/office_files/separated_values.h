// Text of separated values (RFC 4180, and what office programs make of it): comma, tab or semicolon, whichever the first line with
// one uses; quotes around cells; UTF-8, UTF-16 with its mark, or GB18030.
//
//     "姓名,电话\n\"丁,小满\",138"  ->  {"姓名", "电话"}, {"丁,小满", "138"}
#pragma once

#include <string_view>
#include <vector>

#include "ports/tables.h"

namespace shide::office_files {

Result<std::vector<ports::Table>> read_separated_values(std::string_view bytes);

}  // namespace shide::office_files
