// A picture in memory, and the two things done to it: made smaller, and turned upright.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace shide::photo_helper {

/// `width * height * channels` bytes, rows from the top, without padding. Three channels are RGB, one is brightness.
struct Raster {
  int width = 0;
  int height = 0;
  int channels = 3;
  std::vector<std::uint8_t> samples;

  std::size_t stride() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels); }
  const std::uint8_t* pixel(int x, int y) const { return samples.data() + static_cast<std::size_t>(y) * stride() + static_cast<std::size_t>(x) * static_cast<std::size_t>(channels); }
};

/// An empty picture of that size; throws std::bad_alloc.
Raster make_raster(int width, int height, int channels);

/// Each new sample is the mean of the area it covers.
Raster resize(const Raster& from, int width, int height);

/// Not larger than `longest_side`, same proportions; the same picture when it already fits.
Raster fit(Raster from, int longest_side);

/// What the EXIF orientation (1..8, TIFF 6.0 tag 274) means done to the pixels; anything else is taken for 1.
Raster upright(Raster from, int orientation);

/// ITU-R BT.601 brightness of an RGB picture.
Raster brightness(const Raster& from);

}  // namespace shide::photo_helper
