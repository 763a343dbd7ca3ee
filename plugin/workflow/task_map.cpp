#include "workflow/task_map.h"

#include <algorithm>
#include <map>
#include <set>

#include "model/visit.h"
#include "privacy/reach.h"
#include "workflow/campaign.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::CoVisitor;
using model::DataKind;
using model::GradeGroup;
using model::GradeGroupKind;
using model::Role;
using model::SchoolClass;
using model::Teacher;
using model::Visit;
using model::VisitState;
using ports::Query;
using ports::Unit;

namespace {

/// All that the map is reckoned from.
struct Ground {
  Campaign campaign;
  std::vector<GradeGroup> groups;  // that the reader may look at
  std::vector<SchoolClass> classes;
  std::vector<Teacher> teachers;   // in post
  std::vector<Visit> visits;       // that count
  std::map<std::string, std::vector<CoVisitor>> teams;  // by visit
  std::set<std::string> sealed, handed_in;              // visits
  std::set<std::string> accepted_code;                  // teachers
  std::map<std::string, model::Roster> rosters;         // by grade group
};

Result<Ground> load_ground(Unit& unit, const Actor& actor, Campaign campaign) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(actor.school, kind, "task_map"); };
  bool sees_all = actor.has(Role::kStudentOffice) || actor.has(Role::kHead);
  Ground ground;
  SHIDE_TRY(groups, unit.of<GradeGroup>().list(Query<GradeGroup>{}.where(&GradeGroup::school_year, campaign.school_year).order_by(&GradeGroup::kind, true).order_by(&GradeGroup::grade)));
  std::copy_if(groups.begin(), groups.end(), std::back_inserter(ground.groups), [&](const GradeGroup& one) { return sees_all || actor.grade_groups.count(one.id.value) > 0; });
  SHIDE_TRY(classes, unit.of<SchoolClass>().list(Query<SchoolClass>{}.where(&SchoolClass::school_year, campaign.school_year).order_by(&SchoolClass::name)));
  SHIDE_TRY(teachers, unit.of<Teacher>().list(Query<Teacher>{}.where(&Teacher::duty, model::Duty::kInPost).order_by(&Teacher::name)));
  SHIDE_TRY(visits, unit.of<Visit>().list(Query<Visit>{}.where(&Visit::campaign_id, campaign.id), all(DataKind::kVisit)));
  for (const Visit& one : visits) {
    if (one.state != VisitState::kSubstituted && one.state != VisitState::kCancelled) ground.visits.push_back(one);
  }
  SHIDE_TRY(team, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&model::Place::school_year, campaign.school_year), all(DataKind::kVisit)));
  for (const CoVisitor& one : team) ground.teams[one.place.visit_id].push_back(one);
  SHIDE_TRY(preparations, unit.of<model::Preparation>().list(Query<model::Preparation>{}.where(&model::Place::school_year, campaign.school_year), all(DataKind::kRecordText)));
  for (const auto& one : preparations) {
    if (one.sealed_at) ground.sealed.insert(one.place.visit_id);
  }
  SHIDE_TRY(records, unit.of<model::VisitRecord>().list(Query<model::VisitRecord>{}.where(&model::Place::school_year, campaign.school_year), all(DataKind::kRecordText)));
  for (const auto& one : records) {
    bool is_in = one.state != model::RecordState::kDraft && one.state != model::RecordState::kReturned;
    if (is_in) ground.handed_in.insert(one.place.visit_id);
  }
  SHIDE_TRY(acceptances, unit.of<model::CodeAcceptance>().list(Query<model::CodeAcceptance>{}.where(&model::CodeAcceptance::campaign_id, campaign.id)
      .where(&model::CodeAcceptance::code_version, code_in_force(campaign))));
  for (const auto& one : acceptances) ground.accepted_code.insert(one.teacher_id.value);
  SHIDE_TRY(rosters, unit.of<model::Roster>().list(Query<model::Roster>{}.where(&model::Roster::campaign_id, campaign.id)));
  for (const auto& one : rosters) ground.rosters[one.grade_group_id.value] = one;
  ground.classes = std::move(classes);
  ground.teachers = std::move(teachers);
  ground.campaign = std::move(campaign);
  return ground;
}

class Reckoner {
 public:
  Reckoner(const Ground& ground, Date today) : ground_(ground), today_(today) {
    for (const auto& [visit, team] : ground.teams) {
      for (const CoVisitor& one : team) placed_.insert(one.teacher_id.value);
    }
    for (const GradeGroup& group : ground.groups) reckon(group);
    std::stable_sort(map.owed.begin(), map.owed.end(), [](const OwedTask& a, const OwedTask& b) { return std::pair(!a.late, a.due) < std::pair(!b.late, b.due); });
    map.campaign = ground.campaign;
  }

  TaskMap map;

 private:
  void reckon(const GradeGroup& group) {
    map.grades.push_back({group.id.value, group.name, {}});
    for (Gate gate : {Gate::kCode, Gate::kChosen, Gate::kTeam, Gate::kRoster, Gate::kPrepared, Gate::kRecord}) map.grades.back().gates.push_back({gate, due_of(gate)});
    bool is_grade = group.kind == GradeGroupKind::kGrade;
    for (const Teacher& one : ground_.teachers) {
      if (one.grade_group_id != group.id) continue;
      note(Gate::kCode, ground_.accepted_code.count(one.id.value) > 0, one.id, "");
      note(Gate::kTeam, placed_.count(one.id.value) > 0, is_grade ? group.leader_id : one.id, "");  // arts and sports choose for themselves (S60)
    }
    for (const SchoolClass& one : ground_.classes) {
      if (one.grade_group_id == group.id) reckon(one);
    }
    auto roster = ground_.rosters.find(group.id.value);
    bool handed_in = roster != ground_.rosters.end() && (roster->second.state == model::RosterState::kSubmitted || roster->second.state == model::RosterState::kAccepted);
    if (is_grade) note(Gate::kRoster, handed_in, group.leader_id, "");
    for (GateState& gate : map.grades.back().gates) gate.late = gate.done < gate.all && gate.due < today_;
  }

  void reckon(const SchoolClass& one) {
    bool is_chosen = false;
    for (const Visit& visit : ground_.visits) {
      if (visit.place.class_id != one.id.value) continue;
      is_chosen = true;
      // A family's no, or nobody to be reached, ends what is owed (D7).
      if (visit.state == VisitState::kDeclined || visit.state == VisitState::kUnreachable) continue;
      note(Gate::kPrepared, ground_.sealed.count(visit.id.value) > 0, visit.homeroom_teacher_id, one.name);
      note(Gate::kRecord, ground_.handed_in.count(visit.id.value) > 0, visit.homeroom_teacher_id, one.name);
    }
    note(Gate::kChosen, is_chosen, one.homeroom_teacher_id, one.name);
  }

  void note(Gate gate, bool done, const Id<Teacher>& who, const std::string& class_name) {
    GradeTasks& grade = map.grades.back();
    GateState& state = grade.gates[static_cast<std::size_t>(gate)];
    ++state.all;
    if (done) {
      ++state.done;
      return;
    }
    OwedTask task{grade.name, name_of(who), class_name, gate, state.due, state.due < today_};
    auto same = [&](const OwedTask& one) { return one.gate == task.gate && one.teacher == task.teacher && one.class_name == task.class_name && one.grade_name == task.grade_name; };
    if (std::none_of(map.owed.begin(), map.owed.end(), same)) map.owed.push_back(std::move(task));
  }

  Date due_of(Gate gate) const {
    const Campaign& campaign = ground_.campaign;
    return gate == Gate::kPrepared ? campaign.visit_from : gate == Gate::kRecord ? campaign.upload_due : campaign.roster_due;
  }
  std::string name_of(const Id<Teacher>& id) const {
    auto found = std::find_if(ground_.teachers.begin(), ground_.teachers.end(), [&](const Teacher& one) { return one.id == id; });
    return found == ground_.teachers.end() ? "" : found->name;
  }

  const Ground& ground_;
  Date today_;
  std::set<std::string> placed_;
};

}  // namespace

Result<TaskMap> task_map(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id) {
  bool may_see_names = actor.has(Role::kStudentOffice) || actor.has(Role::kGradeLeader);
  if (!may_see_names && !actor.has(Role::kHead)) return not_for_this_role();
  SHIDE_TRY(plan, campaign_plan(ports, actor, id));
  if (plan.campaign.state == model::CampaignState::kDraft) return not_found();
  Date today = date_of(ports.clock->now());
  return ports.store->read(actor, [&](Unit& unit) -> Result<TaskMap> {
    SHIDE_TRY(ground, load_ground(unit, actor, plan.campaign));
    TaskMap map = std::move(Reckoner(ground, today).map);
    if (!may_see_names) map.owed.clear();
    return map;
  });
}

}  // namespace shide::workflow
