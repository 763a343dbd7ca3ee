#include "web/visit_view.h"

#include <algorithm>

#include "base/text.h"
#include "visit/record_hints.h"
#include "visit/record_merge.h"
#include "web/asset_routes.h"
#include "web/day.h"
#include "web/parts.h"
#include "workflow/annex3.h"

namespace shide::web {

using model::RecordState;
using model::VisitState;
using nlohmann::json;
using workflow::Dossier;

namespace {

bool went(const Dossier& dossier) { return dossier.visit.state == VisitState::kVisited || dossier.visit.state == VisitState::kRecorded; }
bool is_sealed(const Dossier& dossier) { return dossier.preparation && dossier.preparation->sealed_at.has_value(); }
RecordState record_state(const Dossier& dossier) { return dossier.record ? dossier.record->state : RecordState::kDraft; }
bool is_written(const Dossier& dossier) { return record_state(dossier) == RecordState::kSubmitted || record_state(dossier) == RecordState::kAccepted; }

struct Step {
  const char* code;
  bool done;
  std::string note;
};

std::vector<Step> seven_steps(const Call& call, const Dossier& dossier) {
  Language language = call.language();
  const model::Visit& visit = dossier.visit;
  bool assigned = visit.state != VisitState::kChosen;
  std::string prepared = is_sealed(dossier) ? call.say({"my.sealed_at", {{"at", day_and_time_text(*dossier.preparation->sealed_at, language)}}}) : call.say({"my.prepare_before"});
  std::string arranged = visit.appointment_at ? day_and_time_text(*visit.appointment_at, language) : call.say({"my.arrange_first"});
  std::string visited = visit.visited_at ? day_and_time_text(*visit.visited_at, language) : call.say({"my.visit_later"});
  std::string reviewer = dossier.reviewer ? call.say({"my.reviewer", {{"name", dossier.reviewer->name}}}) : call.say({"my.reviewer_office"});
  bool accepted = record_state(dossier) == RecordState::kAccepted;
  return {{"step.choose", true, call.say({assigned ? "my.assigned" : "my.chosen"})},
          {"step.prepare", is_sealed(dossier), prepared},
          {"step.arrange", visit.appointment_at.has_value(), arranged},
          {"step.visit", went(dossier), visited},
          {"step.record", is_written(dossier), call.say({"my.record_together"})},
          {"step.review", accepted, reviewer},
          {"step.archive", accepted, call.say({"my.archive_itself"})}};
}

/// What to do now: the words, and where its button leads.
struct Next {
  std::string title, text, button, address;
};

/// "还差两处：第2张照片、家访后的对策或感想。" or that nothing is left.
std::string missing_sentence(const Call& call, const std::vector<Problem>& missing) {
  if (missing.empty()) return call.say({"my.nothing_missing"});
  std::string parts;
  for (const Problem& one : missing) {
    std::string_view field = std::string_view(one.path).substr(0, one.path.find('.'));
    std::string word = call.say({"record.part." + std::string(field)});
    parts += (parts.empty() ? "" : call.say({"my.and"})) + word;
  }
  return call.say({"my.missing", {{"count", missing.size()}, {"parts", parts}}});
}

bool given_up(const Dossier& dossier) { return dossier.visit.state == VisitState::kDeclined || dossier.visit.state == VisitState::kUnreachable; }

Next next_act(const Call& call, const Dossier& dossier) {
  std::string at = "/visits/" + dossier.visit.id.value;
  auto act = [&](const char* code, std::string text, const std::string& path) {
    std::string prefix = std::string("my.next.") + code;
    return Next{call.say({prefix + ".title"}), text.empty() ? call.say({prefix + ".text"}) : std::move(text), call.say({prefix + ".button"}), call.link(at + path)};
  };
  if (given_up(dossier)) return act("declined", "", "/arrange");
  if (record_state(dossier) == RecordState::kAccepted) return act("accepted", "", "");
  if (record_state(dossier) == RecordState::kSubmitted) return act("submitted", "", "");
  if (record_state(dossier) == RecordState::kReturned) return act("returned", dossier.record->review_reason, "");
  if (went(dossier) || dossier.record) return act("record", missing_sentence(call, dossier.missing()), "");
  if (!is_sealed(dossier)) return act("prepare", "", "/preparation");
  if (!dossier.visit.appointment_at) return act("arrange", "", "/arrange");
  return act("visit", "", "");
}

json team_view(const Call& call, const Dossier& dossier) {
  json people = json::array();
  for (std::size_t i = 0; i < dossier.team.size(); ++i) {
    const auto& one = dossier.team[i];
    bool absent = one.attendance == model::Attendance::kAbsent;
    ChipState state = absent ? ChipState::kNotApplicable : one.confirmed_at ? ChipState::kDone : ChipState::kOpen;
    const char* word = absent ? "my.absent" : one.confirmed_at ? "my.confirmed" : "my.not_confirmed";
    people.push_back({{"name", dossier.teachers[i].name}, {"teacher_id", one.teacher_id.value}, {"absent", absent}, {"homeroom", one.is_homeroom},
                      {"may_confirm", one.teacher_id == call.actor().teacher && !one.confirmed_at && dossier.record && dossier.record->visited_at.has_value()},
                      {"chip", chip(state, call.say({word}))}});
  }
  return people;
}

json demand_views(const Call& call, const Dossier& dossier) {
  json list = json::array();
  for (const model::Demand& demand : dossier.demands) {
    if (demand.level != model::Level::kFull) continue;
    std::string topic = call.say({"demand_topic." + std::string(model::code_of(demand.topic))});
    std::string answer;
    if (demand.answered_at) answer = demand.answer;
    else if (demand.due_on) answer = call.say({"my.demand_with", {{"topic", topic}, {"owner", demand.owner_name}, {"day", day_text(*demand.due_on, call.language())}}});
    else answer = call.say({demand.passed_on_at ? "my.demand_passed" : "my.demand_recorded", {{"topic", topic}}});
    list.push_back({{"voice", voice(demand.text, {.answer = answer})}, {"id", demand.id.value},
                    {"carry", demand.answered_at && !demand.carried_back_at && dossier.in_team}});
  }
  return list;
}

std::string student_name(const Call& call, const Dossier& dossier) { return dossier.student ? dossier.student->name : call.say({"my.no_name"}); }

json photo_views(const Call& call, const Dossier& dossier, const Fields& fields) {
  json list = json::array();
  for (std::int64_t slot = 1; slot <= dossier.campaign.photos_required; ++slot) {
    json one = {{"slot", slot}, {"address", ""}, {"pick", nullptr}};
    for (const model::VisitPhoto& photo : dossier.photos) {
      if (photo.slot != slot) continue;
      one["address"] = call.link("/visits/" + dossier.visit.id.value + "/photos/" + std::to_string(slot)) + "?v=" + photo.sha256.substr(0, 8);
      one["alt"] = call.say({"record.photo_alt", {{"slot", slot}}});
      one["remove_value"] = photo.sha256;
      one["caption"] = call.say({"record.photo_stored", {{"slot", slot}}});
    }
    if (one["address"] == "") one["pick"] = fields.file("photo_" + std::to_string(slot), "record.photo", "image/jpeg,image/png");
    list.push_back(std::move(one));
  }
  return list;
}

json head_facts(const Call& call, const Dossier& dossier) {
  json facts = json::array();
  auto add = [&](const char* code, const std::string& value) { facts.push_back(fact(call.say({code}), value)); };
  add("annex3.school", call.school().short_name);
  for (const char* field : {"teacher", "class", "student", "guardian", "co_visitors"}) {
    std::string words = workflow::annex3_text(dossier, field, call.language());
    add((std::string("annex3.") + field).c_str(), words.empty() && field == std::string_view("student") ? student_name(call, dossier) : words);
  }
  return facts;
}

/// The usual reasons as words to tap, as many as schema/text has; what is chosen is kept as the sentence itself.
std::vector<Option> usual_reasons(const Call& call, const std::string& field) {
  std::vector<Option> options;
  while (true) {
    Phrase usual{"record.usual." + field + "_" + std::to_string(options.size() + 1)};
    if (text_of(usual.code, call.language()).empty()) return options;
    options.push_back({call.say(usual), usual});
  }
}

json reason_fields(const Call& call, const Dossier& dossier, const Fields& fields) {
  json list = json::array();
  const model::VisitRecord record = dossier.record.value_or(model::VisitRecord{});
  auto value_of = [&](const std::string& field) {
    return field == "alone_reason" ? record.alone_reason : field == "outside_window_reason" ? record.outside_window_reason : record.late_preparation_reason;
  };
  for (const std::string& field : visit::reasons_needed(record, dossier.circumstances())) {
    std::vector<Option> usual = usual_reasons(call, field);
    std::string stored = value_of(field);
    bool is_usual = std::any_of(usual.begin(), usual.end(), [&](const Option& option) { return option.value == stored; });
    list.push_back({{"usual", fields.choices(field, "record.field." + field, usual, stored)},
                    {"own_words", fields.text(field + "_words", "record.own_words", {.value = is_usual ? "" : stored, .optional = true, .limit = 200})}});
  }
  return list;
}

std::vector<visit::RecordHint> hints_of(const Dossier& dossier) {
  return visit::record_hints(dossier.record.value_or(model::VisitRecord{}), dossier.preparation ? dossier.preparation->text : "", dossier.demands.size());
}

/// All of them, so that the script can show what the server finds in the words it was just sent.
json hint_views(const Call& call, const Dossier& dossier) {
  std::vector<visit::RecordHint> found = hints_of(dossier);
  json list = json::array();
  for (std::string_view code : codes(visit::RecordHint{})) {
    bool is_shown = std::find(found.begin(), found.end(), *model::from_code<visit::RecordHint>(code)) != found.end();
    list.push_back({{"code", code}, {"words", call.say({"hint." + std::string(code)})}, {"hidden", !is_shown}});
  }
  return list;
}

std::vector<std::string> absent_teachers(const Dossier& dossier) {
  std::vector<std::string> absent;
  for (const model::CoVisitor& one : dossier.team) {
    if (one.attendance == model::Attendance::kAbsent) absent.push_back(one.teacher_id.value);
  }
  return absent;
}

/// With blanks between: a draft on the device lets go of a demand that is stored by now.
std::string demand_ids(const Dossier& dossier) {
  std::vector<std::string> ids;
  for (const model::Demand& one : dossier.demands) ids.push_back(one.id.value);
  return join(ids, " ");
}

json absent_field(const Dossier& dossier, const Fields& fields, json& view) {
  std::vector<Option> team;
  std::vector<std::string> absent = absent_teachers(dossier);
  for (std::size_t i = 0; i < dossier.team.size(); ++i) {
    team.push_back({dossier.team[i].teacher_id.value, {"choose.name", {{"name", dossier.teachers[i].name}}}});
  }
  view["somebody_absent"] = !absent.empty();
  return fields.boxes("absent", "record.who_absent", team, absent, {.optional = true});
}

/// A demand that was stored although another field was refused stands among the voices, no longer in the field.
bool is_stored(const Dossier& dossier, std::string_view demand_id) {
  return std::any_of(dossier.demands.begin(), dossier.demands.end(), [&](const model::Demand& one) { return one.id.value == demand_id; });
}

/// Another demand is being written, or was refused: its fields stand open.
bool writes_another(const Call& call, const std::vector<Problem>& problems, bool stored) {
  if (stored) return false;
  bool refused = std::any_of(problems.begin(), problems.end(), [](const Problem& one) { return one.path.starts_with("demand_"); });
  return refused || !call.form().text("demand_text").empty();
}

}  // namespace

void add_record_body(const Call& call, const Dossier& dossier, const model::VisitRecord& record, json& view) {
  view["visited_text"] = record.visited_at ? day_and_time_text(*record.visited_at, call.language()) : "";
  view["mode_text"] = record.mode ? call.say({"visit_mode." + std::string(model::code_of(*record.mode))}) : "";
  view["narrative_text"] = record.narrative;
  view["reflection_text"] = record.reflection;
  std::vector<std::string> topics;
  for (auto topic : record.topics) topics.push_back(call.say({"outreach_topic." + std::string(model::code_of(topic))}));
  view["topics_text"] = join(topics, call.say({"my.and"}));
  view["photos_text"] = record.photo_waiver.empty() ? call.say({"record.photo_count", {{"count", dossier.photo_count}}}) : record.photo_waiver;
  json circumstances = json::array();
  auto add = [&](const char* code, const std::string& reason) {
    if (!reason.empty()) circumstances.push_back({{"name", call.say({code})}, {"reason", reason}});
  };
  add("record.circumstance.alone", record.alone_reason);
  add("record.circumstance.outside_window", record.outside_window_reason);
  add("record.circumstance.late_preparation", record.late_preparation_reason);
  view["circumstances"] = circumstances;
}

json my_visit_view(const Call& call, const Dossier& dossier) {
  Next next = next_act(call, dossier);
  std::string when = dossier.visit.appointment_at ? day_and_time_text(*dossier.visit.appointment_at, call.language()) : call.say({"my.no_date"});
  json steps = json::array();
  bool now_found = false;
  for (const Step& one : seven_steps(call, dossier)) {
    Progress progress = one.done ? Progress::kDone : now_found ? Progress::kLater : Progress::kNow;
    now_found = now_found || !one.done;
    steps.push_back(step(progress, call.say({one.code}), one.note));
  }
  json view = {{"visit_id", dossier.visit.id.value},
               {"family", call.say({"my.family", {{"name", student_name(call, dossier)}}})},
               {"beside", dossier.school_class.name + " · " + when},
               {"next_title", next.title}, {"next_text", next.text}, {"next_button", next.button}, {"next_address", next.address},
               {"due", call.say({"my.due", {{"day", weekday_text(dossier.campaign.upload_due, call.language())}}})},
               {"saved", dossier.record && dossier.record->saved_at ? json(call.say({"my.saved", {{"at", clock_text(*dossier.record->saved_at)}}})) : json()},
               {"steps", steps},
               {"team", team_view(call, dossier)},
               {"demands", demand_views(call, dossier)},
               {"demands_shown", !dossier.demands.empty()},
               {"contact", nullptr},
               {"may_substitute", given_up(dossier) && call.actor().classes.count(dossier.visit.place.class_id) > 0}, {"class_id", dossier.visit.place.class_id},
               {"may_note_answer", !went(dossier) && dossier.visit.state != VisitState::kDeclined},
               {"accepted", record_state(dossier) == RecordState::kAccepted}};
  if (dossier.guardian) {
    std::string relation = call.say({"relation." + std::string(model::code_of(dossier.guardian->relation))});
    view["contact"] = {{"who", call.say({"my.guardian", {{"name", dossier.guardian->name}, {"relation", relation}}})},
                       {"phone", mask_phone(dossier.guardian->phone)},
                       {"reveal", call.link("/visits/" + dossier.visit.id.value + "/contact")}};
  }
  return view;
}

json record_view(const Call& call, const Dossier& dossier, const std::vector<Problem>& problems) {
  const model::VisitRecord record = dossier.record.value_or(model::VisitRecord{});
  bool typed = call.request().method == "POST";
  Fields fields = typed ? call.fields(problems) : call.fields();
  bool demand_stored = is_stored(dossier, call.form().text("demand_id"));
  Fields demand_fields = demand_stored ? call.fields() : fields;
  const model::VisitRecord shown = workflow::record_as_shown(dossier);  // what the page shows before anybody typed
  const std::optional<Time>& at = shown.visited_at;
  const std::optional<model::VisitMode>& mode = shown.mode;
  std::vector<std::string> topics;
  for (auto topic : record.topics) topics.emplace_back(model::code_of(topic));
  bool editable = dossier.in_team && (record.state == RecordState::kDraft || record.state == RecordState::kReturned);
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"record.title"});
  view["seen"] = visit::marks_of(shown) + " " + visit::mark("absent", join(absent_teachers(dossier), " "));
  view["typed"] = typed;
  view["stored_demands"] = demand_ids(dossier);
  view["record_api"] = call.link("/api/v1/records/" + dossier.visit.id.value);
  view["worker_address"] = shell_worker_address(call.link(""));
  view["photos_address"] = asset_address(call.link(""), "photos.js");
  view["worker_scope"] = call.link("/");
  view["annex"] = call.say({"record.annex", {{"count", dossier.team.size()}}});
  bool sees_name = dossier.student && dossier.student->level == model::Level::kFull;
  view["timeline"] = sees_name ? json(call.link("/students/" + dossier.visit.student_id.value + "/timeline")) : json();
  view["paper"] = workflow::may_take_out_record(dossier) ? json(call.link("/visits/" + dossier.visit.id.value + "/annex3")) : json();
  view["bar_title"] = call.say({"record.bar"});
  view["editable"] = editable;
  view["version"] = record.version;
  view["facts"] = head_facts(call, dossier);
  view["visited_at"] = fields.text("visited_at", "annex3.visited_at", {.value = at ? field_time(*at, call.language()) : "", .limit = 40});
  view["mode"] = fields.choices("mode", "annex3.mode", options_of<model::VisitMode>("visit_mode"), mode ? model::code_of(*mode) : std::string_view{});
  view["preparation_text"] = dossier.preparation ? dossier.preparation->text : "";
  view["sealed"] = is_sealed(dossier) ? json(call.say({"my.sealed_at", {{"at", day_and_time_text(*dossier.preparation->sealed_at, call.language())}}})) : json();
  view["preparation_address"] = call.link("/visits/" + dossier.visit.id.value + "/preparation");
  view["narrative"] = fields.area("narrative", "annex3.narrative", {.value = record.narrative, .limit = 5000, .rows = 9});
  view["topics"] = fields.boxes("topics", "annex3.topics", options_of<model::OutreachTopic>("outreach_topic"), topics);
  view["demand_id"] = demand_stored ? new_uuid(call.now()) : call.new_id("demand_id");
  view["demand_text"] = demand_fields.area("demand_text", "record.demand_text", {.optional = !dossier.demands.empty(), .limit = 500, .rows = 2});
  view["demand_topic"] = demand_fields.select("demand_topic", "record.demand_topic", options_of<model::DemandTopic>("demand_topic"), "other");
  view["demand_open"] = writes_another(call, problems, demand_stored);
  view["nothing_raised"] = typed ? call.form().text("no_demand") == "yes" : !record.no_demand.empty();
  view["photos"] = photo_views(call, dossier, fields);
  view["photo_waiver"] = fields.text("photo_waiver", "record.photo_waiver", {.value = record.photo_waiver, .optional = true, .limit = 200});
  view["reflection"] = fields.area("reflection", "annex3.reflection", {.value = record.reflection, .limit = 3000, .rows = 4});
  view["reasons"] = reason_fields(call, dossier, fields);
  view["absent"] = absent_field(dossier, fields, view);
  view["errors"] = fields.summary();
  view["returned"] = record.state == RecordState::kReturned ? note(Tone::kBad, call.say({"record.sent_back"}), "", record.review_reason) : json();
  std::size_t missing = dossier.missing().size();
  view["missing"] = missing == 0 ? call.say({"my.nothing_missing"}) : call.say({"record.missing", {{"count", missing}}});
  view["hints"] = hint_views(call, dossier);
  view["hints_hidden"] = hints_of(dossier).empty();
  add_record_body(call, dossier, record, view);
  return view;
}

json record_json(const Dossier& dossier) {
  json hints = json::array();
  for (visit::RecordHint one : hints_of(dossier)) hints.push_back(model::code_of(one));
  const model::VisitRecord record = dossier.record.value_or(model::VisitRecord{});
  json topics = json::array();
  for (auto topic : record.topics) topics.push_back(model::code_of(topic));
  json demands = json::array();
  for (const auto& demand : dossier.demands) demands.push_back({{"id", demand.id.value}, {"text", demand.text}, {"topic", model::code_of(demand.topic)}, {"state", model::code_of(demand.state)}});
  json photos = json::array();
  for (const auto& photo : dossier.photos) photos.push_back({{"slot", photo.slot}, {"sha256", photo.sha256}, {"width", photo.width}, {"height", photo.height}});
  json team = json::array();
  for (std::size_t i = 0; i < dossier.team.size(); ++i) {
    team.push_back({{"name", dossier.teachers[i].name}, {"homeroom", dossier.team[i].is_homeroom}, {"confirmed", dossier.team[i].confirmed_at.has_value()}});
  }
  json missing = json::array();
  for (const Problem& one : dossier.missing()) missing.push_back({{"path", one.path}, {"code", one.phrase.code}});
  return {{"id", dossier.visit.id.value}, {"version", record.version}, {"seen", visit::marks_of(record)}, {"state", model::code_of(record.state)},
          {"visited_at", record.visited_at ? json(to_text(*record.visited_at)) : json()}, {"mode", record.mode ? json(model::code_of(*record.mode)) : json()},
          {"narrative", record.narrative}, {"reflection", record.reflection}, {"topics", topics}, {"no_demand", !record.no_demand.empty()},
          {"alone_reason", record.alone_reason}, {"outside_window_reason", record.outside_window_reason},
          {"late_preparation_reason", record.late_preparation_reason}, {"photo_waiver", record.photo_waiver},
          {"review_reason", record.review_reason}, {"demands", demands}, {"photos", photos}, {"team", team}, {"missing", missing}, {"hints", hints}};
}

}  // namespace shide::web
