#include "privacy/smoothing.h"

#include <algorithm>

#include "base/text.h"
#include "privacy/folded_text.h"
#include "privacy/lexicon.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kShortestEcho = 2;
constexpr std::size_t kLongestJoiner = 4;

bool holds(std::string_view list, const std::u32string& word) {
  const auto& words = Lexicon::shared().list(list);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// ---- one cut for two that say the same ----

bool joins(std::u32string_view between, Kind kind) {
  if (between.size() > kLongestJoiner) return false;
  std::u32string word = fold(to_utf8(between));
  return word.empty() || holds("joiners", word) || (!is_direct(kind) && holds("phrase_joiners", word)) || (kind == Kind::kDate && holds("day_joiners", word));
}

// 一位同学 and 一位同学 are 几位同学.
std::string in_plural(const std::string& replacement) {
  const Lexicon& lexicon = Lexicon::shared();
  const std::string& one = lexicon.replacement("one_person");
  return replacement.starts_with(one) ? lexicon.replacement("some_persons") + replacement.substr(one.size()) : replacement;
}

std::vector<Cut> merged(std::u32string_view note, std::vector<Cut> cuts) {
  std::vector<Cut> out;
  std::string last;  // what the latest cut said before it became a plural
  for (Cut& cut : cuts) {
    bool again = !out.empty() && cut.replacement == last && !last.empty() && cut.kind == out.back().kind &&
                 joins(note.substr(out.back().end, cut.start - out.back().end), cut.kind);
    if (again) {
      out.back().end = cut.end;
      out.back().replacement = in_plural(last);
    } else {
      last = cut.replacement;
      out.push_back(std::move(cut));
    }
  }
  return out;
}

// ---- nothing said twice ----

std::size_t shared_end(std::u32string_view before, std::u32string_view said) {
  for (std::size_t length = std::min(before.size(), said.size()); length >= kShortestEcho; --length) {
    if (before.ends_with(said.substr(0, length))) return length;
  }
  return 0;
}

// 家里是|家里有些...: how many characters of `said` the text before has said already.
std::size_t echo_before(std::u32string_view before, std::u32string_view said) {
  if (std::size_t echo = shared_end(before, said)) return echo;
  for (const std::u32string& link : Lexicon::shared().list("echo_links")) {
    if (before.ends_with(link)) return shared_end(before.substr(0, before.size() - link.size()), said);
  }
  return 0;
}

// 某小区|小区门口: how many of its last characters the text behind says again; all of 孩子 before 这孩子.
std::size_t echo_behind(std::u32string_view behind, std::u32string_view said) {
  for (const std::u32string& pointer : Lexicon::shared().list("pointers")) {
    if (behind.starts_with(pointer) && behind.substr(pointer.size()).starts_with(said)) return said.size();
  }
  for (std::size_t length = std::min(behind.size(), said.size()); length >= kShortestEcho; --length) {
    if (behind.starts_with(said.substr(said.size() - length))) return length;
  }
  return 0;
}

bool is_bracketed(std::u32string_view before, std::u32string_view behind) {
  return !before.empty() && !behind.empty() && fold(to_utf8(before.substr(before.size() - 1))) == U"(" && fold(to_utf8(behind.substr(0, 1))) == U")";
}

std::u32string without_echo(std::u32string said, std::u32string_view before, std::u32string_view behind) {
  if (said.empty()) return said;
  if (said.front() == 0xFF08 && said.back() == 0xFF09 && is_bracketed(before, behind)) said = said.substr(1, said.size() - 2);
  said = said.substr(echo_before(before, said));
  return said.substr(0, said.size() - (said.empty() ? 0 : echo_behind(behind, said)));
}

}  // namespace

std::vector<Cut> smoothed(std::u32string_view note, std::vector<Cut> cuts) {
  cuts = merged(note, std::move(cuts));
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    std::size_t from = i > 0 ? cuts[i - 1].end : 0, to = i + 1 < cuts.size() ? cuts[i + 1].start : note.size();
    std::u32string said = without_echo(to_code_points(cuts[i].replacement), note.substr(from, cuts[i].start - from), note.substr(cuts[i].end, to - cuts[i].end));
    cuts[i].replacement = to_utf8(said);
  }
  return cuts;
}

}  // namespace shide::privacy
