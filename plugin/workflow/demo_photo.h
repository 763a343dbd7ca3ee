// The photos of the demo school, drawn by program: homes as a visitor sees them, calm, and nobody in them. They stand in for
// what a phone uploads and go through the ordinary PhotoReader afterwards.
//
//     auto photo = reader.read(draw_demo_photo(17));      // seed 17 always gives the same picture
//     render(describe_demo_photo(17), Language::kEnglish)  ->  "stairs ... nobody there"
//
// Pure; about 30 ms each. Different seeds look different enough that analysis/photo_reuse.h does not confuse them.
#pragma once

#include <cstdint>
#include <string>

#include "base/phrase.h"

namespace shide::workflow {

/// A PNG of 960 x 640 pixels, about 1.8 MB.
std::string draw_demo_photo(std::uint64_t seed);

/// What the picture shows, for its alternative text.
Phrase describe_demo_photo(std::uint64_t seed);

}  // namespace shide::workflow
