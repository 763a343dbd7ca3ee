#include "workflow/timeline.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/school.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Actor;
using model::CoVisitor;
using model::DataKind;
using model::Demand;
using model::Guardian;
using model::Level;
using model::Place;
using model::SchoolClass;
using model::Student;
using model::Visit;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::size_t kShortestAddress = 12;  // bytes: "a village" is no household

/// Pupils for whom the same telephone or address was noted, this one among them.
Result<std::vector<std::string>> household_of(Unit& unit, const Actor& actor, const Id<Student>& id) {
  SHIDE_TRY(all, unit.of<Guardian>().list({}, privacy::reach_for_job(actor.school, DataKind::kGuardianContact, "timeline")));
  std::set<std::string> contacts, members = {id.value};
  auto of = [](const Guardian& one) {
    std::vector<std::string> list;
    if (!one.phone.empty()) list.push_back("p" + one.phone);
    if (one.address.size() >= kShortestAddress) list.push_back("a" + one.address);
    return list;
  };
  for (const Guardian& one : all) {
    if (one.student_id != id) continue;
    for (std::string& contact : of(one)) contacts.insert(std::move(contact));
  }
  for (const Guardian& one : all) {
    std::vector<std::string> own = of(one);
    if (std::any_of(own.begin(), own.end(), [&](const std::string& contact) { return contacts.count(contact) > 0; })) members.insert(one.student_id.value);
  }
  return std::vector<std::string>(members.begin(), members.end());
}

Result<std::string> class_name(Unit& unit, const std::string& id) {
  if (id.empty()) return std::string();
  auto row = unit.of<SchoolClass>().load({id});
  if (row) return row->name;
  if (row.error().code == ErrorCode::kNotFound) return std::string();
  return row.error();
}

Result<TimelineEntry> entry_of(Unit& unit, const Actor& actor, const Visit& visit, const std::string& name, bool is_sibling) {
  TimelineEntry entry{visit, name, is_sibling, {}, {}, {}, visit.visited_at ? visit.visited_at : visit.appointment_at};
  SHIDE_TRY(of_day, class_name(unit, visit.place.class_id));
  entry.class_name = of_day;
  SHIDE_TRY(team, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&Place::visit_id, visit.id.value), privacy::reach(actor, DataKind::kVisit)));
  std::stable_sort(team.begin(), team.end(), [](const CoVisitor& a, const CoVisitor& b) { return a.is_homeroom > b.is_homeroom; });
  for (const CoVisitor& one : team) {
    if (one.attendance == model::Attendance::kAbsent) continue;
    SHIDE_TRY(teacher, unit.of<model::Teacher>().load(one.teacher_id));
    entry.teachers.push_back(teacher.name);
  }
  SHIDE_TRY(demands, unit.of<Demand>().list(Query<Demand>{}.where(&Place::visit_id, visit.id.value), privacy::reach(actor, DataKind::kDemand)));
  std::copy_if(demands.begin(), demands.end(), std::back_inserter(entry.demands), [](const Demand& one) { return one.level >= Level::kMasked; });
  return entry;
}

Result<Timeline> load(Unit& unit, const Actor& actor, const Id<Student>& id) {
  Timeline made;
  Result<Student> registered = unit.of<Student>().load(id, privacy::reach(actor, DataKind::kRegister));
  if (!registered && registered.error().code != ErrorCode::kNotFound) return registered.error();
  bool in_register = registered && registered->level == Level::kFull;
  if (in_register) made.student = registered->name;
  SHIDE_TRY(members, household_of(unit, actor, id));
  SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where_one_of(&Visit::student_id, members), privacy::reach(actor, DataKind::kVisit)));
  SHIDE_TRY(names, unit.of<model::VisitedStudent>().list(Query<model::VisitedStudent>{}.where_one_of(&model::VisitedStudent::student_id, members), privacy::reach(actor, DataKind::kStudentName)));
  std::map<std::string, std::string> name_of;
  for (const auto& one : names) {
    if (one.level == Level::kFull) name_of[one.student_id.value] = one.name;
  }
  bool sees_own = false;
  for (const Visit& visit : visits) {
    auto name = name_of.find(visit.student_id.value);
    if (visit.level != Level::kFull || name == name_of.end() || visit.state == model::VisitState::kCancelled) continue;
    bool is_sibling = visit.student_id != id;
    sees_own = sees_own || !is_sibling;
    SHIDE_TRY(entry, entry_of(unit, actor, visit, name->second, is_sibling));
    made.entries.push_back(std::move(entry));
  }
  if (!sees_own && !in_register) return not_found();
  if (made.student.empty()) made.student = name_of[id.value];
  for (const auto& [member, name] : name_of) {
    bool is_seen = std::any_of(made.entries.begin(), made.entries.end(), [&](const TimelineEntry& one) { return one.visit.student_id.value == member; });
    if (member != id.value && is_seen) made.siblings.push_back({{member}, name});
  }
  std::stable_sort(made.entries.begin(), made.entries.end(), [](const TimelineEntry& a, const TimelineEntry& b) {
    return std::pair(b.visit.place.school_year, b.visit.id.value) < std::pair(a.visit.place.school_year, a.visit.id.value);  // ids tell their time
  });
  SHIDE_TRY(classes, unit.of<model::ClassMembership>().list(Query<model::ClassMembership>{}.where(&model::ClassMembership::student_id, id).order_by(&model::ClassMembership::from),
                                                            privacy::reach(actor, DataKind::kRegister)));
  for (const auto& one : classes) {
    if (one.level != Level::kFull) continue;
    SHIDE_TRY(name, class_name(unit, one.place.class_id));
    made.classes.push_back({name, one.from, one.to});
  }
  return made;
}

}  // namespace

Result<Timeline> timeline(ports::Ports& ports, const Actor& actor, const Id<Student>& id) {
  return ports.store->transact(actor, "read_timeline", [&](Unit& unit) -> Result<Timeline> {
    SHIDE_TRY(made, load(unit, actor, id));
    SHIDE_CHECK(unit.audit("students", id.value, "visits demands siblings", ""));
    return made;
  });
}

}  // namespace shide::workflow
