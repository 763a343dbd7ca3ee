// Spreadsheets by libxlsxwriter and documents by Poco's XML parser, without a file on disk.
#pragma once

#include "ports/documents.h"

namespace shide::office_files {

class OfficeFiles : public ports::Documents {
 public:
  Result<std::string> spreadsheet(const ports::Sheet& sheet) override;
  Result<ports::DocumentText> read_docx(std::string_view bytes) override;
};

}  // namespace shide::office_files
