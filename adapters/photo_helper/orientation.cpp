#include "photo_helper/orientation.h"

#include <cstddef>
#include <cstdint>

namespace shide::photo_helper {
namespace {

constexpr std::uint32_t kOrientationTag = 274;
constexpr std::size_t kEntrySize = 12;

/// Numbers of either byte order; anything beyond the end reads as 0.
struct TiffReader {
  std::string_view bytes;
  bool little_endian;

  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes.size() || bytes.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[little_endian ? at + size - 1 - i : at + i]);
    return value;
  }
};

}  // namespace

int orientation_of(std::string_view tiff) {
  bool little_endian = tiff.starts_with(std::string_view("II*\0", 4));
  if (!little_endian && !tiff.starts_with(std::string_view("MM\0*", 4))) return 1;
  TiffReader reader{tiff, little_endian};
  std::size_t directory = reader.number(4, 4);
  std::size_t entries = reader.number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    std::size_t entry = directory + 2 + i * kEntrySize;
    if (entry >= tiff.size()) break;
    if (reader.number(entry, 2) != kOrientationTag) continue;
    std::uint32_t value = reader.number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace shide::photo_helper
