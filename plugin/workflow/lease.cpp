#include "workflow/lease.h"

#include "workflow/job.h"

namespace shide::workflow {

using model::Lease;
using ports::Query;
using ports::Unit;

namespace {

/// As stored, or a new one that has run out.
Result<Lease> lease_of(Unit& unit, const Id<model::School>& school, const std::string& name, const Id<Lease>& new_id) {
  Result<Lease> stored = unit.of<Lease>().first(Query<Lease>{}.where(&Lease::name, name));
  if (stored || stored.error().code != ErrorCode::kNotFound) return stored;
  Lease lease;
  lease.id = new_id;
  lease.school_id = school;
  lease.name = name;
  return lease;
}

/// Somebody else was quicker: no error, just not ours.
Result<bool> false_when_late(Result<bool> outcome) {
  bool is_late = !outcome && (outcome.error().code == ErrorCode::kStale || outcome.error().code == ErrorCode::kDuplicate);
  return is_late ? Result<bool>(false) : outcome;
}

}  // namespace

Result<bool> hold_lease(ports::Ports& ports, std::string_view job, std::string_view holder) {
  Time now = ports.clock->now();
  Id<Lease> id = new_id<Lease>(now);
  auto school = ports.store->read(job_actor({}, "worker"), [&](Unit& unit) { return unit.of<model::School>().first(Query<model::School>{}); });
  if (!school) return school.error().code == ErrorCode::kNotFound ? Result<bool>(false) : Result<bool>(school.error());
  Result<bool> held = ports.store->transact(job_actor(school->id, "worker"), "hold_lease", [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(own, lease_of(unit, school->id, std::string(job), id));
    bool is_held = own.expires_at > now && own.expires_at - now <= kMinute;  // later: the clock has been set back since
    if (own.holder != holder && is_held) return false;
    // Renewed at half time, so that an idle worker writes little.
    if (own.holder == holder && is_held && own.expires_at - now > kMinute / 2) return true;
    own.holder = std::string(holder);
    own.expires_at = now + kMinute;
    SHIDE_CHECK(unit.of<Lease>().save(own));
    SHIDE_CHECK(unit.audit(own, "holder expires_at"));
    return true;
  });
  return false_when_late(std::move(held));
}

Result<bool> take_turn(ports::Ports& ports, const Id<model::School>& school, std::string_view job, std::int64_t period) {
  Time now = ports.clock->now();
  Id<Lease> id = new_id<Lease>(now);
  return false_when_late(ports.store->transact(job_actor(school, std::string(job)), "take_turn", [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(turn, lease_of(unit, school, std::string(job) + ".turn", id));
    if (turn.expires_at > now && turn.expires_at - now <= period) return false;
    turn.expires_at = now + period;
    SHIDE_CHECK(unit.of<Lease>().save(turn));
    SHIDE_CHECK(unit.audit(turn, "expires_at"));
    return true;
  }));
}

}  // namespace shide::workflow
