#include "web/address.h"

#include <algorithm>

#include "base/text.h"

namespace shide::web {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

}  // namespace

std::optional<std::string> decode_segment(std::string_view segment) {
  auto text = percent_decode(segment, false);
  if (!text || *text == "." || *text == "..") return std::nullopt;
  if (std::any_of(text->begin(), text->end(), [](char c) { return c == '/' || c == '\\' || is_control(c); })) return std::nullopt;
  return text;
}

std::optional<std::vector<std::string>> decode_path(std::string_view path) {
  if (path.empty() || path.front() != '/' || path.size() > kAddressLimit) return std::nullopt;
  std::vector<std::string> segments;
  path.remove_prefix(1);
  if (path.empty()) return segments;
  for (std::string_view part : split(path, '/')) {
    auto segment = decode_segment(part);
    if (!segment || segment->empty()) return std::nullopt;
    segments.push_back(std::move(*segment));
  }
  return segments;
}

Result<Pairs> parse_pairs(std::string_view text, std::size_t limit) {
  Pairs pairs;
  if (text.empty()) return pairs;
  for (std::string_view part : split(text, '&')) {
    if (part.empty()) continue;
    if (pairs.size() == limit) return Error{ErrorCode::kTooLarge, {"form.too_many_parts", {{"max", limit}}}};
    std::size_t equals = part.find('=');
    auto name = percent_decode(part.substr(0, equals), true);
    auto value = percent_decode(equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1), true);
    if (!name || !value) return Error{ErrorCode::kInvalid, {"form.not_text"}}.with(name.value_or(""), {"form.not_text"});
    pairs.emplace_back(std::move(*name), std::move(*value));
  }
  return pairs;
}

std::string safe_return_path(std::string_view text) {
  bool fine = text.size() <= kAddressLimit && text.starts_with('/') && !text.starts_with("//") &&
              std::none_of(text.begin(), text.end(), [](char c) { return c == '\\' || is_control(c); });
  return fine ? std::string(text) : "/";
}

}  // namespace shide::web
