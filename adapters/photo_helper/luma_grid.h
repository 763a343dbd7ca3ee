// The 256-bit fingerprint of what a picture looks like: see CleanPhoto::luma_grid in ports/photo_reader.h for its bits. After
// PDQ (facebook/ThreatExchange), with the sign in place of the median, so that the eight turns act on the bits themselves.
#pragma once

#include <array>
#include <cstdint>

#include "photo_helper/raster.h"

namespace shide::photo_helper {

using LumaGrid = std::array<std::uint8_t, 32>;

/// Below this detail a picture is called flat and its grid is all zeros.
inline constexpr int kLeastDetail = 50;

/// PDQ's measure of how much there is to see, 0..100: the sum of the brightness steps in a 64 x 64 picture.
int detail_of(const Raster& small);

/// Of an RGB picture of any size.
LumaGrid luma_grid(const Raster& picture);

}  // namespace shide::photo_helper
