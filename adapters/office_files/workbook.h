// The cells of an .xlsx as an office program shows them, as text. Only values are read: no formula is reckoned, no link followed, no
// comment, picture, or name of an author taken.
#pragma once

#include <string_view>
#include <vector>

#include "ports/tables.h"

namespace shide::office_files {

/// REQUIRES: the bytes begin like a zip.
Result<std::vector<ports::Table>> read_workbook(std::string_view bytes);

}  // namespace shide::office_files
