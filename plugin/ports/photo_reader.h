// Turns whatever somebody sends as a photo into a clean picture, or says kindly why it is none.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace shide::ports {

/// A decoded and newly encoded JPEG: long side at most 1600, upright, without any metadata (D7, D8).
struct CleanPhoto {
  std::string jpeg;
  int width = 0;
  int height = 0;
  std::string sha256;         // of `jpeg`, hexadecimal
  std::string source_sha256;  // of the bytes as they came
  std::string luma_grid;      // perceptual hash: 256 bits as 64 hexadecimal characters
};

class PhotoReader {
 public:
  virtual ~PhotoReader() = default;
  /// kInvalid, kTooLarge or kUnsupportedMedia with one Problem at "photo" for what is no good photo; kUnavailable when the
  /// decoder itself cannot work. May take a second; any thread.
  virtual Result<CleanPhoto> read(std::string_view bytes) = 0;
};

}  // namespace shide::ports
