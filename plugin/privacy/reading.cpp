#include "privacy/reading.h"

namespace shide::privacy {
namespace {
constexpr std::size_t kLongestWord = 5;
}

Reading::Reading(const FoldedText& folded) : folded_(folded), words_(folded.size() + 1), titles_(folded.size() + 1) {
  const Lexicon& lexicon = Lexicon::shared();
  lexicon.words().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
    if (length <= kLongestWord) words_[end - length] |= static_cast<std::uint8_t>(1u << length);
  });
  lexicon.title_words().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t value) {
    std::uint16_t& best = titles_[end - length];
    if (best == 0 || lexicon.titles()[best - 1u].word.size() < length) best = static_cast<std::uint16_t>(value + 1);
  });
}

bool Reading::is_word(std::size_t start, std::size_t end) const {
  return end > start && end - start <= kLongestWord && start < words_.size() && (words_[start] >> (end - start) & 1) != 0;
}

bool Reading::inside_longer_word(std::size_t start, std::size_t end) const {
  for (std::size_t from = start >= kLongestWord ? start - kLongestWord : 0; from <= start && from < words_.size(); ++from) {
    for (std::size_t length = end - from + (from == start ? 1 : 0); length <= kLongestWord; ++length) {
      if (from + length >= end && (words_[from] >> length & 1) != 0) return true;
    }
  }
  return false;
}

bool Reading::word_across_start(std::size_t start, std::size_t end) const {
  for (std::size_t from = start >= kLongestWord ? start - kLongestWord : 0; from < start; ++from) {
    for (std::size_t length = start - from + 1; length <= kLongestWord && from + length <= end; ++length) {
      if ((words_[from] >> length & 1) != 0) return true;
    }
  }
  return false;
}

bool Reading::word_across_end(std::size_t start, std::size_t end) const {
  for (std::size_t from = start; from < end && from < words_.size(); ++from) {
    for (std::size_t length = end - from + 1; length <= kLongestWord; ++length) {
      if ((words_[from] >> length & 1) != 0) return true;
    }
  }
  return false;
}

std::size_t Reading::word_ending_at(std::size_t end) const {
  for (std::size_t length = kLongestWord; length >= 2; --length) {
    if (length <= end && (words_[end - length] >> length & 1) != 0) return length;
  }
  return 0;
}

const Title* Reading::title_at(std::size_t start) const {
  if (start >= titles_.size() || titles_[start] == 0) return nullptr;
  return &Lexicon::shared().titles()[titles_[start] - 1u];
}

std::size_t Reading::listed_before(std::string_view list, std::size_t end) const {
  for (const std::u32string& word : Lexicon::shared().list(list)) {
    if (folded_.ends(end, word)) return word.size();
  }
  return 0;
}

std::size_t Reading::listed_at(std::string_view list, std::size_t start) const {
  for (const std::u32string& word : Lexicon::shared().list(list)) {
    if (folded_.starts(start, word)) return word.size();
  }
  return 0;
}

}  // namespace shide::privacy
