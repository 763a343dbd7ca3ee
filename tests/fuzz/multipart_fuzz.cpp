// libFuzzer target of the multipart parser: whatever arrives is taken or refused, nothing is read outside it, and a form that is
// taken holds only valid texts within the limits. Build with clang++ -std=c++20 -fsanitize=fuzzer,address,undefined.
#include <cstdint>
#include <cstdlib>

#include "base/text.h"
#include "web/form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  shide::web::FormLimits limits{.parts = 8, .part_bytes = 4096, .text_bytes = 1024, .total_bytes = 64 * 1024, .header_bytes = 512};
  auto form = shide::web::parse_multipart("x", {reinterpret_cast<const char*>(data), size}, limits);
  if (!form) return 0;
  if (form->fields().size() + form->files().size() > limits.parts) std::abort();
  for (const auto& [name, value] : form->fields()) {
    if (name.empty() || value.size() > limits.text_bytes || !shide::is_valid_utf8(name) || !shide::is_valid_utf8(value)) std::abort();
  }
  for (const auto& file : form->files()) {
    if (file.bytes.size() > limits.part_bytes || !shide::is_valid_utf8(file.file_name) || file.file_name.find('/') != std::string::npos) std::abort();
  }
  return 0;
}
