// Tables that people bring along, spreadsheets and text of separated values, as cells of text; and lists as a school hands them in.
//
//     tables.read_tables(uploaded)  ->  {"三年级", {{"班级", "姓名"}, {"三(1)班", "丁小满"}}}
//
// Errors of read_tables carry one Problem with the path "table":
//
//     table.not_table     kUnsupportedMedia  neither a spreadsheet nor text
//     table.old_xls       kUnsupportedMedia  an .xls of before 2007 (or WPS's .et), with advice how to save it anew
//     table.disguised     kUnsupportedMedia  a web page or XML that calls itself .xls, as many school systems export
//     table.encrypted     kUnsupportedMedia  opens only with a password
//     table.too_large     kTooLarge          above kMaximumDocumentBytes; {size} and {limit} in MB
//     table.bomb          kTooLarge          unpacks to far more than any spreadsheet holds
//     table.too_many_rows, table.too_wide, table.too_long   kTooLarge   beyond {limit}
//     table.broken        kInvalid           damaged
//     table.empty         kInvalid           nothing in it
//     table.mixed         kInvalid           text of which some lines are UTF-8 and others are not; {line}
//     table.open_quote    kInvalid           a quotation mark in row {row} that is never closed
//
// May be called from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/documents.h"

namespace shide::ports {

/// More than any list of a school holds; all tabs of a file together.
inline constexpr std::size_t kMaximumTableRows = 10'000;
inline constexpr std::size_t kMaximumTableColumns = 200;
inline constexpr std::size_t kMaximumTableText = 16u << 20;   // bytes of UTF-8
inline constexpr std::size_t kMaximumCellCharacters = 500;    // of a longer cell only this much is given

/// One tab of a spreadsheet with something on it, or a text file of separated values.
struct Table {
  std::string name;  // of the tab; empty for a text file
  /// rows[0] is row 1; cells without their empty end. A cell is one cleaned line: dates as 2021-01-23, numbers with all the digits the
  /// file has (a telephone number never as 1.38E+10, unless a text file has it that way), the value of a merged area in each of its
  /// cells, a formula as its last result.
  std::vector<std::vector<std::string>> rows;
  bool operator==(const Table&) const = default;
};

/// A list as a school prints it and hands it in.
struct PrintedTable {
  std::string corner;                 // above the title: "附件2"
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<double> widths;         // of the columns, in Latin letters
  std::string foot;                   // who took it out, when and why: below the table
};

class Tables {
 public:
  virtual ~Tables() = default;
  /// An .xlsx, or text of separated values (comma, tab or semicolon; UTF-8, UTF-16 with its mark, or GB18030): also a range pasted
  /// from an office program. Never throws, whatever the bytes are. Tabs in their order, hidden ones too; at least one.
  virtual Result<std::vector<Table>> read_tables(std::string_view bytes) = 0;
  /// An .xlsx that prints on A4, every cell a text.
  virtual Result<std::string> printed_table(const PrintedTable& table) = 0;
  /// The same as a PDF: the columns' names and the foot on each page.
  virtual Result<std::string> table_pdf(const PrintedTable& table) = 0;
};

/// Whoever opens documents may know tables too; null when not.
inline Tables* tables_of(Documents* documents) { return dynamic_cast<Tables*>(documents); }

}  // namespace shide::ports
