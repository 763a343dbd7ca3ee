// What the two decoders give: pixels as stored, the orientation they want, and what went wrong.
#pragma once

#include <string_view>

#include "photo_helper/clean.h"
#include "photo_helper/raster.h"

namespace shide::photo_helper {

struct Decoded {
  CleanStatus status = CleanStatus::kUnreadable;
  std::uint64_t pixels = 0;  // as the header claims
  int orientation = 1;
  Raster picture;            // RGB; a JPEG may come at a smaller scale, never below limits.longest_side; only when kClean
};

/// Both throw std::bad_alloc and nothing else.
Decoded decode_jpeg(std::string_view bytes, const CleanLimits& limits);
Decoded decode_png(std::string_view bytes, const CleanLimits& limits);

/// Baseline JPEG of an RGB picture, with a JFIF header and no other marker than the picture needs; empty when memory is short.
std::string encode_jpeg(const Raster& picture);

}  // namespace shide::photo_helper
