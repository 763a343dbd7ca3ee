#include "privacy/folded_text.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <unordered_map>

#include "base/text.h"

namespace shide::privacy {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// A decoder that cannot fail: what is not UTF-8 becomes U+FFFD, byte by byte, so that every offset stays countable.
std::u32string decode(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (std::size_t i = 0; i < text.size();) {
    unsigned char first = byte(i);
    std::size_t length = first < 0x80 ? 1 : first >= 0xF0 && first <= 0xF4 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (first > 0xF4) length = 0;
    char32_t value = length == 1 ? first : length == 0 ? 0 : first & (0xFFu >> (length + 1));
    bool good = length != 0 && i + length <= text.size();
    for (std::size_t k = 1; good && k < length; ++k) {
      good = (byte(i + k) & 0xC0) == 0x80;
      value = value << 6 | (byte(i + k) & 0x3F);
    }
    good = good && !(length == 3 && value < 0x800) && !(length == 4 && (value < 0x10000 || value > 0x10FFFF)) &&
           !(value >= 0xD800 && value <= 0xDFFF);
    out += good ? value : kReplacement;
    i += good ? length : 1;
  }
  return out;
}

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_line_break(char32_t c) { return c == '\n' || c == '\r' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029; }

// The dots inside names of other peoples are written in many ways or left out.
bool is_name_dot(char32_t c) { return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x30FB || c == 0xFF65 || c == 0x2219 || c == 0x22C5; }

bool is_dropped(char32_t c) {
  if (c < 0x80) return c < 0x20 || c == 0x7F;
  return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK ||
         u_charType(static_cast<UChar32>(c)) == U_ENCLOSING_MARK || u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR || is_name_dot(c);
}

std::u32string normalised(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return std::u32string(1, c);
  icu::UnicodeString result = folding->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
  std::u32string out;
  for (int32_t i = 0; U_SUCCESS(status) && i < result.length(); i = result.moveIndex32(i, 1)) {
    char32_t part = static_cast<char32_t>(result.char32At(i));
    if (!is_blank(part) && !is_dropped(part)) out += part;
  }
  return out;
}

// For each character of the basic plane: itself folded, 0 = dropped, or kMany + the place in `many`.
class FoldTable {
 public:
  FoldTable() : one_(0x10000) {
    for (char32_t c = 1; c < 0x10000; ++c) one_[c] = first_fold(c);
    simplify();
  }

  template <class Put>
  void fold(char32_t c, Put&& put) const {
    if (c >= 0x10000) {
      if (is_dropped(c)) return;
      for (char32_t part : normalised(c)) put(part < 0x10000 && one_[part] != 0 && one_[part] < kMany ? one_[part] : part);
    } else if (one_[c] >= kMany) {
      for (char32_t part : many_[one_[c] - kMany]) put(part);
    } else if (one_[c] != 0) {
      put(one_[c]);
    }
  }

 private:
  static constexpr char32_t kMany = 0x110000;

  char32_t first_fold(char32_t c) {
    if (c >= 0xD800 && c <= 0xDFFF) return kReplacement;
    if (is_line_break(c)) return '\n';
    if (is_blank(c) || is_dropped(c)) return 0;
    if (c >= 0x4E00 && c <= 0x9FFF) return c;
    if (c >= 0xAC00 && c <= 0xD7A3) return c;
    std::u32string parts = normalised(c);
    if (parts.empty()) return 0;
    if (parts.size() == 1) return parts[0];
    many_.push_back(std::move(parts));
    return kMany + static_cast<char32_t>(many_.size() - 1);
  }

  // Traditional to simplified, character by character; each stands on a line of its own so that no rule spans two.
  void simplify() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> rules(icu::Transliterator::createInstance("Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status) || !rules) return;
    icu::UnicodeString text;
    std::vector<char32_t> order;
    for (char32_t c = 0x3400; c <= 0x9FFF; ++c) {
      if (c > 0x4DBF && c < 0x4E00) continue;
      text.append(static_cast<UChar32>(c)).append(static_cast<UChar32>('\n'));
      order.push_back(c);
    }
    rules->transliterate(text);
    std::size_t line = 0;
    for (int32_t from = 0; from < text.length() && line < order.size(); ++line) {
      int32_t to = text.indexOf(static_cast<char16_t>('\n'), from);
      if (to < 0) break;
      UChar32 simple = text.char32At(from);
      if (simple < 0x10000 && text.moveIndex32(from, 1) == to) one_[order[line]] = static_cast<char32_t>(simple);
      from = to + 1;
    }
  }

  std::vector<char32_t> one_;
  std::vector<std::u32string> many_;
};

const FoldTable& table() {
  static const FoldTable kTable;
  return kTable;
}

}  // namespace

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

std::u32string fold(std::string_view text) {
  std::u32string out;
  for (char32_t c : decode(text)) {
    table().fold(c, [&](char32_t part) {
      if (part != '\n') out += part;
    });
  }
  return out;
}

FoldedText::FoldedText(std::string_view note) : characters_(decode(note)) {
  text_.reserve(characters_.size());
  source_.reserve(characters_.size());
  bool gap = false;
  for (std::size_t i = 0; i < characters_.size(); ++i) {
    std::size_t had = text_.size();
    table().fold(characters_[i], [&](char32_t part) {
      text_ += part;
      source_.push_back(static_cast<std::uint32_t>(i));
      joined_.push_back(gap);
      gap = false;
    });
    if (text_.size() == had) gap = true;
  }
  index_bytes();
}

void FoldedText::index_bytes() {
  utf8_ = to_utf8(text_);
  bytes_.resize(utf8_.size() + 1);
  std::size_t byte = 0;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    std::size_t length = text_[i] < 0x80 ? 1 : text_[i] < 0x800 ? 2 : text_[i] < 0x10000 ? 3 : 4;
    while (length-- > 0 && byte < utf8_.size()) bytes_[byte++] = static_cast<std::uint32_t>(i);
  }
  while (byte < bytes_.size()) bytes_[byte++] = static_cast<std::uint32_t>(text_.size());
}

std::size_t FoldedText::folded(std::size_t source) const {
  return static_cast<std::size_t>(std::lower_bound(source_.begin(), source_.end(), source) - source_.begin());
}

bool FoldedText::has_broken_words() const {
  for (std::size_t i = 1; i + 1 < text_.size(); ++i) {
    if (breaks_word(i)) return true;
  }
  return false;
}

bool FoldedText::breaks_word(std::size_t i) const {
  constexpr std::u32string_view kBreaks = U"\n.-_~|/+*";
  return kBreaks.find(text_[i]) != kBreaks.npos && is_han(before(i)) && is_han(at(i + 1));
}

FoldedText FoldedText::without_breaks() const {
  FoldedText out;
  out.characters_ = characters_;
  for (std::size_t i = 0; i < text_.size(); ++i) {
    if (text_[i] == '\n' || breaks_word(i)) continue;
    out.text_ += text_[i];
    out.source_.push_back(source_[i]);
    out.joined_.push_back(joined_[i] || (i > 0 && (text_[i - 1] == '\n' || breaks_word(i - 1))));
  }
  out.index_bytes();
  return out;
}

}  // namespace shide::privacy
