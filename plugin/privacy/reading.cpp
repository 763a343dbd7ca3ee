#include "privacy/reading.h"

namespace shide::privacy {
namespace {
constexpr std::size_t kLongestWord = 5;   // of our own list
constexpr std::size_t kLongestAsked = 4;  // of the dictionary: longer ones are rare, and every look costs
constexpr std::uint8_t kAsked = 1;

// 小龙, 阿毛, 老杨; 志成; 陈浩然. ICU's dictionary holds many of them; which are words our own list says.
bool is_made_like_a_name(std::u32string_view passage) {
  auto set = [](std::string_view name) -> const CharacterSet& { return Lexicon::shared().characters(name); };
  static const CharacterSet &telling = set("name_characters"), &plain = set("plain_name_characters"), &surnames = set("surnames"),
                            &frequent = set("stranger_surnames"), &prefixes = set("dictionary_prefixes");
  auto in_names = [&](char32_t c) { return telling.has(c) || plain.has(c); };
  if (passage.size() == 2) {
    bool prefixed = prefixes.has(passage[0]) && (in_names(passage[1]) || surnames.has(passage[1]));
    return prefixed || (in_names(passage[0]) && in_names(passage[1]));
  }
  return passage.size() == 3 && frequent.has(passage[0]) && in_names(passage[1]) && in_names(passage[2]);
}
}

Reading::Reading(const FoldedText& folded) : folded_(folded), words_(folded.size() + 1), no_words_(folded.size() + 1), titles_(folded.size() + 1) {
  const Lexicon& lexicon = Lexicon::shared();
  lexicon.words().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t value) {
    auto& words = value == Lexicon::kWord ? words_ : no_words_;
    if (length <= kLongestWord) words[end - length] |= static_cast<std::uint8_t>(1u << length);
  });
  lexicon.title_words().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t value) {
    std::uint16_t& best = titles_[end - length];
    if (best == 0 || lexicon.titles()[best - 1u].word.size() < length) best = static_cast<std::uint16_t>(value + 1);
  });
}

std::uint8_t Reading::words_at(std::size_t start) const {
  if (start >= words_.size()) return 0;
  std::uint8_t& words = words_[start];
  if (words & kAsked) return words;
  words |= kAsked;
  for (std::size_t length = 2; length <= kLongestAsked && start + length <= folded_.size() && is_han(folded_.at(start + length - 1)); ++length) {
    if (((words | no_words_[start]) >> length & 1) == 0 && !is_made_like_a_name(folded_.text().substr(start, length)) && dictionary_.hold(folded_.text().substr(start, length))) {
      words |= static_cast<std::uint8_t>(1u << length);
    }
  }
  return words;
}

bool Reading::is_word(std::size_t start, std::size_t end) const {
  return end > start + 1 && end - start <= kLongestWord && (words_at(start) >> (end - start) & 1) != 0;
}

bool Reading::inside_longer_word(std::size_t start, std::size_t end) const {
  for (std::size_t from = start >= kLongestWord ? start - kLongestWord : 0; from <= start; ++from) {
    for (std::size_t length = end - from + (from == start ? 1 : 0); length <= kLongestWord; ++length) {
      if (from + length >= end && (words_at(from) >> length & 1) != 0) return true;
    }
  }
  return false;
}

bool Reading::word_across_start(std::size_t start, std::size_t end) const {
  for (std::size_t from = start >= kLongestWord ? start - kLongestWord : 0; from < start; ++from) {
    for (std::size_t length = start - from + 1; length <= kLongestWord && from + length <= end; ++length) {
      if ((words_at(from) >> length & 1) != 0) return true;
    }
  }
  return false;
}

bool Reading::word_across_end(std::size_t start, std::size_t end) const {
  for (std::size_t from = start; from < end; ++from) {
    for (std::size_t length = end - from + 1; length <= kLongestWord; ++length) {
      if ((words_at(from) >> length & 1) != 0) return true;
    }
  }
  return false;
}

std::size_t Reading::word_ending_at(std::size_t end) const {
  for (std::size_t length = kLongestWord; length >= 2; --length) {
    if (length <= end && (words_at(end - length) >> length & 1) != 0) return length;
  }
  return 0;
}

const Title* Reading::title_at(std::size_t start) const {
  if (start >= titles_.size() || titles_[start] == 0) return nullptr;
  return &Lexicon::shared().titles()[titles_[start] - 1u];
}

std::size_t Reading::listed_before(std::string_view list, std::size_t end) const {
  const WordList& words = Lexicon::shared().word_list(list);
  if (!words.last.has(folded_.before(end))) return 0;
  for (const std::u32string& word : words.words) {
    if (folded_.ends(end, word)) return word.size();
  }
  return 0;
}

std::size_t Reading::listed_at(std::string_view list, std::size_t start) const {
  const WordList& words = Lexicon::shared().word_list(list);
  if (!words.first.has(folded_.at(start))) return 0;
  for (const std::u32string& word : words.words) {
    if (folded_.starts(start, word)) return word.size();
  }
  return 0;
}

}  // namespace shide::privacy
