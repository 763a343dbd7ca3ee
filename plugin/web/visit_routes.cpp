#include "web/visit_routes.h"

#include <algorithm>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/json_fields.h"
#include "web/parts.h"
#include "web/photo_upload.h"
#include "web/plan_change_routes.h"
#include "web/problem.h"
#include "web/visit_view.h"
#include "workflow/campaign.h"
#include "workflow/companions.h"
#include "workflow/demand.h"

namespace shide::web {
namespace {

using model::Visit;
using nlohmann::json;
using workflow::Dossier;

constexpr std::size_t kPhotoBody = 26 * 1024 * 1024;  // two photos and the words around them

constexpr std::string_view kPhotoField = "photo_";

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
  json view = {{"title", call.say({"code.title"})}, {"rules", rules_view(call)}, {"version", workflow::code_in_force(campaign)}, {"campaign", campaign.title},
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
  json view = {{"title", call.say({"my.title"})}, {"visits", json::array()}, {"code_first", false}, {"choose", json::array()}, {"empty", nullptr}, {"papers", nullptr}, {"companions", nullptr}};
  SHIDE_TRY(news, plan_news(ports, call, "/my"));
  view["plan_news"] = std::move(news);
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
  if (!visits.empty()) view["papers"] = {{"address", call.link("/papers")}};
  SHIDE_TRY(waiting, workflow::waiting_colleagues(ports, call.actor(), campaign->id));
  view["companions"] = {{"waiting", waiting > 0 ? json(call.say({"companions.waiting", {{"count", waiting}}})) : json()}};
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
  view["version"] = dossier.preparation ? dossier.preparation->version : 0;
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
  const Form& form = call.form();
  bool seal = form.text("act") == "seal";
  auto saved = workflow::save_preparation(ports, call.actor(), id, form.number("version"), form.text("preparation"), seal);
  if (saved) return call.redirect(seal ? "/my" : visit_path(id) + "/preparation");
  if (!is_mendable(saved.error())) return saved.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return preparation_page(call, dossier, problems_of(saved.error(), "preparation"), status_of(saved.error().code));
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
  view["version"] = visit.version;
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
  workflow::AppointmentForm form{text("at"), text("mode"), text("means"), text("record_consent"), text("photo_consent"), call.form().number("version")};
  auto saved = workflow::arrange_visit(ports, call.actor(), id, form);
  if (saved) return call.redirect("/my");
  if (!is_mendable(saved.error())) return saved.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return arrange_page(call, dossier, problems_of(saved.error(), "at"), status_of(saved.error().code));
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
  auto reason = [&](const std::string& name) { return std::string(form.text(trim(form.text(name + "_words")).empty() ? name : name + "_words")); };
  return {text("visited_at"), text("mode"), text("narrative"), text("reflection"), form.all("topics"), reason("alone_reason"),
          reason("outside_window_reason"), reason("late_preparation_reason"), text("photo_waiver"), form.text("no_demand") == "yes",
          form.has("team") ? std::optional(form.all("absent")) : std::nullopt, text("seen")};
}

std::vector<workflow::DemandForm> demand_forms(const Form& form) {
  auto text = [&](const char* name) { return std::string(form.text(name)); };
  std::vector<workflow::DemandForm> forms;
  if (!trim(form.text("demand_text")).empty()) forms.push_back({text("demand_id"), text("demand_text"), text("demand_topic"), "", "", false});
  return forms;
}

Result<Response> show_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return call.page(dossier.in_team ? "record" : "record_read", record_view(call, dossier, {}));
}

Result<void> store_photo(ports::Ports& ports, Call& call, const Id<Visit>& id, const Upload& upload) {
  if (upload.too_large()) return too_large_photo(upload);
  std::int64_t slot = plain_number(std::string_view(upload.field).substr(kPhotoField.size()));
  SHIDE_TRY(stored, workflow::add_photo(ports, call.actor(), id, slot, upload.bytes, workflow::Occupied::kTakeFreeSlot));
  (void)stored;
  return {};
}

// Photos ride with the form, so that one tap keeps everything; each is stored on its own and told on its own, whatever else
// of the form is refused: nobody looks for the same picture twice.
std::vector<Problem> store_photos(ports::Ports& ports, Call& call, const Id<Visit>& id) {
  std::vector<Problem> problems;
  for (const Upload& upload : call.form().files()) {
    if (!upload.field.starts_with(kPhotoField) || upload.size == 0) continue;
    auto stored = store_photo(ports, call, id, upload);
    if (auto* error = stored.if_error()) problems.push_back({upload.field, problems_of(outward(*error), upload.field).front().phrase});
  }
  return problems;
}

/// Photos that are ticked to go, by their bytes: sent twice, it never takes away what came into the slot since.
Result<void> remove_ticked_photos(ports::Ports& ports, Call& call, const Id<Visit>& id) {
  std::vector<std::string> ticked = call.form().all("remove_photo");
  if (ticked.empty()) return {};
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  for (const model::VisitPhoto& photo : dossier.photos) {
    bool goes = std::find(ticked.begin(), ticked.end(), photo.sha256) != ticked.end();
    if (goes) SHIDE_CHECK(workflow::remove_photo(ports, call.actor(), id, photo.slot));
  }
  return {};
}

/// Where the form shows what the verbs call by their own names.
std::string field_of(const std::string& path, const Dossier& dossier) {
  if (path.starts_with("demands")) return path.ends_with("topic") ? "demand_topic" : "demand_text";
  if (path == "photos") return std::string(kPhotoField) + std::to_string(dossier.photos.size() + 1);
  return path;
}

Result<Response> record_refused(ports::Ports& ports, Call& call, const Id<Visit>& id, const Error& error) {
  if (!is_mendable(error)) return error;
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!dossier.in_team) return not_found();
  std::vector<Problem> problems = problems_of(error, "narrative");
  for (Problem& problem : problems) problem.path = field_of(problem.path, dossier);
  json view = record_view(call, dossier, problems);
  bool clash = error.code == ErrorCode::kStale && view["editable"].get<bool>();
  if (error.code == ErrorCode::kStale) view["clash"] = note(Tone::kBad, call.say(clash ? Phrase{"record.clash"} : error.phrase));
  return call.page("record", std::move(view), status_of(error.code));
}

/// Photos and words; one answer names what is wrong with either.
Result<void> save_all(ports::Ports& ports, Call& call, const Id<Visit>& id) {
  const Form& form = call.form();
  SHIDE_CHECK(remove_ticked_photos(ports, call, id));
  std::vector<Problem> photos = store_photos(ports, call, id);
  auto saved = workflow::save_record(ports, call.actor(), id, form.number("version"), record_form(form), demand_forms(form));
  Error error{ErrorCode::kInvalid, {"error.invalid"}};
  if (saved && photos.empty()) return {};
  if (!saved) error = saved.error();
  if (!saved && !is_mendable(error)) return error;
  error.problems.insert(error.problems.end(), photos.begin(), photos.end());
  if (error.phrase.code == "error.invalid") error.phrase.args = {{"count", error.problems.size()}};
  return error;
}

Result<Response> save_record(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto saved = save_all(ports, call, id);
  if (auto* error = saved.if_error()) return record_refused(ports, call, id, *error);
  if (call.form().text("act") != "submit") return call.redirect(visit_path(id));
  auto submitted = workflow::submit_record(ports, call.actor(), id);
  if (auto* error = submitted.if_error()) return record_refused(ports, call, id, *error);
  return call.redirect("/my");
}

Result<Response> show_photo(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(bytes, workflow::photo_bytes(ports, call.actor(), id, plain_number(call.parameter("slot")), {}));
  Response response;
  response.headers = {{"Content-Type", "image/jpeg"}, {"Content-Disposition", "inline"}};
  response.body = std::move(bytes);
  return response;
}

Result<Response> take_photo_away(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_CHECK(workflow::remove_photo(ports, call.actor(), id, plain_number(call.parameter("slot"))));
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
  if (!answer) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("answer", {"field.not_offered"});
  SHIDE_TRY(noted, workflow::note_publish_consent(ports, call.actor(), id, *answer, model::ConsentMeans::kPaper));
  (void)noted;
  return call.redirect("/my");
}

Response gift_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  json view = my_visit_view(call, dossier);
  view["title"] = call.say({"gift.title"});
  view["report_id"] = call.new_id("report_id");
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
  auto reported = workflow::report_gift(ports, call.actor(), id, {call.new_id("report_id")}, call.form().text("text"));
  if (reported) return call.redirect("/my");
  if (!is_mendable(reported.error())) return reported.error();
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  return gift_page(call, dossier, problems_of(reported.error(), "text"), status_of(reported.error().code));
}

Result<Response> carry_back(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Demand>("id"));
  auto reply = model::from_code<model::GuardianReply>(call.form().text("reply"));
  if (!reply) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("reply", {"field.not_offered"});
  SHIDE_TRY(carried, workflow::carry_back(ports, call.actor(), id, *reply));
  (void)carried;
  return call.redirect("/my");
}

// ── the record API ──

visit::RecordForm record_form(JsonFields& body) {
  visit::RecordForm form;
  form.visited_at = body.text("visited_at");
  form.mode = body.text("mode");
  form.narrative = body.text("narrative");
  form.reflection = body.text("reflection");
  form.topics = body.texts("topics");
  form.alone_reason = body.text("alone_reason");
  form.outside_window_reason = body.text("outside_window_reason");
  form.late_preparation_reason = body.text("late_preparation_reason");
  form.photo_waiver = body.text("photo_waiver");
  form.no_demand = body.flag("no_demand");
  form.seen = body.text("seen");
  body.ignore({"id", "version", "state", "review_reason", "photos", "team", "missing", "hints"});
  return form;
}

std::vector<workflow::DemandForm> demand_forms(JsonFields& body) {
  std::vector<workflow::DemandForm> forms;
  for (JsonFields& one : body.objects("demands")) {
    forms.push_back({one.text("id"), one.text("text"), one.text("topic"), one.text("heard_at"), one.text("heard_early_reason"), one.flag("urgent")});
    one.ignore({"state"});
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
  JsonFields fields(body);
  visit::RecordForm form = record_form(fields);
  std::vector<workflow::DemandForm> demands = demand_forms(fields);
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(saved, workflow::save_record(ports, call.actor(), id, version, form, demands));
  (void)saved;
  return api_record(ports, call);
}

Result<Response> api_put_photo(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  std::string_view bytes = call.body();
  if (const Upload* upload = call.form().file("photo")) {
    if (upload->too_large()) return too_large_photo(*upload);
    bytes = upload->bytes;
  }
  SHIDE_TRY(photo, workflow::add_photo(ports, call.actor(), id, plain_number(call.parameter("slot")), bytes));
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
