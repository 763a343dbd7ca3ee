#include "web/visit_routes.h"

#include "base/info_file.h"
#include "base/resource.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/visit_view.h"
#include "workflow/campaign.h"
#include "workflow/demand.h"

namespace shide::web {
namespace {

using model::Visit;
using nlohmann::json;
using workflow::Dossier;

constexpr std::size_t kPhotoBody = 26 * 1024 * 1024;  // two photos and the words between them

std::string visit_path(const Id<Visit>& id) { return "/visits/" + id.value; }

// ── the ten rules ──

json rules_view(const Call& call) {
  json rules = json::array();
  auto file = parse_info(resource("schema/forms/code_of_conduct.info").value_or(""), "code_of_conduct.info");
  if (!file || file->children.empty()) return rules;
  const InfoEntry& code = file->children.front();
  for (const InfoEntry* rule : code.all("rule")) {
    rules.push_back({{"number", rule->value}, {"text", rule->text(call.language() == Language::kEnglish ? "en" : "zh")}, {"must", rule->text("kind") == "must"}});
  }
  return rules;
}

Result<Response> show_code(ports::Ports& ports, Call& call) {
  SHIDE_TRY(campaign, workflow::current_campaign(ports, call.actor()));
  auto accepted = workflow::code_acceptance(ports, call.actor(), campaign.id);
  json view = {{"title", call.say({"code.title"})}, {"rules", rules_view(call)}, {"version", campaign.code_version}, {"campaign", campaign.title},
               {"accepted", accepted ? json(call.say({"code.accepted", {{"at", day_and_time_text(accepted->accepted_at, call.language())}}})) : json()},
               {"may_accept", !accepted && !call.actor().teacher.empty()}};
  return call.page("code_of_conduct", std::move(view));
}

Result<Response> accept_code(ports::Ports& ports, Call& call) {
  SHIDE_TRY(campaign, workflow::current_campaign(ports, call.actor()));
  SHIDE_TRY(accepted, workflow::accept_code(ports, call.actor(), campaign.id, call.form().text("version")));
  (void)accepted;
  return call.redirect("/my");
}

// ── my visits ──

Result<Response> show_my(ports::Ports& ports, Call& call) {
  auto campaign = workflow::current_campaign(ports, call.actor());
  json view = {{"title", call.say({"my.title"})}, {"visits", json::array()}, {"code_first", false}, {"choose", json::array()}, {"empty", nullptr}};
  if (!campaign) {
    view["empty"] = empty_state(call.say({"my.empty"}), call.say({"my.empty_what"}));
    return call.page("my", std::move(view));
  }
  view["campaign"] = campaign->title;
  view["code_first"] = !call.actor().teacher.empty() && !workflow::code_acceptance(ports, call.actor(), campaign->id);
  SHIDE_TRY(visits, workflow::my_visits(ports, call.actor(), campaign->id));
  std::set<std::string> classes = call.actor().classes;
  for (const Dossier& dossier : visits) {
    view["visits"].push_back(my_visit_view(call, dossier));
    classes.erase(dossier.visit.place.class_id);
  }
  for (const std::string& id : classes) view["choose"].push_back({{"address", call.link("/classes/" + id + "/student")}});
  if (visits.empty() && classes.empty()) view["empty"] = empty_state(call.say({"my.no_visit"}), call.say({"my.no_visit_what"}));
  return call.page("my", std::move(view));
}

// ── prepare and arrange ──

Response preparation_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  bool sealed = dossier.preparation && dossier.preparation->sealed_at;
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"preparation.title"});
  view["preparation"] = fields.area("preparation", "preparation.field", {.value = dossier.preparation ? dossier.preparation->text : "", .limit = 2000, .rows = 8});
  view["text"] = dossier.preparation ? dossier.preparation->text : "";
  view["sealed"] = sealed ? json(call.say({"my.sealed_at", {{"at", day_and_time_text(*dossier.preparation->sealed_at, call.language())}}})) : json();
  view["errors"] = fields.summary();
  return call.page("preparation", std::move(view), status);
}

Result<Response> show_preparation(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  return preparation_page(call, dossier, {}, 200);
}

Result<Response> save_preparation(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto saved = workflow::save_preparation(ports, call.actor(), id, call.form().text("preparation"), call.form().text("act") == "seal");
  if (saved) return call.redirect(call.form().text("act") == "seal" ? "/my" : visit_path(id) + "/preparation");
  if (saved.error().code != ErrorCode::kInvalid) return saved.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return preparation_page(call, dossier, saved.error().problems, 422);
}

Response arrange_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  const Visit& visit = dossier.visit;
  auto answer_of = [&](model::ConsentScope scope) {
    for (const auto& consent : dossier.consents) {
      if (consent.scope == scope) return std::string(model::code_of(consent.answer));
    }
    return std::string();
  };
  std::vector<Option> answers = {{"granted", {"consent_answer.granted"}}, {"refused", {"consent_answer.refused"}}};
  std::vector<Option> means = {{"spoken", {"consent_means.spoken"}}, {"paper", {"consent_means.paper"}}};
  Time suggested = time_of(dossier.campaign.visit_from, 15, 0);
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"arrange.title"});
  view["at"] = fields.text("at", "arrange.at", {.value = field_time(visit.appointment_at.value_or(suggested), call.language()), .limit = 40});
  view["mode"] = fields.choices("mode", "annex3.mode", options_of<model::VisitMode>("visit_mode"), visit.mode_planned ? model::code_of(*visit.mode_planned) : "home");
  view["record_consent"] = fields.choices("record_consent", "arrange.record_consent", answers, answer_of(model::ConsentScope::kRecord));
  view["photo_consent"] = fields.choices("photo_consent", "arrange.photo_consent", answers, answer_of(model::ConsentScope::kPhoto));
  view["means"] = fields.choices("means", "arrange.means", means, "spoken");
  view["errors"] = fields.summary();
  return call.page("arrange", std::move(view), status);
}

Result<Response> show_arrange(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  return arrange_page(call, dossier, {}, 200);
}

Result<Response> save_arrange(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  workflow::AppointmentForm form{text("at"), text("mode"), text("means"), text("record_consent"), text("photo_consent")};
  auto saved = workflow::arrange_visit(ports, call.actor(), id, form);
  if (saved) return call.redirect("/my");
  if (saved.error().code != ErrorCode::kInvalid) return saved.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return arrange_page(call, dossier, saved.error().problems, 422);
}

Result<Response> note_answer(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto answer = model::from_code<model::VisitState>(call.form().text("answer")).value_or(model::VisitState::kChosen);
  SHIDE_TRY(noted, workflow::note_family_answer(ports, call.actor(), id, answer));
  (void)noted;
  return call.redirect("/my");
}

Result<Response> show_contact(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.guardian) return not_found();
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"contact.title"});
  view["phone_full"] = nullptr;
  return call.page("contact", std::move(view));
}

// The number is in the answer to a POST only: never in an address, a log or a cache.
Result<Response> reveal_contact(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  std::string reason(call.form().text("reason"));
  SHIDE_TRY(guardian, workflow::reveal_guardian(ports, call.actor(), id, reason.empty() ? call.say({"contact.to_arrange"}) : reason));
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"contact.title"});
  view["phone_full"] = guardian.phone;
  view["address_full"] = guardian.address;
  return call.page("contact", std::move(view));
}

// ── the record ──

visit::RecordForm record_form(const Form& form) {
  auto text = [&](const char* name) { return std::string(form.text(name)); };
  return {text("visited_at"), text("mode"), text("narrative"), text("reflection"), form.all("topics"), text("alone_reason"),
          text("outside_window_reason"), text("late_preparation_reason"), text("photo_waiver"), form.text("no_demand") == "yes"};
}

std::int64_t version_in(std::string_view text) {
  std::int64_t value = 0;
  for (char c : text.substr(0, 15)) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

Result<Response> show_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return call.page(dossier.in_team ? "record" : "record_read", record_view(call, dossier, {}));
}

// Photos ride with the form, so that one tap keeps everything; each is stored on its own and told on its own.
std::vector<Problem> store_photos(ports::Ports& ports, Call& call, const Id<Visit>& id) {
  std::vector<Problem> problems;
  for (const Upload& upload : call.form().files()) {
    if (!upload.field.starts_with("photo_") || upload.bytes.empty()) continue;
    auto stored = workflow::add_photo(ports, call.actor(), id, version_in(std::string_view(upload.field).substr(6)), upload.bytes);
    if (auto* error = stored.if_error()) {
      Phrase phrase = error->problems.empty() ? error->phrase : error->problems.front().phrase;
      problems.push_back({upload.field, phrase});
    }
  }
  return problems;
}

Result<Response> record_refused(ports::Ports& ports, Call& call, const Id<Visit>& id, const Error& error) {
  if (error.code != ErrorCode::kInvalid && error.code != ErrorCode::kStale) return error;
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  std::vector<Problem> problems = error.problems;
  for (Problem& problem : problems) {
    if (problem.path.starts_with("demands.")) problem.path = problem.path.ends_with("topic") ? "demand_topic" : "demand_text";
    if (problem.path == "photos") problem.path = "photo_" + std::to_string(dossier.photos.size() + 1);
  }
  json view = record_view(call, dossier, problems);
  if (error.code == ErrorCode::kStale) view["clash"] = note(Tone::kBad, call.say({"record.clash"}));
  return call.page("record", std::move(view), error.code == ErrorCode::kStale ? 412 : 422);
}

Result<Response> save_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  const Form& form = call.form();
  std::vector<workflow::DemandForm> demands;
  if (!form.text("demand_text").empty()) demands.push_back({"", std::string(form.text("demand_text")), std::string(form.text("demand_topic")), "", "", false});
  auto saved = workflow::save_record(ports, call.actor(), id, version_in(form.text("version")), record_form(form), demands);
  if (auto* error = saved.if_error()) return record_refused(ports, call, id, *error);
  std::vector<Problem> photos = store_photos(ports, call, id);
  if (!photos.empty()) {
    Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", photos.size()}}}};
    error.problems = std::move(photos);
    return record_refused(ports, call, id, error);
  }
  if (form.text("act") != "submit") return call.redirect(visit_path(id));
  auto submitted = workflow::submit_record(ports, call.actor(), id);
  if (auto* error = submitted.if_error()) return record_refused(ports, call, id, *error);
  return call.redirect("/my");
}

Result<Response> show_photo(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(bytes, workflow::photo_bytes(ports, call.actor(), id, version_in(call.parameter("slot")), {}));
  Response response;
  response.headers = {{"Content-Type", "image/jpeg"}, {"Content-Disposition", "inline"}};
  response.body = std::move(bytes);
  return response;
}

Result<Response> take_photo_away(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_CHECK(workflow::remove_photo(ports, call.actor(), id, version_in(call.parameter("slot"))));
  return call.redirect(visit_path(id));
}

Result<Response> confirm(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(done, workflow::confirm_record(ports, call.actor(), id));
  (void)done;
  return call.redirect("/my");
}

Result<Response> attendance(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_CHECK(workflow::set_attendance(ports, call.actor(), id, {std::string(call.form().text("teacher"))}, call.form().text("came") == "yes"));
  return call.redirect(visit_path(id));
}

Result<Response> publish_consent(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto answer = model::from_code<model::ConsentAnswer>(call.form().text("answer"));
  if (!answer) return Error{ErrorCode::kInvalid, {"field.not_offered"}};
  SHIDE_TRY(noted, workflow::note_publish_consent(ports, call.actor(), id, *answer, model::ConsentMeans::kPaper));
  (void)noted;
  return call.redirect("/my");
}

Response gift_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"gift.title"});
  view["text"] = fields.area("text", "gift.text", {.limit = 500});
  view["errors"] = fields.summary();
  return call.page("gift", std::move(view), status);
}

Result<Response> show_gift(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  return gift_page(call, dossier, {}, 200);
}

Result<Response> report_gift(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto reported = workflow::report_gift(ports, call.actor(), id, call.form().text("text"));
  if (reported) return call.redirect("/my");
  if (reported.error().code != ErrorCode::kInvalid) return reported.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return gift_page(call, dossier, reported.error().problems, 422);
}

Result<Response> carry_back(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Demand>("id"));
  auto reply = model::from_code<model::GuardianReply>(call.form().text("reply")).value_or(model::GuardianReply::kNone);
  SHIDE_TRY(carried, workflow::carry_back(ports, call.actor(), id, reply));
  (void)carried;
  return call.redirect("/my");
}

// ── the record API ──

std::string text_of_json(const json& body, const char* name) {
  return body.contains(name) && body[name].is_string() ? body[name].get<std::string>() : std::string();
}

Result<visit::RecordForm> record_form(const json& body) {
  if (!body.is_object()) return Error{ErrorCode::kInvalid, {"form.json_object"}};
  visit::RecordForm form;
  form.visited_at = text_of_json(body, "visited_at");
  form.mode = text_of_json(body, "mode");
  form.narrative = text_of_json(body, "narrative");
  form.reflection = text_of_json(body, "reflection");
  form.alone_reason = text_of_json(body, "alone_reason");
  form.outside_window_reason = text_of_json(body, "outside_window_reason");
  form.late_preparation_reason = text_of_json(body, "late_preparation_reason");
  form.photo_waiver = text_of_json(body, "photo_waiver");
  form.no_demand = body.value("no_demand", json(false)) == json(true);
  for (const json& topic : body.value("topics", json::array())) form.topics.push_back(topic.is_string() ? topic.get<std::string>() : "?");
  return form;
}

std::vector<workflow::DemandForm> demand_forms(const json& body) {
  std::vector<workflow::DemandForm> forms;
  for (const json& one : body.value("demands", json::array())) {
    if (!one.is_object()) continue;
    forms.push_back({text_of_json(one, "id"), text_of_json(one, "text"), text_of_json(one, "topic"), text_of_json(one, "heard_at"),
                     text_of_json(one, "heard_early_reason"), one.value("urgent", json(false)) == json(true)});
  }
  return forms;
}

Result<Response> api_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  Response response = call.json(record_json(dossier));
  response.headers.push_back({"ETag", "\"" + std::to_string(dossier.record ? dossier.record->version : 0) + "\""});
  return response;
}

Result<Response> api_save_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(version, call.if_match());
  SHIDE_TRY(body, call.json_body());
  SHIDE_TRY(form, record_form(body));
  SHIDE_TRY(saved, workflow::save_record(ports, call.actor(), id, version, form, demand_forms(body)));
  (void)saved;
  return api_record(ports, call);
}

Result<Response> api_put_photo(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  std::string_view bytes = call.body();
  if (const Upload* upload = call.form().file("photo")) bytes = upload->bytes;
  SHIDE_TRY(photo, workflow::add_photo(ports, call.actor(), id, version_in(call.parameter("slot")), bytes));
  return call.json({{"slot", photo.slot}, {"sha256", photo.sha256}, {"width", photo.width}, {"height", photo.height}});
}

Result<Response> api_confirm(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(done, workflow::confirm_record(ports, call.actor(), id));
  return call.json({{"confirmed_at", to_text(*done.confirmed_at)}});
}

Result<Response> api_submit(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(record, workflow::submit_record(ports, call.actor(), id));
  return call.json({{"id", id.value}, {"state", model::code_of(record.state)}, {"submitted_at", record.submitted_at ? json(to_text(*record.submitted_at)) : json()}});
}

}  // namespace

std::vector<Route> visit_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/my", roles({model::Role::kTeacher}), bound(show_my), BarLink{"nav.my", 10}},
      {Method::kGet, "/code-of-conduct", public_(), bound(show_code)},
      {Method::kPost, "/code-of-conduct", signed_in(), bound(accept_code)},
      {Method::kGet, "/visits/{id}", signed_in(), bound(show_record)},
      {Method::kPost, "/visits/{id}", signed_in(), bound(save_record), {}, kPhotoBody},
      {Method::kGet, "/visits/{id}/preparation", signed_in(), bound(show_preparation)},
      {Method::kPost, "/visits/{id}/preparation", signed_in(), bound(save_preparation)},
      {Method::kGet, "/visits/{id}/arrange", signed_in(), bound(show_arrange)},
      {Method::kPost, "/visits/{id}/arrange", signed_in(), bound(save_arrange)},
      {Method::kPost, "/visits/{id}/answer", signed_in(), bound(note_answer)},
      {Method::kGet, "/visits/{id}/contact", signed_in(), bound(show_contact)},
      {Method::kPost, "/visits/{id}/contact", signed_in(), bound(reveal_contact)},
      {Method::kGet, "/visits/{id}/photos/{slot}", signed_in(), bound(show_photo)},
      {Method::kPost, "/visits/{id}/photos/{slot}/remove", signed_in(), bound(take_photo_away)},
      {Method::kPost, "/visits/{id}/confirm", signed_in(), bound(confirm)},
      {Method::kPost, "/visits/{id}/attendance", signed_in(), bound(attendance)},
      {Method::kPost, "/visits/{id}/publish-consent", signed_in(), bound(publish_consent)},
      {Method::kGet, "/visits/{id}/gift", signed_in(), bound(show_gift)},
      {Method::kPost, "/visits/{id}/gift", signed_in(), bound(report_gift)},
      {Method::kPost, "/demands/{id}/carried", signed_in(), bound(carry_back)},
      {Method::kGet, "/api/v1/records/{id}", signed_in(), bound(api_record)},
      {Method::kPut, "/api/v1/records/{id}", signed_in(), bound(api_save_record)},
      {Method::kPut, "/api/v1/records/{id}/photos/{slot}", signed_in(), bound(api_put_photo), {}, kPhotoBody},
      {Method::kPost, "/api/v1/records/{id}/confirm", signed_in(), bound(api_confirm)},
      {Method::kPost, "/api/v1/records/{id}/submit", signed_in(), bound(api_submit)},
  };
}

}  // namespace shide::web
