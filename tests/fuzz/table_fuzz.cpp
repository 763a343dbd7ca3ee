// Any bytes as a table: reading must not crash, and what comes out is valid text within the limits. Seeds of .xlsx are stored, not
// deflated, so that the XML inside is mutated too; tests/contract/table_reader_test.cpp replays the corpus.
//   build-fuzz/table_fuzz -max_len=65536 -rss_limit_mb=1024 tests/fuzz/corpus/table
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "office_files/table_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto read = shide::office_files::read_tables({reinterpret_cast<const char*>(bytes), size});
  if (!read) return 0;
  std::size_t rows = 0, text = 0;
  for (const auto& table : *read) {
    rows += table.rows.size();
    for (const auto& row : table.rows) {
      if (row.size() > shide::ports::kMaximumTableColumns) std::abort();
      for (const auto& cell : row) {
        text += cell.size();
        if (!shide::is_valid_utf8(cell) || shide::character_count(cell) > shide::ports::kMaximumCellCharacters) std::abort();
      }
    }
  }
  if (rows > shide::ports::kMaximumTableRows || text > shide::ports::kMaximumTableText) std::abort();
  return 0;
}
