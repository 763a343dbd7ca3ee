// Cells on their way into tables, within the limits of ports/tables.h, and what is said of a table that is not read.
//
//     Cells cells;
//     cells.begin_table("三年级");
//     cells.put(0, 1, "姓名");             // row 1, column B; empty cells need not be put
//     if (cells.refusal()) ...
//     std::move(cells).take()
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/tables.h"

namespace shide::office_files {

Error table_refusal(ErrorCode code, Phrase phrase);

class Cells {
 public:
  void begin_table(std::string name) { tables_.push_back({std::move(name), {}}); }
  /// Cleans the value. Once a limit is passed nothing more is taken.
  void put(std::size_t row, std::size_t column, std::string_view value);
  /// Gives the value of the first cell to every cell of the area; rows and columns from 0, ends included.
  void merge(std::size_t first_row, std::size_t first_column, std::size_t last_row, std::size_t last_column);
  const std::optional<Error>& refusal() const { return refusal_; }
  /// The tables that hold something.
  std::vector<ports::Table> take() &&;

 private:
  void put_clean(std::size_t row, std::size_t column, const std::string& value);
  std::vector<ports::Table> tables_;
  std::size_t rows_ = 0;   // of all tables
  std::size_t bytes_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace shide::office_files
