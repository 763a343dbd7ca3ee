// The smallest .docx that every office program opens: a heading and paragraphs (ECMA-376, part 1). No author, no times, no fonts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace shide::office_files {

/// Control characters, which XML cannot hold, are dropped. An empty heading makes none.
Result<std::string> docx_of(std::string_view heading, const std::vector<std::string>& paragraphs);

}  // namespace shide::office_files
