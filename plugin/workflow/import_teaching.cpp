// Who teaches which class, and who leads a club with pupils of which classes (import.h; S60, S61).
#include <algorithm>

#include "base/text.h"
#include "workflow/import_planner.h"

namespace shide::workflow {
namespace {

using model::AssignmentKind;
using model::SchoolClass;
using model::Teacher;
using model::TeachingAssignment;
using ports::Query;

/// Several in one cell: "三(1)班、三(2)班". A bracket's comma does not exist in names of classes or people.
std::vector<std::string> several(const std::string& cell) {
  constexpr std::u32string_view kBetween = U",;/\u3001";
  std::vector<std::string> parts;
  std::u32string part;
  for (char32_t c : to_code_points(cell) + U",") {
    if (kBetween.find(c) == std::u32string_view::npos) {
      part += c;
      continue;
    }
    std::string word(trim(to_utf8(part)));
    if (!word.empty()) parts.push_back(word);
    part.clear();
  }
  return parts;
}

class TeachingPlanner : public ImportPlanner {
 public:
  using ImportPlanner::ImportPlanner;

  Result<void> load() override {
    SHIDE_CHECK(load_order());
    SHIDE_TRY(known, task_.unit.of<TeachingAssignment>().list(Query<TeachingAssignment>{}.where(&TeachingAssignment::school_year, task_.school_year)));
    for (const TeachingAssignment& one : known) known_.insert(key_of(one));
    return {};
  }

  void plan(const ImportLine& line) override {
    std::string subject = checked(line, "subject", 40);
    if (kind() == AssignmentKind::kClub && subject.empty() && !is_blocked()) block("subject", {"field.empty"}, {"import.club_advice"});
    std::vector<const Teacher*> teachers;
    std::vector<const SchoolClass*> classes;
    for (const std::string& name : several(cell(line, "teacher"))) teachers.push_back(teacher_named("teacher", name));
    for (const std::string& name : several(cell(line, "class"))) classes.push_back(class_wanted("class", name));
    if (teachers.empty()) block("teacher", {"field.empty"}, {"import.teacher_unknown_advice"});
    if (classes.empty()) block("class", {"field.empty"}, {"import.class_advice"});
    if (is_blocked()) return;
    for (const Teacher* teacher : teachers) {
      for (const SchoolClass* school_class : classes) add(*teacher, *school_class, subject);
    }
  }

  Result<void> save() override {
    for (TeachingAssignment& row : made_) {
      SHIDE_CHECK(task_.unit.of<TeachingAssignment>().save(row));
      SHIDE_CHECK(task_.unit.audit(row, "teacher_id class_id kind subject"));
    }
    return {};
  }

 private:
  AssignmentKind kind() const { return task_.list.kind == ImportKind::kClubs ? AssignmentKind::kClub : AssignmentKind::kLesson; }

  static std::string key_of(const TeachingAssignment& row) {
    return row.teacher_id.value + row.class_id.value + std::string(model::code_of(row.kind)) + row.subject;
  }

  void add(const Teacher& teacher, const SchoolClass& school_class, const std::string& subject) {
    TeachingAssignment row;
    row.school_id = task_.actor.school;
    row.school_year = task_.school_year;
    row.teacher_id = teacher.id;
    row.class_id = school_class.id;
    row.kind = kind();
    row.subject = subject.empty() ? teacher.subject : subject;
    if (!known_.insert(key_of(row)).second || made_.size() >= kMost) return;
    row.id = task_.ids.take<TeachingAssignment>();
    current().fate = Fate::kAdd;
    made_.push_back(std::move(row));
  }

  std::size_t kMost = task_.list.lines.size() * 8;  // ids were made for as many
  std::set<std::string> known_;
  std::vector<TeachingAssignment> made_;
};

}  // namespace

std::unique_ptr<ImportPlanner> teaching_planner(const ImportTask& task) { return std::make_unique<TeachingPlanner>(task); }

}  // namespace shide::workflow
