#include "office_files/table_reader.h"

#include "base/text.h"
#include "office_files/separated_values.h"
#include "office_files/table_cells.h"
#include "office_files/workbook.h"

namespace shide::office_files {
namespace {

constexpr std::size_t kMegabyte = 1u << 20;

/// Files of before 2007, and those with a password, are no zip but a file system of Windows.
constexpr std::string_view kCompoundFile("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::string_view kEncrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
constexpr std::string_view kZip("PK\3\4", 4);

/// What a school's system calls .xls and is a web page, or the XML of 2003.
bool is_disguised(std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  std::string start = lower_ascii(trim(bytes.substr(0, 300)));
  return start.starts_with("<html") || start.starts_with("<!doctype") || start.starts_with("<table") || start.starts_with("<meta") || start.starts_with("<?xml");
}

}  // namespace

Result<std::vector<ports::Table>> read_tables(std::string_view bytes) {
  if (bytes.size() > ports::kMaximumDocumentBytes) {
    return table_refusal(ErrorCode::kTooLarge, {"table.too_large", {{"size", (bytes.size() + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumDocumentBytes / kMegabyte}}});
  }
  if (bytes.starts_with(kCompoundFile)) {
    return table_refusal(ErrorCode::kUnsupportedMedia, {bytes.find(kEncrypted) == std::string_view::npos ? "table.old_xls" : "table.encrypted"});
  }
  if (bytes.starts_with(kZip)) return read_workbook(bytes);
  if (is_disguised(bytes)) return table_refusal(ErrorCode::kUnsupportedMedia, {"table.disguised"});
  return read_separated_values(bytes);
}

}  // namespace shide::office_files
