// A PhotoReader without pictures: bytes that begin with "JPEG:" are a photo, everything else is not.
//
//     read("JPEG:desk;taken at home")  ->  jpeg "JPEG:desk", 1600 x 1200, luma_grid from "desk"
//
// What follows a semicolon plays the metadata: it changes source_sha256, is told as a position and is gone from the clean photo.
#pragma once

#include "base/digest.h"
#include "ports/photo_reader.h"

namespace shide::testing {

class FakePhotoReader : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view bytes) override {
    if (bytes.size() > ports::kMaximumPhotoBytes) {
      Phrase phrase{"photo.too_large", {{"size", (bytes.size() + (1u << 20) - 1) >> 20}, {"limit", ports::kMaximumPhotoBytes >> 20}}};
      return Error{ErrorCode::kTooLarge, phrase}.with("photo", phrase);
    }
    if (!bytes.starts_with("JPEG:")) return Error{ErrorCode::kUnsupportedMedia, {"photo.not_photo"}}.with("photo", {"photo.not_photo"});
    std::string_view picture = bytes.substr(0, bytes.find(';'));
    return ports::CleanPhoto{std::string(picture), 1600, 1200, sha256_hex(picture), sha256_hex(bytes), sha256_hex(picture.substr(5)),
                             {.position = picture.size() < bytes.size()}};
  }
};

}  // namespace shide::testing
