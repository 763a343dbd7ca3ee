// UTF-8 text as people paste it: checked, brought to NFC, cleaned of office debris, counted in characters.
// Everything here is pure and thread-safe; limits on size are the caller's.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shide {

/// True for well-formed UTF-8 without NUL, lone surrogates or code points above U+10FFFF.
bool is_valid_utf8(std::string_view text);

/// NFC; the input must be valid UTF-8.
std::string to_nfc(std::string_view text);

/// What a pasted text becomes: NFC, CRLF to LF, control and zero-width characters dropped, no-break and ideographic blanks
/// to one blank, runs of blanks to one, runs of empty lines to one, ends trimmed. The plan itself has 6,900 blanks in one item.
/// Nothing for text that is not valid UTF-8.
std::optional<std::string> clean_text(std::string_view text);

/// The same on one line: line breaks become blanks. For names, titles, numbers.
std::optional<std::string> clean_line(std::string_view text);

/// Full-width letters, digits and punctuation to their ASCII forms: "1月23日" -> "1月23日".
std::string to_half_width(std::string_view text);

/// Characters (code points), not bytes.
std::size_t character_count(std::string_view text);

/// The first `count` characters; adds nothing.
std::string_view first_characters(std::string_view text, std::size_t count);

/// The first sentence or, if that ends earlier, the first line; without its stop. What is left, for a page that shows both.
std::string_view first_sentence(std::string_view text);
std::string_view sentences_after(std::string_view text, std::string_view first);

/// Code points of valid UTF-8, and back.
std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);
std::string to_utf8(char32_t character);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower_ascii(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// 王小明 -> 王**, 138****0000: how a reader with a masked Reach sees them. The stores do the same in SQL.
std::string mask_name(std::string_view name);
std::string mask_phone(std::string_view phone);

}  // namespace shide
