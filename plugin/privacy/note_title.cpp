#include "privacy/note_title.h"

#include <algorithm>

#include "base/text.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kLongest = 16;
constexpr std::size_t kShortest = 5;  // of a part of a sentence: fewer characters say nothing by themselves

bool takes_breath(char32_t c) { return std::u32string_view(U"\uFF0C\uFF1B\uFF1A\u2014,;:").find(c) != std::u32string_view::npos; }

bool closes_its_quotes(std::u32string_view text) { return std::count(text.begin(), text.end(), U'\u201C') == std::count(text.begin(), text.end(), U'\u201D'); }

std::size_t last_breath(std::u32string_view sentence) {
  for (std::size_t at = kLongest; at >= kShortest; --at) {
    if (takes_breath(sentence[at]) && closes_its_quotes(sentence.substr(0, at))) return at;
  }
  return 0;
}

}  // namespace

std::string note_title(const model::RedactedRecord& note) {
  if (note.doubts > 0) return {};
  std::string_view words = first_sentence(note.narrative);
  std::u32string sentence = to_code_points(words.empty() ? first_sentence(note.reflection) : words);
  if (sentence.size() <= kLongest) return to_utf8(sentence);
  std::size_t end = last_breath(sentence);
  return end > 0 ? to_utf8(sentence.substr(0, end)) : to_utf8(sentence.substr(0, kLongest - 1)) + to_utf8(U'\u2026');
}

}  // namespace shide::privacy
