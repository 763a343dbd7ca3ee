#include "privacy/reach.h"

#include <string>

namespace shide::privacy {

using model::Actor;
using model::DataKind;
using model::Level;
using model::Reach;
using model::Role;
using model::Scope;

/// The one friend of model::Reach.
class ReachMaker {
 public:
  ReachMaker(std::string school, DataKind kind, std::string_view reason) {
    reach_.kind_ = kind;
    reach_.school_ = std::move(school);
    reach_.reason_ = std::string(reason);
  }
  ReachMaker& school(Level level) { return grant(Scope::kSchool, "", level); }
  ReachMaker& grant(Scope scope, const std::string& key, Level level) {
    if (level != Level::kNone) reach_.grants_.push_back({scope, key, level});
    return *this;
  }
  Reach made() const { return reach_; }

 private:
  Reach reach_;
};

namespace {

/// What one relation to a row gives. Everything that is not said is kNone.
struct Levels {
  Level own_visit = Level::kNone;    // teacher in the team
  Level own_class = Level::kNone;    // homeroom teacher
  Level own_grade = Level::kNone;    // grade leader
  Level self = Level::kNone;         // the row is about the actor, or owned by the actor
  Level every_staff = Level::kNone;  // whoever is signed in as staff of the school
  Level student_office = Level::kNone;
  Level union_editor = Level::kNone;
  Level ethics_committee = Level::kNone;
  Level hr = Level::kNone;
  Level head = Level::kNone;
  Level it_admin = Level::kNone;
  Level auditor = Level::kNone;
};

constexpr Level kCounts = Level::kCounts;
constexpr Level kMasked = Level::kMasked;
constexpr Level kFull = Level::kFull;

Levels levels_of(DataKind kind) {
  switch (kind) {
    case DataKind::kStudentName:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kFull, .student_office = kFull};
    case DataKind::kRegister:
      return {.own_class = kFull, .student_office = kFull, .head = kCounts};
    case DataKind::kGuardianContact:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kMasked, .student_office = kMasked};
    case DataKind::kCareCategory:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kCounts, .student_office = kFull, .head = kCounts};
    case DataKind::kVisit:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kFull, .student_office = kFull, .union_editor = kCounts,
              .ethics_committee = kCounts, .head = kCounts};
    case DataKind::kRecordText:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kMasked, .student_office = kFull, .head = kCounts};
    case DataKind::kPhoto:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kCounts, .student_office = kCounts};
    case DataKind::kConsent:
      return {.own_visit = kFull, .own_class = kFull, .student_office = kFull};
    case DataKind::kRedactedRecord:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kFull, .every_staff = kMasked, .student_office = kFull,
              .union_editor = kFull, .ethics_committee = kFull, .head = kFull};
    case DataKind::kDemand:
      return {.own_visit = kFull, .own_class = kFull, .own_grade = kMasked, .student_office = kFull, .ethics_committee = kCounts, .head = kFull};
    case DataKind::kSignal:
      return {.own_visit = kMasked, .own_grade = kMasked, .student_office = kFull, .ethics_committee = kFull, .head = kFull};
    case DataKind::kGiftReport:
      return {.own_visit = kFull, .student_office = kFull, .ethics_committee = kFull, .head = kFull};
    case DataKind::kTeamRule:
      return {.own_grade = kFull, .student_office = kFull};
    case DataKind::kScore:
      return {.self = kFull, .ethics_committee = kFull, .hr = kFull, .head = kFull};
    case DataKind::kArchive:
      return {.self = kFull, .hr = kFull, .head = kFull};
    case DataKind::kRectification:
      return {.own_grade = kFull, .self = kFull, .student_office = kFull, .union_editor = kMasked, .ethics_committee = kFull, .head = kFull};
    case DataKind::kAudit:
      return {.head = kMasked, .auditor = kFull};
    case DataKind::kAccount:
      return {.it_admin = kFull};
    case DataKind::kNone:
      break;
  }
  return {};
}

// D9: after a stated reason, logged and shown to the auditor.
void add_reasons(Levels& levels, DataKind kind) {
  switch (kind) {
    case DataKind::kGuardianContact:
      levels.student_office = levels.head = kFull;
      break;
    case DataKind::kStudentName:
    case DataKind::kRecordText:
      levels.ethics_committee = levels.head = kFull;
      break;
    case DataKind::kPhoto:
      levels.own_grade = levels.student_office = levels.ethics_committee = levels.head = kFull;
      break;
    case DataKind::kCareCategory:
    case DataKind::kVisit:
      levels.head = kFull;
      break;
    default:
      break;
  }
}

void add_roles(ReachMaker& maker, const Actor& actor, const Levels& levels) {
  auto for_role = [&](Role role, Level level) {
    if (actor.has(role)) maker.school(level);
  };
  for_role(Role::kStudentOffice, levels.student_office);
  for_role(Role::kUnionEditor, levels.union_editor);
  for_role(Role::kEthicsCommittee, levels.ethics_committee);
  for_role(Role::kHr, levels.hr);
  for_role(Role::kHead, levels.head);
  for_role(Role::kItAdmin, levels.it_admin);
  for_role(Role::kAuditor, levels.auditor);
}

Reach from_levels(const Actor& actor, DataKind kind, const Levels& levels, std::string_view reason) {
  ReachMaker maker(actor.school.value, kind, reason);
  if (actor.is_public()) return maker.made();
  add_roles(maker, actor, levels);
  bool teaches = !actor.teacher.empty();
  if (teaches) maker.grant(Scope::kOwnVisits, actor.teacher.value, levels.own_visit);
  for (const std::string& id : actor.classes) maker.grant(Scope::kClass, id, levels.own_class);
  for (const std::string& id : actor.grade_groups) maker.grant(Scope::kGradeGroup, id, levels.own_grade);
  if (kind == DataKind::kRectification) {
    if (!actor.account.empty()) maker.grant(Scope::kOwnSelf, actor.account.value, levels.self);
  } else if (teaches) {
    maker.grant(Scope::kOwnSelf, actor.teacher.value, levels.self);
  }
  bool staff = actor.has(Role::kTeacher) || !actor.roles.empty();
  if (staff && !actor.has(Role::kDistrict) && !actor.has(Role::kItAdmin)) maker.school(levels.every_staff);
  // A token reads exactly what its scope says.
  if (kind == DataKind::kArchive && actor.scopes.count("archive:read")) maker.school(kFull);
  return maker.made();
}

}  // namespace

Reach reach(const Actor& actor, DataKind kind) { return from_levels(actor, kind, levels_of(kind), {}); }

Reach reach_with_reason(const Actor& actor, DataKind kind, std::string_view reason) {
  Levels levels = levels_of(kind);
  add_reasons(levels, kind);
  return from_levels(actor, kind, levels, reason);
}

Reach reach_for_job(const Id<model::School>& school, DataKind kind, std::string_view job) {
  return ReachMaker(school.value, kind, job).school(kFull).made();
}

}  // namespace shide::privacy
