// The list of classes: each with its homeroom teacher, in its grade group, which is made when it is missing (import.h).
#include <algorithm>

#include "base/text.h"
#include "privacy/reach.h"
#include "visit/class_name.h"
#include "workflow/import_planner.h"

namespace shide::workflow {
namespace {

using model::GradeGroup;
using model::GradeGroupKind;
using model::SchoolClass;
using model::Teacher;

class ClassPlanner : public ImportPlanner {
 public:
  using ImportPlanner::ImportPlanner;

  Result<void> load() override { return load_order(); }

  void plan(const ImportLine& line) override {
    std::string name = checked(line, "class", 20), group = checked(line, "grade_group", 20);
    std::string homeroom_cell = cell(line, "homeroom"), leader_cell = cell(line, "leader");
    // "2班" beside a column that says the grade.
    if (!visit::class_number_of(name) && !name.empty() && visit::class_number_of(group + name)) name = group + name;
    if (name.empty() && !is_blocked()) block("class", {"field.empty"}, {"import.class_advice"});
    const Teacher* homeroom = homeroom_cell.empty() ? nullptr : teacher_named("homeroom", homeroom_cell);
    const Teacher* leader = leader_cell.empty() ? nullptr : teacher_named("leader", leader_cell);
    if (is_blocked()) return;
    const SchoolClass* known = class_named(name);
    std::string key = known ? known->id.value : name;
    if (auto before = met_.find(key); before != met_.end()) return block("class", {"import.repeats", {{"place", before->second}}}, {"import.repeats_advice"});
    if (!known && !homeroom) return block("homeroom", {"field.empty"}, {"import.homeroom_advice"});
    auto grade = visit::class_number_of(name);
    const GradeGroup* wanted = !group.empty() ? group_named(group) : known ? groups_.find(known->grade_group_id.value) : grade ? group_of_grade(grade->grade) : nullptr;
    if (!wanted && !grade && !visit::grade_of(group)) return block(group.empty() ? "class" : "grade_group", {"import.group_unclear"}, {"import.group_unclear_advice"});
    met_[key] = task_.list.place(line, "class");
    std::string group_id = wanted ? wanted->id.value : make_group(group, grade ? grade->grade : *visit::grade_of(group));
    lead(group_id, leader);
    if (known) change(known->id.value, group_id, homeroom);
    else add(name, group_id, *homeroom);
    if (homeroom) join_group(homeroom->id.value, group_id);
  }

  void finish() override {
    tell_new_groups();
    std::vector<std::string> missing, leaderless;
    std::set<std::string> met_ids;
    for (const auto& [key, place] : met_) met_ids.insert(key);
    for (const auto& [id, one] : classes_.rows()) {
      if (one.version > 0 && !met_ids.count(id)) missing.push_back(one.name);
    }
    for (const auto& [id, one] : groups_.rows()) {
      if (one.leader_id.empty()) leaderless.push_back(one.name);
    }
    if (!missing.empty()) aside.push_back({"import.classes_missing", {{"names", join(missing, " ")}}});
    if (!leaderless.empty()) aside.push_back({"import.leaderless", {{"names", join(leaderless, " ")}}});
  }

  Result<void> save() override {
    SHIDE_CHECK(save_order());
    // The pupils of a class go with it to another grade group.
    for (const std::string& id : moved_) {
      SHIDE_TRY(students, task_.unit.of<model::Student>().list(ports::Query<model::Student>{}.where(&model::Place::class_id, id), privacy::reach(task_.actor, model::DataKind::kRegister)));
      for (model::Student& one : students) {
        one.place.grade_group_id = classes_.find(id)->grade_group_id.value;
        SHIDE_CHECK(task_.unit.of<model::Student>().save(one));
      }
    }
    return {};
  }

 private:
  const GradeGroup* group_of_grade(int grade) const {
    for (const auto& [id, one] : groups_.rows()) {
      if (one.kind == GradeGroupKind::kGrade && one.grade == grade) return &one;
    }
    return nullptr;
  }

  void lead(const std::string& group_id, const Teacher* leader) {
    if (!leader) return;
    const GradeGroup& group = *groups_.find(group_id);
    auto said = leaders_.find(group_id);
    if (said != leaders_.end() && said->second != leader->id.value) return remark("leader", {"import.leader_differs"}, {"import.leader_differs_advice"});
    leaders_[group_id] = leader->id.value;
    if (group.leader_id == leader->id) return;
    const Teacher* before = teachers_.find(group.leader_id.value);
    changes("leader", before ? before->name : "", leader->name);
    groups_.change(group_id).leader_id = leader->id;
    join_group(leader->id.value, group_id);
  }

  /// Only who belongs nowhere yet: the groups are the office's to arrange.
  void join_group(const std::string& teacher_id, const std::string& group_id) {
    if (teachers_.find(teacher_id)->grade_group_id.empty()) teachers_.change(teacher_id).grade_group_id = {group_id};
  }

  void change(const std::string& id, const std::string& group_id, const Teacher* homeroom) {
    const SchoolClass& now = *classes_.find(id);
    bool moves = now.grade_group_id.value != group_id, changes_hands = homeroom && now.homeroom_teacher_id != homeroom->id;
    if (moves) {
      const GradeGroup* before = groups_.find(now.grade_group_id.value);
      changes("grade_group", before ? before->name : "", groups_.find(group_id)->name);
      moved_.insert(id);
    }
    if (changes_hands) {
      const Teacher* before = teachers_.find(now.homeroom_teacher_id.value);
      changes("homeroom", before ? before->name : "", homeroom->name);
    }
    if (!moves && !changes_hands) return;
    SchoolClass& row = classes_.change(id);
    row.grade_group_id = {group_id};
    if (homeroom) row.homeroom_teacher_id = homeroom->id;
  }

  void add(const std::string& name, const std::string& group_id, const Teacher& homeroom) {
    current().fate = Fate::kAdd;
    SchoolClass row;
    row.id = task_.ids.take<SchoolClass>();
    row.school_id = task_.actor.school;
    row.school_year = task_.school_year;
    row.name = name;
    row.grade_group_id = {group_id};
    row.homeroom_teacher_id = homeroom.id;
    met_[row.id.value] = met_[name];
    classes_.add(row);
  }

  std::map<std::string, std::string> met_;      // class ids, or names of new ones -> place
  std::map<std::string, std::string> leaders_;  // as the list says
  std::set<std::string> moved_;
};

}  // namespace

std::unique_ptr<ImportPlanner> class_planner(const ImportTask& task) { return std::make_unique<ClassPlanner>(task); }

}  // namespace shide::workflow
