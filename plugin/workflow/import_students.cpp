// The register of the whole school or a part of it: names, numbers and classes of pupils, nothing more (import.h, D12).
#include <algorithm>

#include "base/text.h"
#include "privacy/reach.h"
#include "visit/class_name.h"
#include "workflow/import_planner.h"

namespace shide::workflow {
namespace {

using model::SchoolClass;
using model::Student;
using ports::Query;

class StudentPlanner : public ImportPlanner {
 public:
  using ImportPlanner::ImportPlanner;

  Result<void> load() override {
    SHIDE_CHECK(load_order());
    SHIDE_TRY(students, task_.unit.of<Student>().list(Query<Student>{}.where(&model::Place::school_year, task_.school_year),
                                                      privacy::reach(task_.actor, model::DataKind::kRegister)));
    for (const Student& one : students) {
      if (!one.student_number.empty()) by_number_[one.student_number] = one.id.value;
      by_name_[one.name].push_back(one.id.value);
    }
    students_.fill(std::move(students));
    // Two of one name in one class need their numbers.
    for (const ImportLine& line : task_.list.lines) ++named_[class_key(line) + "\t" + cell(line, "name")];
    return {};
  }

  void plan(const ImportLine& line) override {
    std::string name = checked(line, "name", 40), number = checked(line, "number", 30);
    if (name.empty() && !is_blocked()) block("name", {"field.empty"}, {"import.name_advice"});
    is_shortened(line, "number");
    const SchoolClass* school_class = class_wanted("class", class_name(line));
    if (is_blocked()) return;
    if (number.empty() && named_[class_key(line) + "\t" + name] > 1) return block("number", {"import.student_twice"}, {"import.student_twice_advice"});
    if (auto before = numbers_met_.find(number); !number.empty() && before != numbers_met_.end()) {
      return block("number", {before->second.name == name ? "import.student_in_two" : "import.number_repeats", {{"place", before->second.place}}}, {"import.student_in_two_advice"});
    }
    const Student* known = known_student(name, number, *school_class);
    if (known && met_.count(known->id.value)) return block("name", {"import.student_twice"}, {"import.student_twice_advice"});
    if (!number.empty()) numbers_met_[number] = {name, task_.list.place(line, "number")};
    classes_met_.insert(school_class->id.value);
    if (known) return change(known->id.value, name, number, *school_class);
    // Without numbers nobody can tell whether two of one name are one child.
    for (const std::string& id : by_name_[name]) {
      const SchoolClass* other = classes_.find(students_.find(id)->place.class_id);
      if (other && other->id != school_class->id) remark("name", {"import.name_elsewhere", {{"class", other->name}}}, {"import.name_elsewhere_advice"});
    }
    add(name, number, *school_class);
  }

  void finish() override {
    std::size_t missing = 0;
    for (const auto& [id, one] : students_.rows()) missing += one.version > 0 && classes_met_.count(one.place.class_id) && !met_.count(id);
    if (missing > 0) aside.push_back({"import.students_missing", {{"count", missing}}});
    std::map<std::string, std::int64_t> counts;
    for (const auto& [id, one] : students_.rows()) ++counts[one.place.class_id];
    for (const std::string& id : touched_) classes_.change(id).pupil_count = counts[id];
  }

  Result<void> save() override {
    SHIDE_CHECK(save_order());
    for (const std::string& id : students_.marked()) {
      Student row = *students_.find(id);
      bool is_new = row.version == 0;
      SHIDE_CHECK(task_.unit.of<Student>().save(row));
      auto before = moved_.find(id);
      if (is_new) SHIDE_CHECK(note_class(task_.unit, row, std::nullopt, task_.today, task_.ids));
      else if (before != moved_.end()) SHIDE_CHECK(note_class(task_.unit, row, before->second, task_.today, task_.ids));
    }
    return {};
  }

 private:
  struct Met {
    std::string name, place;
  };

  /// As the cell says; with the grade from its column, or from the name of the tab.
  std::string class_name(const ImportLine& line) const {
    std::string name = cell(line, "class"), grade = cell(line, "grade");
    if (name.empty()) return task_.list.tabs[line.tab].name;
    return !visit::class_number_of(name) && visit::class_number_of(grade + name) ? grade + name : name;
  }

  std::string class_key(const ImportLine& line) const {
    const SchoolClass* found = class_named(class_name(line));
    return found ? found->id.value : class_name(line);
  }

  /// By number; without one by name within the class, as the pasted register does.
  const Student* known_student(const std::string& name, const std::string& number, const SchoolClass& school_class) const {
    if (auto found = by_number_.find(number); !number.empty() && found != by_number_.end()) return students_.find(found->second);
    auto named = by_name_.find(name);
    if (named == by_name_.end()) return nullptr;
    for (const std::string& id : named->second) {
      const Student& one = *students_.find(id);
      if (one.place.class_id == school_class.id.value && (number.empty() || one.student_number.empty())) return &one;
    }
    return nullptr;
  }

  void change(const std::string& id, const std::string& name, const std::string& number, const SchoolClass& school_class) {
    met_.insert(id);
    const Student& now = *students_.find(id);
    bool moves = now.place.class_id != school_class.id.value, gets_number = !number.empty() && now.student_number != number;
    if (now.name != name) changes("name", now.name, name);
    if (gets_number) changes("number", now.student_number, number);
    if (moves) {
      const SchoolClass* before = classes_.find(now.place.class_id);
      changes("class", before ? before->name : "", school_class.name);
      touched_.insert(now.place.class_id);
      touched_.insert(school_class.id.value);
    }
    if (current().changes.empty()) return;
    Student& row = students_.change(id);
    if (moves) moved_.emplace(id, row.place);
    row.name = name;
    if (gets_number) row.student_number = number;
    row.place.class_id = school_class.id.value;
    row.place.grade_group_id = school_class.grade_group_id.value;
    touched_.insert(school_class.id.value);  // whose audit tells it
  }

  void add(const std::string& name, const std::string& number, const SchoolClass& school_class) {
    current().fate = Fate::kAdd;
    Student row;
    row.id = task_.ids.take<Student>();
    row.school_id = task_.actor.school;
    row.place = {task_.school_year, school_class.grade_group_id.value, school_class.id.value, ""};
    row.name = name;
    row.student_number = number;
    met_.insert(row.id.value);
    by_name_[name].push_back(row.id.value);
    touched_.insert(school_class.id.value);
    students_.add(row);
  }

  Shelf<Student> students_;
  std::map<std::string, std::string> by_number_;
  std::map<std::string, std::vector<std::string>> by_name_;
  std::map<std::string, model::Place> moved_;   // where who moves was before
  std::map<std::string, int> named_;            // class and name -> lines
  std::map<std::string, Met> numbers_met_;
  std::set<std::string> met_, classes_met_, touched_;
};

}  // namespace

std::unique_ptr<ImportPlanner> student_planner(const ImportTask& task) { return std::make_unique<StudentPlanner>(task); }

}  // namespace shide::workflow
