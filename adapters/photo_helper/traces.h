// Which kinds of metadata ride along in a photo's file: that a place, a time, a camera, words are in it, never what they say.
// Runs inside the confined child like the decoders.
#pragma once

#include <string_view>

#include "ports/photo_reader.h"

namespace shide::photo_helper {

/// Of a JPEG or PNG; none for anything else. Damaged metadata counts as far as it can be followed.
ports::PhotoTraces traces_of(std::string_view bytes) noexcept;

}  // namespace shide::photo_helper
