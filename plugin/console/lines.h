// JSON Lines in: one object a line. A bad line is reported with its number, the others go on.
#pragma once

#include <functional>
#include <string_view>

#include "console/streams.h"

namespace shide::console {

/// Calls `line(number, text)` for each non-empty line of the input, 1-based; a line over 4 MiB is passed as an empty text.
/// `line` returns false for a bad line. Answers kFine, or kFoundWrong if any line was bad.
int for_each_line(Streams& streams, const std::function<bool(int number, std::string_view text)>& line);

}  // namespace shide::console
