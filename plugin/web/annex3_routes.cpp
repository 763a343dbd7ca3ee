#include "web/annex3_routes.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "web/call.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/annex3.h"

namespace shide::web {
namespace {

using model::Visit;
using nlohmann::json;
using ports::FormBox;
using ports::PrintedForm;
using workflow::Dossier;
using workflow::RecordOnPaper;

constexpr std::size_t kMostPapers = 36;
constexpr std::size_t kPapersBody = 26 * 1024 * 1024;
constexpr std::size_t kTakeBody = 2 * 1024 * 1024;  // the words of all of them
constexpr const char* kDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

std::string worded(const Call& call, const InfoEntry& entry) { return entry.text(call.language() == Language::kEnglish ? "en" : "zh"); }

/// The annex as it is printed, in the order and the rows of the plan.
PrintedForm annex_of(const Call& call, RecordOnPaper paper, std::string_view reason) {
  const Dossier& dossier = paper.dossier;
  PrintedForm form;
  const InfoEntry* head = workflow::annex3_form().child("form");
  if (!head) return form;
  form.corner = head->text("annex");
  form.title = head->text(call.language() == Language::kEnglish ? "title_en" : "title");
  const model::School& school = call.school();
  form.above = call.say({"annex3.school"}) + call.say({"paper.colon"}) + (school.name.empty() ? school.short_name : school.name);
  for (const InfoEntry* field : workflow::annex3_form().all("field")) {
    if (field->value == "school") continue;
    FormBox box;
    box.label = worded(call, *field);
    box.text = workflow::annex3_text(dossier, field->value, call.language());
    box.is_half = !field->text("half").empty();
    box.lines = std::max<std::size_t>(1, static_cast<std::size_t>(plain_number(field->text("lines"))));
    if (field->value == "photos") box.pictures = std::move(paper.photos);
    form.boxes.push_back(std::move(box));
  }
  for (const InfoEntry* signature : workflow::annex3_form().all("signature")) form.signatures.push_back(worded(call, *signature) + call.say({"paper.colon"}));
  Phrase foot = reason.empty() ? Phrase{"paper.foot_own", {{"name", call.actor().name}, {"time", to_text_minutes(call.now())}}}
                               : Phrase{"paper.foot", {{"name", call.actor().name}, {"time", to_text_minutes(call.now())}, {"reason", reason}}};
  form.foot = call.say(foot);
  form.mark = dossier.visit.id.value;
  form.state = std::move(paper.state);
  return form;
}

Response ask_page(Call& call, const Dossier& dossier, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"paper.title"})}, {"errors", fields.summary()}, {"visit_id", dossier.visit.id.value}, {"reason_field", nullptr}, {"may_return", dossier.in_team},
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

// ---- what comes back ----

/// A paper on its page of looking: its file, and what was read of it. Its words travel in the page, and are written when its reader says so.
struct ReturnedPaper {
  std::string file_name;
  workflow::PaperSeen seen;
  Phrase problem;  // of the file itself
};

std::string prefix_of(std::size_t index) { return "p" + std::to_string(index) + "_"; }

ReturnedPaper read_paper(ports::Ports& ports, Call& call, const Upload& upload) {
  ReturnedPaper paper{upload.file_name, {}, {}};
  constexpr std::size_t kMegabyte = 1u << 20;
  if (upload.too_large()) {
    paper.problem = {"document.too_large", {{"size", (upload.size + kMegabyte - 1) / kMegabyte}, {"limit", ports::kMaximumDocumentBytes / kMegabyte}}};
    return paper;
  }
  auto form = ports.documents->read_form(upload.bytes);
  if (auto* error = form.if_error()) {
    paper.problem = problems_of(outward(*error), "files").front().phrase;
    return paper;
  }
  auto seen = workflow::look_at_paper(ports, call.actor(), *form, {});
  if (auto* error = seen.if_error()) paper.problem = outward(*error).phrase;
  else paper.seen = std::move(*seen);
  if (paper.problem.code.empty()) paper.problem = paper.seen.problem;
  return paper;
}

json line_view(const Call& call, const workflow::PaperLine& line) {
  using workflow::PaperFate;
  const char* word = line.fate == PaperFate::kTaken ? "paper.taken" : line.fate == PaperFate::kNotTaken ? "paper.not_taken" : "paper.unclear";
  ChipState state = line.fate == PaperFate::kTaken ? ChipState::kNow : ChipState::kBad;
  std::string reason = line.fate == PaperFate::kNotTaken ? call.say({line.field == "preparation" ? "paper.why_preparation" : line.field == "demands" ? "paper.why_demands" : "paper.why_roster"})
                       : line.fate == PaperFate::kUnclear ? call.say({"paper.why_unclear"}) : "";
  return {{"label", call.say({"annex3." + line.field})}, {"chip", chip(state, call.say({word}))}, {"words", line.words}, {"why", reason},
          {"now", !line.now.empty() ? call.say({"paper.now", {{"words", line.now}}}) : ""}};
}

Result<json> paper_view(ports::Ports& ports, Call& call, const ReturnedPaper& paper, std::size_t index) {
  json view = {{"file", paper.file_name}, {"problem", call.say(paper.problem)}, {"whose", ""}, {"lines", json::array()}, {"others", json::array()}, {"kept", json::array()}, {"which", nullptr}, {"same", ""},
               {"may_take", false}, {"number", index}};
  if (!paper.problem.code.empty()) {
    view["problem_shown"] = true;
    return view;
  }
  view["problem_shown"] = false;
  std::string prefix = prefix_of(index);
  auto keep = [&](const std::string& name, const std::string& value) { view["kept"].push_back({{"kept_name", prefix + name}, {"kept_value", value}}); };
  keep("file", paper.file_name);
  for (const auto& [field, words] : paper.seen.words) keep(field, words);
  for (const std::string& words : paper.seen.others) view["others"].push_back({{"words", words}});
  view["may_take"] = true;
  if (const auto& dossier = paper.seen.dossier) {
    keep("visit", dossier->visit.id.value);
    keep("state", paper.seen.state);
    view["whose"] = call.say({"paper.whose", {{"class", dossier->school_class.name}, {"name", dossier->student ? dossier->student->name : ""}}});
    std::vector<std::string> same;
    for (const workflow::PaperLine& line : paper.seen.lines) {
      if (line.fate == workflow::PaperFate::kSame) same.push_back(call.say({"annex3." + line.field}));
      else view["lines"].push_back(line_view(call, line));
    }
    if (!same.empty()) view["same"] = call.say({"paper.same", {{"fields", join(same, call.say({"my.and"}))}}});
    return view;
  }
  auto student = paper.seen.words.find("student");
  SHIDE_TRY(visits, workflow::visits_for_paper(ports, call.actor(), student == paper.seen.words.end() ? "" : student->second));
  std::vector<Option> options = {{"", {"paper.choose"}}};
  for (const Dossier& one : visits) options.push_back({one.visit.id.value, {"paper.whose", {{"class", one.school_class.name}, {"name", one.student ? one.student->name : ""}}}});
  view["which"] = call.fields().select(prefix + "visit", "paper.which", options, "");
  for (const auto& [field, words] : paper.seen.words) view["lines"].push_back(line_view(call, {field, words, "", workflow::PaperFate::kTaken}));
  return view;
}

Response papers_page(Call& call, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"paper.back_title"})}, {"errors", fields.summary()}, {"files", fields.file("files", "paper.files", ".docx", {})}};
  return call.page("papers", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_papers(ports::Ports&, Call& call) { return papers_page(call, {}); }

Result<Response> look_at_papers(ports::Ports& ports, Call& call) {
  std::vector<const Upload*> uploads;
  for (const Upload& one : call.form().files()) {
    if (one.field == "files" && one.size > 0) uploads.push_back(&one);
  }
  if (uploads.empty()) return papers_page(call, {{"files", {"paper.no_file"}}});
  if (uploads.size() > kMostPapers) return papers_page(call, {{"files", {"paper.too_many", {{"limit", kMostPapers}}}}});
  json view = {{"title", call.say({"paper.back_title"})}, {"lead", call.say({"paper.check_lead"})}, {"papers", json::array()}, {"count", uploads.size()}, {"any", false}};
  for (std::size_t i = 0; i < uploads.size(); ++i) {
    SHIDE_TRY(one, paper_view(ports, call, read_paper(ports, call, *uploads[i]), i));
    if (one["may_take"].get<bool>()) view["any"] = true;
    view["papers"].push_back(std::move(one));
  }
  return call.page("papers_check", std::move(view));
}

/// The form of the record's own page with what the paper says: there both versions stand beside each field that two have changed.
json record_fields(const workflow::PaperForm& paper) {
  const visit::RecordForm& form = paper.form;
  json kept = json::array();
  auto add = [&](const char* name, const std::string& value) { kept.push_back({{"kept_name", name}, {"kept_value", value}}); };
  add("version", std::to_string(paper.version));
  add("seen", form.seen);
  add("visited_at", form.visited_at);
  add("mode", form.mode);
  add("narrative", form.narrative);
  add("reflection", form.reflection);
  for (const std::string& topic : form.topics) add("topics", topic);
  add("alone_reason", form.alone_reason);
  add("outside_window_reason", form.outside_window_reason);
  add("late_preparation_reason", form.late_preparation_reason);
  add("photo_waiver", form.photo_waiver);
  if (form.no_demand) add("no_demand", "yes");
  if (!paper.demands.empty()) {
    std::vector<std::string> texts;
    for (const workflow::DemandForm& demand : paper.demands) texts.push_back(demand.text);
    add("demand_id", paper.demands.front().id);
    add("demand_text", join(texts, "\n"));  // the page takes one at a time
    add("demand_topic", paper.demands.front().topic);
  }
  return kept;
}

Result<json> taken_view(ports::Ports& ports, Call& call, std::size_t index) {
  const Form& form = call.form();
  std::string prefix = prefix_of(index);
  std::map<std::string, std::string> words;
  for (const InfoEntry* field : workflow::annex3_form().all("field")) {
    if (form.has(prefix + field->value)) words[field->value] = form.text(prefix + field->value);
  }
  Id<Visit> id{std::string(form.text(prefix + "visit"))};
  std::string state(form.text(prefix + "state"));
  json view = {{"file", form.text(prefix + "file")}, {"done", ""}, {"problem", ""}, {"problems", json::array()}, {"address", ""}, {"settle", nullptr}};
  if (!is_uuid(id.value)) {
    view["problem"] = call.say({"paper.choose_first"});
    return view;
  }
  auto saved = workflow::take_in_paper(ports, call.actor(), id, state, words);
  if (saved) {
    std::size_t missing = saved->missing.size();
    view["done"] = missing == 0 ? call.say({"paper.written"}) : call.say({"paper.written_missing", {{"count", missing}}});
    view["address"] = call.link("/visits/" + id.value);
    return view;
  }
  if (!is_mendable(saved.error())) {
    if (saved.error().code != ErrorCode::kNotFound) return saved.error();
    view["problem"] = call.say({"paper.not_yours"});
    return view;
  }
  view["problem"] = call.say({saved.error().code == ErrorCode::kStale ? "paper.both_changed" : "paper.something_wrong"});
  SHIDE_TRY(paper, workflow::paper_form(ports, call.actor(), id, state, words));
  view["settle"] = {{"address", call.link("/visits/" + id.value)}, {"kept_fields", record_fields(paper)}, {"kept_files", false}};
  return view;
}

Result<Response> take_papers(ports::Ports& ports, Call& call) {
  json view = {{"title", call.say({"paper.back_title"})}, {"papers", json::array()}};
  std::string only(call.form().text("only"));
  for (std::size_t i = 0; i < kMostPapers; ++i) {
    if (!call.form().has(prefix_of(i) + "file") || (!only.empty() && only != std::to_string(i))) continue;
    SHIDE_TRY(one, taken_view(ports, call, i));
    view["papers"].push_back(std::move(one));
  }
  if (view["papers"].empty()) return papers_page(call, {{"files", {"paper.no_file"}}});
  return call.page("papers_taken", std::move(view));
}

}  // namespace

std::vector<Route> annex3_routes(ports::Ports& ports) {
  const Permission teachers = roles({model::Role::kTeacher});
  return {
      {Method::kGet, "/visits/{id}/annex3", signed_in(), [&ports](Call& call) { return show_ask(ports, call); }},
      {Method::kPost, "/visits/{id}/annex3", signed_in(), [&ports](Call& call) { return take_out(ports, call); }},
      {Method::kGet, "/papers", teachers, [&ports](Call& call) { return show_papers(ports, call); }},
      {Method::kPost, "/papers", teachers, [&ports](Call& call) { return look_at_papers(ports, call); }, {}, kPapersBody},
      {Method::kPost, "/papers/take", teachers, [&ports](Call& call) { return take_papers(ports, call); }, {}, kTakeBody},
  };
}

}  // namespace shide::web
