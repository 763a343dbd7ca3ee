// .docx files that every office program opens (ECMA-376, part 1): a heading and paragraphs, or a printed form as one table of four
// columns on A4. No author, no times.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/documents.h"

namespace shide::office_files {

/// Control characters, which XML cannot hold, are dropped. An empty heading makes none.
Result<std::string> docx_of(std::string_view heading, const std::vector<std::string>& paragraphs);

/// Where PrintedForm::mark stands: a property of the package, and the name of a hidden bookmark behind kMarkBookmark, of which one at
/// least outlives being saved by another program. The state stands in a property alone.
inline constexpr std::string_view kMarkProperty = "shide";
inline constexpr std::string_view kStateProperty = "shide-state";
inline constexpr std::string_view kMarkBookmark = "_shide_";

Result<std::string> form_docx(const ports::PrintedForm& form);

}  // namespace shide::office_files
