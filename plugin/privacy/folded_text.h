// A note as the finders see it: half width, lower case, simplified, without blanks and invisible characters, and for each
// remaining character the place in the note it came from.
//
//     FoldedText folded("王　小\u200b明, Ｔｅｌ");    folded.text() -> U"王小明,tel"     folded.source(2) -> 4 (code points)
//
// Line breaks stay; `joined()` says where a blank was dropped. One character may become several (⑩ -> 10), all from one place.
// Bytes that are no UTF-8 become U+FFFD one by one: nothing is refused here. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shide::privacy {

/// One word folded the same way, line breaks dropped too: for names, classes, addresses of the register and for word lists.
std::u32string fold(std::string_view text);

/// Han, with its extensions and 〇.
bool is_han(char32_t c);
/// 。 ! ? and the end of a line, folded.
inline bool ends_sentence(char32_t c) { return c == 0x3002 || c == '!' || c == '?' || c == '\n'; }
inline bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

class FoldedText {
 public:
  explicit FoldedText(std::string_view note);

  std::u32string_view text() const { return text_; }
  std::size_t size() const { return text_.size(); }
  char32_t at(std::size_t i) const { return i < text_.size() ? text_[i] : U'\0'; }
  char32_t before(std::size_t i) const { return i > 0 && i <= text_.size() ? text_[i - 1] : U'\0'; }
  bool starts(std::size_t i, std::u32string_view word) const { return i <= text_.size() && text().substr(i).starts_with(word); }
  bool ends(std::size_t i, std::u32string_view word) const { return text().substr(0, i).ends_with(word); }

  /// True when a blank or an invisible character stood before character i.
  bool joined(std::size_t i) const { return i < joined_.size() && joined_[i]; }

  /// Code points of the note: where folded character i stands, and the end of a passage that ends before folded character i.
  std::size_t source(std::size_t i) const { return i < source_.size() ? source_[i] : characters_.size(); }
  std::size_t source_end(std::size_t i) const { return i == 0 ? 0 : source_[i - 1] + 1; }
  /// The first folded character at or behind code point `source`.
  std::size_t folded(std::size_t source) const;

  /// The note itself, as code points.
  std::u32string_view note() const { return characters_; }

  /// The folded text as UTF-8, and the folded character at a byte of it (byte == utf8().size() gives size()).
  const std::string& utf8() const { return utf8_; }
  std::size_t character_at_byte(std::size_t byte) const { return bytes_[byte]; }

  /// The same text without line breaks, and without the marks some put between Han characters: a form may break a name, and
  /// 王.小.明 is one.
  FoldedText without_breaks() const;
  bool has_broken_words() const;

 private:
  FoldedText() = default;
  void index_bytes();
  bool breaks_word(std::size_t i) const;

  std::u32string characters_;
  std::u32string text_;
  std::vector<std::uint32_t> source_;
  std::vector<bool> joined_;
  std::string utf8_;
  std::vector<std::uint32_t> bytes_;
};

}  // namespace shide::privacy
