// A zip made in memory by libzip: the bundle for a portal, and the shell of a .docx. The same files give the same bytes.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/documents.h"

namespace shide::office_files {

Result<std::string> archive_of(const std::vector<ports::ArchivedFile>& files);

}  // namespace shide::office_files
