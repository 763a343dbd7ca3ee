// The text of a word processor's file, from every corner of it (ports/documents.h).
#pragma once

#include <string_view>

#include "ports/documents.h"

namespace shide::office_files {

Result<ports::DocumentText> read_docx(std::string_view bytes);

/// Of a form that was taken out and filled in (docx_writer.h): the cells of its tables and what it is known by.
Result<ports::FilledForm> read_form(std::string_view bytes);

}  // namespace shide::office_files
