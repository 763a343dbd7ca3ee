#include "base/phrase.h"

#include <array>
#include <map>
#include <mutex>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"

namespace shide {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

void flatten(const InfoEntry& entry, const std::string& prefix, Texts& texts) {
  for (const InfoEntry& child : entry.children) {
    std::string code = prefix.empty() ? child.key : prefix + "." + child.key;
    if (!child.value.empty()) texts[code] = child.value;
    flatten(child, code, texts);
  }
}

Texts read_texts(Language language) {
  Texts texts;
  std::string folder = "schema/text/" + std::string(language_tag(language));
  for (std::string_view path : resources(folder)) {
    auto file = parse_info(resource(path).value_or(""), path);
    if (file) flatten(*file, "", texts);
  }
  return texts;
}

const Texts& texts_of(Language language) {
  static const std::array<Texts, 2> all = {read_texts(Language::kChinese), read_texts(Language::kEnglish)};
  return all[language == Language::kEnglish ? 1 : 0];
}

std::string escape_stored(std::string_view value) {
  std::string out;
  for (char c : value) {
    if (c == '\\') out += "\\\\";
    else if (c == '\t') out += "\\t";
    else if (c == '\n') out += "\\n";
    else out += c;
  }
  return out;
}

std::string unescape_stored(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out += value[i];
      continue;
    }
    char next = value[++i];
    out += next == 't' ? '\t' : next == 'n' ? '\n' : next;
  }
  return out;
}

}  // namespace

std::string_view language_tag(Language language) { return language == Language::kEnglish ? "en" : "zh-CN"; }

std::string_view text_of(std::string_view code, Language language) {
  const Texts& texts = texts_of(language);
  auto found = texts.find(code);
  return found == texts.end() ? std::string_view{} : std::string_view{found->second};
}

std::string render(const Phrase& phrase, Language language) {
  std::string_view text = text_of(phrase.code, language);
  if (text.empty()) return phrase.code.empty() ? "" : "[" + phrase.code + "]";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t open = text.find('{', at);
    std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) {
      out += text.substr(at);
      break;
    }
    out += text.substr(at, open - at);
    std::string_view name = text.substr(open + 1, close - open - 1);
    for (const PhraseArgument& arg : phrase.args) {
      if (arg.name != name) continue;
      out += arg.phrase.empty() ? arg.text : render(arg.phrase.front(), language);
      break;
    }
    at = close + 1;
  }
  return out;
}

std::string format_phrase(const Phrase& phrase) {
  std::string out = phrase.code;
  for (const PhraseArgument& arg : phrase.args) {
    out += "\t" + arg.name + "\t";
    out += arg.phrase.empty() ? escape_stored(arg.text) : escape_stored("\x01" + format_phrase(arg.phrase.front()));
  }
  return out;
}

Phrase parse_phrase(std::string_view stored) {
  std::vector<std::string_view> parts = split(stored, '\t');
  Phrase phrase{std::string(parts.front())};
  for (std::size_t i = 1; i + 1 < parts.size(); i += 2) {
    std::string value = unescape_stored(parts[i + 1]);
    if (!value.empty() && value.front() == '\x01') {
      phrase.args.push_back({std::string(parts[i]), parse_phrase(std::string_view(value).substr(1))});
    } else {
      phrase.args.push_back({std::string(parts[i]), value});
    }
  }
  return phrase;
}

}  // namespace shide
