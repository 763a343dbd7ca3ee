#include "workflow/first_steps.h"

#include <algorithm>
#include <set>

#include "model/campaign.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/slips.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::DataKind;
using model::GradeGroup;
using model::Role;
using model::SchoolClass;
using ports::Query;
using ports::Unit;

namespace {

/// Without these nobody announces a plan, reads the records, publishes, keeps the archives or answers for it all.
constexpr Role kNeeded[] = {Role::kStudentOffice, Role::kHead, Role::kUnionEditor, Role::kEthicsCommittee, Role::kHr};

Result<void> add_people(Unit& unit, const Actor& actor, Time now, std::vector<StepState>& steps) {
  SHIDE_TRY(accounts, unit.of<Account>().list(Query<Account>{}.where(&Account::disabled, false), privacy::reach_for_job(actor.school, DataKind::kAccount, "first_steps")));
  SHIDE_TRY(slips, good_slips(unit, actor.school, now));
  std::set<std::string> holders;
  for (const auto& one : slips) holders.insert(one.account_id.value);
  std::set<Role> given;
  std::int64_t teaching = 0, without_slip = 0;
  for (const Account& one : accounts) {
    given.insert(one.roles.begin(), one.roles.end());
    teaching += !one.teacher_id.empty();
    without_slip += one.must_change_password && one.password_hash.empty() && !holders.count(one.id.value);
  }
  StepState roles{FirstStep::kRoles};
  std::copy_if(std::begin(kNeeded), std::end(kNeeded), std::back_inserter(roles.nobody), [&](Role role) { return !given.count(role); });
  roles.done = roles.nobody.empty();
  auto all = static_cast<std::int64_t>(accounts.size());
  steps.push_back({FirstStep::kPeople, teaching > 0, teaching});
  steps.push_back(std::move(roles));
  steps.push_back({FirstStep::kSlips, teaching > 0 && without_slip == 0, all, without_slip});
  return {};
}

Result<void> add_classes(Unit& unit, const Actor& actor, const std::string& year, std::vector<StepState>& steps) {
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, year)));
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, year)));
  SHIDE_TRY(students, unit.of<model::Student>().list(Query<model::Student>{}.where(&model::Place::school_year, year),
                                                     privacy::reach_for_job(actor.school, DataKind::kRegister, "first_steps")));
  SHIDE_TRY(lessons, unit.of<model::TeachingAssignment>().count(Query<model::TeachingAssignment>{}.where(&model::TeachingAssignment::school_year, year)));
  std::set<std::string> filled;
  for (const auto& one : students) filled.insert(one.place.class_id);
  auto count = static_cast<std::int64_t>(classes.size());
  std::int64_t headless = std::count_if(classes.begin(), classes.end(), [](const SchoolClass& one) { return one.homeroom_teacher_id.empty(); }) +
                          std::count_if(groups.begin(), groups.end(), [](const GradeGroup& one) { return one.leader_id.empty(); });
  std::int64_t empty = std::count_if(classes.begin(), classes.end(), [&](const SchoolClass& one) { return !filled.count(one.id.value); });
  steps.push_back({FirstStep::kClasses, count > 0 && headless == 0, count, headless, Role::kStudentOffice});
  steps.push_back({FirstStep::kStudents, count > 0 && empty == 0, static_cast<std::int64_t>(students.size()), empty, Role::kStudentOffice});
  steps.push_back({FirstStep::kLessons, lessons > 0, lessons, 0, Role::kStudentOffice});
  return {};
}

}  // namespace

Result<std::vector<StepState>> first_steps(ports::Ports& ports, const Actor& actor) {
  if (!actor.has(Role::kItAdmin) && !actor.has(Role::kStudentOffice)) return not_for_this_role();
  Time now = ports.clock->now();
  std::string year = visit::school_year_of(date_of(now));
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<StepState>> {
    std::vector<StepState> steps;
    SHIDE_CHECK(add_people(unit, actor, now, steps));
    SHIDE_CHECK(add_classes(unit, actor, year, steps));
    SHIDE_TRY(announced, unit.of<model::Campaign>().count(Query<model::Campaign>{}.where(&model::Campaign::school_year, year)
        .where_not(&model::Campaign::state, model::CampaignState::kDraft)));
    steps.push_back({FirstStep::kPlan, announced > 0, announced, 0, Role::kStudentOffice});
    return steps;
  });
}

}  // namespace shide::workflow
