// The views of the small parts in templates/parts: each gives every key its template asks for, so that nothing of an outer view
// shines through. Texts are final: rendered, not codes.
//
//     view["wish"] = voice("...", {.answer = "...", .whose = "..."});       {{#WISH}}{{>voice}}{{/WISH}}
//     view["steps"] = {step(Progress::kDone, "...", "...")};                {{>steps}}
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace shide::web {

using nlohmann::json;

/// Shape and word carry it, colour is third.
enum class ChipState { kOpen, kNow, kDone, kBad, kNotApplicable };
json chip(ChipState state, std::string_view word);  // {{>chip}}

/// One of the `steps` (or stages) of a visit; the one under way is framed.
enum class Progress { kDone, kNow, kLater };
json step(Progress progress, std::string_view name, std::string_view note);  // element of {{>steps}}

struct VoiceOptions {
  std::string_view answer = {};
  std::string_view whose = {};  // a line above: whose words
};
json voice(std::string_view quote, const VoiceOptions& options = {});  // {{>voice}}, the quote marks are the template's

json fact(std::string_view term, std::string_view value);  // element of `facts`, {{>facts}}
/// A masked value with the address that shows it once and leaves a record; without an address there is no reveal.
json masked_fact(std::string_view term, std::string_view value, std::string_view reveal_address = {});

enum class Tone { kPlain, kWarm, kBad };
/// {{>note}}: a bold lead, what stands beside it, a second paragraph; each may be empty.
json note(Tone tone, std::string_view lead, std::string_view beside = {}, std::string_view text = {});

json empty_state(std::string_view lead, std::string_view text);  // {{>empty}}

/// The class of a bar's width, part of whole in per cent: "w-83". Nothing to show is "w-0".
std::string width_class(std::int64_t part, std::int64_t whole);

}  // namespace shide::web
