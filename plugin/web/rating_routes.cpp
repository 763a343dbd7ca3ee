#include "web/rating_routes.h"

#include "appraisal/rule_set.h"
#include "web/call.h"
#include "web/problem.h"
#include "workflow/appraisal.h"
#include "workflow/rating.h"

namespace shide::web {
namespace {

using model::Appraisal;
using model::Role;
using nlohmann::json;
using workflow::RatingForm;
using workflow::RatingRow;
using workflow::RatingSheet;

constexpr std::string_view kMark = "rating.", kSeen = "seen.";  // then the teacher's id, a dot and the component

std::string page_path(const RatingSheet& sheet, std::string_view group) {
  return "/appraisal/" + sheet.appraisal.id.value + "/ratings?group=" + std::string(group);
}

json row_view(const Call& call, const Fields& fields, const RatingSheet& sheet, const RatingRow& row) {
  json cells = json::array();
  for (std::size_t i = 0; i < sheet.components.size(); ++i) {
    std::string key = row.teacher.id.value + "." + sheet.components[i];
    json field = fields.text(std::string(kMark) + key, "ratings.mark", {.value = row.marks[i], .limit = 400});
    std::string component = call.say(appraisal::criterion_label(sheet.components[i], ""));
    field["label"] = call.say({"ratings.of", {{"name", row.teacher.name}, {"component", component}}});
    cells.push_back({{"component", component}, {"mark", field}, {"seen_name", std::string(kSeen) + key}, {"seen", row.marks[i]}});
  }
  return {{"name", row.teacher.name}, {"number", row.teacher.staff_number}, {"cells", cells}};
}

Result<Response> sheet_page(ports::Ports& ports, Call& call, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(id, call.id<Appraisal>("id"));
  std::string_view group = call.form().has("group") ? call.form().text("group") : call.query("group");
  SHIDE_TRY(sheet, workflow::rating_sheet(ports, call.actor(), id, group));
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"ratings.title"})}, {"run", sheet.appraisal.title}, {"id", id.value}, {"group", sheet.grade_group_id},
               {"groups", json::array()}, {"components", json::array()}, {"rows", json::array()}, {"errors", fields.summary()}};
  for (const auto& one : sheet.grade_groups) {
    view["groups"].push_back({{"group_name", one.name}, {"address", call.link(page_path(sheet, one.id.value))}, {"shown", one.id.value == sheet.grade_group_id}});
  }
  for (const std::string& component : sheet.components) view["components"].push_back(call.say(appraisal::criterion_label(component, "")));
  for (const RatingRow& row : sheet.rows) view["rows"].push_back(row_view(call, fields, sheet, row));
  return call.page("ratings", std::move(view), status);
}

Result<Response> show(ports::Ports& ports, Call& call) { return sheet_page(ports, call, {}, 200); }

std::vector<RatingForm> forms_in(const Form& form) {
  std::vector<RatingForm> forms;
  for (const auto& [name, value] : form.fields()) {
    std::size_t dot = name.rfind('.');
    if (!name.starts_with(kMark) || dot < kMark.size()) continue;
    std::string key = name.substr(kMark.size());
    forms.push_back({name.substr(kMark.size(), dot - kMark.size()), name.substr(dot + 1), value, std::string(form.text(std::string(kSeen) + key))});
  }
  return forms;
}

Result<Response> save(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Appraisal>("id"));
  auto saved = workflow::save_ratings(ports, call.actor(), id, forms_in(call.form()));
  if (auto* error = saved.if_error()) {
    if (!is_mendable(*error)) return std::move(*error);
    return sheet_page(ports, call, problems_of(*error, "ratings"), status_of(error->code));
  }
  if (call.form().text("act") != "compute") return call.redirect("/appraisal/" + id.value + "/ratings?group=" + std::string(call.form().text("group")));
  SHIDE_TRY(scored, workflow::compute_scores(ports, call.actor(), id));
  (void)scored;
  return call.redirect("/appraisal");
}

}  // namespace

std::vector<Route> rating_routes(ports::Ports& ports) {
  const Permission committee = roles({Role::kEthicsCommittee});
  return {
      {Method::kGet, "/appraisal/{id}/ratings", committee, [&ports](Call& call) { return show(ports, call); }},
      {Method::kPost, "/appraisal/{id}/ratings", committee, [&ports](Call& call) { return save(ports, call); }},
  };
}

}  // namespace shide::web
