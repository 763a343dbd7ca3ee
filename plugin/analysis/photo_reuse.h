// Which photos of different visits are the same picture. A finding is a question to the teacher, never a verdict (D8), so it
// carries what it rests on.
//
//     find_reused_photos({{"v1", "aa..", "bb..", grid}, {"v2", "cc..", "dd..", almost_grid}})
//       ->  {{0, 1, kNearlySame, distance 7, turned false, because "photo.reuse.near"}}
//
// Two photos of one visit may look alike. A photo too flat to compare (all zeros, see ports/photo_reader.h) matches nothing,
// not even itself: a black picture says nothing about where it was taken. Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/phrase.h"

namespace shide::analysis {

/// What is compared of one photo; the three fingerprints are those of ports::CleanPhoto.
struct PhotoFingerprint {
  std::string visit;  // the visit's id: only photos of different visits are compared
  std::string sha256;
  std::string source_sha256;
  std::string luma_grid;
};

enum class PhotoLikeness {
  kSameFile,     // the same bytes were uploaded
  kSamePicture,  // the clean pictures are the same to the byte
  kNearlySame,   // at most kNearDistance of 256 bits differ, perhaps after a quarter turn or a mirror
};

/// The distance within which two pictures are called nearly the same; unrelated ones lie near 128.
inline constexpr int kNearDistance = 31;

struct PhotoReuse {
  std::size_t first = 0;   // index into what was given, first < second
  std::size_t second = 0;
  PhotoLikeness likeness = PhotoLikeness::kNearlySame;
  int distance = 0;        // differing bits of 256 in the best of the eight positions; 0 for the same file or picture
  bool turned = false;     // the best position is not the upright one
  Phrase because;          // a question for the teacher asked, without anything about the other visit
  bool operator==(const PhotoReuse&) const = default;
};

/// The smallest number of differing bits over the eight turns and mirrors, and whether a turn was needed; nothing when either
/// grid is flat or not 64 hexadecimal digits.
struct GridDistance {
  int bits = 0;
  bool turned = false;
};
std::optional<GridDistance> grid_distance(const std::string& a, const std::string& b);

/// What two photos have in common; `first` and `second` stay 0 and 1. Nothing for two photos of one visit.
std::optional<PhotoReuse> compare_photos(const PhotoFingerprint& a, const PhotoFingerprint& b);

/// Every pair of reused photos, in the order given. Compares all pairs: 4,000 photos take about a second.
std::vector<PhotoReuse> find_reused_photos(const std::vector<PhotoFingerprint>& photos);

}  // namespace shide::analysis
