#include "workflow/new_year.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/class_name.h"
#include "visit/school_year.h"
#include "workflow/memberships.h"
#include "workflow/retention.h"

namespace shide::workflow {

using model::Actor;
using model::GradeGroup;
using model::GradeGroupKind;
using model::SchoolClass;
using model::Student;
using model::Teacher;
using model::TeachingAssignment;
using ports::Query;
using ports::Unit;

namespace {

constexpr int kDaysBefore = 16;
constexpr int kMostFirstClasses = 40;
constexpr std::size_t kMostStudents = 20000;

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }

std::string year_before(const std::string& year) {
  int first = std::stoi(year.substr(0, 4)) - 1;
  return std::to_string(first) + "-" + std::to_string(first + 1);
}

/// A form that was understood.
struct Wish {
  bool teachers_go_along = true;
  std::int64_t first_classes = 0;
  std::string from, to;
  int last_grade = 6;
};

/// The year that ends, as it stands.
struct OldYear {
  std::vector<GradeGroup> groups;
  std::vector<SchoolClass> classes;
  std::vector<Teacher> teachers;
  std::vector<Student> students;
  std::vector<TeachingAssignment> lessons;
};

Result<OldYear> load_old_year(Unit& unit, const Actor& actor, const Wish& wish) {
  OldYear old;
  SHIDE_TRY(begun, unit.of<SchoolClass>().count(Query<SchoolClass>{}.where(&SchoolClass::school_year, wish.to)));
  if (begun > 0) return Error{ErrorCode::kInvalid, {"new_year.begun", {{"year", wish.to}}}};
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, wish.from).order_by(&GradeGroup::grade)));
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, wish.from).order_by(&SchoolClass::name)));
  if (groups.empty() || classes.empty()) return Error{ErrorCode::kInvalid, {"new_year.nothing_before", {{"year", wish.from}}}};
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.order_by(&Teacher::name)));
  SHIDE_TRY(students, unit.of<Student>().list(Query<Student>{}.where(&model::Place::school_year, wish.from), privacy::reach(actor, model::DataKind::kRegister)));
  SHIDE_TRY(lessons, unit.of<TeachingAssignment>().list(Query<TeachingAssignment>{}.where(&TeachingAssignment::school_year, wish.from)
      .where(&TeachingAssignment::kind, model::AssignmentKind::kLesson)));
  old = {std::move(groups), std::move(classes), std::move(teachers), std::move(students), std::move(lessons)};
  std::stable_sort(old.classes.begin(), old.classes.end(), [](const SchoolClass& a, const SchoolClass& b) {
    return visit::class_number_of(a.name).value_or(visit::ClassNumber{99, 0}) < visit::class_number_of(b.name).value_or(visit::ClassNumber{99, 0});
  });
  return old;
}

template <class T>
const T* find(const std::vector<T>& list, const std::string& id) {
  auto found = std::find_if(list.begin(), list.end(), [&](const T& one) { return one.id.value == id; });
  return found == list.end() ? nullptr : &*found;
}

/// The new year's rows, each beside the one it comes from; ids are given when it is saved.
struct NewGroup {
  GradeGroup row;
  std::string from;  // id of the old group whose teachers it takes; may be empty
};
struct NewClass {
  SchoolClass row;
  std::string from;         // id of the old class; empty for a first grade
  std::size_t group = 0;    // of NewYear::groups
};

class NewYear {
 public:
  NewYear(const OldYear& old, const Wish& wish) : old_(old), wish_(wish) {
    make_groups();
    for (const SchoolClass& one : old.classes) move_up(one);
    make_first_classes();
    for (const auto& [id, count] : students_) plan.moving += class_fates_[id] == ClassFate::kMovesUp ? count : 0;
    for (const auto& [id, count] : students_) plan.leaving += class_fates_[id] == ClassFate::kLeaves ? count : 0;
    tell();
  }

  std::vector<NewGroup> groups;
  std::vector<NewClass> classes;
  NewYearPlan plan;

 private:
  static bool is_here(const Teacher* teacher) { return teacher && teacher->duty != model::Duty::kLeft; }
  std::string name_of(const Id<Teacher>& id) const {
    const Teacher* teacher = find(old_.teachers, id.value);
    return teacher ? teacher->name : "";
  }
  Id<Teacher> if_here(const Id<Teacher>& id) const { return is_here(find(old_.teachers, id.value)) ? id : Id<Teacher>{}; }
  std::int64_t grade_of(const SchoolClass& one) const {
    const GradeGroup* group = find(old_.groups, one.grade_group_id.value);
    return group ? group->grade : 0;
  }
  /// The grade whose teachers the group of `grade` takes: those of the grade below, and the last one's begin again with the first.
  std::int64_t grade_before(std::int64_t grade) const {
    if (!wish_.teachers_go_along) return grade;
    return grade > 1 ? grade - 1 : wish_.last_grade;
  }

  void make_groups() {
    std::map<std::int64_t, const GradeGroup*> grades;
    for (const GradeGroup& one : old_.groups) {
      if (one.kind == GradeGroupKind::kGrade) grades[one.grade] = &one;
    }
    std::set<std::int64_t> wanted;
    for (const auto& [grade, group] : grades) {
      wanted.insert(grade);
      if (grade < wish_.last_grade) wanted.insert(grade + 1);
    }
    if (wish_.first_classes > 0) wanted.insert(1);
    for (std::int64_t grade : wanted) {
      bool has_classes = grade == 1 ? wish_.first_classes > 0 : grades.count(grade - 1) > 0;
      if (!has_classes) continue;
      auto own = grades.find(grade), before = grades.find(grade_before(grade));
      NewGroup made;
      made.row.school_year = wish_.to;
      made.row.kind = GradeGroupKind::kGrade;
      made.row.grade = grade;
      made.row.name = own != grades.end() ? own->second->name : render({"import.group_name." + std::to_string(grade)}, Language::kChinese);
      if (before != grades.end()) {
        made.from = before->second->id.value;
        made.row.leader_id = if_here(before->second->leader_id);
      }
      groups.push_back(std::move(made));
    }
    for (const GradeGroup& one : old_.groups) {
      if (one.kind == GradeGroupKind::kGrade) continue;
      NewGroup made{one, one.id.value};
      made.row.school_year = wish_.to;
      made.row.leader_id = if_here(one.leader_id);
      groups.push_back(std::move(made));
    }
  }

  std::optional<std::size_t> group_of(std::int64_t grade) const {
    for (std::size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].row.kind == GradeGroupKind::kGrade && groups[i].row.grade == grade) return i;
    }
    return std::nullopt;
  }

  void move_up(const SchoolClass& one) {
    std::int64_t count = std::count_if(old_.students.begin(), old_.students.end(), [&](const Student& student) { return student.place.class_id == one.id.value; });
    students_[one.id.value] = count;
    std::int64_t grade = grade_of(one);
    auto group = group_of(grade + 1);
    ClassStep step{ClassFate::kLeaves, one.name, "", count, name_of(one.homeroom_teacher_id), ""};
    if (grade > 0 && grade < wish_.last_grade && group) {
      NewClass made;
      made.row.school_year = wish_.to;
      made.row.name = visit::next_grade_name(one.name);
      made.row.homeroom_teacher_id = homeroom_of(one, made.row.name);
      made.row.pupil_count = count;
      made.from = one.id.value;
      made.group = *group;
      step.fate = ClassFate::kMovesUp;
      step.after = made.row.name;
      step.homeroom_after = name_of(made.row.homeroom_teacher_id);
      classes.push_back(std::move(made));
    }
    class_fates_[one.id.value] = step.fate;
    plan.classes.push_back(std::move(step));
  }

  Id<Teacher> homeroom_of(const SchoolClass& one, const std::string& name) const {
    if (wish_.teachers_go_along) return if_here(one.homeroom_teacher_id);
    // Who stays with the grade takes the class that now has the name of the old one.
    for (const SchoolClass& other : old_.classes) {
      if (other.name == name) return if_here(other.homeroom_teacher_id);
    }
    return {};
  }

  /// Named as the first grades of last year were; more of them go on counting.
  void make_first_classes() {
    auto group = group_of(1);
    if (!group) return;
    std::vector<const SchoolClass*> last;
    for (const SchoolClass& one : old_.classes) {
      if (grade_of(one) == 1) last.push_back(&one);
    }
    for (std::int64_t i = 0; i < wish_.first_classes; ++i) {
      NewClass made;
      made.row.school_year = wish_.to;
      made.row.name = i < static_cast<std::int64_t>(last.size()) ? last[static_cast<std::size_t>(i)]->name
                                                                 : render({"new_year.first_class", {{"number", i + 1}}}, Language::kChinese);
      made.group = *group;
      if (!wish_.teachers_go_along && i < static_cast<std::int64_t>(last.size())) made.row.homeroom_teacher_id = if_here(last[static_cast<std::size_t>(i)]->homeroom_teacher_id);
      plan.classes.push_back({ClassFate::kIsNew, "", made.row.name, 0, "", name_of(made.row.homeroom_teacher_id)});
      classes.push_back(std::move(made));
    }
  }

  void tell() {
    plan.from = wish_.from;
    plan.to = wish_.to;
    for (const NewGroup& one : groups) {
      const GradeGroup* before = find(old_.groups, one.from);
      std::int64_t members = std::count_if(old_.teachers.begin(), old_.teachers.end(), [&](const Teacher& teacher) {
        return is_here(&teacher) && !one.from.empty() && teacher.grade_group_id.value == one.from;
      });
      plan.groups.push_back({one.row.name, before ? name_of(before->leader_id) : "", name_of(one.row.leader_id), members});
    }
    for (const Teacher& one : old_.teachers) {
      if (!is_here(&one) && find(old_.groups, one.grade_group_id.value)) plan.left.push_back(one.name);
    }
    auto order = [](const ClassStep& step) { return step.fate == ClassFate::kIsNew ? 0 : step.fate == ClassFate::kMovesUp ? 1 : 2; };
    std::stable_sort(plan.classes.begin(), plan.classes.end(), [&](const ClassStep& a, const ClassStep& b) { return order(a) < order(b); });
    std::int64_t without = std::count_if(classes.begin(), classes.end(), [](const NewClass& one) { return one.row.homeroom_teacher_id.empty(); });
    std::int64_t leaderless = std::count_if(groups.begin(), groups.end(), [](const NewGroup& one) { return one.row.leader_id.empty(); });
    if (without > 0) plan.asides.push_back({"new_year.without_homeroom", {{"count", without}}});
    if (leaderless > 0) plan.asides.push_back({"new_year.without_leader", {{"count", leaderless}}});
    if (wish_.first_classes > 0) plan.asides.push_back({"new_year.first_pupils"});
    plan.asides.push_back({wish_.teachers_go_along ? "new_year.lessons_go" : "new_year.lessons_stay"});
    std::string all = wish_.from + wish_.to;
    for (const ClassStep& one : plan.classes) {
      all += "\n" + std::string(model::code_of(one.fate)) + "\t" + one.before + "\t" + one.after + "\t" + one.homeroom_before + "\t" + one.homeroom_after;
    }
    for (const GroupStep& one : plan.groups) all += "\n" + one.name + "\t" + one.leader_after + "\t" + std::to_string(one.teachers);
    for (const Student& one : old_.students) all += "\n" + one.id.value + " " + one.place.class_id;
    for (const Teacher& one : old_.teachers) all += "\n" + one.id.value + " " + one.grade_group_id.value + " " + std::string(model::code_of(one.duty));
    for (const TeachingAssignment& one : old_.lessons) all += "\n" + one.id.value;
    plan.digest = sha256_hex(all);
  }

  const OldYear& old_;
  const Wish& wish_;
  std::map<std::string, std::int64_t> students_;     // by old class
  std::map<std::string, ClassFate> class_fates_;
};

/// Writes what the plan says.
class NewYearKeeper {
 public:
  NewYearKeeper(Unit& unit, const Actor& actor, const OldYear& old, const Wish& wish, Date first_day, FreshIds& ids)
      : unit_(unit), actor_(actor), old_(old), wish_(wish), first_day_(first_day), ids_(ids) {}

  Result<void> save(NewYear& next) {
    SHIDE_CHECK(note_posts(unit_, actor_.school, wish_.from, first_day_, ids_));
    std::map<std::string, Id<GradeGroup>> groups;  // by the old group whose teachers it takes
    for (NewGroup& one : next.groups) {
      one.row.id = ids_.take<GradeGroup>();
      one.row.school_id = actor_.school;
      one.row.version = 0;
      SHIDE_CHECK(unit_.of<GradeGroup>().save(one.row));
      SHIDE_CHECK(unit_.audit(one.row, "school_year name leader_id"));
      if (!one.from.empty()) groups[one.from] = one.row.id;
    }
    std::map<std::string, SchoolClass> classes;  // by the old class
    for (NewClass& one : next.classes) {
      one.row.id = ids_.take<SchoolClass>();
      one.row.school_id = actor_.school;
      one.row.grade_group_id = next.groups[one.group].row.id;
      SHIDE_CHECK(unit_.of<SchoolClass>().save(one.row));
      SHIDE_CHECK(unit_.audit(one.row, "school_year name grade_group_id homeroom_teacher_id pupil_count"));
      if (!one.from.empty()) classes[one.from] = one.row;
    }
    SHIDE_CHECK(move_students(classes));
    if (wish_.teachers_go_along) SHIDE_CHECK(carry_lessons(classes));
    return move_teachers(groups);
  }

 private:
  Result<void> move_students(const std::map<std::string, SchoolClass>& classes) {
    for (Student student : old_.students) {
      auto to = classes.find(student.place.class_id);
      if (to == classes.end()) {
        SHIDE_CHECK(note_leaving(unit_, student, first_day_ + -1, ids_));
        continue;
      }
      model::Place before = student.place;
      student.place = {wish_.to, to->second.grade_group_id.value, to->second.id.value, ""};
      SHIDE_CHECK(unit_.of<Student>().save(student));
      SHIDE_CHECK(note_class(unit_, student, before, first_day_, ids_));
    }
    return {};
  }

  Result<void> carry_lessons(const std::map<std::string, SchoolClass>& classes) {
    for (TeachingAssignment lesson : old_.lessons) {
      auto to = classes.find(lesson.class_id.value);
      const Teacher* teacher = find(old_.teachers, lesson.teacher_id.value);
      if (to == classes.end() || !teacher || teacher->duty == model::Duty::kLeft) continue;
      lesson.id = ids_.take<TeachingAssignment>();
      lesson.version = 0;
      lesson.school_year = wish_.to;
      lesson.class_id = to->second.id;
      SHIDE_CHECK(unit_.of<TeachingAssignment>().save(lesson));
    }
    return {};
  }

  /// Who has left belongs nowhere; whose group has none to follow it waits to be placed.
  Result<void> move_teachers(const std::map<std::string, Id<GradeGroup>>& groups) {
    for (Teacher teacher : old_.teachers) {
      if (!find(old_.groups, teacher.grade_group_id.value)) continue;
      auto to = groups.find(teacher.grade_group_id.value);
      teacher.grade_group_id = to == groups.end() || teacher.duty == model::Duty::kLeft ? Id<GradeGroup>{} : to->second;
      SHIDE_CHECK(unit_.of<Teacher>().save(teacher));
      SHIDE_CHECK(unit_.audit(teacher, "grade_group_id"));
    }
    SHIDE_CHECK(end_posts(unit_, wish_.from, first_day_ + -1));
    return note_posts(unit_, actor_.school, wish_.to, first_day_, ids_);
  }

  Unit& unit_;
  const Actor& actor_;
  const OldYear& old_;
  const Wish& wish_;
  Date first_day_;
  FreshIds& ids_;
};

Result<Wish> understood(const NewYearForm& form, const OldYear* old, Date today) {
  Wish wish;
  SHIDE_TRY(grades, grades_of_school());
  wish.last_grade = grades;
  wish.to = year_to_begin(today);
  wish.from = year_before(wish.to);
  FieldCheck check;
  auto teachers = model::from_code<TeachersGo>(form.teachers);
  if (!teachers) check.problem("teachers", {"field.not_offered"});
  wish.teachers_go_along = teachers == TeachersGo::kWithTheirClass;
  if (!trim(form.first_classes).empty()) wish.first_classes = check.number("first_classes", form.first_classes, 0, kMostFirstClasses);
  else if (old) {
    for (const SchoolClass& one : old->classes) {
      const GradeGroup* group = find(old->groups, one.grade_group_id.value);
      wish.first_classes += group && group->grade == 1;
    }
  }
  if (!check.fine()) return check.error();
  return wish;
}

/// The year that ends and what was asked for, in one unit of work.
struct Both {
  OldYear old;
  Wish wish;
};

Result<Both> load(Unit& unit, const Actor& actor, const NewYearForm& form, Date today) {
  SHIDE_TRY(years, understood(form, nullptr, today));
  SHIDE_TRY(old, load_old_year(unit, actor, years));
  SHIDE_TRY(wish, understood(form, &old, today));
  return Both{std::move(old), std::move(wish)};
}

}  // namespace

std::string year_to_begin(Date today) { return visit::school_year_of(today + kDaysBefore); }

Result<NewYearPlan> plan_new_year(ports::Ports& ports, const Actor& actor, const NewYearForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  Date today = date_of(ports.clock->now());
  return ports.store->read(actor, [&](Unit& unit) -> Result<NewYearPlan> {
    SHIDE_TRY(both, load(unit, actor, form, today));
    return NewYear(both.old, both.wish).plan;
  });
}

Result<NewYearPlan> begin_new_year(ports::Ports& ports, const Actor& actor, const NewYearForm& form, std::string_view digest) {
  if (!is_office(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  SHIDE_TRY(planned, plan_new_year(ports, actor, form));
  if (planned.digest != digest) return Error{ErrorCode::kStale, {"new_year.stale"}};
  // Two memberships a pupil at most; groups, classes and lessons besides.
  std::size_t students = static_cast<std::size_t>(planned.moving + planned.leaving);
  if (students > kMostStudents) return internal_error("new_year: more pupils than a school has");
  FreshIds ids(2 * students + 3 * kIdsForPosts + 5000, now);
  return ports.store->transact(actor, "begin_new_year", [&](Unit& unit) -> Result<NewYearPlan> {
    ids.rewind();
    SHIDE_TRY(both, load(unit, actor, form, date_of(now)));
    NewYear next(both.old, both.wish);
    if (next.plan.digest != digest) return Error{ErrorCode::kStale, {"new_year.stale"}};
    Date first_day = *make_date(std::stoi(both.wish.to.substr(0, 4)), 9, 1);
    SHIDE_CHECK(NewYearKeeper(unit, actor, both.old, both.wish, first_day, ids).save(next));
    return std::move(next.plan);
  });
}

}  // namespace shide::workflow
