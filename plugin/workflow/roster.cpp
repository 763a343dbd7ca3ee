#include "workflow/roster.h"

#include <algorithm>

#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::CoVisitor;
using model::DataKind;
using model::GradeGroup;
using model::Guardian;
using model::Place;
using model::Roster;
using model::RosterState;
using model::SchoolClass;
using model::Student;
using model::Teacher;
using model::Visit;
using model::VisitedStudent;
using ports::Query;
using ports::Unit;

namespace {

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }
bool leads(const Actor& actor, const Roster& roster) { return actor.grade_groups.count(roster.grade_group_id.value) > 0; }

// A roster of somebody else's grade does not exist for the reader.
Result<Roster> load_roster(Unit& unit, const Actor& actor, const Id<Roster>& id) {
  SHIDE_TRY(roster, unit.of<Roster>().load(id));
  if (!is_office(actor) && !leads(actor, roster)) return not_found();
  return roster;
}

bool is_editable(const Roster& roster) { return roster.state == RosterState::kOpen || roster.state == RosterState::kSentBack; }

Result<Roster> roster_of_class(Unit& unit, const Campaign& campaign, const SchoolClass& school_class) {
  return unit.of<Roster>().first(Query<Roster>{}.where(&Roster::campaign_id, campaign.id).where(&Roster::grade_group_id, school_class.grade_group_id));
}

struct CheckedStudent {
  Guardian guardian;
  model::CareNote care;
  std::string gender;
};

Result<CheckedStudent> check_form(const ChosenStudentForm& form) {
  FieldCheck check;
  CheckedStudent checked;
  if (!is_uuid(form.student_id)) check.problem("student_id", {"roster.student_choose"});
  if (!form.gender.empty() && form.gender != "1" && form.gender != "2") check.problem("gender", {"field.not_offered"});
  checked.gender = form.gender;
  checked.guardian.name = check.line("guardian_name", form.guardian_name, {1, 40});
  auto relation = model::from_code<model::Relation>(form.relation);
  if (!relation) check.problem("relation", {"field.not_offered"});
  checked.guardian.relation = relation.value_or(model::Relation::kFather);
  checked.guardian.is_guardian = checked.guardian.relation != model::Relation::kCarer;
  std::string phone;
  for (char c : to_half_width(form.phone)) {
    if (c >= '0' && c <= '9') phone += c;
    else if (c != ' ' && c != '-') phone += '?';
  }
  if (phone.empty() || phone.find('?') != std::string::npos || phone.size() < 7 || phone.size() > 13) check.problem("phone", {"roster.phone_wrong"});
  checked.guardian.phone = phone;
  checked.guardian.address = check.line("address", form.address, {0, 120});
  for (const std::string& code : form.care_categories) {
    if (auto category = model::from_code<model::CareCategory>(code)) checked.care.categories.insert(*category);
    else check.problem("care_categories", {"field.not_offered"});
  }
  if (!check.fine()) return check.error();
  return checked;
}

struct NewIds {
  Id<Visit> visit;
  Id<VisitedStudent> student;
  Id<Guardian> guardian;
  Id<model::CareNote> care;
  Id<CoVisitor> homeroom;
};

// Rows about one visit that go when they are typed anew, or when another pupil is chosen.
template <class T>
Result<void> erase_of_visit(Unit& unit, const Actor& actor, const Id<Visit>& visit) {
  model::Reach all = privacy::reach_for_job(actor.school, model::Table<T>::kind, "choose_student");
  SHIDE_TRY(rows, unit.of<T>().list(Query<T>{}.where(&Place::visit_id, visit.value), all));
  for (const T& row : rows) SHIDE_CHECK(unit.of<T>().erase(row));
  return {};
}

// What was prepared and agreed for one pupil must never stand in another's visit (R5); a record that was begun keeps its pupil.
Result<void> make_room_for_another(Unit& unit, const Actor& actor, Visit& visit) {
  SHIDE_TRY(records, unit.of<model::VisitRecord>().count(Query<model::VisitRecord>{}.where(&Place::visit_id, visit.id.value),
                                                         privacy::reach_for_job(actor.school, DataKind::kRecordText, "choose_student")));
  if (records > 0) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("student_id", {"roster.record_begun"});
  SHIDE_CHECK(erase_of_visit<model::Preparation>(unit, actor, visit.id));
  SHIDE_CHECK(erase_of_visit<model::Consent>(unit, actor, visit.id));
  visit.state = model::VisitState::kChosen;
  visit.appointment_at.reset();
  visit.mode_planned.reset();
  return {};
}

template <class T>
Result<void> place_row(Unit& unit, T row, const Id<T>& id, const Visit& visit) {
  row.id = id;
  row.school_id = visit.school_id;
  row.place = visit.place;
  return unit.of<T>().save(row);
}

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
  SHIDE_TRY(homeroom, unit.of<Teacher>().load(school_class.homeroom_teacher_id));
  row.homeroom_teacher = homeroom;
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

std::vector<visit::RosterLine> lines_of(const std::vector<RosterRow>& rows) {
  std::vector<visit::RosterLine> lines;
  for (const RosterRow& row : rows) {
    visit::RosterLine line{row.school_class, row.visit.has_value(), {}};
    for (const CoVisitor& one : row.team) line.team.push_back(one.teacher_id);
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<RosterSheet> sheet_of(Unit& unit, const Actor& actor, const Roster& roster, Time now) {
  RosterSheet sheet;
  sheet.roster = roster;
  SHIDE_TRY(campaign, unit.of<Campaign>().load(roster.campaign_id));
  sheet.campaign = campaign;
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
  for (const RosterRow& row : sheet.rows) sheet.by_id[row.homeroom_teacher.id.value] = row.homeroom_teacher;
  std::vector<visit::RosterLine> lines = lines_of(sheet.rows);
  sheet.missing = visit::missing_in_roster(lines, sheet.teachers, campaign);
  sheet.free_place = visit::next_free_place(lines, sheet.teachers, campaign, sheet.teaching);
  Date handed_in = date_of(roster.submitted_at.value_or(now));
  sheet.late = handed_in > campaign.roster_due;
  return sheet;
}

// The teams as they shall be, each with its homeroom teacher first; problems by class.
Result<std::vector<visit::RosterLine>> check_teams(const RosterSheet& sheet, const std::map<std::string, std::vector<std::string>>& teams) {
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
  if (error.problems.empty()) return lines;
  error.phrase.args.push_back({"count", error.problems.size()});
  return error;
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

// Class by class, in names: who stands in the team now, and who was typed.
StaleEdit compare(const RosterSheet& sheet, const std::vector<visit::RosterLine>& lines) {
  StaleEdit edit;
  std::vector<visit::RosterLine> stored = lines_of(sheet.rows);
  for (const visit::RosterLine& line : lines) {
    auto before = std::find_if(stored.begin(), stored.end(), [&](const visit::RosterLine& one) { return one.school_class.id == line.school_class.id; });
    edit.compare("team." + line.school_class.id.value, names_of(sheet, before->team), names_of(sheet, line.team));
  }
  return edit;
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

Result<std::vector<Student>> students_of_class(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& school_class) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<Student>().list(Query<Student>{}.where(&Place::class_id, school_class), privacy::reach(actor, DataKind::kRegister));
  });
}

Result<Visit> choose_student(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign_id, const Id<SchoolClass>& class_id,
                             const ChosenStudentForm& form) {
  if (!actor.classes.count(class_id.value)) return not_found();
  SHIDE_TRY(checked, check_form(form));
  Time now = ports.clock->now();
  NewIds ids{new_id<Visit>(now), new_id<VisitedStudent>(now), new_id<Guardian>(now), new_id<model::CareNote>(now), new_id<CoVisitor>(now)};
  return ports.store->transact(actor, "choose_student", [&](Unit& unit) -> Result<Visit> {
    SHIDE_TRY(campaign, unit.of<Campaign>().load(campaign_id));
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(class_id));
    SHIDE_TRY(roster, roster_of_class(unit, campaign, school_class));
    if (!is_editable(roster)) return Error{ErrorCode::kInvalid, {"roster.not_open"}};
    Result<Student> student = unit.of<Student>().load({form.student_id}, privacy::reach(actor, DataKind::kRegister));
    if (!student || student->place.class_id != class_id.value) {
      return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("student_id", {"roster.other_class"});
    }
    Visit visit;
    Result<Visit> before = unit.of<Visit>().first(Query<Visit>{}.where(&Visit::campaign_id, campaign.id).where(&Place::class_id, class_id),
                                                  privacy::reach(actor, DataKind::kVisit));
    if (before) {
      visit = *before;
      if (visit.student_id != student->id) SHIDE_CHECK(make_room_for_another(unit, actor, visit));
      SHIDE_CHECK(erase_of_visit<VisitedStudent>(unit, actor, visit.id));
      SHIDE_CHECK(erase_of_visit<Guardian>(unit, actor, visit.id));
      SHIDE_CHECK(erase_of_visit<model::CareNote>(unit, actor, visit.id));
    } else {
      visit.id = ids.visit;
      visit.school_id = actor.school;
      visit.place = {campaign.school_year, school_class.grade_group_id.value, class_id.value, ids.visit.value};
      visit.campaign_id = campaign.id;
      visit.homeroom_teacher_id = actor.teacher;
    }
    visit.student_id = student->id;
    SHIDE_CHECK(unit.of<Visit>().save(visit));
    if (!before) {
      CoVisitor homeroom;
      homeroom.teacher_id = actor.teacher;
      homeroom.is_homeroom = true;
      SHIDE_CHECK(place_row(unit, homeroom, ids.homeroom, visit));
    }
    VisitedStudent visited;
    visited.student_id = student->id;
    visited.name = student->name;
    visited.gender = checked.gender;
    SHIDE_CHECK(place_row(unit, visited, ids.student, visit));
    Guardian guardian = checked.guardian;
    guardian.student_id = student->id;
    SHIDE_CHECK(place_row(unit, guardian, ids.guardian, visit));
    model::CareNote care = checked.care;
    care.student_id = student->id;
    if (!care.categories.empty()) SHIDE_CHECK(place_row(unit, care, ids.care, visit));
    SHIDE_CHECK(unit.audit(visit, "student_id guardian care_categories"));
    return visit;
  });
}

Result<RosterSheet> roster_sheet(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<RosterSheet> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    return sheet_of(unit, actor, roster, now);
  });
}

Result<std::vector<RosterSheet>> roster_sheets(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign) {
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<RosterSheet>> {
    SHIDE_TRY(rosters, unit.of<Roster>().list(Query<Roster>{}.where(&Roster::campaign_id, campaign)));
    std::vector<RosterSheet> sheets;
    for (const Roster& roster : rosters) {
      if (!is_office(actor) && !leads(actor, roster)) continue;
      SHIDE_TRY(sheet, sheet_of(unit, actor, roster, now));
      sheets.push_back(std::move(sheet));
    }
    std::stable_sort(sheets.begin(), sheets.end(), [](const RosterSheet& a, const RosterSheet& b) { return a.grade_group.grade < b.grade_group.grade; });
    return sheets;
  });
}

Result<Roster> set_teams(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, std::int64_t expected_version,
                         const std::map<std::string, std::vector<std::string>>& teams) {
  Time now = ports.clock->now();
  std::vector<Id<CoVisitor>> ids(256);
  for (auto& one : ids) one = new_id<CoVisitor>(now);
  return ports.store->transact(actor, "set_teams", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (!leads(actor, roster)) return not_found();
    SHIDE_TRY(sheet, sheet_of(unit, actor, roster, now));
    SHIDE_TRY(lines, check_teams(sheet, teams));
    StaleEdit edit = compare(sheet, lines);
    if (roster.version != expected_version || !is_editable(roster)) {
      if (!edit.differs()) return roster;  // sent twice: the first answer again
      return is_editable(roster) ? edit.error() : edit.error({"roster.not_open"});
    }
    std::vector<Id<CoVisitor>> spare = ids;
    for (const visit::RosterLine& line : lines) {
      auto row = std::find_if(sheet.rows.begin(), sheet.rows.end(), [&](const RosterRow& one) { return one.school_class.id == line.school_class.id; });
      if (line.team.size() > spare.size()) return Error{ErrorCode::kTooLarge, {"error.invalid"}};
      SHIDE_CHECK(save_team(unit, *row, line, spare));
    }
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_CHECK(unit.audit(roster, "teams"));
    return roster;
  });
}

Result<Roster> submit_roster(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "submit_roster", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (!leads(actor, roster)) return not_found();
    if (!is_editable(roster)) return roster;
    SHIDE_TRY(sheet, sheet_of(unit, actor, roster, now));
    if (!sheet.missing.empty()) {
      Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", sheet.missing.size()}}}};
      error.problems = sheet.missing;
      return error;
    }
    roster.state = RosterState::kSubmitted;
    roster.submitted_at = now;
    roster.submitted_by = actor.account;
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_CHECK(unit.audit(roster, "state submitted_at"));
    return roster;
  });
}

Result<Roster> accept_roster(ports::Ports& ports, const Actor& actor, const Id<Roster>& id) {
  if (!is_office(actor)) return not_found();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "accept_roster", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (roster.state == RosterState::kAccepted) return roster;
    if (roster.state != RosterState::kSubmitted) return Error{ErrorCode::kInvalid, {"roster.not_submitted"}};
    if (roster.submitted_by == actor.account) return Error{ErrorCode::kInvalid, {"roster.own"}};
    roster.state = RosterState::kAccepted;
    roster.decided_at = now;
    roster.decided_by = actor.account;
    roster.send_back_reason.clear();
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, roster.campaign_id)
        .where(&Place::grade_group_id, roster.grade_group_id).where(&Visit::state, model::VisitState::kChosen), privacy::reach(actor, DataKind::kVisit)));
    for (Visit& visit : visits) {
      visit.state = model::VisitState::kAssigned;
      SHIDE_CHECK(unit.of<Visit>().save(visit));
    }
    SHIDE_CHECK(unit.audit(roster, "state decided_at"));
    return roster;
  });
}

Result<Roster> send_back_roster(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, std::string_view reason) {
  if (!is_office(actor)) return not_found();
  FieldCheck check;
  std::string said = check.text("reason", reason, {2, 300});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "send_back_roster", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (roster.state == RosterState::kSentBack && roster.send_back_reason == said) return roster;
    if (roster.state != RosterState::kSubmitted) return Error{ErrorCode::kInvalid, {"roster.not_submitted"}};
    roster.state = RosterState::kSentBack;
    roster.decided_at = now;
    roster.decided_by = actor.account;
    roster.send_back_reason = said;
    SHIDE_CHECK(unit.of<Roster>().save(roster));
    SHIDE_CHECK(unit.audit(roster, "state send_back_reason"));
    return roster;
  });
}

}  // namespace shide::workflow
