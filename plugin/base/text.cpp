#include "base/text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace shide {
namespace {

// Reads one code point at `at` and moves it on; -1 for anything that is not well-formed UTF-8.
std::int32_t next_code_point(std::string_view text, std::size_t& at) {
  auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char first = byte(at);
  if (first < 0x80) return text[at++];
  int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || at + length > text.size()) return -1;
  std::int32_t value = first & (0xFF >> (length + 1));
  for (int i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return -1;
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return -1;
  at += length;
  return value;
}

bool is_blank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F;
}

// Invisible characters that only hide things from a search: zero-width, direction marks, BOM, soft hyphen.
bool is_invisible(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0x180E;
}

std::u32string drop_debris(std::u32string_view text, bool one_line) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C) c = '\n';
    if (c == '\n' && one_line) c = ' ';
    if (is_invisible(c)) continue;
    if (is_blank(c)) c = ' ';
    bool after_blank = !out.empty() && out.back() == ' ';
    bool after_line = !out.empty() && out.back() == '\n';
    if (c == ' ' && (after_blank || after_line || out.empty())) continue;
    if (c == '\n') {
      if (i > 0 && text[i - 1] == '\r') continue;
      if (after_blank) out.pop_back();
      std::size_t lines = 0;
      while (lines < out.size() && out[out.size() - 1 - lines] == '\n') ++lines;
      if (out.empty() || lines >= 2) continue;
    }
    out += c;
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '\n')) out.pop_back();
  return out;
}

std::optional<std::string> clean(std::string_view text, bool one_line) {
  if (!is_valid_utf8(text)) return std::nullopt;
  return to_utf8(drop_debris(to_code_points(to_nfc(text)), one_line));
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (next_code_point(text, at) <= 0) return false;
  }
  return true;
}

std::string to_nfc(std::string_view text) {
  bool ascii = true;
  for (char c : text) ascii = ascii && static_cast<unsigned char>(c) < 0x80;
  if (ascii) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status)) return std::string(text);
  icu::UnicodeString result = nfc->normalize(icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())}), status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  return result.toUTF8String(out);
}

std::optional<std::string> clean_text(std::string_view text) { return clean(text, false); }
std::optional<std::string> clean_line(std::string_view text) { return clean(text, true); }

std::string to_half_width(std::string_view text) {
  std::string out;
  for (char32_t c : to_code_points(text)) {
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c == 0x3000) c = ' ';
    out += to_utf8(c);
  }
  return out;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && seen++ == count) return text.substr(0, i);
  }
  return text;
}

namespace {

/// 。！？ and their ASCII forms; a full stop inside a number or an abbreviation does not end anything.
bool ends_sentence(char32_t c) { return c == U'\n' || c == U'\u3002' || c == U'\uFF01' || c == U'\uFF1F' || c == U'!' || c == U'?'; }

}  // namespace

std::string_view first_sentence(std::string_view text) {
  text = trim(text);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    std::int32_t c = next_code_point(text, at);
    if (c >= 0 && ends_sentence(static_cast<char32_t>(c))) return trim(text.substr(0, begin));
    if (c == '.' && (at == text.size() || text[at] == ' ')) return text.substr(0, begin);
  }
  return text;
}

std::string_view sentences_after(std::string_view text, std::string_view first) {
  text = trim(text);
  text.remove_prefix(std::min(first.size(), text.size()));
  std::size_t at = 0;
  std::int32_t c = text.empty() ? -1 : next_code_point(text, at);
  if (c == '.' || (c >= 0 && ends_sentence(static_cast<char32_t>(c)))) text.remove_prefix(at);
  return trim(text);
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::int32_t c = next_code_point(text, at);
    if (c < 0) {
      out += U'\uFFFD';
      ++at;
    } else {
      out += static_cast<char32_t>(c);
    }
  }
  return out;
}

std::string to_utf8(char32_t c) {
  std::string out;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (char32_t c : text) out += to_utf8(c);
  return out;
}

std::string_view trim(std::string_view text) {
  auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(separator, from)) != std::string_view::npos; from = at + 1) {
    parts.push_back(text.substr(from, at - from));
  }
  parts.push_back(text.substr(from));
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

std::string mask_name(std::string_view name) { return name.empty() ? "" : std::string(first_characters(name, 1)) + "**"; }

std::string mask_phone(std::string_view phone) {
  std::size_t length = character_count(phone);
  if (length < 7) return "****";
  std::string_view start = first_characters(phone, 3), all_but_four = first_characters(phone, length - 4);
  return std::string(start) + "****" + std::string(phone.substr(all_but_four.size()));
}

}  // namespace shide
