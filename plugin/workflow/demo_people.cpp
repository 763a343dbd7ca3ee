// The school, its years, classes, staff, accounts and the register of 1,600 pupils.
#include <set>

#include "base/digest.h"
#include "workflow/demo_rows.h"

namespace shide::workflow {
namespace {

using model::Account;
using model::Role;
using model::Teacher;
using ports::Unit;

constexpr const char* kYears[] = {"2019-2020", "2020-2021"};

Result<void> add_school(DemoRows& rows, Unit& unit, const InfoEntry& file) {
  const InfoEntry* entry = file.child("school");
  if (!entry) return internal_error("demo: school.info has no school");
  model::School school;
  school.id = rows.school;
  school.school_id = rows.school;
  school.name = entry->text("name");
  school.short_name = entry->text("short_name");
  school.site_name = entry->text("site_name");
  school.site_url = entry->text("site_url");
  school.district_name = entry->text("district_name");
  school.section_name = entry->text("section_name");
  std::vector<std::string> crumbs;
  // The section itself is the last of the breadcrumb; the frame adds it.
  for (const InfoEntry* crumb : entry->all("crumb")) {
    if (crumb->value != entry->text("section_name")) crumbs.push_back(crumb->value + "|");
  }
  school.breadcrumb = join(crumbs, "\n");
  school.demo = true;
  SHIDE_CHECK(unit.of<model::School>().save(school));
  return unit.audit(school, "name");
}

Result<void> add_account(DemoRows& rows, Unit& unit, const std::string& name, const std::string& login, std::set<Role> roles, const Id<Teacher>& teacher, Time when) {
  Account account;
  account.login = login;
  account.name = name;
  account.roles = std::move(roles);
  account.teacher_id = teacher;
  account.password_hash = rows.password_hash;
  SHIDE_TRY(kept, rows.keep(unit, account, when));
  rows.accounts[name] = kept;
  return {};
}

Result<void> add_staff(DemoRows& rows, Unit& unit, const InfoEntry& people, Time when) {
  std::map<std::string, std::string> logins;
  for (const InfoEntry* card : people.all("account")) logins[card->value] = card->text("login");
  std::map<std::string, std::string> group_of;
  for (const InfoEntry* entry : people.all("teacher")) {
    Teacher teacher;
    teacher.staff_number = entry->text("number");
    teacher.name = entry->value;
    teacher.subject = entry->text("subject");
    teacher.duty = model::from_code<model::Duty>(entry->text("duty", "in_post")).value_or(model::Duty::kInPost);
    teacher.id = rows.next<Teacher>(when);
    group_of[teacher.name] = entry->text("group");
    rows.teachers[teacher.name] = teacher;
  }
  // Groups know their leader, teachers their group.
  for (const char* year : kYears) {
    for (const InfoEntry* entry : people.all("group")) {
      model::GradeGroup group;
      group.school_year = year;
      group.name = entry->value;
      group.kind = entry->text("kind") == "grade" ? model::GradeGroupKind::kGrade : model::GradeGroupKind::kArtsSports;
      group.grade = entry->text("grade").front() - '0';
      SHIDE_TRY(leader, rows.teacher(entry->text("leader")));
      group.leader_id = leader.id;
      SHIDE_TRY(kept, rows.keep(unit, group, when));
      rows.groups[std::string(year) + " " + group.name] = kept;
    }
  }
  for (auto& [name, teacher] : rows.teachers) {
    teacher.grade_group_id = rows.groups.at("2020-2021 " + group_of[name]).id;
    SHIDE_TRY(kept, rows.keep(unit, teacher, when));
    teacher = kept;
    SHIDE_CHECK(add_account(rows, unit, name, logins.count(name) ? logins[name] : teacher.staff_number, {Role::kTeacher}, teacher.id, when));
  }
  for (const InfoEntry* entry : people.all("staff")) {
    std::set<Role> roles;
    for (const std::string& code : DemoRows::words(entry->text("roles"))) {
      if (auto role = model::from_code<Role>(code)) roles.insert(*role);
    }
    SHIDE_CHECK(add_account(rows, unit, entry->value, logins.count(entry->value) ? logins[entry->value] : entry->text("number"), roles, {}, when));
  }
  return unit.audit(rows.groups.begin()->second, "staff");
}

Result<void> add_classes(DemoRows& rows, Unit& unit, const InfoEntry& people, const InfoEntry& last_year, Time when) {
  auto add = [&](const char* year, const std::string& name, const std::string& group, const Teacher& homeroom, std::int64_t pupils) -> Result<void> {
    model::SchoolClass one;
    one.school_year = year;
    one.name = name;
    one.grade_group_id = rows.groups.at(std::string(year) + " " + group).id;
    one.homeroom_teacher_id = homeroom.id;
    one.pupil_count = pupils;
    SHIDE_TRY(kept, rows.keep(unit, one, when));
    rows.classes[std::string(year) + " " + name] = kept;
    return {};
  };
  std::map<std::string, std::string> group_of;
  for (const InfoEntry* entry : people.all("class")) {
    SHIDE_TRY(homeroom, rows.teacher(entry->text("homeroom")));
    group_of[std::string(first_characters(entry->value, 1))] = entry->text("group");
    SHIDE_CHECK(add(kYears[1], entry->value, entry->text("group"), homeroom, std::stoll(entry->text("pupils"))));
  }
  for (const InfoEntry* entry : last_year.all("visit")) {
    SHIDE_TRY(homeroom, rows.teacher(DemoRows::words(entry->text("team")).front()));
    SHIDE_CHECK(add(kYears[0], entry->value, group_of.at(std::string(first_characters(entry->value, 1))), homeroom, 44));
  }
  for (const InfoEntry* entry : people.all("teacher")) {
    SHIDE_TRY(teacher, rows.teacher(entry->value));
    auto assign = [&](const std::string& list, model::AssignmentKind kind, const std::string& subject) -> Result<void> {
      for (const std::string& name : DemoRows::words(list)) {
        model::TeachingAssignment one;
        one.school_year = kYears[1];
        one.teacher_id = teacher.id;
        one.class_id = rows.classes.at(std::string(kYears[1]) + " " + name).id;
        one.kind = kind;
        one.subject = subject;
        SHIDE_TRY(kept, rows.keep(unit, one, when));
        (void)kept;
      }
      return {};
    };
    SHIDE_CHECK(assign(entry->text("lesson"), model::AssignmentKind::kLesson, entry->text("subject")));
    if (const InfoEntry* club = entry->child("club")) SHIDE_CHECK(assign(club->text("classes"), model::AssignmentKind::kClub, club->text("name")));
  }
  return unit.audit(rows.classes.begin()->second, "classes");
}

/// A small generator of our own, so that the names are the same on every machine (PCG-like step, upper bits).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

Result<void> add_register(DemoRows& rows, const InfoEntry& people, Time when) {
  const InfoEntry* names = people.child("names");
  if (!names) return internal_error("demo: people.info has no names");
  std::vector<std::string> surnames = DemoRows::words(names->text("surname")), boys = DemoRows::words(names->text("given_boy")), girls = DemoRows::words(names->text("given_girl"));
  std::set<std::string> taken;
  for (const char* kind : {"teacher", "staff", "pupil"}) {
    for (const InfoEntry* entry : people.all(kind)) taken.insert(entry->value);
  }
  for (const InfoEntry* entry : people.all("pupil")) {
    rows.chosen[entry->text("class")] = *entry;
    for (const char* family : {"guardian", "carer"}) {
      if (entry->child(family)) taken.insert(entry->child(family)->text("name"));
    }
  }
  Dice dice(std::stoull(names->text("seed")));
  int number = 1;
  for (const InfoEntry* entry : people.all("class")) {
    const model::SchoolClass& one = rows.classes.at("2020-2021 " + entry->value);
    SHIDE_CHECK(rows.write("register", [&](Unit& unit) -> Result<void> {
      Dice own = dice;
      std::set<std::string> in_class;
      for (std::int64_t i = 0; i < one.pupil_count; ++i) {
        std::string name = rows.chosen.at(entry->value).value;
        while (i > 0 && (taken.count(name) || in_class.count(name))) {
          const auto& given = own.below(2) ? boys : girls;
          name = surnames[own.below(surnames.size())] + given[own.below(given.size())];
        }
        in_class.insert(name);
        model::Student student;
        student.place = {"2020-2021", one.grade_group_id.value, one.id.value, ""};
        student.student_number = "2020" + std::to_string(10000 + number + i).substr(1);
        student.name = name;
        SHIDE_TRY(kept, rows.keep(unit, student, when));
        if (i == 0) rows.chosen_ids[entry->value] = kept.id;
      }
      return unit.audit(one, "students");
    }));
    for (std::int64_t i = 0; i < one.pupil_count * 7; ++i) dice.below(2);  // each class starts elsewhere
    number += static_cast<int>(one.pupil_count);
  }
  return {};
}

}  // namespace

Result<void> add_demo_people(DemoRows& rows) {
  SHIDE_TRY(school, DemoRows::file("school"));
  SHIDE_TRY(people, DemoRows::file("people"));
  SHIDE_TRY(last_year, DemoRows::file("last_year"));
  Time when = time_of(*make_date(2020, 9, 1), 8);
  rows.school = rows.next<model::School>(when);
  SHIDE_CHECK(rows.write("school", [&](Unit& unit) { return add_school(rows, unit, school); }));
  SHIDE_CHECK(rows.write("staff", [&](Unit& unit) -> Result<void> {
    rows.teachers.clear();
    rows.groups.clear();
    return add_staff(rows, unit, people, when);
  }));
  SHIDE_CHECK(rows.write("classes", [&](Unit& unit) -> Result<void> {
    rows.classes.clear();
    return add_classes(rows, unit, people, last_year, when);
  }));
  return add_register(rows, people, when);
}

}  // namespace shide::workflow
