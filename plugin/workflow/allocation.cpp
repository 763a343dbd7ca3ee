#include "workflow/allocation.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/plan_changes.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::Roster;
using model::Teacher;
using model::TeamRule;
using model::TeamRuleKind;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::size_t kMostRules = 60;

std::string fingerprint_of(const visit::GradeToAllocate& grade) {
  std::vector<std::string> lines = {std::to_string(grade.days), std::to_string(grade.team_min), std::to_string(grade.team_max), grade.homeroom_counts ? "with" : "beside"};
  for (const auto& one : grade.classes) lines.push_back("class " + one.id.value + " " + one.homeroom.value + " " + (one.day ? std::to_string(*one.day) : ""));
  for (const auto& one : grade.teachers) {
    std::string line = "teacher " + one.id.value + " " + std::to_string(static_cast<int>(one.claim)) + " " + std::to_string(one.load) + (one.only_taught ? " only" : "");
    if (one.agreed) line += " agreed " + one.agreed->value;
    for (const auto& id : one.teaches) line += " " + id.value;
    lines.push_back(std::move(line));
  }
  for (const auto& one : grade.away) {
    std::string line = "away " + one.teacher.value;
    for (std::size_t day : one.days) line += " " + std::to_string(day);
    lines.push_back(std::move(line));
  }
  for (const auto& one : grade.not_with) lines.push_back("apart " + one.one.value + " " + one.other.value);
  std::sort(lines.begin(), lines.end());
  return sha256_hex(join(lines, "\n"));
}

Error invalid(std::vector<Problem> wrong) {
  Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", wrong.size()}}}};
  error.problems = std::move(wrong);
  return error;
}

/// The roster of the own grade, which the actor leads and may still change.
Result<Roster> load_open(Unit& unit, const Actor& actor, const Id<Roster>& id) {
  SHIDE_TRY(roster, load_roster(unit, actor, id));
  if (!leads(actor, roster)) return not_found();
  if (!is_editable(roster)) return Error{ErrorCode::kInvalid, {"roster.not_open"}};
  return roster;
}

Result<TeamRule> check_rule(const TeamRuleForm& form, const RosterSheet& sheet) {
  FieldCheck check;
  TeamRule rule;
  auto kind = model::from_code<TeamRuleKind>(form.kind);
  if (!kind) check.problem("kind", {"field.not_offered"});
  rule.kind = kind.value_or(TeamRuleKind::kAway);
  auto teacher = [&](const char* path, const std::string& typed) {
    if (!sheet.by_id.count(typed)) check.problem(path, {"allocation.choose_teacher"});
    return Id<Teacher>{typed};
  };
  rule.teacher_id = teacher("teacher_id", form.teacher_id);
  if (rule.kind == TeamRuleKind::kNotWith) {
    rule.other_id = teacher("other_id", form.other_id);
    if (check.fine() && rule.other_id == rule.teacher_id) check.problem("other_id", {"allocation.choose_another"});
    if (rule.other_id < rule.teacher_id) std::swap(rule.other_id, rule.teacher_id);
  } else {
    rule.from = check.date("from", form.from);
    rule.to = form.to.empty() ? rule.from : check.date("to", form.to);
    if (check.fine() && *rule.to < *rule.from) check.problem("to", {"allocation.days_reversed"});
    if (check.fine() && (*rule.to < sheet.campaign.visit_from || *rule.from > sheet.campaign.visit_to)) {
      check.problem("from", {"allocation.days_outside", {{"from", to_text(sheet.campaign.visit_from)}, {"to", to_text(sheet.campaign.visit_to)}}});
    }
  }
  if (!check.fine()) return check.error();
  return rule;
}

bool is_same(const TeamRule& a, const TeamRule& b) {
  return a.kind == b.kind && a.teacher_id == b.teacher_id && a.other_id == b.other_id && a.from == b.from && a.to == b.to;
}

}  // namespace

Result<AllocationSheet> allocation_sheet(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  Time now = ports.clock->now();
  AllocationSheet sheet;
  SHIDE_TRY(roster, ports.store->read(actor, [&](Unit& unit) -> Result<RosterSheet> {
    SHIDE_TRY(loaded, load_roster(unit, actor, id));
    return load_roster_sheet(unit, actor, loaded, now);
  }));
  sheet.roster = std::move(roster);
  sheet.proposal = visit::allocate(sheet.roster.grade);
  sheet.fingerprint = fingerprint_of(sheet.roster.grade);
  return sheet;
}

std::vector<Problem> wrong_with(const RosterSheet& sheet, const TypedTeams& typed) {
  std::vector<visit::AllocatedTeam> teams = teams_with(sheet, typed);
  std::vector<visit::RosterLine> lines;
  for (const RosterRow& row : sheet.rows) {
    visit::RosterLine line{row.school_class, row.visit.has_value(), {}};
    for (const auto& team : teams) {
      if (team.class_id == row.school_class.id) line.team = team.members;
    }
    lines.push_back(std::move(line));
  }
  std::vector<Problem> wrong = visit::missing_in_roster(lines, sheet.teachers, sheet.campaign);
  for (Problem& problem : visit::broken_by(sheet.grade, teams)) wrong.push_back(std::move(problem));
  // A class is one line here: that its pupil is not chosen yet stands beside its team.
  for (Problem& one : wrong) {
    if (one.path.starts_with("student.")) one.path.replace(0, 7, "team");
  }
  return wrong;
}

Result<Roster> accept_allocation(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, std::int64_t expected_version,
                                 std::string_view fingerprint, const TypedTeams& teams) {
  Time now = ports.clock->now();
  std::vector<Id<model::CoVisitor>> ids = spare_co_visitor_ids(now);
  return ports.store->transact(actor, "accept_allocation", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (!leads(actor, roster)) return not_found();
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    SHIDE_CHECK(must_run(sheet.campaign));
    bool current = roster.version == expected_version;
    if (current && fingerprint_of(sheet.grade) != fingerprint) return Error{ErrorCode::kStale, {"allocation.stale"}}.with("teams", {"allocation.stale"});
    std::vector<Problem> wrong = wrong_with(sheet, teams);
    if (current && !wrong.empty()) return invalid(std::move(wrong));
    SHIDE_TRY(lines, check_teams(sheet, teams));
    StaleEdit edit = compare_teams(sheet, lines);
    if (!current && !edit.differs()) return roster;  // sent twice: the first answer again
    if (!is_editable(roster)) return edit.error({"roster.not_open"});
    if (!current) return edit.error({"allocation.stale"});
    SHIDE_CHECK(save_teams(unit, sheet, lines, roster, ids));
    SHIDE_CHECK(unit.audit(roster, "teams"));
    return roster;
  });
}

Result<TeamRule> add_team_rule(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, const TeamRuleForm& form) {
  Time now = ports.clock->now();
  Id<TeamRule> new_rule = new_id<TeamRule>(now);
  return ports.store->transact(actor, "add_team_rule", [&](Unit& unit) -> Result<TeamRule> {
    SHIDE_TRY(roster, load_open(unit, actor, id));
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    SHIDE_TRY(rule, check_rule(form, sheet));
    for (const TeamRule& one : sheet.rules) {
      if (is_same(one, rule)) return one;
    }
    if (sheet.rules.size() >= kMostRules) return Error{ErrorCode::kTooLarge, {"allocation.too_many", {{"max", kMostRules}}}};
    rule.id = new_rule;
    rule.school_id = actor.school;
    rule.campaign_id = roster.campaign_id;
    rule.grade_group_id = roster.grade_group_id.value;
    SHIDE_CHECK(unit.of<TeamRule>().save(rule));
    SHIDE_CHECK(unit.audit(rule, "kind"));  // not who: the log has other readers
    return rule;
  });
}

Result<void> remove_team_rule(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, const Id<TeamRule>& rule_id) {
  return ports.store->transact(actor, "remove_team_rule", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(roster, load_open(unit, actor, id));
    Result<TeamRule> rule = unit.of<TeamRule>().load(rule_id, privacy::reach(actor, DataKind::kTeamRule));
    if (!rule && rule.error().code == ErrorCode::kNotFound) return {};  // gone already
    if (!rule) return rule.error();
    if (rule->grade_group_id != roster.grade_group_id.value || rule->campaign_id != roster.campaign_id) return not_found();
    SHIDE_CHECK(unit.of<TeamRule>().erase(*rule));
    return unit.audit(*rule, "kind");
  });
}

Result<Roster> ask_for_seat(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "ask_for_seat", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_open(unit, actor, id));
    if (roster.seat_asked_at) return roster;
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    if (visit::allocate(sheet.grade).teams_of_four.empty()) return Error{ErrorCode::kInvalid, {"allocation.no_seat_needed"}};
    roster.seat_asked_at = now;
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_CHECK(unit.audit(roster, "seat_asked_at"));
    return roster;
  });
}

Result<Roster> grant_seat(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  if (!actor.has(model::Role::kStudentOffice)) return not_found();
  return ports.store->transact(actor, "grant_seat", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (roster.seats_granted > 0) return roster;
    if (!roster.seat_asked_at) return Error{ErrorCode::kInvalid, {"allocation.seat_not_asked"}};
    if (leads(actor, roster)) return Error{ErrorCode::kInvalid, {"allocation.own_seat"}};
    roster.seats_granted = 1;
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_CHECK(unit.audit(roster, "seats_granted"));
    return roster;
  });
}

}  // namespace shide::workflow
