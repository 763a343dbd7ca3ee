// Feeds the photo decoder anything. Besides not crashing: whatever comes out as clean is a bare JPEG within the limits.
//   build-fuzz/photo_fuzz -max_len=65536 -rss_limit_mb=1024 tests/fuzz/corpus/photo
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "photo_helper/clean.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace shide::photo_helper;
  // One megapixel keeps a run short; the paths are the same.
  CleanLimits limits{.bytes = 1 << 20, .pixels = 1'000'000, .longest_side = 200};
  CleanOutcome outcome = clean_photo({reinterpret_cast<const char*>(data), size}, limits);
  if (outcome.status != CleanStatus::kClean) return 0;
  bool within = outcome.width >= 1 && outcome.height >= 1 && outcome.width <= limits.longest_side && outcome.height <= limits.longest_side;
  if (!within || outcome.pixels > limits.pixels || outcome.jpeg.empty()) std::abort();
  return 0;
}
