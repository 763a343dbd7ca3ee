#include "web/roster_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/json_fields.h"
#include "web/parts.h"
#include "web/problem.h"
#include "web/roster_view.h"
#include "web/visit_view.h"
#include "workflow/campaign.h"
#include "workflow/roster.h"

namespace shide::web {
namespace {

using model::Role;
using model::Roster;
using model::RosterState;
using nlohmann::json;
using workflow::RosterRow;
using workflow::RosterSheet;

std::string roster_path(const Id<Roster>& id) { return "/rosters/" + id.value; }

// ── choosing a pupil ──

Result<Response> choose_page(ports::Ports& ports, Call& call, const Id<model::SchoolClass>& school_class, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(campaign, workflow::current_campaign(ports, call.actor()));
  if (!call.actor().classes.count(school_class.value)) return not_found();
  SHIDE_TRY(students, workflow::students_of_class(ports, call.actor(), school_class));
  Fields fields = call.fields(problems);
  std::vector<Option> pupils = {{"", {"choose.none"}}};
  for (const model::Student& student : students) pupils.push_back({student.id.value, {"choose.name", {{"name", student.name}}}});
  json view = {{"title", call.say({"choose.title"})}, {"campaign", campaign.title}, {"class_id", school_class.value}, {"errors", fields.summary()}};
  view["student_id"] = fields.select("student_id", "choose.student", pupils, "");
  view["gender"] = fields.choices("gender", "choose.gender", {{"1", {"gender.1"}}, {"2", {"gender.2"}}}, "", {.optional = true});
  view["guardian_name"] = fields.text("guardian_name", "choose.guardian", {.limit = 40});
  view["relation"] = fields.select("relation", "choose.relation", options_of<model::Relation>("relation"), "father");
  view["phone"] = fields.text("phone", "choose.phone", {.type = "tel", .limit = 20});
  view["address"] = fields.text("address", "choose.address", {.optional = true, .limit = 120});
  view["care_categories"] = fields.boxes("care_categories", "choose.care", options_of<model::CareCategory>("care_category"), {}, {.optional = true});
  return call.page("choose", std::move(view), status);
}

Result<Response> show_choose(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::SchoolClass>("id"));
  return choose_page(ports, call, id, {}, 200);
}

Result<Response> save_choice(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::SchoolClass>("id"));
  SHIDE_TRY(campaign, workflow::current_campaign(ports, call.actor()));
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  workflow::ChosenStudentForm form{text("student_id"), text("gender"), text("guardian_name"), text("relation"), text("phone"), text("address"),
                                   call.form().all("care_categories")};
  auto chosen = workflow::choose_student(ports, call.actor(), campaign.id, id, form);
  if (chosen) return call.redirect("/my");
  if (chosen.error().code != ErrorCode::kInvalid) return chosen.error();
  return choose_page(ports, call, id, problems_of(chosen.error(), "student_id"), 422);
}

// ── the sheet ──

Response sheet_page(Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems, int status) {
  json view = roster_view(call, sheet, problems);
  Fields fields = call.fields(problems);
  view["errors"] = fields.summary();
  view["reason"] = fields.area("reason", "roster_page.reason", {.limit = 300, .rows = 2});
  return call.page("roster", std::move(view), status);
}

Result<Response> show_rosters(ports::Ports& ports, Call& call) {
  auto campaign = workflow::current_campaign(ports, call.actor());
  if (auto* error = campaign.if_error()) return call.before_campaign(*error);
  SHIDE_TRY(sheets, workflow::roster_sheets(ports, call.actor(), campaign->id));
  if (sheets.size() == 1) return call.redirect(roster_path(sheets.front().roster.id));
  json view = {{"title", call.say({"roster_page.all"})}, {"campaign", campaign->title}, {"sheets", json::array()}};
  for (const RosterSheet& sheet : sheets) {
    auto chosen = std::count_if(sheet.rows.begin(), sheet.rows.end(), [](const RosterRow& row) { return row.visit.has_value(); });
    json one = roster_view(call, sheet, {});
    one["chosen"] = chosen;
    one["classes"] = sheet.rows.size();
    one["address"] = call.link(roster_path(sheet.roster.id));
    view["sheets"].push_back(std::move(one));
  }
  return call.page("rosters", std::move(view));
}

Result<Response> show_roster(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(sheet, workflow::roster_sheet(ports, call.actor(), id));
  return sheet_page(call, sheet, {}, 200);
}

Result<Response> refused(ports::Ports& ports, Call& call, const Id<Roster>& id, const Error& error) {
  if (!is_mendable(error)) return error;
  SHIDE_TRY(sheet, workflow::roster_sheet(ports, call.actor(), id));
  std::vector<Problem> problems = problems_of(error, "teams");
  // Each class is one row of the sheet; who is in no team belongs to the whole of it.
  for (Problem& problem : problems) {
    if (problem.path.starts_with("student.")) problem.path.replace(0, 7, "team");
    else if (!problem.path.starts_with("team.") && problem.path != "reason") problem.path = "teams";
  }
  return sheet_page(call, sheet, problems, status_of(error.code));
}

Result<Response> save_teams(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  auto saved = workflow::set_teams(ports, call.actor(), id, call.form().number("version"), teams_in(call.form()));
  if (auto* error = saved.if_error()) return refused(ports, call, id, *error);
  if (call.form().text("act") == "submit") {
    auto submitted = workflow::submit_roster(ports, call.actor(), id);
    if (auto* error = submitted.if_error()) return refused(ports, call, id, *error);
  }
  return call.redirect(roster_path(id));
}

Result<Response> decide(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  auto decided = call.form().text("act") == "accept" ? workflow::accept_roster(ports, call.actor(), id)
                                                     : workflow::send_back_roster(ports, call.actor(), id, call.form().text("reason"));
  if (auto* error = decided.if_error()) return refused(ports, call, id, *error);
  return call.redirect("/rosters");
}

// ── API ──

json roster_json(const RosterSheet& sheet) {
  json lines = json::array();
  for (const RosterRow& row : sheet.rows) {
    json teachers = json::array();
    for (const auto& one : row.team) teachers.push_back(one.teacher_id.value);
    lines.push_back({{"class_id", row.school_class.id.value}, {"class", row.school_class.name}, {"visit_id", row.visit ? json(row.visit->id.value) : json()},
                     {"student", row.student ? json(row.student->name) : json()}, {"teachers", teachers}});
  }
  return {{"id", sheet.roster.id.value}, {"version", sheet.roster.version}, {"state", model::code_of(sheet.roster.state)},
          {"grade_group", sheet.grade_group.name}, {"lines", lines}};
}

Result<Response> api_roster(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(sheet, workflow::roster_sheet(ports, call.actor(), id));
  Response response = call.json(roster_json(sheet));
  response.headers.push_back({"ETag", "\"" + std::to_string(sheet.roster.version) + "\""});
  return response;
}

Result<Response> api_set_teams(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(version, call.if_match());
  SHIDE_TRY(body, call.json_body());
  JsonFields fields(body);
  workflow::TypedTeams teams;
  for (JsonFields& line : fields.objects("lines", Presence::kRequired)) {
    teams[line.text("class_id", Presence::kRequired)] = line.texts("teachers", Presence::kRequired);
    line.ignore({"class", "visit_id", "student"});
  }
  fields.ignore({"id", "version", "state", "grade_group"});
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(saved, workflow::set_teams(ports, call.actor(), id, version, teams));
  (void)saved;
  return api_roster(ports, call);
}

Result<Response> api_submit(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(submitted, workflow::submit_roster(ports, call.actor(), id));
  return call.json({{"id", id.value}, {"state", model::code_of(submitted.state)}});
}

}  // namespace

std::vector<Route> roster_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> both = {Role::kGradeLeader, Role::kStudentOffice};
  return {
      {Method::kGet, "/classes/{id}/student", roles({Role::kHomeroomTeacher}), bound(show_choose)},
      {Method::kPost, "/classes/{id}/student", roles({Role::kHomeroomTeacher}), bound(save_choice)},
      {Method::kGet, "/rosters", roles(both), bound(show_rosters), BarLink{"nav.rosters", 20}},
      {Method::kGet, "/rosters/{id}", roles(both), bound(show_roster)},
      {Method::kPost, "/rosters/{id}/teams", roles({Role::kGradeLeader}), bound(save_teams)},
      {Method::kPost, "/rosters/{id}/decision", roles({Role::kStudentOffice}), bound(decide)},
      {Method::kGet, "/api/v1/rosters/{id}", roles(both), bound(api_roster)},
      {Method::kPut, "/api/v1/rosters/{id}", roles({Role::kGradeLeader}), bound(api_set_teams)},
      {Method::kPost, "/api/v1/rosters/{id}/submit", roles({Role::kGradeLeader}), bound(api_submit)},
  };
}

}  // namespace shide::web
