#include "office_files/passages.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"

namespace shide::office_files {

using ports::DocumentPart;
using ports::DocumentPassage;

std::size_t Passages::begin(DocumentPart part) {
  bytes_ += sizeof(DocumentPassage);  // a million empty ones are too much as well
  if (passages_.empty() || !is_full()) passages_.push_back({part, {}});
  return passages_.size() - 1;
}

void Passages::append(std::size_t passage, std::string_view text) {
  bytes_ += text.size();
  if (!is_full()) passages_[passage].text += text;
}

void Passages::break_line(std::size_t passage) {
  const std::string& text = passages_[passage].text;
  if (!text.empty() && text.back() != '\n') append(passage, "\n");
}

void Passages::add(DocumentPart part, std::string_view text) { append(begin(part), text); }

std::vector<DocumentPassage> Passages::in_order() const {
  std::vector<DocumentPassage> ordered;
  std::set<std::pair<DocumentPart, std::string>> seen;
  for (const DocumentPassage& one : passages_) {
    DocumentPassage passage{one.part, std::string(trim(one.text))};
    bool flows = passage.part == DocumentPart::kBody || passage.part == DocumentPart::kTable;
    if (passage.text.empty() || (!flows && !seen.emplace(passage.part, passage.text).second)) continue;
    ordered.push_back(std::move(passage));
  }
  auto rank = [](const DocumentPassage& one) { return std::max(one.part, DocumentPart::kTextBox); };
  std::stable_sort(ordered.begin(), ordered.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return ordered;
}

}  // namespace shide::office_files
