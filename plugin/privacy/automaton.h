// Finds every one of many words in one pass over a text (Aho-Corasick), one table step a character.
//
//     Automaton names;  names.add(U"王小明", 7);  names.build();
//     names.each_hit(U"我和王小明", [](std::size_t end, std::size_t length, std::uint32_t value) { ... });   ->  (5, 3, 7)
//
// Calls match: add* build each_hit*. Immutable and thread-safe once built. Edges live in one open-addressed table, so that
// 100,000 names cost a few megabytes and a tenth of a second.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace shide::privacy {

class Automaton {
 public:
  Automaton();

  /// Adds a word with the value to report. A word added twice keeps its first value, which is returned; an empty word is
  /// ignored. REQUIRES: not yet built.
  std::uint32_t add(std::u32string_view word, std::uint32_t value);
  void build();

  bool empty() const { return words_ == 0; }
  std::size_t size() const { return words_; }

  /// Calls `hit(end, length, value)` for every occurrence, by rising `end` (exclusive), the longest first.
  template <class Hit>
  void each_hit(std::u32string_view text, Hit&& hit) const {
    if (empty()) return;
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      node = step(node, text[i]);
      for (std::uint32_t at = nodes_[node].length ? node : nodes_[node].output; at != 0; at = nodes_[at].output) {
        hit(i + 1, static_cast<std::size_t>(nodes_[at].length), nodes_[at].value);
      }
    }
  }

 private:
  struct Node {
    std::uint32_t parent = 0;
    char32_t character = 0;
    std::uint32_t fail = 0;
    std::uint32_t output = 0;  // the next shorter word that ends here
    std::uint32_t length = 0;  // 0 = no word ends here
    std::uint32_t value = 0;
  };
  struct Edge {
    std::uint64_t key = 0;  // (node + 1) << 21 | character; 0 = free
    std::uint32_t child = 0;
  };

  std::uint32_t step(std::uint32_t node, char32_t character) const {
    for (; node != 0; node = nodes_[node].fail) {
      if (std::uint32_t next = child(node, character)) return next;
    }
    return may_begin(character) ? child(0, character) : 0;
  }
  // Most characters of a text begin no word: one bit, where the table would miss the cache.
  bool may_begin(char32_t character) const { return begins_[character >> 6 & 0x3FF] >> (character & 63) & 1; }
  std::uint32_t child(std::uint32_t node, char32_t character) const;
  void insert(std::uint64_t key, std::uint32_t child);
  void grow();

  std::vector<std::uint64_t> begins_;  // of the characters' lowest 16 bits
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::size_t words_ = 0;
};

}  // namespace shide::privacy
