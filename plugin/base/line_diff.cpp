#include "base/line_diff.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace shide {
namespace {

constexpr std::size_t kMostLines = 2000;

}  // namespace

std::vector<LineChange> line_changes(std::string_view before, std::string_view after) {
  std::vector<std::string_view> old = split(before, '\n'), now = split(after, '\n');
  std::vector<LineChange> changes;
  bool too_long = old.size() + now.size() > kMostLines;
  std::size_t rows = too_long ? 0 : old.size(), columns = too_long ? 0 : now.size();
  // common[i][j]: how many lines old[i..] and now[j..] share in their order.
  std::vector<std::uint16_t> common((rows + 1) * (columns + 1), 0);
  auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return common[i * (columns + 1) + j]; };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      at(i, j) = old[i] == now[j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  std::size_t i = 0, j = 0;
  while (i < rows && j < columns) {
    if (old[i] == now[j]) {
      changes.push_back({LineFate::kSame, std::string(old[i])});
      ++i, ++j;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      changes.push_back({LineFate::kGone, std::string(old[i++])});
    } else {
      changes.push_back({LineFate::kNew, std::string(now[j++])});
    }
  }
  for (; i < old.size(); ++i) changes.push_back({LineFate::kGone, std::string(old[i])});
  for (; j < now.size(); ++j) changes.push_back({LineFate::kNew, std::string(now[j])});
  return changes;
}

std::vector<LineChange> changed_lines(std::string_view before, std::string_view after) {
  std::vector<LineChange> all = line_changes(before, after), kept;
  auto is_change = [&](std::size_t i) { return i < all.size() && all[i].fate != LineFate::kSame; };
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (is_change(i) || is_change(i + 1) || (i > 0 && is_change(i - 1))) kept.push_back(all[i]);
  }
  return kept;
}

}  // namespace shide
