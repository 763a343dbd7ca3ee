#include "workflow/public_tasks.h"

#include "base/field_check.h"

namespace shide::workflow {

using model::Actor;
using model::PublicTask;
using model::Role;
using ports::Query;
using ports::Unit;

namespace {

constexpr int kDayEnds = 18;  // o'clock

Query<PublicTask> still_open() { return Query<PublicTask>{}.where(&PublicTask::closed_at, std::optional<Time>{}); }

bool closes(const Actor& actor) { return actor.has(Role::kStudentOffice) || actor.has(Role::kUnionEditor); }

}  // namespace

Time end_of_working_day(Time now) {
  Date day = add_working_days(date_of(now) + -1, 1);  // today, or the Monday after
  Time end = time_of(day, kDayEnds, 0);
  return end > now ? end : time_of(add_working_days(day, 1), kDayEnds, 0);
}

Result<void> open_public_task(Unit& unit, PublicTask task, Time now) {
  SHIDE_TRY(same, unit.of<PublicTask>().count(still_open().where(&PublicTask::kind, task.kind).where(&PublicTask::post_id, task.post_id).where(&PublicTask::address, task.address)));
  if (same > 0) return {};
  task.id = new_id<PublicTask>(now);
  task.opened_at = now;
  task.due_at = end_of_working_day(now);
  SHIDE_CHECK(unit.of<PublicTask>().save(task));
  return unit.audit(task, "opened");
}

Result<void> ask_for_take_down(Unit& unit, const model::Post& post, const std::string& address, Time now) {
  if (address.empty()) return {};
  PublicTask task;
  task.school_id = post.school_id;
  task.kind = model::PublicTaskKind::kTakeDown;
  task.post_id = post.id;
  task.address = address;
  return open_public_task(unit, std::move(task), now);
}

Result<std::vector<PublicTask>> open_public_tasks(ports::Ports& ports, const Actor& actor) {
  if (!closes(actor) && !actor.has(Role::kHead)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) { return unit.of<PublicTask>().list(still_open().order_by(&PublicTask::due_at, false)); });
}

Result<PublicTask> close_public_task(ports::Ports& ports, const Actor& actor, const Id<PublicTask>& id, std::string_view outcome) {
  if (!closes(actor)) return not_found();
  FieldCheck check;
  std::string seen = check.text("outcome", outcome, {2, 300});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "close_public_task", [&](Unit& unit) -> Result<PublicTask> {
    SHIDE_TRY(task, unit.of<PublicTask>().load(id));
    if (task.closed_at) return task;
    task.outcome = seen;
    task.closed_by = actor.account;
    task.closed_by_name = actor.name;
    task.closed_at = now;
    SHIDE_CHECK(unit.of<PublicTask>().save(task));
    SHIDE_CHECK(unit.audit(task, "outcome closed_at"));
    return task;
  });
}

}  // namespace shide::workflow
