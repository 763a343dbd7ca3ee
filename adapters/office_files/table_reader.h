// The cells of an .xlsx or of a text file of separated values (ports/tables.h).
#pragma once

#include <string_view>
#include <vector>

#include "ports/tables.h"

namespace shide::office_files {

Result<std::vector<ports::Table>> read_tables(std::string_view bytes);

}  // namespace shide::office_files
