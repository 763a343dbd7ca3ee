// One reading of a note against the everyday words and the titles, asked by all finders: is this a word, does it lie inside a
// longer one, which title stands here. A word is what ICU's dictionary or our own list holds; it is looked up when first asked for.
//
//     Reading reading(folded);   U"他明明知道": reading.is_word(1, 3) -> true     U"小明妈妈": reading.title_at(2)->word -> 妈妈
#pragma once

#include <cstdint>
#include <vector>

#include "privacy/folded_text.h"
#include "privacy/lexicon.h"
#include "privacy/words.h"

namespace shide::privacy {

/// For one thread, for it remembers what it looked up.
class Reading {
 public:
  /// REQUIRES: `folded` outlives the reading.
  explicit Reading(const FoldedText& folded);

  const FoldedText& folded() const { return folded_; }

  bool is_word(std::size_t start, std::size_t end) const;
  /// A longer everyday word holds the passage: 安全 in 安全感.
  bool inside_longer_word(std::size_t start, std::size_t end) const;
  /// An everyday word begins before the passage and ends in it, or begins in it and ends behind it.
  bool word_across_start(std::size_t start, std::size_t end) const;
  bool word_across_end(std::size_t start, std::size_t end) const;
  /// A word of two or more characters that ends here, or null-length 0: its length.
  std::size_t word_ending_at(std::size_t end) const;

  /// The longest title that starts here, or null.
  const Title* title_at(std::size_t start) const;

  /// One of the words of that list of the lexicon stands right before `end` / at `start`; its length, else 0.
  std::size_t listed_before(std::string_view list, std::size_t end) const;
  std::size_t listed_at(std::string_view list, std::size_t start) const;

 private:
  /// Bit n set: a word of n characters starts there.
  std::uint8_t words_at(std::size_t start) const;

  const FoldedText& folded_;
  mutable Words dictionary_;
  mutable std::vector<std::uint8_t> words_;  // as words_at; bit 0: the dictionary was asked
  std::vector<std::uint8_t> no_words_;       // the same for names that the dictionary holds
  std::vector<std::uint16_t> titles_;        // index + 1 of the longest title that starts here
};

}  // namespace shide::privacy
