// Spreadsheets by libxlsxwriter, PDFs by Pango and Cairo, documents by Poco's XML parser, archives by libzip, without a file on disk.
#pragma once

#include "ports/documents.h"
#include "ports/tables.h"

namespace shide::office_files {

class OfficeFiles : public ports::Documents, public ports::Tables {
 public:
  Result<std::string> spreadsheet(const ports::Sheet& sheet) override;
  Result<std::string> docx(std::string_view heading, const std::vector<std::string>& paragraphs) override;
  Result<std::string> form_docx(const ports::PrintedForm& form) override;
  Result<std::string> form_pdf(const ports::PrintedForm& form) override;
  Result<std::string> archive(const std::vector<ports::ArchivedFile>& files) override;
  Result<ports::DocumentText> read_docx(std::string_view bytes) override;
  Result<ports::FilledForm> read_form(std::string_view bytes) override;
  Result<std::vector<ports::Table>> read_tables(std::string_view bytes) override;
  Result<std::string> printed_table(const ports::PrintedTable& table) override;
  Result<std::string> table_pdf(const ports::PrintedTable& table) override;
};

}  // namespace shide::office_files
