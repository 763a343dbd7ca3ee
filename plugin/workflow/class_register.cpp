#include "workflow/class_register.h"

#include <algorithm>
#include <set>

#include "base/field_check.h"
#include "base/pasted_lines.h"
#include "base/text.h"
#include "model/visit.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/memberships.h"

namespace shide::workflow {

using model::Actor;
using model::SchoolClass;
using model::Student;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::size_t kMostStudents = 200;       // of one class
constexpr int kDigitsOfAnIdentityNumber = 15;    // the old ones; the new ones have 17 and a check character

struct Line {
  std::size_t line = 0;
  std::string name, number;
};

bool is_identity_number(const std::string& number) {
  return std::count_if(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; }) >= kDigitsOfAnIdentityNumber;
}

Phrase wrong_in(const PastedLine& line, Line& read) {
  FieldCheck check;
  read = {line.number, check.line("name", line.cell(0), {1, 40}), to_half_width(check.line("number", line.cell(1), {0, 30}))};
  if (!check.fine()) return check.error().problems.front().phrase;
  if (line.cells.size() > 2) return {"classes.line_too_many"};
  if (is_identity_number(read.number) || is_identity_number(read.name)) return {"classes.identity_number"};
  return {};
}

/// Two of one name need their numbers, and a number is one pupil's.
Phrase repeats(const std::vector<Line>& before, const Line& line) {
  for (const Line& other : before) {
    if (!line.number.empty() && other.number == line.number) return {"classes.number_repeats", {{"line", other.line}}};
    if (other.name == line.name && (other.number.empty() || line.number.empty())) return {"classes.name_repeats", {{"line", other.line}}};
  }
  return {};
}

Result<std::vector<Line>> read_lines(std::string_view text) {
  std::vector<PastedLine> pasted = pasted_lines(text);
  Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}};
  if (pasted.empty()) return std::move(error).with("students", {"field.empty"});
  if (pasted.size() > kMostStudents) return std::move(error).with("students", {"field.too_many_lines", {{"max", kMostStudents}}});
  std::vector<Line> lines;
  for (const PastedLine& one : pasted) {
    Line line;
    Phrase wrong = wrong_in(one, line);
    if (wrong.empty()) wrong = repeats(lines, line);
    if (!wrong.empty()) error.problems.push_back(line_problem("students", one.number, std::move(wrong)));
    lines.push_back(std::move(line));
  }
  if (error.problems.empty()) {
    // A number tells more than a name: it is heard first.
    std::stable_partition(lines.begin(), lines.end(), [](const Line& line) { return !line.number.empty(); });
    return lines;
  }
  error.phrase = {"error.invalid", {{"count", error.problems.size()}}};
  return error;
}

/// Numbers of this year that belong to pupils of other classes.
Result<std::set<std::string>> numbers_elsewhere(Unit& unit, const model::Reach& reach, const SchoolClass& row, const std::vector<Line>& lines) {
  std::vector<std::string> numbers;
  for (const Line& line : lines) {
    if (!line.number.empty()) numbers.push_back(line.number);
  }
  SHIDE_TRY(students, unit.of<Student>().list(Query<Student>{}.where(&model::Place::school_year, row.school_year)
      .where_one_of(&Student::student_number, numbers), reach));
  std::set<std::string> taken;
  for (const Student& one : students) {
    if (one.place.class_id != row.id.value) taken.insert(one.student_number);
  }
  return taken;
}

class RegisterPaste {
 public:
  RegisterPaste(Unit& unit, const Actor& actor, const SchoolClass& row, std::vector<Student> students, Date today, FreshIds& ids)
      : unit_(unit), actor_(actor), row_(row), students_(std::move(students)), today_(today), ids_(ids) {}

  Result<void> take(const Line& line, const Id<Student>& fresh) {
    Student* known = meant_by(line);
    if (!known) return add(line, fresh);
    met_.insert(known->id.value);
    std::string number = line.number.empty() ? known->student_number : line.number;
    if (known->name == line.name && known->student_number == number) return ++change_.standing, Result<void>();
    known->name = line.name;
    known->student_number = number;
    ++change_.changed;
    return unit_.of<Student>().save(*known);
  }

  /// Whoever was not met leaves, but a pupil who was chosen for a visit stays for the record's sake.
  Result<void> remove_others() {
    for (const Student& one : students_) {
      if (met_.count(one.id.value)) continue;
      SHIDE_TRY(visits, unit_.of<model::Visit>().count(Query<model::Visit>{}.where(&model::Visit::student_id, one.id), privacy::reach(actor_, model::DataKind::kVisit)));
      if (visits > 0) return Error{ErrorCode::kInvalid, {"classes.chosen_stays"}}.with("students", {"classes.chosen_stays"});
      SHIDE_CHECK(forget_classes(unit_, actor_.school, one.id));
      SHIDE_CHECK(unit_.of<Student>().erase(one));
      ++change_.removed;
    }
    return {};
  }

  RegisterChange change() const { return change_; }
  std::int64_t count() const { return static_cast<std::int64_t>(students_.size() + change_.added - change_.removed); }

 private:
  /// The pupil of the class whom a line means, or nobody.
  Student* meant_by(const Line& line) {
    auto first = [&](auto fits) {
      auto found = std::find_if(students_.begin(), students_.end(), [&](const Student& one) { return !met_.count(one.id.value) && fits(one); });
      return found == students_.end() ? nullptr : &*found;
    };
    if (line.number.empty()) return first([&](const Student& one) { return one.name == line.name; });
    if (Student* known = first([&](const Student& one) { return one.student_number == line.number; })) return known;
    return first([&](const Student& one) { return one.name == line.name && one.student_number.empty(); });
  }

  Result<void> add(const Line& line, const Id<Student>& fresh) {
    Student student;
    student.id = fresh;
    student.school_id = actor_.school;
    student.place = {row_.school_year, row_.grade_group_id.value, row_.id.value, ""};
    student.name = line.name;
    student.student_number = line.number;
    ++change_.added;
    SHIDE_CHECK(unit_.of<Student>().save(student));
    return note_class(unit_, student, std::nullopt, today_, ids_);
  }

  Unit& unit_;
  const Actor& actor_;
  const SchoolClass& row_;
  std::vector<Student> students_;  // who were there before
  Date today_;
  FreshIds& ids_;
  std::set<std::string> met_;
  RegisterChange change_;
};

}  // namespace

Result<std::vector<Student>> register_of(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& id) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<Student>().list(Query<Student>{}.where(&model::Place::class_id, id.value).order_by(&Student::student_number).order_by(&Student::name),
                                   privacy::reach(actor, model::DataKind::kRegister));
  });
}

Result<RegisterChange> paste_register(ports::Ports& ports, const Actor& actor, const Id<SchoolClass>& id, std::string_view text, bool whole) {
  if (!actor.has(model::Role::kStudentOffice)) return not_for_this_role();
  SHIDE_TRY(lines, read_lines(text));
  Time now = ports.clock->now();
  std::vector<Id<Student>> ids(lines.size());
  for (auto& one : ids) one = new_id<Student>(now);
  FreshIds membership_ids(lines.size() + kMostStudents, now);
  model::Reach reach = privacy::reach(actor, model::DataKind::kRegister);
  return ports.store->transact(actor, "paste_register", [&](Unit& unit) -> Result<RegisterChange> {
    membership_ids.rewind();
    SHIDE_TRY(row, unit.of<SchoolClass>().load(id));
    if (row.school_year != visit::school_year_of(date_of(now))) return not_found();  // years that are over stay as they were
    SHIDE_TRY(taken, numbers_elsewhere(unit, reach, row, lines));
    FieldCheck check;
    for (const Line& line : lines) {
      if (taken.count(line.number)) check.problem("students", line_problem("", line.line, {"classes.number_elsewhere"}).phrase);
    }
    if (!check.fine()) return check.error();
    SHIDE_TRY(students, unit.of<Student>().list(Query<Student>{}.where(&model::Place::class_id, id.value), reach));
    RegisterPaste paste(unit, actor, row, students, date_of(now), membership_ids);
    for (std::size_t i = 0; i < lines.size(); ++i) SHIDE_CHECK(paste.take(lines[i], ids[i]));
    if (whole) SHIDE_CHECK(paste.remove_others());
    if (paste.change().is_none() && row.pupil_count == paste.count()) return paste.change();
    row.pupil_count = paste.count();
    SHIDE_CHECK(unit.of<SchoolClass>().save(row));
    SHIDE_CHECK(unit.audit(row, "students pupil_count"));
    return paste.change();
  });
}

}  // namespace shide::workflow
