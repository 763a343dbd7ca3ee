// The decoder: a photo's bytes to a clean one. It runs only inside the confined child (and in tests), because libjpeg and
// libpng read what strangers send.
//
//     clean_photo(bytes)  ->  {kClean, pixels 12000000, {jpeg, 1600, 1200, grid}}
//     clean_photo("hello") ->  {kNotPhoto}
//
// Pure, apart from memory: at most about 360 MB for a progressive JPEG of 40 megapixels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "photo_helper/luma_grid.h"
#include "ports/photo_reader.h"

namespace shide::photo_helper {

/// Numbers are sent between two processes: add at the end.
enum class CleanStatus : std::uint32_t {
  kClean = 0,
  kNotPhoto = 1,
  kHeic = 2,
  kTooLarge = 3,
  kTooManyPixels = 4,
  kCutOff = 5,
  kUnreadable = 6,
};

struct CleanOutcome {
  CleanStatus status = CleanStatus::kUnreadable;
  std::uint64_t pixels = 0;  // as the header claims; 0 when it was not read
  std::string jpeg;          // this and the following only when kClean
  int width = 0;
  int height = 0;
  LumaGrid grid{};
  ports::PhotoTraces traces;
};

struct CleanLimits {
  std::size_t bytes = ports::kMaximumPhotoBytes;
  std::uint64_t pixels = ports::kMaximumPhotoPixels;
  int longest_side = ports::kLongestPhotoSide;
};

/// Never throws: memory that runs out makes a photo kUnreadable.
CleanOutcome clean_photo(std::string_view bytes, const CleanLimits& limits = {}) noexcept;

}  // namespace shide::photo_helper
