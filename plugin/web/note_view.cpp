#include "web/note_view.h"

#include <algorithm>

#include "base/text.h"
#include "followup/demand_rules.h"
#include "privacy/note_title.h"
#include "web/day.h"
#include "web/parts.h"

namespace shide::web {
namespace {

using model::RedactedRecord;
using nlohmann::json;

struct Span {
  std::size_t start, end;
};

/// Where the replacements stand now. Places in the list are those of the note as it was written.
std::vector<Span> replaced_places(std::u32string_view text, const json& cuts, std::string_view field) {
  std::vector<Span> places;
  std::int64_t shift = 0;
  for (const json& cut : cuts) {
    if (cut.value("field", "") != field) continue;
    std::u32string instead = to_code_points(cut.value("replacement", ""));
    std::int64_t start = cut.value("start", std::int64_t{0}), taken = cut.value("end", std::int64_t{0}) - start, at = start + shift;
    if (at < 0 || at > static_cast<std::int64_t>(text.size()) || !text.substr(static_cast<std::size_t>(at)).starts_with(instead)) break;
    std::size_t begin = static_cast<std::size_t>(at);
    if (!instead.empty()) places.push_back({begin, begin + instead.size()});
    shift += static_cast<std::int64_t>(instead.size()) - taken;
  }
  return places;
}

void add_piece(json& pieces, std::u32string_view text, bool marked) {
  if (!text.empty()) pieces.push_back({{"words", to_utf8(text)}, {"marked", marked}});
}

json pieces_of(std::u32string_view text, const std::vector<Span>& marks, Span paragraph) {
  json pieces = json::array();
  std::size_t at = paragraph.start;
  for (const Span& mark : marks) {
    if (mark.start < at || mark.end > paragraph.end) continue;
    add_piece(pieces, text.substr(at, mark.start - at), false);
    add_piece(pieces, text.substr(mark.start, mark.end - mark.start), true);
    at = mark.end;
  }
  add_piece(pieces, text.substr(at, paragraph.end - at), false);
  return pieces;
}

json cuts_of(std::string_view cut_list) {
  json cuts = json::parse(cut_list, nullptr, false);
  return cuts.is_array() ? cuts : json::array();
}

std::string title_of(const Call& call, const RedactedRecord& note) {
  std::string title = privacy::note_title(note);
  return title.empty() ? call.say({"staff.note"}) : title;
}

json demand_lines(const Call& call, const std::vector<model::Demand>& demands) {
  json lines = json::array();
  for (const model::Demand& demand : demands) {
    ChipState state = followup::is_answered(demand) ? ChipState::kDone : ChipState::kNow;
    const char* word = demand.carried_back_at ? "staff.carried_back" : followup::is_answered(demand) ? "demand_state.answered" : "staff.waits";
    lines.push_back({{"topic", call.say({"demand_topic." + std::string(model::code_of(demand.topic))})}, {"state", chip(state, call.say({word}))}});
  }
  return lines;
}

}  // namespace

bool opens(const RedactedRecord& note) { return note.level == model::Level::kFull; }

json note_line(const Call& call, const RedactedRecord& note, const Id<RedactedRecord>& current) {
  json line = {{"opens", opens(note)}, {"name", opens(note) ? title_of(call, note) : note.grade_name}, {"address", call.link("/staff/" + note.id.value)}, {"teachers", note.teachers}, {"month", month_words(note.month, call.language())}, {"is_current", note.id == current},
               {"doubtful", note.doubts > 0 && call.actor().has(model::Role::kStudentOffice)}};
  return line;
}

json note_view(const Call& call, const workflow::OpenNote& note) {
  const RedactedRecord& record = note.record;
  std::size_t cuts = cuts_of(record.cut_list).size();
  std::string when = month_words(record.month, call.language());
  if (record.mode) when += " · " + call.say({"visit_mode." + std::string(model::code_of(*record.mode))});
  return {{"title", title_of(call, record)}, {"id", record.id.value}, {"kicker", call.say({"staff.kicker", {{"grade", record.grade_name}}})},
          {"by", call.say({"staff.by", {{"teachers", record.teachers}}})}, {"when", when},
          {"narrative", marked_paragraphs(record.narrative, record.cut_list, "narrative")}, {"reflection", marked_paragraphs(record.reflection, record.cut_list, "reflection")},
          {"demands", demand_lines(call, note.demands)}, {"reviewed", record.reviewer.empty() ? "" : call.say({"staff.reviewed", {{"name", record.reviewer}}})},
          {"taken_out", call.say({"staff.taken_out", {{"count", cuts}}})},
          {"may_compose", record.doubts == 0 && call.actor().has(model::Role::kUnionEditor)}, {"doubtful", record.doubts > 0 && call.actor().has(model::Role::kStudentOffice)}};
}

json marked_paragraphs(std::string_view text, std::string_view cut_list, std::string_view field) {
  std::u32string letters = to_code_points(text);
  std::vector<Span> marks = replaced_places(letters, cuts_of(cut_list), field);
  json paragraphs = json::array();
  for (std::size_t start = 0; start <= letters.size();) {
    std::size_t end = std::min(letters.find(U'\n', start), letters.size());
    json pieces = pieces_of(letters, marks, {start, end});
    if (!pieces.empty()) paragraphs.push_back({{"pieces", std::move(pieces)}});
    start = end + 1;
  }
  return paragraphs;
}

}  // namespace shide::web
