#include "workflow/known_people.h"

#include "privacy/reach.h"

namespace shide::workflow {

using model::DataKind;
using model::Place;
using ports::Query;
using ports::Unit;

Result<privacy::KnownPeople> people_of_school(Unit& unit, const Id<model::School>& school) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "redaction"); };
  privacy::KnownPeople known;
  SHIDE_TRY(students, unit.of<model::Student>().list(Query<model::Student>{}, all(DataKind::kRegister)));
  for (const auto& student : students) known.students.push_back(student.name);
  SHIDE_TRY(visited, unit.of<model::VisitedStudent>().list(Query<model::VisitedStudent>{}, all(DataKind::kStudentName)));
  for (const auto& student : visited) known.students.push_back(student.name);
  SHIDE_TRY(guardians, unit.of<model::Guardian>().list(Query<model::Guardian>{}, all(DataKind::kGuardianContact)));
  for (const auto& guardian : guardians) {
    known.guardians.push_back(guardian.name);
    known.phones.push_back(guardian.phone);
    if (!guardian.address.empty()) known.addresses.push_back(guardian.address);
  }
  SHIDE_TRY(teachers, unit.of<model::Teacher>().list(Query<model::Teacher>{}));
  for (const auto& teacher : teachers) known.teachers.push_back(teacher.name);
  SHIDE_TRY(classes, unit.of<model::SchoolClass>().list(Query<model::SchoolClass>{}));
  for (const auto& one : classes) known.classes.push_back(one.name);
  return known;
}

Result<privacy::Register> known_people(Unit& unit, const Id<model::School>& school) {
  SHIDE_TRY(known, people_of_school(unit, school));
  return privacy::Register(known);
}

Result<privacy::NoteContext> note_context(Unit& unit, const Id<model::School>& school, const Id<model::Visit>& visit, privacy::Byline byline) {
  privacy::NoteContext context;
  context.byline = byline;
  SHIDE_TRY(students, unit.of<model::VisitedStudent>().list(Query<model::VisitedStudent>{}.where(&Place::visit_id, visit),
                                                            privacy::reach_for_job(school, DataKind::kStudentName, "redaction")));
  for (const auto& student : students) context.students.push_back(student.name);
  SHIDE_TRY(guardians, unit.of<model::Guardian>().list(Query<model::Guardian>{}.where(&Place::visit_id, visit),
                                                       privacy::reach_for_job(school, DataKind::kGuardianContact, "redaction")));
  for (const auto& guardian : guardians) context.guardians.push_back(guardian.name);
  return context;
}

}  // namespace shide::workflow
