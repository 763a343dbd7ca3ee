#include "workflow/memberships.h"

#include <charconv>
#include <map>
#include <tuple>

#include "privacy/reach.h"

namespace shide::workflow {

using model::Actor;
using model::ClassMembership;
using model::GradeGroup;
using model::Place;
using model::SchoolClass;
using model::Student;
using model::Teacher;
using model::TeacherPost;
using model::TeacherPostKind;
using ports::Query;
using ports::Unit;

namespace {

model::Reach register_of_school(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kRegister, "memberships"); }

Date first_day_of(const std::string& school_year, Date otherwise) {
  int year = 0;
  auto [end, failure] = std::from_chars(school_year.data(), school_year.data() + std::min<std::size_t>(school_year.size(), 4), year);
  return failure == std::errc{} ? make_date(year, 9, 1).value_or(otherwise) : otherwise;
}

using PostKey = std::tuple<TeacherPostKind, std::string, std::string, std::string>;  // teacher, group, class
PostKey key_of(const TeacherPost& post) { return {post.kind, post.teacher_id.value, post.grade_group_id.value, post.class_id.value}; }

Result<std::map<PostKey, bool>> standing_posts(Unit& unit, const std::string& school_year) {
  std::map<PostKey, bool> standing;  // true: noted already
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, school_year)));
  std::map<std::string, bool> of_year;
  for (const GradeGroup& one : groups) {
    of_year[one.id.value] = true;
    if (one.leader_id) standing[{TeacherPostKind::kLeader, one.leader_id.value, one.id.value, ""}] = false;
  }
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, school_year)));
  for (const SchoolClass& one : classes) {
    if (one.homeroom_teacher_id) standing[{TeacherPostKind::kHomeroom, one.homeroom_teacher_id.value, one.grade_group_id.value, one.id.value}] = false;
  }
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where_not(&Teacher::duty, model::Duty::kLeft)));
  for (const Teacher& one : teachers) {
    if (of_year.count(one.grade_group_id.value)) standing[{TeacherPostKind::kMember, one.id.value, one.grade_group_id.value, ""}] = false;
  }
  return standing;
}

/// Ends it the day before; one that began today never was.
template <class T>
Result<void> close(Unit& unit, T row, Date last) {
  if (last < row.from) return unit.of<T>().erase(row);
  row.to = last;
  return unit.of<T>().save(row);
}

Result<void> open_class(Unit& unit, const Student& student, Date today, FreshIds& ids) {
  if (student.place.class_id.empty()) return {};
  ClassMembership row;
  row.id = ids.take<ClassMembership>();
  row.school_id = student.school_id;
  row.place = student.place;
  row.student_id = student.id;
  row.from = today;
  return unit.of<ClassMembership>().save(row);
}

/// What is open of this pupil; where nothing was noted yet, the whole time since the school year of `place` began.
Result<void> close_class(Unit& unit, const Student& student, const Place& place, Date last, FreshIds& ids) {
  SHIDE_TRY(noted, unit.of<ClassMembership>().list(Query<ClassMembership>{}.where(&ClassMembership::student_id, student.id), register_of_school(student.school_id)));
  for (const ClassMembership& one : noted) {
    if (!one.to) SHIDE_CHECK(close(unit, one, last));
  }
  Date begin = first_day_of(place.school_year, last);
  if (!noted.empty() || place.class_id.empty() || last < begin) return {};
  ClassMembership row;
  row.id = ids.take<ClassMembership>();
  row.school_id = student.school_id;
  row.place = place;
  row.student_id = student.id;
  row.from = begin;
  row.to = last;
  return unit.of<ClassMembership>().save(row);
}

}  // namespace

FreshIds::FreshIds(std::size_t count, Time now) {
  ids_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) ids_.push_back(new_id<Student>(now).value);
}

Result<void> note_posts(Unit& unit, const Id<model::School>& school, const std::string& school_year, Date today, FreshIds& ids) {
  SHIDE_TRY(standing, standing_posts(unit, school_year));
  SHIDE_TRY(noted, unit.of<TeacherPost>().list(Query<TeacherPost>{}.where(&TeacherPost::school_year, school_year)));
  for (const TeacherPost& one : noted) {
    if (one.to && *one.to < today) continue;
    auto still = standing.find(key_of(one));
    if (still != standing.end()) still->second = true;
    else if (!one.to) SHIDE_CHECK(close(unit, one, today + -1));
  }
  Date begin = noted.empty() ? first_day_of(school_year, today) : today;
  for (const auto& [key, is_noted] : standing) {
    if (is_noted) continue;
    TeacherPost post;
    post.id = ids.take<TeacherPost>();
    post.school_id = school;
    post.school_year = school_year;
    post.kind = std::get<0>(key);
    post.teacher_id = {std::get<1>(key)};
    post.grade_group_id = {std::get<2>(key)};
    post.class_id = {std::get<3>(key)};
    post.from = begin;
    SHIDE_CHECK(unit.of<TeacherPost>().save(post));
  }
  return {};
}

Result<void> end_posts(Unit& unit, const std::string& school_year, Date last) {
  SHIDE_TRY(noted, unit.of<TeacherPost>().list(Query<TeacherPost>{}.where(&TeacherPost::school_year, school_year)));
  for (const TeacherPost& one : noted) {
    if (!one.to) SHIDE_CHECK(close(unit, one, last));
  }
  return {};
}

Result<void> note_class(Unit& unit, const Student& student, const std::optional<Place>& before, Date today, FreshIds& ids) {
  if (before) SHIDE_CHECK(close_class(unit, student, *before, today + -1, ids));
  return open_class(unit, student, today, ids);
}

Result<void> note_leaving(Unit& unit, const Student& student, Date last, FreshIds& ids) { return close_class(unit, student, student.place, last, ids); }

Result<void> forget_classes(Unit& unit, const Id<model::School>& school, const Id<Student>& student) {
  SHIDE_TRY(noted, unit.of<ClassMembership>().list(Query<ClassMembership>{}.where(&ClassMembership::student_id, student), register_of_school(school)));
  for (const ClassMembership& one : noted) SHIDE_CHECK(unit.of<ClassMembership>().erase(one));
  return {};
}

Result<std::vector<TeacherPost>> posts_of_class(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& id) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<TeacherPost>().list(Query<TeacherPost>{}.where(&TeacherPost::class_id, id).order_by(&TeacherPost::from));
  });
}

Result<std::vector<TeacherPost>> posts_of_group(ports::Ports& ports, const Actor& actor, const Id<GradeGroup>& id) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<TeacherPost>().list(Query<TeacherPost>{}.where(&TeacherPost::grade_group_id, id).where(&TeacherPost::kind, TeacherPostKind::kLeader).order_by(&TeacherPost::from));
  });
}

}  // namespace shide::workflow
