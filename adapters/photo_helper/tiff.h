// The directories of a TIFF structure, as EXIF holds them ("II*\0..." or "MM\0*..."). Nothing in it is trusted: what points beyond the
// end reads as 0.
//
//     tiff.each_entry(tiff.first_directory(), [&](std::uint32_t tag, std::size_t at) { ... tiff.number(at, 2) ... });
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace shide::photo_helper {

class Tiff {
 public:
  explicit Tiff(std::string_view bytes) : bytes_(bytes), little_endian_(bytes.starts_with(std::string_view("II*\0", 4))) {}

  bool is_one() const { return little_endian_ || bytes_.starts_with(std::string_view("MM\0*", 4)); }
  std::size_t first_directory() const { return number(4, 4); }

  /// `take(tag, at)` for each entry, with the place of its value; an entry that begins beyond the end is the last.
  template <class Take>
  void each_entry(std::size_t directory, Take&& take) const {
    constexpr std::size_t kEntrySize = 12;
    std::size_t entries = number(directory, 2);
    for (std::size_t i = 0; i < entries; ++i) {
      std::size_t entry = directory + 2 + i * kEntrySize;
      if (entry >= bytes_.size()) break;
      take(number(entry, 2), entry + 8);
    }
  }

  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[little_endian_ ? at + size - 1 - i : at + i]);
    return value;
  }

 private:
  std::string_view bytes_;
  bool little_endian_;
};

}  // namespace shide::photo_helper
