#include "workflow/expire_signals.h"

#include "privacy/reach.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::FormalismSignal;
using model::SignalState;
using ports::Query;
using ports::Unit;

namespace {

constexpr const char* kJob = "expire_signals";

bool is_over(const FormalismSignal& signal, Time now) {
  Time waiting_since = signal.replied_at.value_or(signal.asked_at);
  return signal.state != SignalState::kDecided && now - waiting_since > kQuestionWaits;
}

model::Reach questions_of(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kSignal, kJob); }

Result<std::vector<FormalismSignal>> questions_over(ports::Ports& ports, Time now) {
  return ports.store->read(job_actor({}, kJob), [&](Unit& unit) -> Result<std::vector<FormalismSignal>> {
    SHIDE_TRY(old, unit.of<FormalismSignal>().list(Query<FormalismSignal>{}.where_not(&FormalismSignal::state, SignalState::kDecided)
        .where_less(&FormalismSignal::asked_at, now + -kQuestionWaits), questions_of({})));
    std::erase_if(old, [&](const FormalismSignal& one) { return !is_over(one, now); });
    return std::move(old);
  });
}

/// True when it is gone; false when somebody answered or decided it meanwhile.
Result<bool> expire(ports::Ports& ports, const FormalismSignal& signal, Time now) {
  return ports.store->transact(job_actor(signal.school_id, kJob), kJob, [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(fresh, unit.of<FormalismSignal>().load(signal.id, questions_of(signal.school_id)));
    if (!is_over(fresh, now)) return false;
    SHIDE_CHECK(unit.of<FormalismSignal>().erase(fresh));
    SHIDE_CHECK(unit.audit(fresh, "erased"));
    return true;
  });
}

}  // namespace

Result<int> expire_signals(ports::Ports& ports) {
  Time now = ports.clock->now();
  SHIDE_TRY(over, questions_over(ports, now));
  int count = 0;
  for (const FormalismSignal& signal : over) {
    SHIDE_TRY(is_gone, expire(ports, signal, now));
    if (is_gone) ++count;
  }
  return count;
}

}  // namespace shide::workflow
