#include "web/parts.h"

#include <algorithm>
#include <array>

namespace shide::web {

json chip(ChipState state, std::string_view word) {
  static constexpr std::array<std::string_view, 5> kClasses = {"open", "now", "done", "bad", "na"};
  return {{"state", kClasses[static_cast<std::size_t>(state)]}, {"word", word}};
}

json step(Progress progress, std::string_view name, std::string_view note) {
  static constexpr std::array<std::string_view, 3> kClasses = {"did", "now", "later"};
  return {{"state", kClasses[static_cast<std::size_t>(progress)]}, {"current", progress == Progress::kNow}, {"name", name}, {"note", note}};
}

json voice(std::string_view quote, const VoiceOptions& options) {
  return {{"quote", quote}, {"answer", options.answer}, {"whose", options.whose}};
}

json fact(std::string_view term, std::string_view value) {
  return {{"term", term}, {"value", value}, {"masked", false}, {"reveal_address", ""}};
}

json masked_fact(std::string_view term, std::string_view value, std::string_view reveal_address) {
  return {{"term", term}, {"value", value}, {"masked", true}, {"reveal_address", reveal_address}};
}

json note(Tone tone, std::string_view lead, std::string_view beside, std::string_view text) {
  static constexpr std::array<std::string_view, 3> kClasses = {"plain", "warm", "bad"};
  return {{"tone", kClasses[static_cast<std::size_t>(tone)]}, {"lead", lead}, {"beside", beside}, {"text", text}};
}

json empty_state(std::string_view lead, std::string_view text) { return {{"lead", lead}, {"text", text}}; }

std::string width_class(std::int64_t part, std::int64_t whole) {
  std::int64_t percent = whole <= 0 ? 0 : std::clamp<std::int64_t>((part * 200 + whole) / (whole * 2), 0, 100);
  return "w-" + std::to_string(percent);
}

}  // namespace shide::web
