// A sentence by its code, with its arguments: pure code says *what* is so, this renders it in the reader's language.
//
//     render({"roster.team_size", {{"min", 2}, {"max", 3}, {"class", "三(5)班"}}}, Language::kChinese)
//       -> "每组2到3人。三(5)班……"          (the texts are schema/text/zh-CN.info and en.info)
//
// An argument may itself be a phrase: {"topic", Phrase{"demand.topic.canteen"}}. A code without a text renders as the code
// in square brackets, so that a forgotten sentence is seen and not lost; tests/checks refuses it before that.
// Rendering is thread-safe once the first text was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shide {

enum class Language { kChinese, kEnglish };

struct Phrase;

struct PhraseArgument {
  std::string name;
  std::string text;            // shown as it is, unless
  std::vector<Phrase> phrase;  // one phrase is rendered in its place

  PhraseArgument(std::string name_in, std::string text_in);
  PhraseArgument(std::string name_in, const char* text_in);
  PhraseArgument(std::string name_in, std::string_view text_in);
  PhraseArgument(std::string name_in, std::int64_t number);
  PhraseArgument(std::string name_in, int number);
  PhraseArgument(std::string name_in, std::size_t number);
  PhraseArgument(std::string name_in, Phrase phrase_in);
  bool operator==(const PhraseArgument&) const;
};

struct Phrase {
  std::string code;
  std::vector<PhraseArgument> args = {};
  bool empty() const { return code.empty(); }
  bool operator==(const Phrase&) const = default;
};

// Out of the struct, since the vector needs Phrase to be complete.
inline PhraseArgument::PhraseArgument(std::string name_in, std::string text_in) : name(std::move(name_in)), text(std::move(text_in)) {}
inline PhraseArgument::PhraseArgument(std::string name_in, const char* text_in) : name(std::move(name_in)), text(text_in) {}
inline PhraseArgument::PhraseArgument(std::string name_in, std::string_view text_in) : name(std::move(name_in)), text(text_in) {}
inline PhraseArgument::PhraseArgument(std::string name_in, std::int64_t number) : name(std::move(name_in)), text(std::to_string(number)) {}
inline PhraseArgument::PhraseArgument(std::string name_in, int number) : name(std::move(name_in)), text(std::to_string(number)) {}
inline PhraseArgument::PhraseArgument(std::string name_in, std::size_t number) : name(std::move(name_in)), text(std::to_string(number)) {}
inline PhraseArgument::PhraseArgument(std::string name_in, Phrase phrase_in) : name(std::move(name_in)) {
  phrase.push_back(std::move(phrase_in));
}
inline bool PhraseArgument::operator==(const PhraseArgument& other) const {
  return name == other.name && text == other.text && phrase == other.phrase;
}

/// "zh-CN" or "en", as in the html lang attribute and the names of the text files.
std::string_view language_tag(Language language);

/// The text of one code without arguments filled in; empty when there is none.
std::string_view text_of(std::string_view code, Language language);

std::string render(const Phrase& phrase, Language language);

/// A phrase kept in the database: `code` TAB name TAB value ...; parse(format(p)) == p for phrases without nested phrases in
/// nested phrases. Backslash, tab and newline inside values are escaped.
std::string format_phrase(const Phrase& phrase);
Phrase parse_phrase(std::string_view stored);

}  // namespace shide
