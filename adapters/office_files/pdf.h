// Forms and lists as PDFs of A4 pages, set by Pango in Noto's Chinese face and drawn by Cairo, which takes a JPEG in as it is: no
// picture is decoded here.
#pragma once

#include <string>

#include "base/result.h"
#include "ports/documents.h"
#include "ports/tables.h"

namespace shide::office_files {

Result<std::string> form_pdf(const ports::PrintedForm& form);
Result<std::string> table_pdf(const ports::PrintedTable& table);

}  // namespace shide::office_files
