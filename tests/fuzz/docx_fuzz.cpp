// Any bytes as a .docx, to be checked or as annex 3 that comes back: reading must not crash, and what comes out is valid text within the limits. Seeds are stored, not deflated, so
// that the XML inside is mutated too; tests/contract/docx_reader_test.cpp replays the corpus.
//   build-fuzz/docx_fuzz -max_len=65536 -rss_limit_mb=1024 tests/fuzz/corpus/docx
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "office_files/docx_reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view file(reinterpret_cast<const char*>(bytes), size);
  if (auto form = shide::office_files::read_form(file)) {
    for (const auto& row : form->rows) {
      for (const std::string& cell : row) {
        if (!shide::is_valid_utf8(cell)) std::abort();
      }
    }
  }
  auto read = shide::office_files::read_docx(file);
  if (!read) return 0;
  std::size_t total = 0;
  for (const auto& passage : read->passages) {
    total += passage.text.size();
    if (passage.text.empty() || !shide::is_valid_utf8(passage.text)) std::abort();
  }
  if (total > shide::ports::kMaximumDocumentText) std::abort();
  return 0;
}
