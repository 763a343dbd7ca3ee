#include "privacy/lexicon.h"

#include <re2/re2.h>
#include <unicode/uversion.h>

#include <algorithm>

#include "base/digest.h"
#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "privacy/folded_text.h"
#include "privacy/words.h"

namespace shide::privacy {
namespace {

constexpr std::string_view kRules = "schema/rules/identifiers.info";

Result<InfoEntry> read(std::string_view path) {
  auto text = resource(path);
  if (!text) return Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", path}, {"what", "missing"}}}, std::string(path)};
  return parse_info(*text, path);
}

std::vector<std::u32string> folded_words(std::string_view text) {
  std::vector<std::u32string> words;
  for (std::string_view word : split(text, ' ')) {
    if (!word.empty()) words.push_back(fold(word));
  }
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return words;
}

std::shared_ptr<const re2::RE2> compiled(const std::string& expression) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(32 << 20);
  return std::make_shared<const re2::RE2>(expression, options);
}

// Of the library that runs, which may be newer than the one compiled against: its words and sounds change with it.
std::string icu_version() {
  UVersionInfo version;
  u_getVersion(version);
  char text[U_MAX_VERSION_STRING_LENGTH];
  u_versionToString(version, text);
  return text;
}

const std::string kNothing;
const std::vector<std::u32string> kNoWords;
const CharacterSet kNoCharacters;

template <class Map, class Value>
const Value& found(const Map& map, std::string_view name, const Value& otherwise) {
  auto at = map.find(name);
  return at == map.end() ? otherwise : at->second;
}

}  // namespace

void CharacterSet::add(std::u32string_view characters) {
  for (char32_t c : characters) {
    if (c < 0x10000) bits_[c >> 6] |= std::uint64_t{1} << (c & 63);
  }
}

const Lexicon& Lexicon::shared() {
  static const Lexicon kLexicon;
  return kLexicon;
}

const std::vector<std::u32string>& Lexicon::list(std::string_view name) const { return found(lists_, name, kNoWords); }
const CharacterSet& Lexicon::characters(std::string_view name) const { return found(characters_, name, kNoCharacters); }
const std::string& Lexicon::value(std::string_view name) const { return found(values_, name, kNothing); }
const std::string& Lexicon::replacement(std::string_view name) const { return found(replacements_, name, kNothing); }

bool Lexicon::look_alike(char32_t a, char32_t b) const {
  auto at = look_alikes_.find(a);
  return at != look_alikes_.end() && at->second.find(b) != std::u32string::npos;
}

Lexicon::Lexicon() {
  read_lists();
  if (problem_.empty()) read_titles();
  if (problem_.empty()) read_patterns();
  read_words();
  if (!Words::are_known() || !sounds_.are_known()) {
    problem_.push_back(Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", "ICU"}, {"what", "zh"}}}, "ICU lacks its Chinese dictionary or transliteration"});
  }
  hash_ = sha256_hex(icu_version() + "\n" + std::string(resource(kRules).value_or("")));
}

void Lexicon::read_lists() {
  auto file = read(kRules);
  if (auto* error = file.if_error()) return problem_.push_back(*error);
  for (const InfoEntry& entry : file->children) {
    if (!entry.children.empty()) continue;
    values_[entry.key] = entry.value;
    lists_[entry.key] = folded_words(entry.value);
    CharacterSet& set = characters_[entry.key];
    for (const std::u32string& word : lists_[entry.key]) set.add(word);
    for (char32_t c : to_code_points(entry.value)) {
      if (c != ' ') set.add(std::u32string_view(&c, 1));
    }
  }
  if (const InfoEntry* to = file->child("to")) {
    for (const InfoEntry& entry : to->children) replacements_[entry.key] = entry.value;
  }
  for (const std::u32string& group : list("look_alike")) {
    for (char32_t c : group) look_alikes_[c] += group;
  }
  home_units_ = compiled("(?:" + value("home_unit") + ")+");
  if (!home_units_->ok()) problem_.push_back(Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", kRules}, {"what", "home_unit"}}}, "home_unit"});
}

void Lexicon::read_titles() {
  auto file = read(kRules);
  auto add = [&](const InfoEntry& entry, bool is_short) {
    Role role = entry.key == "pupil" ? Role::kStudent : entry.key == "teacher" ? Role::kTeacher : entry.key == "other" ? Role::kOther : Role::kGuardian;
    for (const std::u32string& word : folded_words(entry.value)) titles_.push_back({word, role, entry.key == "kin", is_short});
  };
  for (const InfoEntry* title : file->all("title")) {
    for (const InfoEntry& entry : title->children) add(entry, false);
  }
  for (const InfoEntry* title : file->all("short_title")) {
    for (const InfoEntry& entry : title->children) add(entry, true);
  }
  for (std::size_t i = 0; i < titles_.size(); ++i) title_words_.add(titles_[i].word, static_cast<std::uint32_t>(i));
  title_words_.build();
}

// {kin} in an expression stands for the words of that list.
std::string Lexicon::expanded(std::string_view expression) const {
  std::string out;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    std::size_t end = expression[i] == '{' ? expression.find('}', i) : std::string_view::npos;
    auto words = end == std::string_view::npos ? lists_.end() : lists_.find(expression.substr(i + 1, end - i - 1));
    if (words == lists_.end()) {
      out += expression[i];
      continue;
    }
    for (std::size_t k = 0; k < words->second.size(); ++k) out += (k ? "|" : "") + re2::RE2::QuoteMeta(to_utf8(words->second[k]));
    i = end;
  }
  return out;
}

void Lexicon::read_patterns() {
  auto file = read(kRules);
  const InfoEntry* patterns = file->child("patterns");
  if (!patterns) return;
  for (const InfoEntry* entry : patterns->all("pattern")) {
    auto kind = kind_of(entry->text("kind"));
    Pattern pattern{kind.value_or(Kind::kOtherName), entry->text("to"), to_utf8(fold(entry->text("needs"))), compiled(expanded(entry->text("match")))};
    if (!kind || !pattern.expression->ok() || pattern.expression->NumberOfCapturingGroups() < 1) {
      std::string where = std::string(kRules) + ":" + std::to_string(entry->line);
      problem_.push_back(Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", where}, {"what", pattern.expression->error()}}},
                               where + ": " + pattern.expression->error()});
      return;
    }
    patterns_.push_back(std::move(pattern));
  }
}

void Lexicon::read_words() {
  for (const std::u32string& word : list("names_no_words")) words_.add(word, kNoWord);
  for (const std::u32string& word : list("everyday_words")) words_.add(word, kWord);
  words_.build();
}

}  // namespace shide::privacy
