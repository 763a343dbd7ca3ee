#include "web/new_year_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/call.h"
#include "workflow/new_year.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::ClassFate;
using workflow::NewYearForm;
using workflow::NewYearPlan;

NewYearForm form_in(const Form& typed) { return {std::string(typed.text("teachers")), std::string(typed.text("first_classes"))}; }

Response form_page(Call& call, const Error* error) {
  bool is_typed = error && !error->problems.empty();
  Fields fields = is_typed ? call.fields(error->problems) : call.fields();
  json view = {{"title", call.say({"new_year.title", {{"year", workflow::year_to_begin(date_of(call.now()))}}})}, {"errors", fields.summary()},
               {"refused", error && !is_typed ? json(call.say(error->phrase)) : json()}, {"may_begin", !error || is_typed}};
  view["teachers_field"] = fields.choices("teachers", "new_year.teachers", {{"with_class", {"new_year.teachers_with_class"}}, {"nowhere", {"new_year.teachers_nowhere"}}}, "with_class");
  view["first_field"] = fields.text("first_classes", "new_year.first_classes", {.optional = true, .limit = 2});
  return call.page("new_year", std::move(view), is_typed ? 422 : 200);
}

json class_view(const Call& call, const workflow::ClassStep& step) {
  std::string after = step.fate == ClassFate::kLeaves ? call.say({"new_year.leaves"}) : step.after;
  std::string chosen = step.homeroom_after.empty() ? call.say({"new_year.to_choose"}) : step.homeroom_after;
  bool changes = step.fate == ClassFate::kMovesUp && step.homeroom_before != step.homeroom_after && !step.homeroom_before.empty();
  std::string homeroom = step.fate == ClassFate::kLeaves ? step.homeroom_before
                         : changes ? call.say({"new_year.changes", {{"before", step.homeroom_before}, {"after", chosen}}}) : chosen;
  return {{"before", step.fate == ClassFate::kIsNew ? call.say({"new_year.is_new"}) : step.before}, {"after", after}, {"pupils", step.students}, {"homeroom", homeroom}};
}

json group_view(const Call& call, const workflow::GroupStep& step) {
  std::string leader = step.leader_after.empty() ? call.say({"new_year.to_choose"}) : step.leader_after;
  return {{"name", step.name}, {"leader", leader}, {"count", step.teachers}};
}

Response report_page(Call& call, const NewYearForm& form, const NewYearPlan& plan, const Error* stale) {
  json view = {{"title", call.say({"new_year.report", {{"year", plan.to}}})}, {"refused", stale ? json(call.say(stale->phrase)) : json()},
               {"moving", plan.moving}, {"leaving", plan.leaving}, {"classes", json::array()}, {"groups", json::array()}, {"asides", json::array()},
               {"left_shown", !plan.left.empty()}, {"left", join(plan.left, call.say({"people.comma"}))}, {"teachers", form.teachers},
               {"first_classes", form.first_classes}, {"digest", plan.digest}, {"confirm", call.say({"new_year.confirm", {{"year", plan.to}}})}};
  for (const auto& one : plan.classes) view["classes"].push_back(class_view(call, one));
  for (const auto& one : plan.groups) view["groups"].push_back(group_view(call, one));
  for (const Phrase& one : plan.asides) view["asides"].push_back({{"words", call.say(one)}});
  view["new_classes"] = std::count_if(plan.classes.begin(), plan.classes.end(), [](const auto& one) { return one.fate == ClassFate::kIsNew; });
  return call.page("new_year_report", std::move(view), stale ? 412 : 200);
}

Result<Response> show(ports::Ports& ports, Call& call) {
  auto plan = workflow::plan_new_year(ports, call.actor(), {});
  if (plan) return form_page(call, nullptr);
  if (plan.error().code != ErrorCode::kInvalid) return plan.error();
  return form_page(call, &plan.error());
}

Result<Response> dry_run(ports::Ports& ports, Call& call) {
  NewYearForm form = form_in(call.form());
  auto plan = workflow::plan_new_year(ports, call.actor(), form);
  if (plan) return report_page(call, form, *plan, nullptr);
  if (plan.error().code != ErrorCode::kInvalid) return plan.error();
  return form_page(call, &plan.error());
}

Result<Response> confirm(ports::Ports& ports, Call& call) {
  NewYearForm form = form_in(call.form());
  auto done = workflow::begin_new_year(ports, call.actor(), form, call.form().text("digest"));
  if (done) return call.redirect("/new-year");
  if (done.error().code == ErrorCode::kInvalid) return form_page(call, &done.error());
  if (done.error().code != ErrorCode::kStale) return done.error();
  SHIDE_TRY(plan, workflow::plan_new_year(ports, call.actor(), form));
  return report_page(call, form, plan, &done.error());
}

}  // namespace

std::vector<Route> new_year_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  const Permission office = roles({model::Role::kStudentOffice});
  return {
      {Method::kGet, "/new-year", office, bound(show)},
      {Method::kPost, "/new-year", office, bound(dry_run)},
      {Method::kPost, "/new-year/confirm", office, bound(confirm)},
  };
}

}  // namespace shide::web
