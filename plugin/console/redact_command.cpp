#include "console/redact_command.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "base/phrase.h"
#include "base/text.h"
#include "console/lines.h"
#include "privacy/redact.h"

namespace shide::console {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestNote = 100'000;
constexpr int kDeepest = 8;

void say(Streams& streams, const Phrase& phrase) { streams.err(render(phrase, Language::kChinese) + "\n"); }

struct NoteLine {
  ordered_json id;
  std::string text;
  privacy::KnownPeople known;
};

Phrase wrong_field(int line, std::string_view field, std::string_view wanted) {
  return {"redact.line.field", {{"line", line}, {"field", field}, {"wanted", wanted}}};
}

std::optional<Phrase> read_known(const ordered_json& known, int line, privacy::KnownPeople& into) {
  const std::pair<const char*, std::vector<std::string>*> lists[] = {
      {"teachers", &into.teachers}, {"students", &into.students}, {"guardians", &into.guardians}, {"others", &into.others},
      {"classes", &into.classes},   {"phones", &into.phones},     {"addresses", &into.addresses}};
  if (known.is_null()) return std::nullopt;
  if (!known.is_object()) return wrong_field(line, "known", "object");
  for (const auto& [field, list] : lists) {
    auto at = known.find(field);
    if (at == known.end() || at->is_null()) continue;
    if (!at->is_array()) return wrong_field(line, std::string("known.") + field, "array");
    for (const ordered_json& item : *at) {
      if (!item.is_string()) return wrong_field(line, std::string("known.") + field, "array of string");
      list->push_back(item.get<std::string>());
    }
  }
  return std::nullopt;
}

std::optional<Phrase> read_line(std::string_view text, int line, NoteLine& into) {
  bool too_deep = false;
  auto limit = [&](int depth, nlohmann::json::parse_event_t, const ordered_json&) {
    too_deep = too_deep || depth > kDeepest;
    return !too_deep;
  };
  ordered_json object = ordered_json::parse(text, limit, false);
  if (too_deep || object.is_discarded() || !object.is_object()) return Phrase{"redact.line.not_json", {{"line", line}}};
  auto note = object.find("text");
  if (note == object.end() || !note->is_string()) return wrong_field(line, "text", "string");
  into.id = object.value("id", ordered_json());
  into.text = note->get<std::string>();
  if (character_count(into.text) > kLongestNote) return Phrase{"redact.line.too_long", {{"line", line}}};
  return read_known(object.value("known", ordered_json()), line, into.known);
}

std::string sentence(const Phrase& phrase) { return render(phrase, Language::kChinese); }

ordered_json answer(const NoteLine& note, const privacy::Redaction& redaction) {
  ordered_json cuts = ordered_json::array(), left = ordered_json::array();
  for (const privacy::Cut& cut : redaction.cuts) {
    cuts.push_back({{"start", cut.start}, {"end", cut.end}, {"kind", privacy::kind_name(cut.kind)}, {"replacement", cut.replacement}, {"reason", sentence(cut.reason)}});
  }
  for (const privacy::Doubt& doubt : redaction.left) {
    left.push_back({{"start", doubt.start}, {"end", doubt.end}, {"kind", privacy::kind_name(doubt.kind)}, {"reason", sentence(doubt.reason)}});
  }
  return {{"id", note.id}, {"text", redaction.text}, {"cuts", std::move(cuts)}, {"left", std::move(left)}};
}

std::optional<privacy::Byline> byline_of(const Arguments& arguments) {
  privacy::Byline byline = privacy::Byline::kNone;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string value = arguments[i];
    if (value == "--byline" && i + 1 < arguments.size()) value = "--byline=" + arguments[++i];
    if (value == "--byline=none") byline = privacy::Byline::kNone;
    else if (value == "--byline=teachers") byline = privacy::Byline::kTeachers;
    else return std::nullopt;
  }
  return byline;
}

}  // namespace

int redact_command(const Arguments& arguments, Streams& streams) {
  auto byline = byline_of(arguments);
  if (!byline) {
    say(streams, {"redact.usage"});
    return kWrongUsage;
  }
  return for_each_line(streams, [&](int number, std::string_view text) {
    NoteLine note;
    if (auto problem = read_line(text, number, note)) {
      say(streams, *problem);
      return false;
    }
    privacy::NoteContext context;
    context.byline = *byline;
    privacy::Redaction redaction = privacy::redact(note.text, privacy::Register(note.known), context);
    streams.out(answer(note, redaction).dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n");
    return true;
  });
}

}  // namespace shide::console
