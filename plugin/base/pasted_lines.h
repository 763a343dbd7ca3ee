// A list as people paste it, from a spreadsheet (cells between tabs) or typed (cells between blanks), with the numbers of its
// lines, so that what is wrong can be told where it stands.
//
//     pasted_lines("沈若楠\t0301\t\t三年级组\n\n叶青  0302")  ->  1: 沈若楠|0301||三年级组   3: 叶青|0302
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace shide {

struct PastedLine {
  std::size_t number = 0;          // from 1, empty lines counted
  std::vector<std::string> cells;  // cleaned; empty ones only between tabs, none at the end

  /// Empty where the line has no such cell.
  std::string cell(std::size_t index) const { return index < cells.size() ? cells[index] : std::string(); }
};

/// Empty lines are left out. A cell that is no valid text comes back as it is, for the field's own check to refuse.
std::vector<PastedLine> pasted_lines(std::string_view text);

/// "第3行：…": what is wrong with one line of the field `path`. Never holds the line's words, which may be a child's name.
Problem line_problem(std::string_view path, std::size_t number, Phrase phrase);

}  // namespace shide
