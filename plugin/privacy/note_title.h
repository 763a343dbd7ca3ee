// A note's title, made of its own words: nobody is asked for one, and none is invented.
#pragma once

#include <string>

#include "model/section.h"

namespace shide::privacy {

/// The first sentence of the redacted text, at most 16 characters, cut where the sentence takes breath. Empty while a doubt is open,
/// since the doubtful word could be a name, and for a note without words.
std::string note_title(const model::RedactedRecord& note);

}  // namespace shide::privacy
