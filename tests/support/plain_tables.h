// PlainDocuments that read tables too: lines of cells apart by tabs or commas; bytes that begin with "#" are none.
#pragma once

#include "ports/tables.h"
#include "support/plain_documents.h"

namespace shide::testing {

class PlainTables : public PlainDocuments, public ports::Tables {
 public:
  Result<std::vector<ports::Table>> read_tables(std::string_view bytes) override {
    if (bytes.starts_with('#')) return Error{ErrorCode::kUnsupportedMedia, {"table.not_table"}}.with("table", {"table.not_table"});
    ports::Table table;
    char separator = bytes.find('\t') == std::string_view::npos ? ',' : '\t';
    for (std::string_view line : split(bytes, '\n')) {
      table.rows.emplace_back();
      for (std::string_view cell : split(line, separator)) table.rows.back().emplace_back(trim(cell));
    }
    return std::vector{table};
  }
  Result<std::string> printed_table(const ports::PrintedTable& table) override {
    std::string text = table.corner + "\n" + table.title + "\n" + join(table.columns, "|") + "\n";
    for (const auto& row : table.rows) text += join(row, "|") + "\n";
    return text + table.foot;
  }
  Result<std::string> table_pdf(const ports::PrintedTable& table) override {
    SHIDE_TRY(text, printed_table(table));
    return "%PDF" + text;
  }
};

}  // namespace shide::testing
