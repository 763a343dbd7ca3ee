#include "photo_helper/raster.h"

#include <algorithm>
#include <cmath>

namespace shide::photo_helper {
namespace {

// Which source samples one new sample covers, and how much of each, in 1/65536; the weights of one share add up to 65536.
struct Share {
  int first = 0;
  std::vector<std::uint32_t> weights;
};

std::vector<Share> shares(int from, int to) {
  std::vector<Share> all(static_cast<std::size_t>(to));
  double scale = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    double begin = i * scale, end = (i + 1) * scale;
    Share& share = all[static_cast<std::size_t>(i)];
    share.first = std::min(from - 1, static_cast<int>(begin));
    int last = std::clamp(static_cast<int>(std::ceil(end)) - 1, share.first, from - 1);
    std::uint32_t left = 65536;
    for (int at = share.first; at <= last; ++at) {
      double covered = std::min<double>(end, at + 1) - std::max<double>(begin, at);
      std::uint32_t weight = at == last ? left : std::min(left, static_cast<std::uint32_t>(covered / scale * 65536));
      share.weights.push_back(weight);
      left -= weight;
    }
  }
  return all;
}

// One source row brought to the new width, as 8.8 fixed point.
void narrow_row(const std::uint8_t* row, int channels, const std::vector<Share>& columns, std::vector<std::uint32_t>& out) {
  std::size_t at = 0;
  for (const Share& share : columns) {
    for (int channel = 0; channel < channels; ++channel) {
      std::uint32_t sum = 0;
      const std::uint8_t* sample = row + static_cast<std::size_t>(share.first) * static_cast<std::size_t>(channels) + channel;
      for (std::uint32_t weight : share.weights) {
        sum += *sample * weight;
        sample += channels;
      }
      out[at++] = sum >> 8;
    }
  }
}

}  // namespace

Raster make_raster(int width, int height, int channels) {
  Raster raster{width, height, channels, {}};
  raster.samples.resize(raster.stride() * static_cast<std::size_t>(height));
  return raster;
}

Raster resize(const Raster& from, int width, int height) {
  Raster to = make_raster(width, height, from.channels);
  std::vector<Share> columns = shares(from.width, width), rows = shares(from.height, height);
  std::vector<std::uint32_t> narrowed(to.stride());
  std::vector<std::uint64_t> sums(to.stride());
  for (int y = 0; y < height; ++y) {
    const Share& share = rows[static_cast<std::size_t>(y)];
    std::fill(sums.begin(), sums.end(), 0);
    for (std::size_t i = 0; i < share.weights.size(); ++i) {
      narrow_row(from.pixel(0, share.first + static_cast<int>(i)), from.channels, columns, narrowed);
      for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += std::uint64_t{narrowed[x]} * share.weights[i];
    }
    std::uint8_t* out = to.samples.data() + static_cast<std::size_t>(y) * to.stride();
    for (std::size_t x = 0; x < sums.size(); ++x) out[x] = static_cast<std::uint8_t>(std::min<std::uint64_t>(255, (sums[x] + (1u << 23)) >> 24));
  }
  return to;
}

Raster fit(Raster from, int longest_side) {
  int longest = std::max(from.width, from.height);
  if (longest <= longest_side) return from;
  auto scaled = [&](int side) { return std::max(1, static_cast<int>((static_cast<std::int64_t>(side) * longest_side + longest / 2) / longest)); };
  return resize(from, scaled(from.width), scaled(from.height));
}

Raster upright(Raster from, int orientation) {
  if (orientation < 2 || orientation > 8) return from;
  bool on_its_side = orientation >= 5;
  // Which ends of the stored picture the upright one starts from; 5 to 8 swap the axes besides.
  bool mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  bool upside_down = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Raster to = make_raster(on_its_side ? from.height : from.width, on_its_side ? from.width : from.height, from.channels);
  std::uint8_t* out = to.samples.data();
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      int source_x = on_its_side ? y : x, source_y = on_its_side ? x : y;
      const std::uint8_t* in = from.pixel(mirrored ? from.width - 1 - source_x : source_x, upside_down ? from.height - 1 - source_y : source_y);
      out = std::copy_n(in, from.channels, out);
    }
  }
  return to;
}

Raster brightness(const Raster& from) {
  Raster to = make_raster(from.width, from.height, 1);
  const std::uint8_t* in = from.samples.data();
  for (std::uint8_t& luma : to.samples) {
    luma = static_cast<std::uint8_t>((299 * in[0] + 587 * in[1] + 114 * in[2] + 500) / 1000);
    in += 3;
  }
  return to;
}

}  // namespace shide::photo_helper
