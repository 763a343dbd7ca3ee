#include "workflow/classes.h"

#include <algorithm>
#include <set>

#include "base/field_check.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/campaign.h"
#include "workflow/memberships.h"

namespace shide::workflow {

using model::Actor;
using model::GradeGroup;
using model::GradeGroupKind;
using model::SchoolClass;
using model::Student;
using model::Teacher;
using ports::Query;
using ports::Unit;

namespace {

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }

template <class T>
const T* find(const std::vector<T>& list, const std::string& id) {
  auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id.value == id; });
  return found == list.end() ? nullptr : &*found;
}

Result<SchoolOrder> load_order(Unit& unit, Date today) {
  SchoolOrder order;
  order.school_year = visit::school_year_of(today);
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, order.school_year).order_by(&GradeGroup::name)));
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, order.school_year).order_by(&SchoolClass::name)));
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where_not(&Teacher::duty, model::Duty::kLeft).order_by(&Teacher::name)));
  order.groups = groups;
  order.classes = classes;
  order.teachers = teachers;
  auto place = [](const GradeGroup& group) { return group.kind == GradeGroupKind::kGrade ? group.grade : 99; };
  std::stable_sort(order.groups.begin(), order.groups.end(), [&](const GradeGroup& a, const GradeGroup& b) { return place(a) < place(b); });
  return order;
}

/// Years that are over stay as they were.
template <class T>
Result<T> stored_or_new(Unit& unit, const Id<T>& id, std::int64_t expected_version, const std::string& school_year) {
  if (id.empty()) return T{};
  SHIDE_TRY(stored, unit.of<T>().load(id));
  if (stored.school_year != school_year) return not_found();
  if (stored.version != expected_version) return Error{ErrorCode::kStale, {"store.stale"}};
  return stored;
}

/// Names of groups and classes are one a year.
template <class T>
void check_name(FieldCheck& check, const std::vector<T>& others, const T& row) {
  bool taken = std::any_of(others.begin(), others.end(), [&](const T& other) { return other.id != row.id && other.name == row.name; });
  if (taken) check.problem("name", {"classes.name_taken"});
}

GradeGroup check_group(FieldCheck& check, const GradeGroupForm& form, const SchoolOrder& order, GradeGroup group) {
  group.school_year = order.school_year;
  group.name = to_half_width(check.line("name", form.name, {2, 20}));
  auto kind = model::from_code<GradeGroupKind>(form.kind);
  if (!kind) check.problem("kind", {"field.not_offered"});
  group.kind = kind.value_or(GradeGroupKind::kGrade);
  group.grade = group.kind == GradeGroupKind::kGrade ? check.number("grade", form.grade, 1, 12) : 0;
  if (!find(order.teachers, form.leader_id)) check.problem("leader_id", {"classes.leader_choose"});
  group.leader_id = {form.leader_id};
  for (const std::string& member : form.member_ids) {
    if (!find(order.teachers, member)) check.problem("member_ids", {"field.not_offered"});
  }
  check_name(check, order.groups, group);
  return group;
}

Result<void> place_teachers(Unit& unit, const GradeGroup& group, const std::vector<std::string>& member_ids, const std::vector<Teacher>& teachers) {
  std::set<std::string> members(member_ids.begin(), member_ids.end());
  members.insert(group.leader_id.value);
  for (Teacher teacher : teachers) {
    bool is_here = teacher.grade_group_id == group.id, belongs = members.count(teacher.id.value) > 0;
    if (is_here == belongs) continue;
    teacher.grade_group_id = belongs ? group.id : Id<GradeGroup>{};
    SHIDE_CHECK(unit.of<Teacher>().save(teacher));
    SHIDE_CHECK(unit.audit(teacher, "grade_group_id"));
  }
  return {};
}

SchoolClass check_class(FieldCheck& check, const ClassForm& form, const SchoolOrder& order, SchoolClass row) {
  row.school_year = order.school_year;
  row.name = to_half_width(check.line("name", form.name, {2, 20}));
  if (!find(order.groups, form.grade_group_id)) check.problem("grade_group_id", {"classes.group_choose"});
  if (!find(order.teachers, form.homeroom_teacher_id)) check.problem("homeroom_teacher_id", {"classes.homeroom_choose"});
  row.grade_group_id = {form.grade_group_id};
  row.homeroom_teacher_id = {form.homeroom_teacher_id};
  check_name(check, order.classes, row);
  return row;
}

Result<void> move_students(Unit& unit, const Actor& actor, const SchoolClass& row, Date today, FreshIds& ids) {
  SHIDE_TRY(students, unit.of<Student>().list(Query<Student>{}.where(&model::Place::class_id, row.id.value), privacy::reach(actor, model::DataKind::kRegister)));
  for (Student& student : students) {
    if (student.place.grade_group_id == row.grade_group_id.value) continue;
    model::Place before = student.place;
    student.place.grade_group_id = row.grade_group_id.value;
    SHIDE_CHECK(unit.of<Student>().save(student));
    SHIDE_CHECK(note_class(unit, student, before, today, ids));
  }
  return {};
}

}  // namespace

Result<void> open_missing_rosters(Unit& unit, const GradeGroup& group, const std::vector<Id<model::Roster>>& ids) {
  if (group.kind != GradeGroupKind::kGrade) return {};
  SHIDE_TRY(campaigns, unit.of<model::Campaign>().list(Query<model::Campaign>{}.where(&model::Campaign::school_year, group.school_year)
      .where_not(&model::Campaign::state, model::CampaignState::kDraft)));
  for (std::size_t i = 0; i < campaigns.size() && i < ids.size(); ++i) {
    Result<void> opened = open_roster(unit, campaigns[i], group, ids[i]);
    if (!opened && opened.error().code != ErrorCode::kDuplicate) return opened;
  }
  return {};
}

const Teacher* SchoolOrder::teacher(const Id<Teacher>& id) const { return find(teachers, id.value); }
const GradeGroup* SchoolOrder::group(const Id<GradeGroup>& id) const { return find(groups, id.value); }

Result<SchoolOrder> school_order(ports::Ports& ports, const Actor& actor) {
  if (!is_office(actor)) return not_for_this_role();
  Date today = date_of(ports.clock->now());
  return ports.store->read(actor, [&](Unit& unit) { return load_order(unit, today); });
}

Result<std::vector<GradeGroup>> grade_groups(ports::Ports& ports, const Actor& actor) {
  Date today = date_of(ports.clock->now());
  SHIDE_TRY(order, ports.store->read(actor, [&](Unit& unit) { return load_order(unit, today); }));
  return std::move(order.groups);
}

Result<GradeGroup> save_grade_group(ports::Ports& ports, const Actor& actor, const Id<GradeGroup>& id, std::int64_t expected_version,
                                    const GradeGroupForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  Id<GradeGroup> new_group = new_id<GradeGroup>(now);
  std::vector<Id<model::Roster>> roster_ids(kCampaignsOfAYear);
  for (auto& one : roster_ids) one = new_id<model::Roster>(now);
  FreshIds ids(2 * kIdsForPosts, now);
  Date today = date_of(now);
  return ports.store->transact(actor, "save_grade_group", [&](Unit& unit) -> Result<GradeGroup> {
    ids.rewind();
    SHIDE_TRY(order, load_order(unit, today));
    SHIDE_CHECK(note_posts(unit, actor.school, order.school_year, today, ids));
    SHIDE_TRY(stored, stored_or_new(unit, id, expected_version, order.school_year));
    FieldCheck check;
    GradeGroup group = check_group(check, form, order, stored);
    if (!check.fine()) return check.error();
    if (id.empty()) group.id = new_group;
    group.school_id = actor.school;
    SHIDE_CHECK(unit.of<GradeGroup>().save(group));
    SHIDE_CHECK(unit.audit(group, "name kind grade leader_id"));
    SHIDE_CHECK(place_teachers(unit, group, form.member_ids, order.teachers));
    SHIDE_CHECK(open_missing_rosters(unit, group, roster_ids));
    SHIDE_CHECK(note_posts(unit, actor.school, order.school_year, today, ids));
    return group;
  });
}

Result<SchoolClass> save_class(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& id, std::int64_t expected_version, const ClassForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  Id<SchoolClass> new_class = new_id<SchoolClass>(now);
  FreshIds ids(2 * kIdsForPosts + 1000, now);
  Date today = date_of(now);
  return ports.store->transact(actor, "save_class", [&](Unit& unit) -> Result<SchoolClass> {
    ids.rewind();
    SHIDE_TRY(order, load_order(unit, today));
    SHIDE_CHECK(note_posts(unit, actor.school, order.school_year, today, ids));
    SHIDE_TRY(stored, stored_or_new(unit, id, expected_version, order.school_year));
    FieldCheck check;
    SchoolClass row = check_class(check, form, order, stored);
    if (!check.fine()) return check.error();
    if (id.empty()) row.id = new_class;
    row.school_id = actor.school;
    SHIDE_CHECK(unit.of<SchoolClass>().save(row));
    SHIDE_CHECK(move_students(unit, actor, row, today, ids));
    SHIDE_CHECK(unit.audit(row, "name grade_group_id homeroom_teacher_id"));
    SHIDE_CHECK(note_posts(unit, actor.school, order.school_year, today, ids));
    return row;
  });
}

}  // namespace shide::workflow
