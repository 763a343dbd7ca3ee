// What a file is by its first bytes; its name and declared type are never asked.
#pragma once

#include <string_view>

namespace shide::photo_helper {

enum class PhotoKind { kJpeg, kPng, kHeic, kOther };

inline PhotoKind photo_kind(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return PhotoKind::kJpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return PhotoKind::kPng;
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") {
    for (std::string_view brand : {"heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"}) {
      if (bytes.substr(8, 4) == brand) return PhotoKind::kHeic;
    }
  }
  return PhotoKind::kOther;
}

}  // namespace shide::photo_helper
