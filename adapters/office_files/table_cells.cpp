#include "office_files/table_cells.h"

#include "base/text.h"

namespace shide::office_files {

namespace {

/// What an empty cell costs too, so that a few far corners cannot ask for much.
constexpr std::size_t kCellCost = sizeof(std::string);

Error beyond(const char* code, std::size_t limit) { return table_refusal(ErrorCode::kTooLarge, {code, {{"limit", limit}}}); }

}  // namespace

Error table_refusal(ErrorCode code, Phrase phrase) { return Error(code, phrase).with("table", phrase); }

void Cells::put(std::size_t row, std::size_t column, std::string_view value) {
  if (refusal_) return;
  std::string line = clean_line(value.substr(0, 16 * ports::kMaximumCellCharacters)).value_or("");
  if (line.empty() && !value.empty()) line = clean_line(first_characters(value, ports::kMaximumCellCharacters)).value_or("");
  put_clean(row, column, std::string(first_characters(line, ports::kMaximumCellCharacters)));
}

void Cells::put_clean(std::size_t row, std::size_t column, const std::string& value) {
  if (refusal_ || value.empty()) return;
  auto& rows = tables_.back().rows;
  if (column >= ports::kMaximumTableColumns) return void(refusal_ = beyond("table.too_wide", ports::kMaximumTableColumns));
  if (row >= rows.size()) {
    rows_ += row + 1 - rows.size();
    if (rows_ > ports::kMaximumTableRows) return void(refusal_ = beyond("table.too_many_rows", ports::kMaximumTableRows));
    rows.resize(row + 1);
  }
  if (column >= rows[row].size()) {
    bytes_ += (column + 1 - rows[row].size()) * kCellCost;
    rows[row].resize(column + 1);
  }
  bytes_ += value.size();
  if (bytes_ > ports::kMaximumTableText) return void(refusal_ = beyond("table.too_long", ports::kMaximumTableText >> 20));
  rows[row][column] = value;
}

void Cells::merge(std::size_t first_row, std::size_t first_column, std::size_t last_row, std::size_t last_column) {
  const auto& rows = tables_.back().rows;
  if (refusal_ || first_row >= rows.size() || first_column >= rows[first_row].size()) return;
  const std::string value = rows[first_row][first_column];
  if (value.empty()) return;
  // An area that reaches below the last row with something in it is decoration there.
  for (std::size_t row = first_row; row <= last_row && row < tables_.back().rows.size(); ++row) {
    for (std::size_t column = first_column; column <= last_column && column < ports::kMaximumTableColumns && !refusal_; ++column) put_clean(row, column, value);
  }
}

std::vector<ports::Table> Cells::take() && {
  std::erase_if(tables_, [](const ports::Table& table) { return table.rows.empty(); });
  return std::move(tables_);
}

}  // namespace shide::office_files
