#include "workflow/import.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/nearest.h"
#include "base/text.h"
#include "visit/class_name.h"
#include "visit/school_year.h"
#include "workflow/classes.h"
#include "workflow/import_planner.h"

namespace shide::workflow {

using model::Actor;
using model::GradeGroup;
using model::Role;
using model::SchoolClass;
using model::Teacher;
using ports::Query;
using ports::Unit;

// ── what planners share ──

void ImportPlanner::changes(std::string_view field, const std::string& before, const std::string& after) {
  Phrase label{"import_field." + std::string(field)};
  if (before.empty()) current().changes.push_back({"import.becomes_first", {{"field", label}, {"after", after}}});
  else current().changes.push_back({"import.becomes", {{"field", label}, {"before", before}, {"after", after}}});
}

std::string ImportPlanner::checked(const ImportLine& line, std::string_view field, std::size_t most) {
  FieldCheck check;
  std::string text = check.line(field, cell(line, field), {0, most});
  if (!check.fine()) block(field, check.error().problems.front().phrase, {"import.shorten"});
  return text;
}

bool ImportPlanner::is_shortened(const ImportLine& line, std::string_view field) {
  const std::string& text = cell(line, field);
  std::size_t power = text.find_first_of("Ee");
  bool shortened = power != std::string::npos && power > 0 && text.find_first_not_of("0123456789.", 0) == power && text.substr(power + 1).starts_with('+');
  if (shortened) block(field, {"import.shortened"}, {"import.shortened_advice"});
  return shortened;
}

const Teacher* ImportPlanner::teacher_named(std::string_view field, const std::string& name) {
  std::vector<const Teacher*> meant;
  std::vector<std::string> names;
  const Teacher* left = nullptr;
  for (const auto& [id, one] : teachers_.rows()) {
    names.push_back(one.name);
    if (one.name != name && (one.staff_number.empty() || one.staff_number != name)) continue;
    if (one.duty == model::Duty::kLeft) left = &one;
    else meant.push_back(&one);
  }
  if (meant.size() == 1) return meant.front();
  if (meant.size() > 1) return block(field, {"import.teacher_twice"}, {"import.teacher_twice_advice"}), nullptr;
  if (left) return block(field, {"import.teacher_left"}, {"import.teacher_left_advice"}), nullptr;
  std::string near = nearest(name, names);
  block(field, {"import.teacher_unknown"}, near.empty() ? Phrase{"import.teacher_unknown_advice"} : Phrase{"import.perhaps", {{"name", near}}});
  return nullptr;
}

const SchoolClass* ImportPlanner::class_named(const std::string& name) const {
  auto number = visit::class_number_of(name);
  for (const auto& [id, one] : classes_.rows()) {
    if (one.name == name || (number && visit::class_number_of(one.name) == number)) return &one;
  }
  return nullptr;
}

const SchoolClass* ImportPlanner::class_wanted(std::string_view field, const std::string& name) {
  if (name.empty()) return block(field, {"field.empty"}, {"import.class_advice"}), nullptr;
  const SchoolClass* found = class_named(name);
  if (!found) block(field, {"import.class_unknown"}, {classes_.rows().empty() ? "import.classes_first" : "import.class_unknown_advice"});
  return found;
}

const GradeGroup* ImportPlanner::group_named(const std::string& name) const {
  auto grade = visit::grade_of(name);
  for (const auto& [id, one] : groups_.rows()) {
    if (one.name == name || (grade && one.kind == model::GradeGroupKind::kGrade && one.grade == *grade)) return &one;
  }
  return nullptr;
}

std::string ImportPlanner::make_group(const std::string& name, std::optional<int> grade) {
  GradeGroup row;
  row.id = task_.ids.take<GradeGroup>();
  row.school_id = task_.actor.school;
  row.school_year = task_.school_year;
  row.kind = grade ? model::GradeGroupKind::kGrade : model::GradeGroupKind::kArtsSports;
  row.grade = grade.value_or(0);
  row.name = grade ? render({"import.group_name." + std::to_string(*grade)}, Language::kChinese) : name;
  made_groups_.push_back(row.name);
  return groups_.add(row).id.value;
}

void ImportPlanner::tell_new_groups() {
  if (!made_groups_.empty()) aside.push_back({"import.new_groups", {{"names", join(made_groups_, " ")}}});
}

Result<void> ImportPlanner::load_order() {
  SHIDE_TRY(groups, task_.unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, task_.school_year)));
  SHIDE_TRY(classes, task_.unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, task_.school_year)));
  SHIDE_TRY(teachers, task_.unit.of<Teacher>().list({}));
  groups_.fill(std::move(groups));
  classes_.fill(std::move(classes));
  teachers_.fill(std::move(teachers));
  return {};
}

Result<void> ImportPlanner::save_order() {
  SHIDE_CHECK(note_posts(task_.unit, task_.actor.school, task_.school_year, task_.today, task_.ids));
  for (const std::string& id : groups_.marked()) {
    GradeGroup row = *groups_.find(id);
    bool is_new = row.version == 0;
    SHIDE_CHECK(task_.unit.of<GradeGroup>().save(row));
    SHIDE_CHECK(task_.unit.audit(row, "name kind grade leader_id"));
    if (!is_new) continue;
    std::vector<Id<model::Roster>> rosters;
    for (int i = 0; i < kCampaignsOfAYear; ++i) rosters.push_back(task_.ids.take<model::Roster>());
    SHIDE_CHECK(open_missing_rosters(task_.unit, row, rosters));
  }
  for (const std::string& id : teachers_.marked()) {
    Teacher row = *teachers_.find(id);
    SHIDE_CHECK(task_.unit.of<Teacher>().save(row));
    SHIDE_CHECK(task_.unit.audit(row, "staff_number name subject grade_group_id"));
  }
  for (const std::string& id : classes_.marked()) {
    SchoolClass row = *classes_.find(id);
    SHIDE_CHECK(task_.unit.of<SchoolClass>().save(row));
    SHIDE_CHECK(task_.unit.audit(row, "name grade_group_id homeroom_teacher_id pupil_count"));
  }
  return note_posts(task_.unit, task_.actor.school, task_.school_year, task_.today, task_.ids);
}

// ── the verbs ──

namespace {

Role role_for(ImportKind kind) { return kind == ImportKind::kStaff ? Role::kItAdmin : Role::kStudentOffice; }

std::unique_ptr<ImportPlanner> planner_for(const ImportTask& task) {
  switch (task.list.kind) {
    case ImportKind::kStaff: return staff_planner(task);
    case ImportKind::kClasses: return class_planner(task);
    case ImportKind::kStudents: return student_planner(task);
    case ImportKind::kGuardians: return guardian_planner(task);
    case ImportKind::kLessons:
    case ImportKind::kClubs: break;
  }
  return teaching_planner(task);
}

std::string digest_of(const ImportList& list, const ImportPlan& plan) {
  std::string all = carried_text(list);
  for (const PlannedLine& line : plan.lines) {
    all += "\n" + std::string(model::code_of(line.fate));
    for (const Phrase& change : line.changes) all += "\t" + format_phrase(change);
    for (const ImportNote& note : line.notes) all += "\t" + note.field + format_phrase(note.reason);
  }
  for (const Phrase& one : plan.aside) all += "\n" + format_phrase(one);
  return sha256_hex(all);
}

ImportPlan plan_of(const ImportList& list, const ImportPlanner& planner) {
  ImportPlan plan;
  plan.lines = planner.lines;
  plan.aside = planner.aside;
  for (PlannedLine& line : plan.lines) {
    if (std::any_of(line.notes.begin(), line.notes.end(), [](const ImportNote& note) { return note.blocks; })) line.fate = Fate::kProblem;
    else if (line.fate == Fate::kStay && !line.changes.empty()) line.fate = Fate::kChange;
    std::size_t* counts[] = {&plan.added, &plan.changed, &plan.standing, &plan.wrong};
    ++*counts[static_cast<std::size_t>(line.fate)];
  }
  plan.digest = digest_of(list, plan);
  return plan;
}

/// Room for every row a line may make, and for the grade groups with their rosters.
std::size_t ids_for(const ImportList& list) { return list.lines.size() * 10 + 500 + 2 * kIdsForPosts; }

Result<std::unique_ptr<ImportPlanner>> planned(const ImportTask& task) {
  std::unique_ptr<ImportPlanner> planner = planner_for(task);
  SHIDE_CHECK(planner->load());
  for (const ImportLine& line : task.list.lines) {
    planner->lines.emplace_back();
    planner->plan(line);
  }
  planner->finish();
  return planner;
}

}  // namespace

bool may_import(const Actor& actor, ImportKind kind) { return actor.has(role_for(kind)); }

Result<ImportPlan> plan_import(ports::Ports& ports, const Actor& actor, const ImportList& list) {
  if (!may_import(actor, list.kind)) return not_for_this_role();
  Time now = ports.clock->now();
  FreshIds ids(ids_for(list), now);
  return ports.store->read(actor, [&](Unit& unit) -> Result<ImportPlan> {
    ids.rewind();
    ImportTask task{unit, actor, list, visit::school_year_of(date_of(now)), date_of(now), ids};
    SHIDE_TRY(planner, planned(task));
    return plan_of(list, *planner);
  });
}

Result<ImportPlan> confirm_import(ports::Ports& ports, const Actor& actor, const ImportList& list, std::string_view digest, bool without_problems) {
  if (!may_import(actor, list.kind)) return not_for_this_role();
  Time now = ports.clock->now();
  FreshIds ids(ids_for(list), now);
  return ports.store->transact(actor, "import_list", [&](Unit& unit) -> Result<ImportPlan> {
    ids.rewind();
    ImportTask task{unit, actor, list, visit::school_year_of(date_of(now)), date_of(now), ids};
    SHIDE_TRY(planner, planned(task));
    ImportPlan plan = plan_of(list, *planner);
    if (plan.digest != digest) return Error{ErrorCode::kStale, {"import.stale"}};
    if (plan.wrong > 0 && !without_problems) return Error{ErrorCode::kInvalid, {"import.has_problems"}}.with("without_problems", {"import.has_problems"});
    if (plan.added + plan.changed > 0) SHIDE_CHECK(planner->save());
    return plan;
  });
}

}  // namespace shide::workflow
