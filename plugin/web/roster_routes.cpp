#include "web/roster_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/json_fields.h"
#include "web/parts.h"
#include "web/problem.h"
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

ChipState chip_of(RosterState state) {
  switch (state) {
    case RosterState::kAccepted: return ChipState::kDone;
    case RosterState::kSubmitted: return ChipState::kNow;
    case RosterState::kSentBack: return ChipState::kBad;
    case RosterState::kOpen: break;
  }
  return ChipState::kOpen;
}

bool leads(const Call& call, const RosterSheet& sheet) { return call.actor().grade_groups.count(sheet.grade_group.id.value) > 0; }

std::vector<std::string> team_of(const RosterRow& row) {
  std::vector<std::string> ids;
  for (const auto& one : row.team) {
    if (!one.is_homeroom) ids.push_back(one.teacher_id.value);
  }
  return ids;
}

// The places beside the homeroom teacher: one select each, as many as the campaign allows.
json place_selects(const Call& call, const RosterSheet& sheet, const RosterRow& row, bool editable) {
  json selects = json::array();
  std::int64_t places = sheet.campaign.team_max - (sheet.campaign.homeroom_counts ? 1 : 0);
  std::vector<std::string> team = team_of(row);
  std::string name = "team." + row.school_class.id.value;
  std::vector<std::string> typed = call.form().has(name) ? call.form().all(name) : team;
  for (std::int64_t place = 0; place < places; ++place) {
    std::string chosen = place < static_cast<std::int64_t>(typed.size()) ? typed[static_cast<std::size_t>(place)] : "";
    json options = json::array({{{"value", ""}, {"word", call.say({"roster_page.nobody"})}, {"chosen", chosen.empty()}}});
    auto offer = [&](const model::Teacher& teacher, const char* note) {
      if (teacher.id == row.homeroom_teacher.id || teacher.duty != model::Duty::kInPost) return;
      std::string word = *note ? teacher.name + " · " + call.say({note}) : teacher.name;
      options.push_back({{"value", teacher.id.value}, {"word", word}, {"chosen", teacher.id.value == chosen}});
    };
    for (const auto& teacher : sheet.teachers) offer(teacher, "");
    for (const auto& teacher : sheet.joining) offer(teacher, "roster_page.joins");
    selects.push_back({{"name", name}, {"place", place + 1}, {"options", options}, {"label", call.say({"roster_page.place", {{"class", row.school_class.name}, {"place", place + 1}}})}, {"editable", editable}});
  }
  return selects;
}

json row_view(const Call& call, const RosterSheet& sheet, const RosterRow& row, bool editable, const std::vector<Problem>& problems) {
  json names = json::array();
  for (const auto& one : row.team) {
    auto teacher = sheet.by_id.find(one.teacher_id.value);
    if (teacher != sheet.by_id.end()) names.push_back(teacher->second.name);
  }
  std::vector<std::string> wrong;
  for (const Problem& problem : problems) {
    if (problem.path == "team." + row.school_class.id.value) wrong.push_back(call.say(problem.phrase));
  }
  std::string all_names;
  for (const auto& name : names) all_names += (all_names.empty() ? "" : " ") + name.get<std::string>();
  bool chosen = row.visit.has_value();
  return {{"class", row.school_class.name}, {"class_id", row.school_class.id.value},
          {"student", row.student ? row.student->name : chosen ? call.say({"roster_page.chosen"}) : ""}, {"chosen", chosen},
          {"gender", row.student && !row.student->gender.empty() ? call.say({"gender." + row.student->gender}) : ""},
          {"phone", row.guardian ? mask_phone(row.guardian->phone) : ""}, {"homeroom", row.homeroom_teacher.name}, {"names", all_names},
          {"selects", editable && chosen ? place_selects(call, sheet, row, editable) : json::array()}, {"editable", editable && chosen},
          {"wrong", join(wrong, " ")}};
}

json sheet_view(const Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems) {
  const Roster& roster = sheet.roster;
  bool editable = leads(call, sheet) && (roster.state == RosterState::kOpen || roster.state == RosterState::kSentBack);
  json rows = json::array();
  for (const RosterRow& row : sheet.rows) rows.push_back(row_view(call, sheet, row, editable, problems));
  json missing = json::array();
  for (const Problem& one : sheet.missing) missing.push_back(call.say(one.phrase));
  bool office = call.actor().has(Role::kStudentOffice);
  return {{"roster_id", roster.id.value}, {"version", roster.version}, {"group", sheet.grade_group.name},
          {"title", call.say({"roster_page.title", {{"group", sheet.grade_group.name}}})},
          {"campaign", sheet.campaign.title}, {"rows", rows}, {"rows_shown", !rows.empty()}, {"editable", editable},
          {"state", chip(chip_of(roster.state), call.say({"roster_state." + std::string(model::code_of(roster.state))}))},
          {"due", call.say({sheet.late ? "roster_page.late" : "roster_page.due", {{"day", weekday_text(sheet.campaign.roster_due, call.language())}}})},
          {"sent_back", roster.state == RosterState::kSentBack ? note(Tone::kBad, call.say({"roster_page.sent_back"}), "", roster.send_back_reason) : json()},
          {"missing", editable ? missing : json::array()}, {"missing_shown", editable && !missing.empty()},
          {"may_submit", editable && missing.empty()}, {"may_decide", office && roster.state == RosterState::kSubmitted}};
}

Response sheet_page(Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems, int status) {
  json view = sheet_view(call, sheet, problems);
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
    json one = sheet_view(call, sheet, {});
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

std::map<std::string, std::vector<std::string>> teams_in(const Form& form) {
  std::map<std::string, std::vector<std::string>> teams;
  for (const auto& [name, value] : form.fields()) {
    if (name.starts_with("team.") && !value.empty()) teams[name.substr(5)].push_back(value);
    else if (name.starts_with("team.")) teams[name.substr(5)];
  }
  return teams;
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
  std::map<std::string, std::vector<std::string>> teams;
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
