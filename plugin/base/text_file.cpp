#include "base/text_file.h"

#include <unicode/unistr.h>

#include "base/text.h"

namespace shide {
namespace {

constexpr char16_t kReplacement = 0xFFFD;

std::optional<std::string> decoded(std::string_view bytes, const char* encoding) {
  icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()), encoding);
  if (text.indexOf(kReplacement) >= 0) return std::nullopt;
  std::string utf8;
  text.toUTF8String(utf8);
  return is_valid_utf8(utf8) ? std::optional(utf8) : std::nullopt;
}

}  // namespace

std::optional<std::string> text_of_file(std::string_view bytes) {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF", kLittleMark = "\xFF\xFE", kBigMark = "\xFE\xFF";
  if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
  if (is_valid_utf8(bytes)) return std::string(bytes);
  bool is_utf16 = bytes.starts_with(kLittleMark) || bytes.starts_with(kBigMark);
  return decoded(bytes, is_utf16 ? "UTF-16" : "GB18030");
}

}  // namespace shide
