#include "workflow/roster_sheet.h"

#include <algorithm>

#include "base/text.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Actor;
using model::AskState;
using model::Campaign;
using model::CoVisitor;
using model::DataKind;
using model::GradeGroup;
using model::Guardian;
using model::Place;
using model::Roster;
using model::RosterState;
using model::SchoolClass;
using model::Teacher;
using model::TeamRule;
using model::TeamRuleKind;
using model::TeamWish;
using model::Visit;
using model::VisitedStudent;
using ports::Query;
using ports::Unit;
using Claim = visit::TeacherToPlace::Claim;

namespace {

Result<visit::Teaching> teaching_of(Unit& unit, const std::vector<SchoolClass>& classes) {
  visit::Teaching teaching;
  for (const SchoolClass& one : classes) {
    SHIDE_TRY(assignments, unit.of<model::TeachingAssignment>().list(Query<model::TeachingAssignment>{}.where(&model::TeachingAssignment::class_id, one.id)));
    for (const auto& assignment : assignments) teaching[one.id.value].insert(assignment.teacher_id);
  }
  return teaching;
}

Result<std::vector<Teacher>> joining_teachers(Unit& unit, const visit::Teaching& teaching, const GradeGroup& group) {
  std::set<Id<Teacher>> ids;
  for (const auto& [class_id, teachers] : teaching) ids.insert(teachers.begin(), teachers.end());
  std::vector<Teacher> joining;
  for (const Id<Teacher>& id : ids) {
    SHIDE_TRY(teacher, unit.of<Teacher>().load(id));
    if (teacher.grade_group_id != group.id && teacher.duty == model::Duty::kInPost) joining.push_back(teacher);
  }
  return joining;
}

Result<RosterRow> row_of(Unit& unit, const Actor& actor, const Campaign& campaign, const SchoolClass& school_class) {
  RosterRow row;
  row.school_class = school_class;
  // A class of a new school year may wait for its homeroom teacher.
  if (school_class.homeroom_teacher_id) {
    SHIDE_TRY(homeroom, unit.of<Teacher>().load(school_class.homeroom_teacher_id));
    row.homeroom_teacher = homeroom;
  }
  Result<Visit> visit = unit.of<Visit>().first(Query<Visit>{}.where(&Visit::campaign_id, campaign.id).where(&Place::class_id, school_class.id)
      .where_not(&Visit::state, model::VisitState::kSubstituted), privacy::reach(actor, DataKind::kVisit));
  if (!visit) {
    if (visit.error().code != ErrorCode::kNotFound) return visit.error();
    return row;
  }
  row.visit = *visit;
  auto of_visit = [&]<class T>(Query<T> query) { return query.where(&Place::visit_id, visit->id); };
  SHIDE_TRY(students, unit.of<VisitedStudent>().list(of_visit(Query<VisitedStudent>{}), privacy::reach(actor, DataKind::kStudentName)));
  if (!students.empty()) row.student = students.front();
  SHIDE_TRY(guardians, unit.of<Guardian>().list(of_visit(Query<Guardian>{}), privacy::reach(actor, DataKind::kGuardianContact)));
  if (!guardians.empty()) row.guardian = guardians.front();
  SHIDE_TRY(team, unit.of<CoVisitor>().list(of_visit(Query<CoVisitor>{}), privacy::reach(actor, DataKind::kVisit)));
  row.team = team;
  std::stable_sort(row.team.begin(), row.team.end(), [](const CoVisitor& a, const CoVisitor& b) { return a.is_homeroom > b.is_homeroom; });
  return row;
}

Result<std::vector<TeamWish>> wishes_for(Unit& unit, const Campaign& campaign, const std::vector<SchoolClass>& classes) {
  std::vector<Id<SchoolClass>> ids;
  for (const SchoolClass& one : classes) ids.push_back(one.id);
  return unit.of<TeamWish>().list(Query<TeamWish>{}.where(&TeamWish::campaign_id, campaign.id).where_one_of(&TeamWish::class_id, ids));
}

// ── the grade as allocation asks for it ──

/// In how many teams of other grades each of these stands.
Result<std::map<std::string, std::int64_t>> load_elsewhere(Unit& unit, const RosterSheet& sheet) {
  std::map<std::string, std::int64_t> load;
  if (sheet.joining.empty()) return load;
  model::Reach all = privacy::reach_for_job(sheet.roster.school_id, DataKind::kVisit, "count_visits");
  SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, sheet.campaign.id).where_not(&Visit::state, model::VisitState::kSubstituted), all));
  std::set<std::string> elsewhere;
  for (const Visit& one : visits) {
    if (one.place.grade_group_id != sheet.grade_group.id.value) elsewhere.insert(one.id.value);
  }
  std::vector<Id<Teacher>> ids;
  for (const Teacher& one : sheet.joining) ids.push_back(one.id);
  SHIDE_TRY(places, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where_one_of(&CoVisitor::teacher_id, ids), all));
  for (const CoVisitor& one : places) load[one.teacher_id.value] += elsewhere.count(one.place.visit_id) > 0;
  return load;
}

// One pupil a class: where teachers outnumber the places, room comes from a seat that the student office grants.
visit::ClassToVisit class_to_visit(const RosterSheet& sheet, const RosterRow& row) {
  visit::ClassToVisit one{row.school_class.id, row.school_class.name, row.homeroom_teacher.id, row.homeroom_teacher.name, 1, {}, false};
  if (!row.visit || !row.visit->appointment_at) return one;
  int day = date_of(*row.visit->appointment_at) - sheet.campaign.visit_from;
  if (day >= 0 && day <= sheet.campaign.visit_to - sheet.campaign.visit_from) one.day = static_cast<std::size_t>(day);
  return one;
}

visit::TeacherToPlace teacher_to_place(const RosterSheet& sheet, const Teacher& teacher) {
  visit::TeacherToPlace one;
  one.id = teacher.id;
  one.name = teacher.name;
  for (const RosterRow& row : sheet.rows) {
    auto taught = sheet.teaching.find(row.school_class.id.value);
    if (taught != sheet.teaching.end() && taught->second.count(teacher.id)) one.teaches.insert(row.school_class.id);
    bool there = std::any_of(row.team.begin(), row.team.end(), [&](const CoVisitor& member) { return member.teacher_id == teacher.id; });
    if (there) one.present = row.school_class.id;
  }
  for (const TeamWish& wish : sheet.wishes) {
    if (wish.teacher_id == teacher.id && wish.state == AskState::kAccepted) one.agreed = wish.class_id;
  }
  return one;
}

// Arts and sports teachers choose by themselves; three days before the deadline whoever has no visit yet is proposed one (D5).
constexpr int kDaysToChoose = 3;

void add_joining(visit::GradeToAllocate& grade, const RosterSheet& sheet, const std::set<std::string>& arts_and_sports,
                 const std::map<std::string, std::int64_t>& load, Date today) {
  for (const Teacher& teacher : sheet.joining) {
    visit::TeacherToPlace one = teacher_to_place(sheet, teacher);
    bool chooses = arts_and_sports.count(teacher.grade_group_id.value) > 0;
    auto found = load.find(teacher.id.value);
    one.load = (found == load.end() ? 0 : found->second) + (chooses ? 0 : 1);
    one.only_taught = chooses;
    bool late = sheet.campaign.roster_due - today <= kDaysToChoose;
    one.claim = one.agreed || one.present || (chooses && one.load == 0 && late) ? Claim::kWelcome : Claim::kHelper;
    grade.teachers.push_back(std::move(one));
  }
}

void add_rules(visit::GradeToAllocate& grade, const RosterSheet& sheet) {
  for (const TeamRule& rule : sheet.rules) {
    auto one = sheet.by_id.find(rule.teacher_id.value), other = sheet.by_id.find(rule.other_id.value);
    if (one == sheet.by_id.end()) continue;
    if (rule.kind == TeamRuleKind::kNotWith) {
      if (other != sheet.by_id.end()) grade.not_with.push_back({rule.teacher_id, rule.other_id, one->second.name, other->second.name});
      continue;
    }
    visit::Away away{rule.teacher_id, one->second.name, {}};
    for (std::size_t day = 0; day < grade.days; ++day) {
      Date date = sheet.campaign.visit_from + static_cast<int>(day);
      if (rule.from && rule.to && date >= *rule.from && date <= *rule.to) away.days.insert(day);
    }
    if (!away.days.empty()) grade.away.push_back(std::move(away));
  }
}

Result<visit::GradeToAllocate> grade_of(Unit& unit, const RosterSheet& sheet, Time now) {
  visit::GradeToAllocate grade;
  grade.days = static_cast<std::size_t>(sheet.campaign.visit_to - sheet.campaign.visit_from + 1);
  grade.team_min = sheet.campaign.team_min;
  grade.team_max = sheet.campaign.team_max;
  grade.homeroom_counts = sheet.campaign.homeroom_counts;
  for (const RosterRow& row : sheet.rows) {
    if (row.homeroom_teacher.id) grade.classes.push_back(class_to_visit(sheet, row));
  }
  for (const Teacher& teacher : sheet.teachers) {
    if (visit::owes_a_visit(teacher)) grade.teachers.push_back(teacher_to_place(sheet, teacher));
  }
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::kind, model::GradeGroupKind::kArtsSports)));
  std::set<std::string> arts_and_sports;
  for (const GradeGroup& one : groups) arts_and_sports.insert(one.id.value);
  SHIDE_TRY(load, load_elsewhere(unit, sheet));
  add_joining(grade, sheet, arts_and_sports, load, date_of(now));
  add_rules(grade, sheet);
  return grade;
}

std::string names_of(const RosterSheet& sheet, const std::vector<Id<Teacher>>& team) {
  std::vector<std::string> names;
  for (const Id<Teacher>& id : team) {
    auto teacher = sheet.by_id.find(id.value);
    names.push_back(teacher == sheet.by_id.end() ? "" : teacher->second.name);
  }
  std::sort(names.begin(), names.end());
  return join(names, " ");
}

Result<void> save_team(Unit& unit, const RosterRow& row, const visit::RosterLine& line, std::vector<Id<CoVisitor>>& spare_ids) {
  for (const CoVisitor& old : row.team) {
    if (std::find(line.team.begin(), line.team.end(), old.teacher_id) == line.team.end()) SHIDE_CHECK(unit.of<CoVisitor>().erase(old));
  }
  for (const Id<Teacher>& teacher : line.team) {
    bool known = std::any_of(row.team.begin(), row.team.end(), [&](const CoVisitor& one) { return one.teacher_id == teacher; });
    if (known) continue;
    CoVisitor one;
    one.teacher_id = teacher;
    one.is_homeroom = teacher == row.homeroom_teacher.id;
    SHIDE_CHECK(place_row(unit, one, spare_ids.back(), *row.visit));
    spare_ids.pop_back();
  }
  return {};
}

}  // namespace

bool is_editable(const Roster& roster) { return roster.state == RosterState::kOpen || roster.state == RosterState::kSentBack; }

bool leads(const Actor& actor, const Roster& roster) { return actor.grade_groups.count(roster.grade_group_id.value) > 0; }

Result<Roster> load_roster(Unit& unit, const Actor& actor, const Id<Roster>& id) {
  SHIDE_TRY(roster, unit.of<Roster>().load(id));
  if (!actor.has(model::Role::kStudentOffice) && !leads(actor, roster)) return not_found();
  return roster;
}

std::vector<visit::RosterLine> lines_of(const std::vector<RosterRow>& rows) {
  std::vector<visit::RosterLine> lines;
  for (const RosterRow& row : rows) {
    visit::RosterLine line{row.school_class, row.visit.has_value(), {}};
    for (const CoVisitor& one : row.team) line.team.push_back(one.teacher_id);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<RosterSheet> load_roster_sheet(Unit& unit, const Actor& actor, const Roster& roster, Time now) {
  RosterSheet sheet;
  sheet.roster = roster;
  SHIDE_TRY(campaign, unit.of<Campaign>().load(roster.campaign_id));
  sheet.campaign = campaign;
  sheet.campaign.team_max += roster.seats_granted;
  SHIDE_TRY(group, unit.of<GradeGroup>().load(roster.grade_group_id));
  sheet.grade_group = group;
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::grade_group_id, group.id).order_by(&SchoolClass::name)));
  for (const SchoolClass& one : classes) {
    SHIDE_TRY(row, row_of(unit, actor, campaign, one));
    sheet.rows.push_back(std::move(row));
  }
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where(&Teacher::grade_group_id, group.id)));
  sheet.teachers = teachers;
  SHIDE_TRY(teaching, teaching_of(unit, classes));
  sheet.teaching = teaching;
  SHIDE_TRY(joining, joining_teachers(unit, teaching, group));
  sheet.joining = joining;
  for (const auto* list : {&sheet.teachers, &sheet.joining}) {
    for (const Teacher& one : *list) sheet.by_id[one.id.value] = one;
  }
  for (const RosterRow& row : sheet.rows) {
    if (row.homeroom_teacher.id) sheet.by_id[row.homeroom_teacher.id.value] = row.homeroom_teacher;
  }
  SHIDE_TRY(rules, unit.of<TeamRule>().list(Query<TeamRule>{}.where(&TeamRule::campaign_id, campaign.id).where(&TeamRule::grade_group_id, group.id),
                                            privacy::reach(actor, DataKind::kTeamRule)));
  sheet.rules = rules;
  SHIDE_TRY(wishes, wishes_for(unit, campaign, classes));
  sheet.wishes = wishes;
  SHIDE_TRY(grade, grade_of(unit, sheet, now));
  sheet.grade = grade;
  std::vector<visit::RosterLine> lines = lines_of(sheet.rows);
  sheet.missing = visit::missing_in_roster(lines, sheet.teachers, sheet.campaign);
  for (Problem& problem : visit::broken_by(sheet.grade, teams_with(sheet, {}))) sheet.missing.push_back(std::move(problem));
  sheet.free_place = visit::next_free_place(lines, sheet.teachers, sheet.campaign, sheet.teaching);
  Date handed_in = date_of(roster.submitted_at.value_or(now));
  sheet.late = handed_in > campaign.roster_due;
  return sheet;
}

std::vector<visit::AllocatedTeam> teams_with(const RosterSheet& sheet, const TypedTeams& typed) {
  std::vector<visit::AllocatedTeam> teams;
  for (const RosterRow& row : sheet.rows) {
    if (row.homeroom_teacher.id.empty()) continue;
    visit::AllocatedTeam team{row.school_class.id, 1, {row.homeroom_teacher.id}};
    auto add = [&](const Id<Teacher>& id) {
      if (!id.empty() && id != row.homeroom_teacher.id) team.members.push_back(id);
    };
    auto wanted = typed.find(row.school_class.id.value);
    if (wanted == typed.end()) {
      for (const CoVisitor& one : row.team) add(one.teacher_id);
    } else {
      for (const std::string& id : wanted->second) add({id});
    }
    if (row.visit || wanted != typed.end()) teams.push_back(std::move(team));
  }
  return teams;
}

Result<std::vector<visit::RosterLine>> check_teams(const RosterSheet& sheet, const TypedTeams& teams) {
  Error error{ErrorCode::kInvalid, {"error.invalid"}};
  std::vector<visit::RosterLine> lines;
  for (const auto& [class_id, wanted] : teams) {
    bool known = std::any_of(sheet.rows.begin(), sheet.rows.end(), [&](const RosterRow& row) { return row.school_class.id.value == class_id; });
    if (!known) error.problems.push_back({"lines", {"roster.no_such_class"}});
  }
  for (const RosterRow& row : sheet.rows) {
    auto wanted = teams.find(row.school_class.id.value);
    if (wanted == teams.end()) continue;
    if (!row.visit) {
      if (!wanted->second.empty()) error.problems.push_back({"student." + row.school_class.id.value, {"roster.student_missing", {{"class", row.school_class.name}}}});
      continue;
    }
    visit::RosterLine line{row.school_class, true, {row.homeroom_teacher.id}};
    for (const std::string& id : wanted->second) {
      if (id.empty() || id == row.homeroom_teacher.id.value) continue;
      if (!sheet.by_id.count(id)) error.problems.push_back({"team." + row.school_class.id.value, {"roster.stranger"}});
      line.team.push_back({id});
    }
    for (Problem& problem : visit::team_problems(line, sheet.campaign)) error.problems.push_back(std::move(problem));
    lines.push_back(std::move(line));
  }
  for (Problem& problem : visit::broken_by(sheet.grade, teams_with(sheet, teams))) {
    // An agreement is kept when the roster is handed in; saving one team does not yet place everybody.
    bool typed = problem.path.starts_with("team.") && teams.count(problem.path.substr(5)) > 0;
    if (typed && problem.phrase.code != "allocation.broken_agreed") error.problems.push_back(std::move(problem));
  }
  if (error.problems.empty()) return lines;
  error.phrase.args.push_back({"count", error.problems.size()});
  return error;
}

StaleEdit compare_teams(const RosterSheet& sheet, const std::vector<visit::RosterLine>& lines) {
  StaleEdit edit;
  std::vector<visit::RosterLine> stored = lines_of(sheet.rows);
  for (const visit::RosterLine& line : lines) {
    auto before = std::find_if(stored.begin(), stored.end(), [&](const visit::RosterLine& one) { return one.school_class.id == line.school_class.id; });
    edit.compare("team." + line.school_class.id.value, names_of(sheet, before->team), names_of(sheet, line.team));
  }
  return edit;
}

std::vector<Id<CoVisitor>> spare_co_visitor_ids(Time now) {
  std::vector<Id<CoVisitor>> ids(256);
  for (auto& one : ids) one = new_id<CoVisitor>(now);
  return ids;
}

Result<void> save_teams(Unit& unit, const RosterSheet& sheet, const std::vector<visit::RosterLine>& lines, Roster& roster, std::vector<Id<CoVisitor>> spare_ids) {
  for (const visit::RosterLine& line : lines) {
    auto row = std::find_if(sheet.rows.begin(), sheet.rows.end(), [&](const RosterRow& one) { return one.school_class.id == line.school_class.id; });
    if (line.team.size() > spare_ids.size()) return Error{ErrorCode::kTooLarge, {"error.invalid"}};
    SHIDE_CHECK(save_team(unit, *row, line, spare_ids));
  }
  return unit.of<Roster>().save(roster);
}

}  // namespace shide::workflow
