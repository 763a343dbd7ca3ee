#include "web/annex3_routes.h"

#include <algorithm>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/problem.h"
#include "web/visit_view.h"
#include "workflow/annex3.h"

namespace shide::web {
namespace {

using model::Visit;
using nlohmann::json;
using ports::FormBox;
using ports::PrintedForm;
using workflow::Dossier;
using workflow::RecordOnPaper;

constexpr const char* kDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The layout of schema/forms/annex3.info.
const InfoEntry& layout() {
  static const InfoEntry file = [] {
    auto read = parse_info(resource("schema/forms/annex3.info").value_or(""), "annex3.info");
    return read ? *read : InfoEntry{};
  }();
  return file;
}

std::string worded(const Call& call, const InfoEntry& entry) { return entry.text(call.language() == Language::kEnglish ? "en" : "zh"); }

std::string demands_of(const Call& call, const Dossier& dossier) {
  std::vector<std::string> lines;
  for (const model::Demand& demand : dossier.demands) {
    if (demand.level == model::Level::kFull) lines.push_back(demand.text);
  }
  if (lines.empty() && dossier.record && dossier.record->no_demand == "yes") return call.say({"record.no_demand"});
  return join(lines, "\n");
}

std::string text_of_field(const Call& call, const Dossier& dossier, std::string_view field) {
  const model::VisitRecord record = dossier.record.value_or(model::VisitRecord{});
  if (field == "teacher") return homeroom_name(dossier);
  if (field == "class") return dossier.school_class.name;
  if (field == "student") return dossier.student ? dossier.student->name : "";
  if (field == "guardian") return dossier.guardian ? dossier.guardian->name : "";
  if (field == "co_visitors") return team_names(dossier, false);
  if (field == "visited_at") {
    std::optional<Time> at = record.visited_at ? record.visited_at : dossier.visit.appointment_at;
    return at ? day_and_time_text(*at, call.language()) : "";
  }
  if (field == "mode") {
    std::optional<model::VisitMode> mode = record.mode ? record.mode : dossier.visit.mode_planned;
    return mode ? call.say({"visit_mode." + std::string(model::code_of(*mode))}) : "";
  }
  if (field == "preparation") return dossier.preparation ? dossier.preparation->text : "";
  if (field == "narrative") return record.narrative;
  if (field == "demands") return demands_of(call, dossier);
  if (field == "photos") return record.photo_waiver;
  if (field == "reflection") return record.reflection;
  return "";
}

/// The annex as it is printed, in the order and the rows of the plan.
PrintedForm annex_of(const Call& call, RecordOnPaper paper, std::string_view reason) {
  const Dossier& dossier = paper.dossier;
  PrintedForm form;
  const InfoEntry* head = layout().child("form");
  if (!head) return form;
  form.corner = head->text("annex");
  form.title = head->text(call.language() == Language::kEnglish ? "title_en" : "title");
  const model::School& school = call.school();
  form.above = call.say({"annex3.school"}) + call.say({"paper.colon"}) + (school.name.empty() ? school.short_name : school.name);
  for (const InfoEntry* field : layout().all("field")) {
    if (field->value == "school") continue;
    FormBox box;
    box.label = worded(call, *field);
    box.text = text_of_field(call, dossier, field->value);
    box.is_half = !field->text("half").empty();
    box.lines = std::max<std::size_t>(1, static_cast<std::size_t>(plain_number(field->text("lines"))));
    if (field->value == "photos") box.pictures = std::move(paper.photos);
    form.boxes.push_back(std::move(box));
  }
  for (const InfoEntry* signature : layout().all("signature")) form.signatures.push_back(worded(call, *signature) + call.say({"paper.colon"}));
  Phrase foot = reason.empty() ? Phrase{"paper.foot_own", {{"name", call.actor().name}, {"time", to_text_minutes(call.now())}}}
                               : Phrase{"paper.foot", {{"name", call.actor().name}, {"time", to_text_minutes(call.now())}, {"reason", reason}}};
  form.foot = call.say(foot);
  form.mark = dossier.visit.id.value;
  return form;
}

Response ask_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"paper.title"})}, {"errors", fields.summary()}, {"visit_id", dossier.visit.id.value}, {"reason_field", nullptr},
               {"what", call.say({workflow::needs_reason_to_take_out(dossier) ? "paper.what_others" : "paper.what_team"})}};
  if (workflow::needs_reason_to_take_out(dossier)) view["reason_field"] = fields.text("reason", "paper.reason", {.limit = 100});
  return call.page("annex3_ask", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_ask(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
  if (!workflow::may_take_out_record(dossier)) return not_found();
  return ask_page(call, dossier, {});
}

/// The photos stand on the page for whoever may open them there; others have them in the file.
Response print_page(Call& call, const PrintedForm& form, const Dossier& dossier) {
  json view = {{"title", form.title}, {"corner", form.corner}, {"above", form.above}, {"foot", form.foot}, {"rows", json::array()}, {"signatures", json::array()}};
  for (std::size_t i = 0; i < form.boxes.size(); ++i) {
    json boxes = json::array();
    bool is_pair = form.boxes[i].is_half && i + 1 < form.boxes.size() && form.boxes[i + 1].is_half;
    for (std::size_t end = i + (is_pair ? 2 : 1), at = i; at < end; ++at) {
      const FormBox& box = form.boxes[at];
      json photos = json::array();
      for (std::size_t one = 0; one < box.pictures.size() && dossier.in_team; ++one) {
        std::string slot = std::to_string(dossier.photos[one].slot);
        photos.push_back({{"address", call.link("/visits/" + dossier.visit.id.value + "/photos/" + slot)}, {"alt", call.say({"record.photo_alt", {{"slot", slot}}})}});
      }
      bool elsewhere = !box.pictures.empty() && !dossier.in_team;
      boxes.push_back({{"label", box.label}, {"text", elsewhere ? call.say({"paper.photos_elsewhere", {{"count", box.pictures.size()}}}) : box.text}, {"photos", std::move(photos)}, {"span", is_pair ? 1 : 3}});
    }
    view["rows"].push_back({{"boxes", std::move(boxes)}});
    if (is_pair) ++i;
  }
  for (const std::string& signature : form.signatures) view["signatures"].push_back({{"words", signature}});
  return call.page("annex3", std::move(view));
}

Result<Response> take_out(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  std::string reason(call.form().text("reason"));
  auto paper = workflow::take_out_record(ports, call.actor(), id, reason);
  if (auto* error = paper.if_error()) {
    if (!is_mendable(*error)) return std::move(*error);
    SHIDE_TRY(dossier, workflow::dossier(ports, call.actor(), id));
    return ask_page(call, dossier, error->problems);
  }
  Dossier dossier = paper->dossier;
  PrintedForm form = annex_of(call, std::move(*paper), clean_line(reason).value_or(""));
  std::string_view act = call.form().text("act");
  std::string name = form.title + " " + dossier.school_class.name;
  if (act == "docx") {
    SHIDE_TRY(bytes, ports.documents->form_docx(form));
    return call.download(std::move(bytes), kDocx, name + ".docx");
  }
  if (act == "pdf") {
    SHIDE_TRY(bytes, ports.documents->form_pdf(form));
    return call.download(std::move(bytes), "application/pdf", name + ".pdf");
  }
  return print_page(call, form, dossier);
}

}  // namespace

std::vector<Route> annex3_routes(ports::Ports& ports) {
  return {
      {Method::kGet, "/visits/{id}/annex3", signed_in(), [&ports](Call& call) { return show_ask(ports, call); }},
      {Method::kPost, "/visits/{id}/annex3", signed_in(), [&ports](Call& call) { return take_out(ports, call); }},
  };
}

}  // namespace shide::web
