#include "web/roster_view.h"

#include <algorithm>

#include "base/text.h"
#include "visit/roster_rules.h"
#include "web/asset_routes.h"
#include "web/day.h"
#include "web/parts.h"

namespace shide::web {
namespace {

using model::Roster;
using model::RosterState;
using model::VisitState;
using nlohmann::json;
using workflow::RosterRow;
using workflow::RosterSheet;

ChipState chip_of(RosterState state) {
  switch (state) {
    case RosterState::kAccepted: return ChipState::kDone;
    case RosterState::kSubmitted: return ChipState::kNow;
    case RosterState::kSentBack: return ChipState::kBad;
    case RosterState::kOpen: break;
  }
  return ChipState::kOpen;
}

ChipState chip_of(VisitState state) {
  switch (state) {
    case VisitState::kVisited:
    case VisitState::kRecorded: return ChipState::kDone;
    case VisitState::kPrepared: return ChipState::kNow;
    case VisitState::kDeclined:
    case VisitState::kUnreachable:
    case VisitState::kCancelled: return ChipState::kNotApplicable;
    case VisitState::kChosen:
    case VisitState::kAssigned:
    case VisitState::kSubstituted: break;
  }
  return ChipState::kOpen;
}

bool is_open(const Call& call, const RosterSheet& sheet) {
  bool leads = call.actor().grade_groups.count(sheet.grade_group.id.value) > 0;
  return leads && (sheet.roster.state == RosterState::kOpen || sheet.roster.state == RosterState::kSentBack);
}

std::string team_field(const std::string& class_id) { return "team." + class_id; }

// ── the lines ──

// What was typed, else who stands there.
std::vector<std::string> shown_team(const Call& call, const RosterRow& row) {
  std::string name = team_field(row.school_class.id.value);
  std::vector<std::string> team = call.form().all(name);
  if (call.form().has(name)) return team;
  for (const auto& one : row.team) {
    if (!one.is_homeroom) team.push_back(one.teacher_id.value);
  }
  return team;
}

json members(const RosterSheet& sheet, const RosterRow& row) {
  json list = json::array();
  for (const auto& one : row.team) {
    auto teacher = sheet.by_id.find(one.teacher_id.value);
    if (teacher != sheet.by_id.end()) list.push_back({{"name", teacher->second.name}, {"homeroom", one.is_homeroom}});
  }
  if (list.empty()) list.push_back({{"name", row.homeroom_teacher.name}, {"homeroom", true}});
  return list;
}

bool has_problem(const RosterSheet& sheet, const std::string& class_id) {
  return std::any_of(sheet.missing.begin(), sheet.missing.end(), [&](const Problem& one) { return one.path == team_field(class_id); });
}

bool lacks_people(const RosterSheet& sheet, const std::string& class_id) {
  return std::any_of(sheet.missing.begin(), sheet.missing.end(), [&](const Problem& one) { return one.path == team_field(class_id) && one.phrase.code == "roster.team_small"; });
}

json progress(const Call& call, const RosterSheet& sheet, const RosterRow& row) {
  const std::string& class_id = row.school_class.id.value;
  if (!row.visit) return chip(ChipState::kOpen, call.say({"roster_page.not_chosen"}));
  if (lacks_people(sheet, class_id)) return chip(ChipState::kNow, call.say({"roster_page.short"}));
  if (has_problem(sheet, class_id)) return chip(ChipState::kNow, call.say({"roster_page.clash"}));
  return chip(chip_of(row.visit->state), call.say({"visit_state." + std::string(model::code_of(row.visit->state))}));
}

json row_view(const Call& call, const RosterSheet& sheet, const RosterRow& row, const std::vector<Problem>& problems) {
  const std::string& class_id = row.school_class.id.value;
  std::vector<std::string> wrong;
  for (const Problem& problem : problems) {
    if (problem.path == team_field(class_id)) wrong.push_back(call.say(problem.phrase));
  }
  bool chosen = row.visit.has_value(), editable = chosen && is_open(call, sheet), lacks = chosen && has_problem(sheet, class_id);
  json want = json();
  if (sheet.free_place && sheet.free_place->class_id == row.school_class.id && is_open(call, sheet)) want = sheet.by_id.at(sheet.free_place->teacher_id.value).name;
  return {{"class", row.school_class.name}, {"class_id", class_id}, {"student", row.student ? row.student->name : chosen ? call.say({"roster_page.chosen"}) : ""},
          {"gender", row.student && !row.student->gender.empty() ? call.say({"gender." + row.student->gender}) : ""},
          {"phone", row.guardian ? mask_phone(row.guardian->phone) : ""}, {"members", members(sheet, row)}, {"want", want}, {"progress", progress(call, sheet, row)},
          {"is_short", lacks}, {"opened", lacks || !wrong.empty()}, {"editable", editable}, {"selects", editable ? companion_selects(call, sheet, row, shown_team(call, row)) : json::array()}, {"wrong", join(wrong, " ")}};
}

// ── beside the lines ──

struct Share {
  std::size_t done = 0, all = 0;
};

json check_line(const Call& call, Phrase what, Share share) {
  std::string figure = std::to_string(share.done) + " / " + std::to_string(share.all);
  return {{"what", call.say(what)}, {"share", chip(share.done == share.all ? ChipState::kDone : ChipState::kNow, figure)}};
}

bool is_placed(const RosterSheet& sheet, const model::Teacher& teacher) {
  return std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const RosterRow& row) {
    return std::any_of(row.team.begin(), row.team.end(), [&](const auto& one) { return one.teacher_id == teacher.id; });
  });
}

json checks(const Call& call, const RosterSheet& sheet) {
  Share chosen{0, sheet.rows.size()}, teams{0, sheet.rows.size()}, people;
  for (const RosterRow& row : sheet.rows) {
    chosen.done += row.visit.has_value();
    teams.done += row.visit && !has_problem(sheet, row.school_class.id.value);
  }
  for (const auto& teacher : sheet.teachers) {
    if (!visit::owes_a_visit(teacher)) continue;
    ++people.all;
    people.done += is_placed(sheet, teacher);
  }
  const model::Campaign& campaign = sheet.campaign;
  const char* bounds = campaign.homeroom_counts ? "roster_page.check_teams" : "roster_page.check_teams_beside";
  return {check_line(call, {"roster_page.check_chosen"}, chosen), check_line(call, {bounds, {{"min", campaign.team_min}, {"max", campaign.team_max}}}, teams),
          check_line(call, {"roster_page.check_people"}, people)};
}

json staffing(const Call& call, const RosterSheet& sheet) {
  json placed = json::array(), joined = json::array(), left = json::array(), excused = json::array();
  for (const auto& teacher : sheet.teachers) (!visit::owes_a_visit(teacher) ? excused : is_placed(sheet, teacher) ? placed : left).push_back(teacher.name);
  for (const auto& teacher : sheet.joining) {
    if (is_placed(sheet, teacher)) joined.push_back(teacher.name);
  }
  json lines = json::array();
  auto add = [&](const char* code, const json& names, bool todo) {
    if (!names.empty()) lines.push_back({{"what", call.say({code})}, {"names", names}, {"todo", todo}});
  };
  add("roster_page.placed", placed, false);
  add("roster_page.joined", joined, false);
  add("roster_page.excused", excused, false);
  add("roster_page.left_out", left, true);
  // Whoever of arts and sports has no visit three days before the deadline is shown to the grade leader and the office (D5).
  json without = json::array();
  for (const auto& one : sheet.grade.teachers) {
    if (one.only_taught && one.claim == visit::TeacherToPlace::Claim::kWelcome && !one.present) without.push_back(one.name);
  }
  add("roster_page.arts_left_out", without, true);
  return lines;
}

/// For the group chat: what is outstanding, in counts and classes; no pupil and no colleague by name (domain 0.11).
std::string reminder(const Call& call, const RosterSheet& sheet) {
  std::vector<std::string> to_choose, to_staff;
  for (const RosterRow& row : sheet.rows) {
    if (!row.visit) to_choose.push_back(row.school_class.name);
    else if (has_problem(sheet, row.school_class.id.value)) to_staff.push_back(row.school_class.name);
  }
  auto left = visit::left_out(workflow::lines_of(sheet.rows), sheet.teachers).size();
  auto asked = std::count_if(sheet.wishes.begin(), sheet.wishes.end(), [](const auto& wish) { return wish.state == model::AskState::kAsked; });
  std::vector<std::string> lines = {call.say({"reminder.head", {{"group", sheet.grade_group.name}, {"day", weekday_text(sheet.campaign.roster_due, call.language())}}})};
  if (!to_choose.empty()) lines.push_back(call.say({"reminder.choose", {{"classes", join(to_choose, " ")}}}));
  if (!to_staff.empty()) lines.push_back(call.say({"reminder.staff", {{"classes", join(to_staff, " ")}}}));
  if (left > 0) lines.push_back(call.say({"reminder.left_out", {{"count", left}}}));
  if (asked > 0) lines.push_back(call.say({"reminder.wishes", {{"count", static_cast<std::int64_t>(asked)}}}));
  lines.push_back(call.say({lines.size() > 1 ? "reminder.where" : "reminder.nothing", {{"section", call.school().section_name}}}));
  return join(lines, "\n");
}

/// The one step to offer: the teams of its class as they would be, ready to send.
json next_step(const Call& call, const RosterSheet& sheet) {
  if (!sheet.free_place || !is_open(call, sheet)) return nullptr;
  const visit::FreePlace& place = *sheet.free_place;
  auto row = std::find_if(sheet.rows.begin(), sheet.rows.end(), [&](const RosterRow& one) { return one.school_class.id == place.class_id; });
  const std::string& teacher = sheet.by_id.at(place.teacher_id.value).name;
  json team = json::array();
  for (const auto& one : row->team) {
    if (!one.is_homeroom) team.push_back(one.teacher_id.value);
  }
  team.push_back(place.teacher_id.value);
  std::vector<PhraseArgument> who = {{"teacher", teacher}, {"class", row->school_class.name}};
  return {{"lead", call.say({place.completes ? "roster_page.last_step" : "roster_page.next_step"})}, {"what", call.say({"roster_page.ask_to_join", who})},
          {"why", call.say({place.teaches ? "roster_page.why_teaches" : "roster_page.why_free", who})}, {"field", team_field(place.class_id.value)}, {"team", team},
          {"class_id", place.class_id.value}, {"completes", place.completes}};
}

}  // namespace

json companion_selects(const Call& call, const RosterSheet& sheet, const RosterRow& row, const std::vector<std::string>& team) {
  std::size_t places = static_cast<std::size_t>(std::max<std::int64_t>(0, sheet.campaign.team_max - (sheet.campaign.homeroom_counts ? 1 : 0)));
  json selects = json::array();
  for (std::size_t place = 0; place < std::max(places, team.size()); ++place) {
    std::string chosen = place < team.size() ? team[place] : "";
    json options = json::array({{{"value", ""}, {"word", call.say({"roster_page.nobody"})}, {"chosen", chosen.empty()}}});
    auto offer = [&](const model::Teacher& teacher, const char* note) {
      if (teacher.id == row.homeroom_teacher.id || !visit::owes_a_visit(teacher)) return;
      std::string word = *note ? teacher.name + " · " + call.say({note}) : teacher.name;
      options.push_back({{"value", teacher.id.value}, {"word", word}, {"chosen", teacher.id.value == chosen}});
    };
    for (const auto& teacher : sheet.teachers) offer(teacher, "");
    for (const auto& teacher : sheet.joining) offer(teacher, "roster_page.joins");
    selects.push_back({{"name", team_field(row.school_class.id.value)}, {"options", options},
                       {"label", call.say({"roster_page.place", {{"class", row.school_class.name}, {"place", place + 1}}})}});
  }
  return selects;
}

workflow::TypedTeams teams_in(const Form& form) {
  workflow::TypedTeams teams;
  for (const auto& [name, value] : form.fields()) {
    if (!name.starts_with("team.")) continue;
    std::vector<std::string>& team = teams[name.substr(5)];
    if (!value.empty()) team.push_back(value);
  }
  return teams;
}

json roster_view(const Call& call, const RosterSheet& sheet, const std::vector<Problem>& problems) {
  const Roster& roster = sheet.roster;
  bool editable = is_open(call, sheet), office = call.actor().has(model::Role::kStudentOffice);
  json rows = json::array(), missing = json::array();
  for (const RosterRow& row : sheet.rows) rows.push_back(row_view(call, sheet, row, problems));
  for (const Problem& one : sheet.missing) missing.push_back(call.say(one.phrase));
  std::string due = call.say({sheet.late ? "roster_page.late" : "roster_page.due", {{"day", weekday_text(sheet.campaign.roster_due, call.language())}}});
  return {{"roster_id", roster.id.value}, {"version", roster.version}, {"group", sheet.grade_group.name},
          {"title", call.say({"roster_page.title", {{"group", sheet.grade_group.name}}})},
          {"size", call.say({"roster_page.size", {{"classes", sheet.rows.size()}, {"teachers", sheet.teachers.size()}}})}, {"rows", rows}, {"editable", editable},
          {"state", chip(chip_of(roster.state), call.say({"roster_state." + std::string(model::code_of(roster.state))}))}, {"due", due},
          {"sent_back", roster.state == RosterState::kSentBack ? note(Tone::kBad, call.say({"roster_page.sent_back"}), "", roster.send_back_reason) : json()},
          {"missing", editable ? missing : json::array()}, {"missing_shown", editable && !missing.empty()}, {"next_step", next_step(call, sheet)},
          {"checks", checks(call, sheet)}, {"staffing", staffing(call, sheet)}, {"people", call.say({"roster_page.people", {{"count", sheet.teachers.size()}}})},
          {"may_decide", office && roster.state == RosterState::kSubmitted}, {"reminder", reminder(call, sheet)}, {"reminder_shown", roster.state != RosterState::kAccepted},
          {"seat_asked", roster.seat_asked_at && roster.seats_granted == 0}, {"script_address", asset_address(call.link(""), "copies.js")}};
}

}  // namespace shide::web
