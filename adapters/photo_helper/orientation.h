// The one fact read from a photo's metadata: which side is up. Of the rest only that it is there is told (traces).
#pragma once

#include <string_view>

namespace shide::photo_helper {

/// Of a TIFF structure as EXIF holds it ("II*\0..." or "MM\0*..."): tag 274 of the first directory, 1..8; 1 for anything odd.
int orientation_of(std::string_view tiff);

}  // namespace shide::photo_helper
