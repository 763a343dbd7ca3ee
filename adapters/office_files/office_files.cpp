#include "office_files/office_files.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>

#include "base/text.h"
#include "office_files/archive.h"
#include "office_files/docx_reader.h"
#include "office_files/docx_writer.h"
#include "office_files/pdf.h"
#include "office_files/table_reader.h"

namespace shide::office_files {
namespace {

/// A file in memory with a name for libraries that want one. Nothing of it touches the disk.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("spreadsheet", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (is_open()) ::close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  std::string bytes() const {
    std::string all;
    char buffer[64 * 1024];
    for (ssize_t count; (count = ::pread(descriptor_, buffer, sizeof buffer, static_cast<off_t>(all.size()))) > 0;) all.append(buffer, static_cast<std::size_t>(count));
    return all;
  }

 private:
  int descriptor_;
};

constexpr std::size_t kNarrowest = 8, kWidest = 60;

// Columns of Latin letters: a Chinese character takes two.
std::size_t width_of(std::string_view text) {
  std::size_t width = 2;
  for (char32_t character : to_code_points(text)) width += character < 0x1100 ? 1 : 2;
  return width;
}

lxw_error write_row(lxw_worksheet* tab, std::size_t row, const std::vector<std::string>& cells, lxw_format* format) {
  for (std::size_t column = 0; column < cells.size(); ++column) {
    lxw_error failed = worksheet_write_string(tab, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), cells[column].c_str(), format);
    if (failed != LXW_NO_ERROR) return failed;
  }
  return LXW_NO_ERROR;
}

void fit_columns(lxw_worksheet* tab, const ports::Sheet& sheet) {
  for (std::size_t column = 0; column < sheet.headings.size(); ++column) {
    std::size_t width = width_of(sheet.headings[column]);
    for (const auto& row : sheet.rows) width = std::max(width, column < row.size() ? width_of(row[column]) : 0);
    auto at = static_cast<lxw_col_t>(column);
    worksheet_set_column(tab, at, at, static_cast<double>(std::clamp(width, kNarrowest, kWidest)), nullptr);
  }
}

lxw_error fill(lxw_workbook* book, const ports::Sheet& sheet) {
  lxw_worksheet* tab = workbook_add_worksheet(book, sheet.name.c_str());
  if (!tab) return LXW_ERROR_PARAMETER_VALIDATION;
  lxw_format* bold = workbook_add_format(book);
  format_set_bold(bold);
  lxw_error failed = write_row(tab, 0, sheet.headings, bold);
  for (std::size_t row = 0; row < sheet.rows.size() && failed == LXW_NO_ERROR; ++row) failed = write_row(tab, row + 1, sheet.rows[row], nullptr);
  fit_columns(tab, sheet);
  worksheet_freeze_panes(tab, 1, 0);
  return failed;
}

/// The sheet of a list that is handed in: corner, title across the columns, the table with its lines, the foot.
lxw_error fill(lxw_workbook* book, const ports::PrintedTable& table) {
  lxw_worksheet* tab = workbook_add_worksheet(book, nullptr);
  if (!tab) return LXW_ERROR_PARAMETER_VALIDATION;
  lxw_format *title = workbook_add_format(book), *head = workbook_add_format(book), *cell = workbook_add_format(book);
  format_set_bold(title);
  format_set_font_size(title, 16);
  format_set_align(title, LXW_ALIGN_CENTER);
  for (lxw_format* lined : {head, cell}) {
    format_set_border(lined, LXW_BORDER_THIN);
    format_set_text_wrap(lined);
    format_set_align(lined, LXW_ALIGN_CENTER);
    format_set_align(lined, LXW_ALIGN_VERTICAL_CENTER);
  }
  format_set_bold(head);
  auto last = static_cast<lxw_col_t>(table.columns.size() - 1);
  lxw_error failed = worksheet_write_string(tab, 0, 0, table.corner.c_str(), nullptr);
  if (failed == LXW_NO_ERROR) failed = worksheet_merge_range(tab, 1, 0, 1, last, table.title.c_str(), title);
  if (failed == LXW_NO_ERROR) failed = write_row(tab, 2, table.columns, head);
  for (std::size_t row = 0; row < table.rows.size() && failed == LXW_NO_ERROR; ++row) failed = write_row(tab, row + 3, table.rows[row], cell);
  if (failed == LXW_NO_ERROR) failed = worksheet_write_string(tab, static_cast<lxw_row_t>(table.rows.size() + 3), 0, table.foot.c_str(), nullptr);
  for (std::size_t column = 0; column < table.widths.size(); ++column) {
    worksheet_set_column(tab, static_cast<lxw_col_t>(column), static_cast<lxw_col_t>(column), table.widths[column], nullptr);
  }
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_paper(tab, kA4);
  worksheet_fit_to_pages(tab, 1, 0);
  worksheet_repeat_rows(tab, 1, 2);
  return failed;
}

template <class T>
Result<std::string> book_of(const T& sheet) {
  MemoryFile file;
  lxw_workbook* book = file.is_open() ? workbook_new(file.path().c_str()) : nullptr;
  if (!book) return internal_error("spreadsheet: no memory file");
  lxw_error filled = fill(book, sheet);
  lxw_error closed = workbook_close(book);
  for (lxw_error failed : {filled, closed}) {
    if (failed != LXW_NO_ERROR) return internal_error("spreadsheet: libxlsxwriter's error " + std::to_string(failed));
  }
  return file.bytes();
}

}  // namespace

Result<std::string> OfficeFiles::spreadsheet(const ports::Sheet& sheet) { return book_of(sheet); }

Result<std::string> OfficeFiles::printed_table(const ports::PrintedTable& table) {
  if (table.columns.size() < 2) return internal_error("spreadsheet: a list of one column has no title across it");
  return book_of(table);
}

Result<std::string> OfficeFiles::table_pdf(const ports::PrintedTable& table) { return office_files::table_pdf(table); }

Result<std::string> OfficeFiles::docx(std::string_view heading, const std::vector<std::string>& paragraphs) { return docx_of(heading, paragraphs); }

Result<std::string> OfficeFiles::form_docx(const ports::PrintedForm& form) { return office_files::form_docx(form); }

Result<std::string> OfficeFiles::form_pdf(const ports::PrintedForm& form) { return office_files::form_pdf(form); }

Result<std::string> OfficeFiles::archive(const std::vector<ports::ArchivedFile>& files) { return archive_of(files); }

Result<ports::DocumentText> OfficeFiles::read_docx(std::string_view bytes) { return office_files::read_docx(bytes); }

Result<ports::FilledForm> OfficeFiles::read_form(std::string_view bytes) { return office_files::read_form(bytes); }

Result<std::vector<ports::Table>> OfficeFiles::read_tables(std::string_view bytes) { return office_files::read_tables(bytes); }

}  // namespace shide::office_files
