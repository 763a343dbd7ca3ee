// Spreadsheets by libxlsxwriter, without a file on disk.
#pragma once

#include "ports/documents.h"

namespace shide::office_files {

class OfficeFiles : public ports::Documents {
 public:
  Result<std::string> spreadsheet(const ports::Sheet& sheet) override;
};

}  // namespace shide::office_files
