// Turns what a phone uploaded into a picture that is safe to keep: re-encoded, upright, no larger than a page needs, and
// without one byte of the original file. Of place, time, device and whatever else rode along only that it did is told; what it
// said is neither read nor kept (D7, D8).
//
//     auto photo = reader.read(uploaded);
//     if (auto* error = photo.if_error()) return std::move(*error);   // error->problems: {"photo", photo.not_photo}
//     vault.put(photo->sha256, photo->jpeg);
//
// Errors people can act on carry one Problem with the path "photo" and a Phrase:
//
//     photo.not_photo        kUnsupportedMedia  a text, a video, a GIF: anything but JPEG and PNG
//     photo.heic             kUnsupportedMedia  what newer phones store unless told otherwise, with advice
//     photo.too_large        kTooLarge          above kMaximumPhotoBytes; {size} and {limit} in MB
//     photo.too_many_pixels  kTooLarge          above kMaximumPhotoPixels, judged by the header before anything is decoded
//     photo.cut_off          kInvalid           the file ends before the picture does
//     photo.unreadable       kInvalid           damaged beyond reading
//     photo.busy             kUnavailable       all readers are at work, or this one took too long: try again
//
// A fault of the machine (a missing program, no memory) is an ordinary internal error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace shide::ports {

inline constexpr std::size_t kMaximumPhotoBytes = 12u << 20;
inline constexpr std::uint64_t kMaximumPhotoPixels = 40'000'000;
inline constexpr int kLongestPhotoSide = 1600;  // pixels, of the clean picture

/// What rode along with a picture.
struct PhotoTraces {
  bool position = false;
  bool time = false;
  bool camera = false;
  bool words = false;  // comments, names, keywords
  bool operator==(const PhotoTraces&) const = default;
};

struct CleanPhoto {
  std::string jpeg;           // baseline JPEG: nothing but the picture
  int width = 0;              // pixels, upright
  int height = 0;
  std::string sha256;         // of `jpeg`, 64 lower-case hexadecimal digits; its name in the PhotoVault
  std::string source_sha256;  // of the bytes uploaded, so that the same file is known again

  /// What the picture looks like in 256 bits, as 64 hexadecimal digits: the signs of the 16 x 16 lowest frequencies
  /// (without the mean) of a cosine transform of its brightness. Bit 16 * (v - 1) + (u - 1), counted from the first digit's
  /// highest bit, is set when frequency u (across) and v (down), each 1..16, is positive. Mirroring the picture inverts the bits of
  /// odd u, turning it upside down those of odd v, and laying it on its side swaps u and v: analysis/photo_reuse.h
  /// compares all eight. All zeros means: too flat to compare with anything.
  std::string luma_grid;

  PhotoTraces traces;  // of the file uploaded; the JPEG here has none
};

class PhotoReader {
 public:
  virtual ~PhotoReader() = default;
  /// Never throws and never takes the caller down, whatever the bytes are. Blocks for up to some seconds. Any thread.
  virtual Result<CleanPhoto> read(std::string_view bytes) = 0;
};

}  // namespace shide::ports
