#include "analysis/photo_reuse.h"

#include <array>
#include <bit>
#include <cstdint>

namespace shide::analysis {
namespace {

constexpr int kSide = 16;       // frequencies in each direction
constexpr int kPositions = 8;   // four turns, each also mirrored; position 0 is upright

using Grid = std::array<std::uint64_t, 4>;

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

std::optional<Grid> parse_grid(const std::string& text) {
  Grid grid{};
  if (text.size() != 64) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int value = digit(text[i]);
    if (value < 0) return std::nullopt;
    grid[i / 16] = grid[i / 16] << 4 | static_cast<std::uint64_t>(value);
  }
  if (grid == Grid{}) return std::nullopt;  // flat
  return grid;
}

bool bit(const Grid& grid, int v, int u) { return grid[v / 4] >> (63 - (v % 4 * kSide + u)) & 1; }

// Rows and columns count from 0 here, so the odd frequencies 1, 3, 5 ... are the even indices.
Grid in_position(const Grid& grid, int position) {
  bool mirrored = position & 1, upside_down = position & 2, on_its_side = position & 4;
  Grid out{};
  for (int v = 0; v < kSide; ++v) {
    for (int u = 0; u < kSide; ++u) {
      bool set = on_its_side ? bit(grid, u, v) : bit(grid, v, u);
      if (mirrored && u % 2 == 0) set = !set;
      if (upside_down && v % 2 == 0) set = !set;
      if (set) out[v / 4] |= std::uint64_t{1} << (63 - (v % 4 * kSide + u));
    }
  }
  return out;
}

int differing_bits(const Grid& a, const Grid& b) {
  int bits = 0;
  for (std::size_t i = 0; i < a.size(); ++i) bits += std::popcount(a[i] ^ b[i]);
  return bits;
}

/// One photo made ready for many comparisons.
struct Prepared {
  const PhotoFingerprint* photo;
  std::optional<Grid> grid;
  std::array<Grid, kPositions> positions{};

  explicit Prepared(const PhotoFingerprint& of) : photo(&of), grid(parse_grid(of.luma_grid)) {
    if (!grid) return;
    for (int position = 0; position < kPositions; ++position) positions[position] = in_position(*grid, position);
  }
};

GridDistance distance_between(const std::array<Grid, kPositions>& positions, const Grid& other) {
  GridDistance best{differing_bits(positions[0], other), false};
  for (int position = 1; position < kPositions; ++position) {
    int bits = differing_bits(positions[position], other);
    if (bits < best.bits) best = {bits, true};
  }
  return best;
}

std::optional<PhotoReuse> compare(const Prepared& a, const Prepared& b) {
  if (a.photo->visit == b.photo->visit || !a.grid || !b.grid) return std::nullopt;
  auto same = [](const std::string& one, const std::string& other) { return !one.empty() && one == other; };
  if (same(a.photo->source_sha256, b.photo->source_sha256)) return PhotoReuse{0, 1, PhotoLikeness::kSameFile, 0, false, {"photo.reuse.same_file"}};
  if (same(a.photo->sha256, b.photo->sha256)) return PhotoReuse{0, 1, PhotoLikeness::kSamePicture, 0, false, {"photo.reuse.same_picture"}};
  GridDistance distance = distance_between(a.positions, *b.grid);
  if (distance.bits > kNearDistance) return std::nullopt;
  Phrase because{distance.turned ? "photo.reuse.near_turned" : "photo.reuse.near", {{"distance", distance.bits}}};
  return PhotoReuse{0, 1, PhotoLikeness::kNearlySame, distance.bits, distance.turned, std::move(because)};
}

}  // namespace

std::optional<GridDistance> grid_distance(const std::string& a, const std::string& b) {
  PhotoFingerprint first{"a", {}, {}, a};
  auto other = parse_grid(b);
  Prepared prepared(first);
  if (!prepared.grid || !other) return std::nullopt;
  return distance_between(prepared.positions, *other);
}

std::optional<PhotoReuse> compare_photos(const PhotoFingerprint& a, const PhotoFingerprint& b) { return compare(Prepared(a), Prepared(b)); }

std::vector<PhotoReuse> find_reused_photos(const std::vector<PhotoFingerprint>& photos) {
  std::vector<Prepared> prepared(photos.begin(), photos.end());
  std::vector<PhotoReuse> found;
  for (std::size_t i = 0; i < prepared.size(); ++i) {
    for (std::size_t j = i + 1; j < prepared.size(); ++j) {
      auto reuse = compare(prepared[i], prepared[j]);
      if (!reuse) continue;
      reuse->first = i;
      reuse->second = j;
      found.push_back(std::move(*reuse));
    }
  }
  return found;
}

}  // namespace shide::analysis
