#include "privacy/lexicon.h"

#include <re2/filtered_re2.h>
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

constexpr int kShortestAtom = 2;  // bytes: qq, wx
constexpr std::string_view kRules = "schema/rules/identifiers.info";
constexpr std::string_view kFrames = "schema/rules/frames.info";

Result<InfoEntry> read(std::string_view path) {
  auto text = resource(path);
  if (!text) return Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", path}, {"what", "missing"}}}, std::string(path)};
  return parse_info(*text, path);
}

std::vector<std::u32string> folded_words(std::string_view text) {
  std::vector<std::u32string> words;
  for (std::string_view word : split(text, ' ')) {
    if (std::u32string folded = fold(word); !folded.empty()) words.push_back(std::move(folded));
  }
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return words;
}

re2::RE2::Options quiet_options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(32 << 20);
  return options;
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
const WordList kNoWords;
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

const WordList& Lexicon::word_list(std::string_view name) const { return found(lists_, name, kNoWords); }
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
  if (problem_.empty()) read_frames();
  read_words();
  if (!Words::are_known() || !sounds_.are_known()) {
    problem_.push_back(Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", "ICU"}, {"what", "zh"}}}, "ICU lacks its Chinese dictionary or transliteration"});
  }
  hash_ = sha256_hex(icu_version() + "\n" + std::string(resource(kRules).value_or("")) + std::string(resource(kFrames).value_or("")));
}

void Lexicon::read_lists() {
  auto file = read(kRules);
  if (auto* error = file.if_error()) return problem_.push_back(*error);
  for (const InfoEntry& entry : file->children) {
    if (!entry.children.empty()) continue;
    values_[entry.key] = entry.value;
    WordList& list = lists_[entry.key];
    list.words = folded_words(entry.value);
    CharacterSet& set = characters_[entry.key];
    for (const std::u32string& word : list.words) {
      set.add(word);
      list.first.add(word.substr(0, 1));
      list.last.add(word.substr(word.size() - 1));
    }
    for (char32_t c : to_code_points(entry.value)) {
      if (c != ' ') set.add(std::u32string_view(&c, 1));
    }
  }
  if (const InfoEntry* to = file->child("to")) {
    for (const InfoEntry& entry : to->children) {
      replacements_[entry.key] = entry.value;
      replaced_.insert(fold(entry.value));
    }
  }
  for (const std::u32string& group : list("look_alike")) {
    for (char32_t c : group) look_alikes_[c] += group;
  }
  home_units_ = std::make_shared<const re2::RE2>("(?:" + value("home_unit") + ")+", quiet_options());
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
    bool is_next = false;
    for (const std::u32string& word : words->second.words) {
      out += (is_next ? "|" : "") + re2::RE2::QuoteMeta(to_utf8(word));
      is_next = true;
    }
    i = end;
  }
  return out;
}

void Lexicon::read_patterns() {
  auto file = read(kRules);
  const InfoEntry* patterns = file->child("patterns");
  if (!patterns) return;
  auto filter = std::make_shared<re2::FilteredRE2>(kShortestAtom);
  for (const InfoEntry* entry : patterns->all("pattern")) {
    auto kind = kind_of(entry->text("kind"));
    int number = 0;
    re2::RE2::ErrorCode error = filter->Add(expanded(entry->text("match")), quiet_options(), &number);
    if (!kind || error != re2::RE2::NoError || filter->GetRE2(number).NumberOfCapturingGroups() < 1) {
      std::string where = std::string(kRules) + ":" + std::to_string(entry->line);
      problem_.push_back(Error{ErrorCode::kConfiguration, {"info.unreadable", {{"where", where}, {"what", entry->text("match")}}}, where});
      return;
    }
    replaced_.insert(fold(entry->text("to")));
    patterns_.push_back({*kind, entry->text("to"), entry->text("needs") == "digit", entry->text("needs") == "letter", entry->text("doubt") == "yes", &filter->GetRE2(number)});
  }
  std::vector<std::string> atoms;
  filter->Compile(&atoms);
  for (std::size_t i = 0; i < atoms.size(); ++i) atoms_.add(to_code_points(atoms[i]), static_cast<std::uint32_t>(i));
  atoms_.build();
  filter_ = std::move(filter);
}

std::vector<const Pattern*> Lexicon::patterns_for(std::u32string_view text) const {
  if (!filter_) return {};
  std::vector<bool> seen(atoms_.size());
  std::vector<int> atoms, numbers;
  atoms_.each_hit(text, [&](std::size_t, std::size_t, std::uint32_t atom) {
    if (!seen[atom]) atoms.push_back(static_cast<int>(atom));
    seen[atom] = true;
  });
  filter_->AllPotentials(atoms, &numbers);
  std::sort(numbers.begin(), numbers.end());
  std::vector<const Pattern*> patterns;
  for (int number : numbers) patterns.push_back(&patterns_[static_cast<std::size_t>(number)]);
  return patterns;
}

void Lexicon::read_frames() {
  auto file = read(kFrames);
  if (auto* error = file.if_error()) return problem_.push_back(*error);
  auto frames = Frames::read(*file, kFrames);
  if (auto* error = frames.if_error()) return problem_.push_back(*error);
  frames_ = std::move(*frames);
}

void Lexicon::read_words() {
  for (const std::u32string& word : list("names_no_words")) words_.add(word, kNoWord);
  for (const std::u32string& word : list("everyday_words")) words_.add(word, kWord);
  words_.build();
}

}  // namespace shide::privacy
