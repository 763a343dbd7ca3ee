#include "photo_helper/luma_grid.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace shide::photo_helper {
namespace {

constexpr int kSmall = 64;        // side of the picture the transform sees
constexpr int kFrequencies = 16;  // 1..16 in each direction

using Cosines = std::array<std::array<double, kSmall>, kFrequencies>;

Cosines make_cosines() {
  Cosines table;
  for (int u = 0; u < kFrequencies; ++u) {
    for (int x = 0; x < kSmall; ++x) table[u][x] = std::cos(std::numbers::pi * (u + 1) * (2 * x + 1) / (2.0 * kSmall));
  }
  return table;
}

}  // namespace

int detail_of(const Raster& small) {
  int sum = 0;
  auto step = [&](int x, int y, int to_x, int to_y) { return std::abs(*small.pixel(x, y) - *small.pixel(to_x, to_y)) * 100 / 255; };
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      if (x > 0) sum += step(x - 1, y, x, y);
      if (y > 0) sum += step(x, y - 1, x, y);
    }
  }
  return std::min(100, sum / 90);
}

LumaGrid luma_grid(const Raster& picture) {
  static const Cosines cosines = make_cosines();
  Raster small = resize(brightness(picture), kSmall, kSmall);
  LumaGrid grid{};
  if (detail_of(small) < kLeastDetail) return grid;

  std::array<std::array<double, kSmall>, kFrequencies> across{};  // [u][y]
  for (int u = 0; u < kFrequencies; ++u) {
    for (int y = 0; y < kSmall; ++y) {
      for (int x = 0; x < kSmall; ++x) across[u][y] += cosines[u][x] * *small.pixel(x, y);
    }
  }
  for (int v = 0; v < kFrequencies; ++v) {
    for (int u = 0; u < kFrequencies; ++u) {
      double frequency = 0;
      for (int y = 0; y < kSmall; ++y) frequency += cosines[v][y] * across[u][y];
      int bit = v * kFrequencies + u;
      if (frequency > 1e-6) grid[bit / 8] = static_cast<std::uint8_t>(grid[bit / 8] | 0x80 >> bit % 8);
    }
  }
  return grid;
}

}  // namespace shide::photo_helper
