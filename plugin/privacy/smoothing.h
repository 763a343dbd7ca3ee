// Makes a cut note read as one text again: cuts that say the same side by side become one, and no cut repeats the words that
// already stand beside it.
//
//     家长和家长都在 -> 家长都在     一位同学、一位同学 -> 几位同学     家里是家里有些特殊的情况 -> 家里有些特殊的情况
//     （（已隐去）） -> （已隐去）     该生这孩子 -> 这孩子
//
// Pure. What was cut stays cut: a cut only ever grows over the word that joins it to the next.
#pragma once

#include <string_view>
#include <vector>

#include "privacy/cut.h"

namespace shide::privacy {

/// `cuts` are sorted and do not overlap; so are those returned.
std::vector<Cut> smoothed(std::u32string_view note, std::vector<Cut> cuts);

}  // namespace shide::privacy
