// A printed form as a PDF of A4 pages, set by Pango in Noto's Chinese face and drawn by Cairo, which takes a JPEG in as it is:
// no picture is decoded here.
#pragma once

#include <string>

#include "base/result.h"
#include "ports/documents.h"

namespace shide::office_files {

Result<std::string> form_pdf(const ports::PrintedForm& form);

}  // namespace shide::office_files
