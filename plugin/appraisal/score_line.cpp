#include "appraisal/score_line.h"

namespace shide::appraisal {

Phrase followed_by(Phrase first, Phrase then) {
  if (first.empty()) return then;
  if (then.empty()) return first;
  return {"score.then", {{"first", std::move(first)}, {"then", std::move(then)}}};
}

Phrase fact_phrase(std::string_view name, Decimal value) {
  std::string code = "score.fact." + std::string(name);
  if (!text_of(code, Language::kChinese).empty()) return {code, {{"n", value.to_text()}}};
  return {"score.other_fact", {{"name", name}, {"n", value.to_text()}}};
}

Phrase named(std::string_view prefix, std::string_view key) {
  std::string code = "score." + std::string(prefix) + "." + std::string(key);
  if (!text_of(code, Language::kChinese).empty()) return {code};
  return {"score.said", {{"text", key}}};
}

// By halves: a stored phrase doubles its escapes with each level, so a list must be no deeper than it needs to be.
Phrase listed(std::span<const Phrase> phrases) {
  if (phrases.empty()) return {};
  if (phrases.size() == 1) return phrases.front();
  std::size_t half = phrases.size() / 2;
  return {"score.listed", {{"first", listed(phrases.first(half))}, {"then", listed(phrases.subspan(half))}}};
}

}  // namespace shide::appraisal
