#include "workflow/roster.h"

#include <algorithm>

#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/plan_changes.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::CoVisitor;
using model::DataKind;
using model::Guardian;
using model::Place;
using model::Roster;
using model::RosterState;
using model::SchoolClass;
using model::Student;
using model::Visit;
using model::VisitedStudent;
using ports::Query;
using ports::Unit;

namespace {

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
  std::optional<std::string> phone = visit::plain_phone(form.phone);
  if (!phone) check.problem("phone", {"roster.phone_wrong"});
  checked.guardian.phone = phone.value_or("");
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
  std::vector<Id<CoVisitor>> companions;  // of the visit that another comes for
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

bool is_given_up(const Visit& visit) { return visit.state == model::VisitState::kDeclined || visit.state == model::VisitState::kUnreachable; }

// The visit stays as it was tried; the one that comes for it goes with the same companions (domain 4, D7).
Result<void> come_for(Unit& unit, const Actor& actor, Visit& given_up, const Visit& visit, std::vector<Id<CoVisitor>> ids) {
  SHIDE_TRY(team, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&Place::visit_id, given_up.id.value), privacy::reach(actor, DataKind::kVisit)));
  for (const CoVisitor& one : team) {
    if (one.is_homeroom || one.attendance == model::Attendance::kAbsent) continue;
    if (ids.empty()) return Error{ErrorCode::kTooLarge, {"error.invalid"}};
    CoVisitor companion;
    companion.teacher_id = one.teacher_id;
    SHIDE_CHECK(place_row(unit, companion, ids.back(), visit));
    ids.pop_back();
  }
  given_up.state = model::VisitState::kSubstituted;
  SHIDE_CHECK(unit.of<Visit>().save(given_up));
  return unit.audit(given_up, "state");
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
  NewIds ids{new_id<Visit>(now), new_id<VisitedStudent>(now), new_id<Guardian>(now), new_id<model::CareNote>(now), new_id<CoVisitor>(now),
             spare_co_visitor_ids(now)};
  return ports.store->transact(actor, "choose_student", [&](Unit& unit) -> Result<Visit> {
    SHIDE_TRY(campaign, unit.of<Campaign>().load(campaign_id));
    SHIDE_CHECK(must_run(campaign));
    SHIDE_TRY(school_class, unit.of<SchoolClass>().load(class_id));
    SHIDE_TRY(roster, roster_of_class(unit, campaign, school_class));
    Result<Student> student = unit.of<Student>().load({form.student_id}, privacy::reach(actor, DataKind::kRegister));
    if (!student || student->place.class_id != class_id.value) {
      return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("student_id", {"roster.other_class"});
    }
    Visit visit;
    Result<Visit> before = unit.of<Visit>().first(Query<Visit>{}.where(&Visit::campaign_id, campaign.id).where(&Place::class_id, class_id)
        .where_not(&Visit::state, model::VisitState::kSubstituted), privacy::reach(actor, DataKind::kVisit));
    // A family that declined or could not be reached makes room for another pupil, also after the roster was handed in.
    std::optional<Visit> given_up;
    if (before && is_given_up(*before) && before->student_id != student->id) given_up = *before;
    if (before && !before->replaces_id.empty() && before->student_id == student->id && !is_editable(roster)) return *before;  // chosen twice
    if (!given_up && !is_editable(roster)) return Error{ErrorCode::kInvalid, {"roster.not_open"}};
    if (before && !given_up) {
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
      if (given_up) visit.replaces_id = given_up->id.value;
      if (roster.state == RosterState::kAccepted) visit.state = model::VisitState::kAssigned;
    }
    visit.student_id = student->id;
    SHIDE_CHECK(unit.of<Visit>().save(visit));
    if (!before || given_up) {
      CoVisitor homeroom;
      homeroom.teacher_id = actor.teacher;
      homeroom.is_homeroom = true;
      SHIDE_CHECK(place_row(unit, homeroom, ids.homeroom, visit));
    }
    if (given_up) SHIDE_CHECK(come_for(unit, actor, *given_up, visit, ids.companions));
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
    return load_roster_sheet(unit, actor, roster, now);
  });
}

Result<std::vector<RosterSheet>> roster_sheets(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign) {
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<RosterSheet>> {
    SHIDE_TRY(rosters, unit.of<Roster>().list(Query<Roster>{}.where(&Roster::campaign_id, campaign)));
    std::vector<RosterSheet> sheets;
    for (const Roster& roster : rosters) {
      if (!actor.has(model::Role::kStudentOffice) && !leads(actor, roster)) continue;
      SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
      sheets.push_back(std::move(sheet));
    }
    std::stable_sort(sheets.begin(), sheets.end(), [](const RosterSheet& a, const RosterSheet& b) { return a.grade_group.grade < b.grade_group.grade; });
    return sheets;
  });
}

Result<Roster> set_teams(ports::Ports& ports, const Actor& actor, const Id<Roster>& id, std::int64_t expected_version,
                         const TypedTeams& teams) {
  Time now = ports.clock->now();
  std::vector<Id<CoVisitor>> ids = spare_co_visitor_ids(now);
  return ports.store->transact(actor, "set_teams", [&](Unit& unit) -> Result<Roster> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    if (!leads(actor, roster)) return not_found();
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    SHIDE_TRY(lines, check_teams(sheet, teams));
    StaleEdit edit = compare_teams(sheet, lines);
    if (roster.version != expected_version || !is_editable(roster)) {
      if (!edit.differs()) return roster;  // sent twice: the first answer again
      return is_editable(roster) ? edit.error() : edit.error({"roster.not_open"});
    }
    SHIDE_CHECK(save_teams(unit, sheet, lines, roster, ids));
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
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    SHIDE_CHECK(must_run(sheet.campaign));
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
  if (!actor.has(model::Role::kStudentOffice)) return not_found();
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
  if (!actor.has(model::Role::kStudentOffice)) return not_found();
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
