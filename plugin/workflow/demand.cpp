#include "workflow/demand.h"

#include <algorithm>
#include <map>

#include "base/field_check.h"
#include "base/stale_edit.h"
#include "followup/demand_rules.h"
#include "privacy/reach.h"
#include "visit/school_year.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::DataKind;
using model::Demand;
using model::DemandState;
using model::Place;
using model::Rectification;
using model::RectificationState;
using ports::Query;
using ports::Unit;

namespace {

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }

Result<Demand> load_full(Unit& unit, const Actor& actor, const Id<Demand>& id) {
  SHIDE_TRY(demand, unit.of<Demand>().load(id, privacy::reach(actor, DataKind::kDemand)));
  if (demand.level != model::Level::kFull) return not_found();
  return demand;
}

Result<Rectification> load_item(Unit& unit, const Actor& actor, const Id<Rectification>& id) {
  SHIDE_TRY(item, unit.of<Rectification>().load(id, privacy::reach(actor, DataKind::kRectification)));
  if (item.level != model::Level::kFull) return not_found();
  return item;
}

bool is_same(const Rectification& stored, const Rectification& typed) {
  return stored.problem == typed.problem && stored.measure == typed.measure && stored.standard == typed.standard && stored.due_on == typed.due_on;
}

}  // namespace

Result<std::vector<DemandRow>> demands(ports::Ports& ports, const Actor& actor, const std::string& school_year) {
  Date today = date_of(ports.clock->now());
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<DemandRow>> {
    SHIDE_TRY(found, unit.of<Demand>().list(Query<Demand>{}.where(&Place::school_year, school_year), privacy::reach(actor, DataKind::kDemand)));
    SHIDE_TRY(groups, unit.of<model::GradeGroup>().list(Query<model::GradeGroup>{}));
    std::map<std::string, std::string> names;
    for (const auto& group : groups) names[group.id.value] = group.name;
    std::vector<DemandRow> rows;
    for (Demand& one : found) {
      DemandRow row{std::move(one), "", false, 0};
      row.grade_name = names[row.demand.place.grade_group_id];
      row.overdue = followup::is_overdue(row.demand, today);
      row.age = followup::age_in_days(row.demand, today);
      rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), [](const DemandRow& a, const DemandRow& b) {
      bool a_open = followup::is_open(a.demand), b_open = followup::is_open(b.demand);
      return a_open != b_open ? a_open : a.demand.heard_at < b.demand.heard_at;
    });
    return rows;
  });
}

Result<Demand> demand(ports::Ports& ports, const Actor& actor, const Id<Demand>& id) {
  return ports.store->read(actor, [&](Unit& unit) { return load_full(unit, actor, id); });
}

Result<Demand> assign_demand(ports::Ports& ports, const Actor& actor, const Id<Demand>& id, std::string_view owner_name) {
  if (!is_office(actor)) return not_found();
  FieldCheck check;
  std::string owner = check.line("owner", owner_name, {1, 40});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "assign_demand", [&](Unit& unit) -> Result<Demand> {
    SHIDE_TRY(demand, load_full(unit, actor, id));
    if (!followup::is_open(demand)) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    demand.state = DemandState::kAssigned;
    demand.owner_name = owner;
    demand.owner_id = actor.account;
    demand.due_on = followup::answer_due(demand.urgency, date_of(demand.passed_on_at.value_or(now)));
    SHIDE_CHECK(unit.of<Demand>().save(demand));
    SHIDE_CHECK(unit.audit(demand, "owner_name due_on"));
    return demand;
  });
}

Result<Demand> answer_demand(ports::Ports& ports, const Actor& actor, const Id<Demand>& id, std::string_view answer) {
  FieldCheck check;
  std::string said = check.text("answer", answer, {2, 500});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "answer_demand", [&](Unit& unit) -> Result<Demand> {
    SHIDE_TRY(demand, load_full(unit, actor, id));
    if (!is_office(actor) && demand.owner_id != actor.account) return not_found();
    if (followup::is_answered(demand)) {
      StaleEdit edit;
      edit.compare("answer", demand.answer, said);
      if (edit.differs()) return edit.error({"error.done_before"});
      return demand;
    }
    demand.state = DemandState::kAnswered;
    demand.answer = said;
    demand.answered_at = now;
    SHIDE_CHECK(unit.of<Demand>().save(demand));
    SHIDE_CHECK(unit.audit(demand, "answer answered_at"));
    return demand;
  });
}

Result<Demand> carry_back(ports::Ports& ports, const Actor& actor, const Id<Demand>& id, model::GuardianReply reply) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "carry_back", [&](Unit& unit) -> Result<Demand> {
    SHIDE_TRY(demand, load_full(unit, actor, id));
    SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}.where(&Place::visit_id, demand.place.visit_id),
                                                     privacy::reach(actor, DataKind::kVisit)));
    bool own = std::any_of(team.begin(), team.end(), [&](const auto& one) { return one.teacher_id == actor.teacher; });
    if (!own || actor.teacher.empty()) return not_found();
    if (!demand.answered_at) return Error{ErrorCode::kInvalid, {"demand.no_answer_yet"}};
    if (demand.carried_back_at) return demand;
    demand.state = DemandState::kClosed;
    demand.carried_back_at = now;
    demand.reply = reply;
    SHIDE_CHECK(unit.of<Demand>().save(demand));
    SHIDE_CHECK(unit.audit(demand, "carried_back_at reply"));
    return demand;
  });
}

Result<std::vector<Rectification>> rectifications(ports::Ports& ports, const Actor& actor, const std::string& school_year) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<Rectification>().list(Query<Rectification>{}.where(&Rectification::school_year, school_year).order_by(&Rectification::due_on),
                                         privacy::reach(actor, DataKind::kRectification));
  });
}

Result<std::vector<PossibleOwner>> possible_owners(ports::Ports& ports, const Actor& actor) {
  if (!is_office(actor) && !actor.has(model::Role::kHead)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<PossibleOwner>> {
    // Names of colleagues are known to all staff; nothing else of the accounts leaves this function.
    SHIDE_TRY(accounts, unit.of<Account>().list(Query<Account>{}.order_by(&Account::login), privacy::reach_for_job(actor.school, DataKind::kAccount, "possible_owners")));
    std::vector<PossibleOwner> owners;
    for (const Account& account : accounts) {
      bool acts = account.roles.count(model::Role::kStudentOffice) || account.roles.count(model::Role::kHead) ||
                  account.roles.count(model::Role::kUnionEditor) || account.roles.count(model::Role::kTeacher);
      if (acts && !account.disabled) owners.push_back({account.login, account.name});
    }
    return owners;
  });
}

Result<Rectification> open_rectification(ports::Ports& ports, const Actor& actor, const RectificationForm& form) {
  if (!is_office(actor) && !actor.has(model::Role::kHead)) return not_found();
  FieldCheck check;
  Rectification typed;
  typed.problem = check.text("problem", form.problem, {2, 300});
  typed.measure = check.text("measure", form.measure, {2, 300});
  typed.standard = check.text("standard", form.standard, {2, 300});
  typed.due_on = check.date("due_on", form.due_on);
  Time now = ports.clock->now();
  if (check.fine("due_on") && typed.due_on < date_of(now)) check.problem("due_on", {"rectification.due_past"});
  if (!is_uuid(form.id)) check.problem("id", {"field.not_offered"});
  if (!form.demand_id.empty() && !is_uuid(form.demand_id)) check.problem("demand_id", {"field.not_offered"});
  if (!check.fine()) return check.error();
  Id<Rectification> id{form.id};
  return ports.store->transact(actor, "open_rectification", [&](Unit& unit) -> Result<Rectification> {
    Rectification item = typed;
    Result<Rectification> before = unit.of<Rectification>().load(id, privacy::reach(actor, DataKind::kRectification));
    if (!before && before.error().code != ErrorCode::kNotFound) return before;
    if (before) return is_same(*before, typed) ? before : Error{ErrorCode::kDuplicate, {"error.duplicate"}};
    Result<Account> owner = unit.of<Account>().first(Query<Account>{}.where(&Account::login, form.owner_login),
                                                     privacy::reach_for_job(actor.school, DataKind::kAccount, "open_rectification"));
    if (!owner) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("owner_login", {"field.not_offered"});
    if (!form.demand_id.empty()) {
      SHIDE_TRY(demand, load_full(unit, actor, {form.demand_id}));
      item.demand_id = demand.id;
      item.grade_group_id = demand.place.grade_group_id;
    }
    item.id = id;
    item.school_id = actor.school;
    item.school_year = visit::school_year_of(date_of(now));
    item.owner_id = owner->id;
    item.owner_name = owner->name;
    item.opened_by = actor.account;
    item.opened_at = now;
    SHIDE_CHECK(unit.of<Rectification>().save(item));
    SHIDE_CHECK(unit.audit(item, "problem measure standard owner due_on"));
    return item;
  });
}

Result<Rectification> submit_rectification(ports::Ports& ports, const Actor& actor, const Id<Rectification>& id, std::string_view outcome) {
  FieldCheck check;
  std::string said = check.text("outcome", outcome, {2, 500});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "submit_rectification", [&](Unit& unit) -> Result<Rectification> {
    SHIDE_TRY(item, load_item(unit, actor, id));
    if (item.owner_id != actor.account) return not_found();
    if (item.state == RectificationState::kSignedOff) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    item.state = RectificationState::kSubmitted;
    item.outcome = said;
    item.submitted_at = now;
    SHIDE_CHECK(unit.of<Rectification>().save(item));
    SHIDE_CHECK(unit.audit(item, "outcome submitted_at"));
    return item;
  });
}

Result<Rectification> sign_off(ports::Ports& ports, const Actor& actor, const Id<Rectification>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "sign_off", [&](Unit& unit) -> Result<Rectification> {
    SHIDE_TRY(item, load_item(unit, actor, id));
    if (!is_office(actor) && !actor.has(model::Role::kHead) && !actor.has(model::Role::kEthicsCommittee)) return not_found();
    if (item.owner_id == actor.account) return Error{ErrorCode::kInvalid, {"rectification.own"}};
    if (item.state == RectificationState::kSignedOff) return item;
    if (item.state != RectificationState::kSubmitted) return Error{ErrorCode::kInvalid, {"rectification.not_submitted"}};
    item.state = RectificationState::kSignedOff;
    item.verified_by = actor.account;
    item.verified_by_name = actor.name;
    item.verified_at = now;
    SHIDE_CHECK(unit.of<Rectification>().save(item));
    SHIDE_CHECK(unit.audit(item, "state verified_at"));
    return item;
  });
}

}  // namespace shide::workflow
