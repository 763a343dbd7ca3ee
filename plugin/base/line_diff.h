// What changed between two texts, line by line: enough to be read, not a patch.
//
//     line_changes("a\nb\nc", "a\nB\nc")  ->  {" ", "a"}, {"-", "b"}, {"+", "B"}, {" ", "c"}
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shide {

enum class LineFate { kSame, kGone, kNew };

struct LineChange {
  LineFate fate = LineFate::kSame;
  std::string text;
  bool operator==(const LineChange&) const = default;
};

/// The fewest lines gone and new. Of texts with over 2,000 lines together everything is gone and new.
std::vector<LineChange> line_changes(std::string_view before, std::string_view after);

/// The same without what did not change, but for one line on either side of a change.
std::vector<LineChange> changed_lines(std::string_view before, std::string_view after);

}  // namespace shide
