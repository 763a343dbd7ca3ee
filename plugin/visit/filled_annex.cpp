#include "visit/filled_annex.h"

#include <algorithm>

#include "base/text.h"

namespace shide::visit {
namespace {

/// A label as it is compared: one line, half width, without blanks and colons.
std::string bare(std::string_view text) {
  std::string line = to_half_width(clean_line(text).value_or(""));
  std::erase_if(line, [](char c) { return c == ' ' || c == ':'; });
  return line;
}

const std::string* field_of(std::string_view cell, const AnnexLabels& labels) {
  constexpr std::size_t kLongest = 200;  // bytes: no label is longer
  if (cell.size() > kLongest) return nullptr;
  std::string wanted = bare(cell);
  auto found = std::find_if(labels.begin(), labels.end(), [&](const auto& one) { return !wanted.empty() && bare(one.second) == wanted; });
  return found == labels.end() ? nullptr : &found->first;
}

}  // namespace

FilledAnnex read_annex(const std::vector<std::vector<std::string>>& rows, const AnnexLabels& labels) {
  FilledAnnex annex;
  for (const auto& row : rows) {
    std::vector<std::string> left;
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string words = clean_text(row[i]).value_or("");
      const std::string* field = i + 1 < row.size() ? field_of(row[i], labels) : nullptr;
      if (!field) {
        if (!words.empty()) left.push_back(std::move(words));
        continue;
      }
      std::string beside = clean_text(row[++i]).value_or("");
      bool is_first = annex.fields.emplace(*field, beside).second;
      if (!is_first && !beside.empty()) left.push_back(words + ": " + beside);
    }
    if (!left.empty()) annex.others.push_back(join(left, " "));
  }
  return annex;
}

}  // namespace shide::visit
