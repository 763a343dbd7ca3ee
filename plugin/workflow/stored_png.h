// A picture as PNG without compressing it: a few lines instead of a library, for pictures that are re-encoded right away.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace shide::workflow {

/// `rgb` holds width * height * 3 bytes, rows from the top.
std::string stored_png(int width, int height, const std::vector<std::uint8_t>& rgb);

}  // namespace shide::workflow
