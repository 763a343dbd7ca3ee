#include "web/allocation_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/asset_routes.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/problem.h"
#include "web/roster_view.h"
#include "workflow/allocation.h"

namespace shide::web {
namespace {

using model::Role;
using model::Roster;
using model::TeamRule;
using model::TeamRuleKind;
using nlohmann::json;
using visit::AllocatedTeam;
using visit::Allocation;
using workflow::AllocationSheet;
using workflow::RosterRow;
using workflow::RosterSheet;
using workflow::TypedTeams;

std::string page_path(const Id<Roster>& id) { return "/rosters/" + id.value + "/allocation"; }

// ── the teams ──

bool is_open(const Call& call, const RosterSheet& sheet) {
  return call.actor().grade_groups.count(sheet.grade_group.id.value) > 0 && workflow::is_editable(sheet.roster);
}

/// The companions to start from: what was typed, else the proposal, else those who stand there now.
TypedTeams shown_teams(const Call& call, const AllocationSheet& sheet) {
  TypedTeams teams = teams_in(call.form());
  if (!teams.empty()) return teams;
  for (const RosterRow& row : sheet.roster.rows) {
    std::vector<std::string>& team = teams[row.school_class.id.value];
    for (const auto& one : row.team) {
      if (!one.is_homeroom) team.push_back(one.teacher_id.value);
    }
  }
  if (sheet.proposal.outcome != Allocation::Outcome::kFull) return teams;
  for (const AllocatedTeam& one : sheet.proposal.teams) {
    std::vector<std::string>& team = teams[one.class_id.value];
    team.clear();
    for (std::size_t i = 1; i < one.members.size(); ++i) team.push_back(one.members[i].value);
  }
  return teams;
}

std::string name_of(const RosterSheet& sheet, const std::string& id) {
  auto teacher = sheet.by_id.find(id);
  return teacher == sheet.by_id.end() ? "" : teacher->second.name;
}

json names_of(const RosterSheet& sheet, const std::vector<std::string>& team) {
  json names = json::array();
  for (const std::string& id : team) names.push_back(name_of(sheet, id));
  return names;
}

json row_view(const Call& call, const AllocationSheet& sheet, const RosterRow& row, const std::vector<std::string>& team, const std::vector<Problem>& wrong) {
  const std::string& class_id = row.school_class.id.value;
  std::vector<std::string> present, said;
  for (const auto& one : row.team) {
    if (!one.is_homeroom) present.push_back(one.teacher_id.value);
  }
  for (const Problem& problem : wrong) {
    if (problem.path == "team." + class_id) said.push_back(call.say(problem.phrase));
  }
  std::vector<std::string> before = present, after = team;
  std::sort(before.begin(), before.end());
  std::sort(after.begin(), after.end());
  return {{"class", row.school_class.name}, {"class_id", class_id}, {"homeroom", row.homeroom_teacher.name}, {"present", names_of(sheet.roster, present)},
          {"none_present", present.empty()}, {"proposed", names_of(sheet.roster, team)}, {"changed", before != after}, {"read_only", !is_open(call, sheet.roster)}, {"wrong", join(said, " ")},
          {"selects", is_open(call, sheet.roster) ? companion_selects(call, sheet.roster, row, team) : json::array()}};
}

// ── what is said above them ──

std::string class_names(const RosterSheet& sheet, const std::vector<Id<model::SchoolClass>>& ids) {
  std::vector<std::string> names;
  for (const RosterRow& row : sheet.rows) {
    if (std::find(ids.begin(), ids.end(), row.school_class.id) != ids.end()) names.push_back(row.school_class.name);
  }
  return join(names, " ");
}

json outcome_note(const Call& call, const AllocationSheet& sheet) {
  const Allocation& proposal = sheet.proposal;
  if (proposal.outcome == Allocation::Outcome::kUndecided) return note(Tone::kWarm, call.say({"allocation.undecided"}), "", call.say({"allocation.undecided_what"}));
  if (proposal.outcome == Allocation::Outcome::kImpossible) {
    return note(Tone::kBad, call.say({"allocation.impossible"}), call.say({proposal.conflict_smallest ? "allocation.conflict" : "allocation.conflict_maybe_fewer"}));
  }
  if (!proposal.teams_of_four.empty()) {
    return note(Tone::kWarm, call.say({"allocation.crowded"}), call.say({"allocation.crowded_what", {{"classes", class_names(sheet.roster, proposal.teams_of_four)}}}));
  }
  return note(Tone::kPlain, call.say({"allocation.full"}), call.say({proposal.best ? "allocation.full_what" : "allocation.full_not_best"}));
}

json seat_view(const Call& call, const AllocationSheet& sheet) {
  const Roster& roster = sheet.roster.roster;
  if (roster.seats_granted > 0 || (sheet.proposal.teams_of_four.empty() && !roster.seat_asked_at)) return nullptr;
  bool office = call.actor().has(Role::kStudentOffice), open = is_open(call, sheet.roster);
  return {{"asked", roster.seat_asked_at.has_value()}, {"may_ask", open && !roster.seat_asked_at}, {"may_grant", office && roster.seat_asked_at.has_value()}};
}

// ── the rules ──

std::string rule_text(const Call& call, const RosterSheet& sheet, const TeamRule& rule) {
  std::string one = name_of(sheet, rule.teacher_id.value);
  if (rule.kind == TeamRuleKind::kNotWith) return call.say({"allocation.rule_not_with", {{"one", one}, {"other", name_of(sheet, rule.other_id.value)}}});
  std::string from = rule.from ? weekday_text(*rule.from, call.language()) : "", to = rule.to ? weekday_text(*rule.to, call.language()) : "";
  if (from == to) return call.say({"allocation.away_on", {{"teacher", one}, {"day", from}}});
  return call.say({"allocation.away_from_to", {{"teacher", one}, {"from", from}, {"to", to}}});
}

json rule_views(const Call& call, const RosterSheet& sheet) {
  json list = json::array();
  for (const TeamRule& rule : sheet.rules) list.push_back({{"rule_id", rule.id.value}, {"text", rule_text(call, sheet, rule)}, {"may_remove", is_open(call, sheet)}});
  return list;
}

json rule_forms(const Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems) {
  if (!is_open(call, sheet)) return nullptr;
  std::vector<Option> people = {{"", {"allocation.nobody"}}};
  for (const auto& [id, teacher] : sheet.by_id) people.push_back({id, {"choose.name", {{"name", teacher.name}}}});
  bool away = call.form().text("kind") == "away", apart = call.form().text("kind") == "not_with";
  std::vector<Problem> none;
  auto fields = [&](bool sent) { return sent ? call.fields(problems) : call.fields(); };
  std::string day = to_text(sheet.campaign.visit_from);
  Fields of_away = fields(away), of_apart = fields(apart);
  return {{"away_open", away && !problems.empty()}, {"apart_open", apart && !problems.empty()},
          {"away_teacher", of_away.select("teacher_id", "allocation.teacher", people, "")},
          {"from", of_away.text("from", "allocation.from", {.value = day, .limit = 20})}, {"to", of_away.text("to", "allocation.to", {.value = day, .limit = 20})},
          {"apart_teacher", of_apart.in_row("apart").select("teacher_id", "allocation.teacher", people, "")},
          {"other", of_apart.select("other_id", "allocation.other", people, "")}};
}

Response allocation_page(Call& call, const AllocationSheet& sheet, const std::vector<Problem>& problems, int status) {
  const RosterSheet& roster = sheet.roster;
  TypedTeams teams = shown_teams(call, sheet);
  bool open = is_open(call, roster), checked = call.form().text("act") == "check";
  std::vector<Problem> wrong = workflow::wrong_with(roster, teams);
  // A stale page says so beside the teams that changed; what the typed teams break is said in any case.
  for (const Problem& one : problems) {
    if (std::find(wrong.begin(), wrong.end(), one) == wrong.end() && one.path != "teams") wrong.push_back(one);
  }
  json rows = json::array(), left = json::array(), conflict = json::array(), without = json::array();
  for (const RosterRow& row : roster.rows) rows.push_back(row_view(call, sheet, row, teams[row.school_class.id.value], wrong));
  for (const Problem& one : wrong) {
    if (one.path.starts_with("teacher.")) left.push_back(call.say(one.phrase));
  }
  for (const Phrase& rule : sheet.proposal.conflict) conflict.push_back(call.say(rule));
  for (const auto& id : sheet.proposal.welcome_without) without.push_back(name_of(roster, id.value));
  std::string stale;
  for (const Problem& one : problems) {
    if (one.path == "teams") stale = call.say(one.phrase);
  }
  json view = {{"title", call.say({"allocation.title", {{"group", roster.grade_group.name}}})}, {"roster_id", roster.roster.id.value}, {"version", roster.roster.version},
               {"fingerprint", sheet.fingerprint}, {"outcome", outcome_note(call, sheet)}, {"conflict", conflict}, {"conflict_shown", !conflict.empty()},
               {"without", without}, {"without_shown", !without.empty()}, {"rows", rows}, {"left", left}, {"left_shown", !left.empty()}, {"editable", open},
               {"fine", checked && wrong.empty() ? json(call.say({"allocation.fine"})) : json()}, {"stale", stale.empty() ? json() : json(stale)},
               {"seat", seat_view(call, sheet)}, {"rules", rule_views(call, roster)}, {"rules_shown", !roster.rules.empty()}, {"rule_forms", rule_forms(call, roster, problems)},
               {"script_address", asset_address(call.link(""), "allocation.js")}};
  return call.page("allocation", std::move(view), status);
}

Result<Response> show_allocation(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(sheet, workflow::allocation_sheet(ports, call.actor(), id));
  return allocation_page(call, sheet, {}, 200);
}

Result<Response> refused_allocation(ports::Ports& ports, Call& call, const Id<Roster>& id, const Error& error) {
  if (!is_mendable(error)) return error;
  SHIDE_TRY(sheet, workflow::allocation_sheet(ports, call.actor(), id));
  return allocation_page(call, sheet, problems_of(error, "teams"), status_of(error.code));
}

Result<Response> take_allocation(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  if (call.form().text("act") == "check") return show_allocation(ports, call);
  auto taken = workflow::accept_allocation(ports, call.actor(), id, call.form().number("version"), call.form().text("fingerprint"), teams_in(call.form()));
  if (auto* error = taken.if_error()) return refused_allocation(ports, call, id, *error);
  return call.redirect("/rosters/" + id.value);
}

Result<Response> add_rule(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  auto added = workflow::add_team_rule(ports, call.actor(), id, {text("kind"), text("teacher_id"), text("other_id"), text("from"), text("to")});
  if (auto* error = added.if_error()) return refused_allocation(ports, call, id, *error);
  return call.redirect(page_path(id));
}

Result<Response> remove_rule(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  SHIDE_TRY(rule, call.id<TeamRule>("rule"));
  SHIDE_CHECK(workflow::remove_team_rule(ports, call.actor(), id, rule));
  return call.redirect(page_path(id));
}

Result<Response> seat(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Roster>("id"));
  auto done = call.form().text("act") == "grant" ? workflow::grant_seat(ports, call.actor(), id) : workflow::ask_for_seat(ports, call.actor(), id);
  if (auto* error = done.if_error()) return refused_allocation(ports, call, id, *error);
  return call.redirect(page_path(id));
}

}  // namespace

std::vector<Route> allocation_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> both = {Role::kGradeLeader, Role::kStudentOffice};
  return {
      {Method::kGet, "/rosters/{id}/allocation", roles(both), bound(show_allocation)},
      {Method::kPost, "/rosters/{id}/allocation", roles({Role::kGradeLeader}), bound(take_allocation)},
      {Method::kPost, "/rosters/{id}/rules", roles({Role::kGradeLeader}), bound(add_rule)},
      {Method::kPost, "/rosters/{id}/rules/{rule}/remove", roles({Role::kGradeLeader}), bound(remove_rule)},
      {Method::kPost, "/rosters/{id}/seat", roles(both), bound(seat)},
  };
}

}  // namespace shide::web
