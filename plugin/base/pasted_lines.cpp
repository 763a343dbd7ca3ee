#include "base/pasted_lines.h"

#include "base/text.h"

namespace shide {
namespace {

std::string cleaned(std::string_view cell) { return clean_line(cell).value_or(std::string(cell)); }

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  bool has_tabs = line.find('\t') != std::string_view::npos;
  std::string whole = has_tabs ? std::string(line) : cleaned(line);
  for (std::string_view cell : split(whole, has_tabs ? '\t' : ' ')) cells.push_back(cleaned(cell));
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

}  // namespace

std::vector<PastedLine> pasted_lines(std::string_view text) {
  std::vector<PastedLine> lines;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    PastedLine one{++number, cells_of(line)};
    if (!one.cells.empty()) lines.push_back(std::move(one));
  }
  return lines;
}

Problem line_problem(std::string_view path, std::size_t number, Phrase phrase) {
  return {std::string(path), {"field.line", {{"number", number}, {"problem", std::move(phrase)}}}};
}

}  // namespace shide
