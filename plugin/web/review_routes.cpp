#include "web/review_routes.h"

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/visit_view.h"
#include "workflow/campaign.h"

namespace shide::web {
namespace {

using model::Role;
using model::Visit;
using nlohmann::json;
using workflow::Dossier;

std::string who(const Call& call, const Dossier& dossier) {
  std::vector<std::string> names;
  for (const auto& teacher : dossier.teachers) names.push_back(teacher.name);
  return call.say({"review.who", {{"class", dossier.school_class.name}, {"teachers", join(names, " ")}}});
}

std::int64_t waiting(ports::Ports& ports, Call& call) {
  auto campaign = workflow::current_campaign(ports, call.actor());
  if (!campaign) return 0;
  auto list = workflow::waiting_for_review(ports, call.actor(), campaign->id);
  return list ? static_cast<std::int64_t>(list->size()) : 0;
}

Result<Response> show_list(ports::Ports& ports, Call& call) {
  auto campaign = workflow::current_campaign(ports, call.actor());
  if (auto* error = campaign.if_error()) return call.before_campaign(*error);
  SHIDE_TRY(list, workflow::waiting_for_review(ports, call.actor(), campaign->id));
  json view = {{"title", call.say({"review.list"})}, {"records", json::array()}};
  for (const Dossier& dossier : list) {
    bool second = dossier.record->state == model::RecordState::kAccepted;
    view["records"].push_back({{"address", call.link("/reviews/" + dossier.visit.id.value)}, {"who", who(call, dossier)},
                               {"at", dossier.record->submitted_at ? call.say({"review.submitted", {{"at", day_and_time_text(*dossier.record->submitted_at, call.language())}}}) : ""},
                               {"kind", chip(second ? ChipState::kOpen : ChipState::kNow, call.say({second ? "review.second" : "review.first"}))}});
  }
  view["empty"] = list.empty() ? empty_state(call.say({"review.none"}), call.say({"review.none_what"})) : json();
  return call.page("reviews", std::move(view));
}

Result<Response> review_page(ports::Ports& ports, Call& call, const Id<Visit>& id, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(sheet, workflow::review_sheet(ports, call.actor(), id));
  Fields fields = call.fields(problems);
  const model::VisitRecord& record = *sheet.dossier.record;
  json view = {{"title", call.say({"review.title"})}, {"visit_id", id.value}, {"reviewed", who(call, sheet.dossier)}, {"errors", fields.summary()}};
  json demands = json::array();
  for (const auto& demand : sheet.dossier.demands) {
    if (demand.level == model::Level::kFull) demands.push_back({{"voice", voice(demand.text)}});
  }
  view["demands"] = demands;
  add_record_body(call, sheet.dossier, record, view);
  view["preparation_text"] = sheet.preparation;
  view["narrative_text"] = sheet.narrative;
  view["reflection_text"] = sheet.reflection;
  view["masked"] = !call.actor().has(Role::kStudentOffice);
  view["second"] = record.state == model::RecordState::kAccepted;
  view["preparation_mark"] = fields.choices("preparation_mark", "review.preparation_mark",
                                            {{"0", {"review.preparation_0"}}, {"1", {"review.preparation_1"}}, {"2", {"review.preparation_2"}}}, "");
  view["quality_mark"] = fields.text("quality_mark", view["second"].get<bool>() ? "review.second_mark" : "review.quality_mark", {.type = "number", .limit = 2});
  view["reason"] = fields.area("reason", "review.reason", {.limit = 500, .rows = 3});
  return call.page("review", std::move(view), status);
}

Result<Response> show_review(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  return review_page(ports, call, id, {}, 200);
}

Result<Response> decide(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Visit>("id"));
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  auto decided = text("act") == "second" ? workflow::second_reading(ports, call.actor(), id, text("quality_mark"))
                                         : workflow::review_record(ports, call.actor(), id, {text("act") == "accept", text("reason"), text("preparation_mark"), text("quality_mark")});
  if (decided) return call.redirect("/reviews");
  // Without a problem beside a field it is no longer this reader's to decide: there is no form to show again.
  if (decided.error().code != ErrorCode::kInvalid || decided.error().problems.empty()) return decided.error();
  return review_page(ports, call, id, decided.error().problems, 422);
}

}  // namespace

std::vector<Route> review_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> readers = {Role::kGradeLeader, Role::kStudentOffice};
  return {
      {Method::kGet, "/reviews", roles(readers), bound(show_list), BarLink{"nav.reviews", 30, [&ports](Call& call) { return waiting(ports, call); }}},
      {Method::kGet, "/reviews/{id}", roles(readers), bound(show_review)},
      {Method::kPost, "/reviews/{id}", roles(readers), bound(decide)},
  };
}

}  // namespace shide::web
