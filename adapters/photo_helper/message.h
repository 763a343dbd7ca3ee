// What the child tells the host, as bytes: a fixed head of 72 bytes, then the JPEG. The host believes none of it unseen.
//
//     "shidepho" | status u32 | width u32 | height u32 | traces u32 | pixels u64 | jpeg size u64 | grid 32 bytes | jpeg
//
// Numbers are little-endian. The request needs no form: the photo's bytes, then the end of the stream.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "photo_helper/clean.h"

namespace shide::photo_helper {

/// The longest message taken: far above what 1600 x 1600 pixels can need.
inline constexpr std::size_t kLongestMessage = 16u << 20;

std::string format_message(const CleanOutcome& outcome);

/// Nothing unless every byte is accounted for and, for a clean photo, the picture passes is_bare_jpeg and the size limit.
std::optional<CleanOutcome> parse_message(std::string_view bytes);

/// True for a baseline JPEG of that size made only of the segments a picture needs: no EXIF, no comment, no profile, no
/// thumbnail, nothing after its end.
bool is_bare_jpeg(std::string_view bytes, int width, int height);

}  // namespace shide::photo_helper
