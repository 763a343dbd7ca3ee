#include "base/markup.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/html_tree.h"
#include "base/text.h"

namespace shide {
namespace {

using html::view;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  for (std::string_view one : names) {
    if (name == one) return true;
  }
  return false;
}

// A name broken by one of these is still read as one name; at any other tag a new line begins.
bool is_inline(std::string_view name) {
  static constexpr auto kInline = std::to_array<std::string_view>({"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "dfn", "em", "font", "i", "ins", "kbd", "label",
                                                                   "mark", "q", "ruby", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"});
  return is_one_of(name, kInline);
}

bool is_not_shown(std::string_view name) {
  static constexpr auto kNotShown = std::to_array<std::string_view>({"script", "style", "template", "noscript"});
  return is_one_of(name, kNotShown);
}

class Reader {
 public:
  MarkupReading read(const xmlNode* root) && {
    html::walk(root, *this);
    return std::move(reading_);
  }

  bool enter(const xmlNode& node) {
    if (node.type == XML_COMMENT_NODE || node.type == XML_PI_NODE) reading_.hidden.emplace_back(view(node.content));
    if (html::is_text(node)) text(node);
    if (node.type != XML_ELEMENT_NODE) return false;
    std::string_view name = view(node.name);
    if (!is_inline(name)) break_line();
    if (is_not_shown(name)) ++not_shown_;
    for (const xmlAttr* attribute = node.properties; attribute; attribute = attribute->next) take(*attribute);
    return true;
  }

  void leave(const xmlNode& node) {
    if (node.type != XML_ELEMENT_NODE) return;
    if (is_not_shown(view(node.name))) --not_shown_;
    if (!is_inline(view(node.name))) break_line();
  }

 private:
  void text(const xmlNode& node) {
    if (not_shown_ > 0) reading_.hidden.emplace_back(view(node.content));
    else reading_.shown += view(node.content);
  }

  void take(const xmlAttr& attribute) {
    std::string value = html::value_of(attribute);
    std::string_view name = view(attribute.name);
    if (name == "href" || name == "src") reading_.links.push_back(value);
    if (!value.empty()) reading_.hidden.push_back(std::move(value));
  }

  void break_line() {
    if (!reading_.shown.empty() && reading_.shown.back() != '\n') reading_.shown += '\n';
  }

  MarkupReading reading_;
  int not_shown_ = 0;
};

std::optional<char32_t> hexadecimal(std::string_view source, std::size_t at, std::size_t digits) {
  if (at + digits > source.size()) return std::nullopt;
  std::uint32_t value = 0;
  auto [end, failure] = std::from_chars(source.data() + at, source.data() + at + digits, value, 16);
  if (failure != std::errc{} || end != source.data() + at + digits) return std::nullopt;
  return value;
}

}  // namespace

MarkupReading read_markup(std::string_view bytes) {
  html::Document page = html::parse(bytes, HTML_PARSE_NOIMPLIED);
  const xmlNode* root = page ? page->children : nullptr;
  MarkupReading reading;
  for (; root; root = root->next) {
    MarkupReading part = Reader().read(root);
    reading.shown += part.shown;
    for (auto [from, into] : {std::pair{&part.hidden, &reading.hidden}, std::pair{&part.links, &reading.links}}) into->insert(into->end(), from->begin(), from->end());
  }
  while (reading.shown.ends_with('\n')) reading.shown.pop_back();
  return reading;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else out += c;
  }
  return out;
}

std::string plain_html(std::string_view text) {
  std::string html;
  for (std::string_view line : split(text, '\n')) {
    std::string words = escape_html(trim(line));
    if (!words.empty()) html += "<p>" + words + "</p>\n";
  }
  return html;
}

std::string unescaped(std::string_view source) {
  std::string out;
  out.reserve(source.size());
  for (std::size_t i = 0; i < source.size();) {
    bool is_backslash = source.substr(i, 2) == "\\u";
    std::size_t lead = is_backslash ? 2 : 1, digits = is_backslash ? 4 : 2;
    auto value = is_backslash || source[i] == '%' ? hexadecimal(source, i + lead, digits) : std::nullopt;
    if (!value) {
      out += source[i++];
      continue;
    }
    i += lead + digits;
    if (!is_backslash) {
      out += static_cast<char>(*value);
    } else if (auto low = *value >= 0xD800 && *value < 0xDC00 && source.substr(i, 2) == "\\u" ? hexadecimal(source, i + 2, 4) : std::nullopt; low && *low >= 0xDC00 && *low < 0xE000) {
      out += to_utf8(static_cast<char32_t>(0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00)));
      i += 6;
    } else if (*value < 0xD800 || *value > 0xDFFF) {
      out += to_utf8(*value);
    }
  }
  return out;
}

}  // namespace shide
