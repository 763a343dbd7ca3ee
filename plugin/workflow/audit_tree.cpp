#include "workflow/audit_tree.h"

#include "audit/log_file.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/lease.h"

namespace shide::workflow {

using model::Actor;
using model::AuditEvent;
using model::AuditHead;
using model::DataKind;
using model::School;
using ports::Query;
using ports::Unit;

namespace {

constexpr const char* kJob = "sign_head";
constexpr std::int64_t kAtOnce = 5'000;  // entries in memory at a time
constexpr int kHeadLate = 2;             // days

model::Reach log_of(const Id<School>& school) { return privacy::reach_for_job(school, DataKind::kAudit, kJob); }

/// Entries 1 to `last`, or all there are, in order.
Result<void> for_each_entry(ports::Ports& ports, const Id<School>& school, std::int64_t last, const std::function<void(const AuditEvent&)>& take) {
  for (std::int64_t from = 1; last == 0 || from <= last; from += kAtOnce) {
    std::int64_t to = last == 0 ? from + kAtOnce : std::min(from + kAtOnce, last + 1);
    SHIDE_TRY(events, ports.store->read(job_actor(school, kJob), [&](Unit& unit) {
      return unit.of<AuditEvent>().list(Query<AuditEvent>{}.where_at_least(&AuditEvent::sequence, from).where_less(&AuditEvent::sequence, to)
          .order_by(&AuditEvent::sequence), log_of(school));
    }));
    for (const AuditEvent& event : events) take(event);
    if (last == 0 && events.empty()) return {};
  }
  return {};
}

Result<std::vector<AuditHead>> heads_of(ports::Ports& ports, const Id<School>& school) {
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) {
    return unit.of<AuditHead>().list(Query<AuditHead>{}.order_by(&AuditHead::size), log_of(school));
  });
}

Result<std::vector<audit::PublicKey>> public_keys(ports::Ports& ports) {
  SHIDE_TRY(keys, ports.seal->keys());
  std::vector<audit::PublicKey> list;
  for (const ports::SealKey& one : keys) list.push_back({one.id, one.public_key});
  return list;
}

Error broken(const audit::LogReport& report) {
  return {ErrorCode::kInternal, {"audit_check.not_signed"}, "audit log: " + render(report.faults.front(), Language::kEnglish)};
}

/// Everything but storing it: the clock, the log and the key are in order.
Result<AuditHead> head_over_all(ports::Ports& ports, const Id<School>& school) {
  Time now = ports.clock->now();
  SHIDE_TRY(heads, heads_of(ports, school));
  for (const AuditHead& one : heads) {
    if (now < one.signed_at) return Error{ErrorCode::kConfiguration, {"audit_check.clock_back", {{"now", to_text(now)}, {"before", to_text(one.signed_at)}}}, "the clock was set back"};
  }
  SHIDE_TRY(key, ports.seal->key_for(date_of(now)));
  SHIDE_TRY(report, check_log(ports, school));
  if (!report.faults.empty()) return broken(report);
  AuditHead head;
  head.id = new_id<AuditHead>(now);
  head.school_id = school;
  head.size = report.entries;
  head.root = audit::hex_of(report.root);
  head.signed_at = now;
  head.key_id = key.id;
  SHIDE_TRY(signature, ports.seal->sign(key.id, audit::canonical(head)));
  head.signature = signature;
  return head;
}

/// Puts outside what is not there yet; one that fails is tried again at the next turn.
Result<void> deposit_heads(ports::Ports& ports, const Id<School>& school) {
  if (!ports.deposit->is_wanted()) return {};
  SHIDE_TRY(heads, heads_of(ports, school));
  for (const AuditHead& head : heads) {
    if (head.deposited_at) continue;
    SHIDE_CHECK(ports.deposit->put(school.value + "-" + std::to_string(head.size) + ".json", audit::line_of(head)));
    Time now = ports.clock->now();
    SHIDE_CHECK(ports.store->transact(job_actor(school, kJob), "deposit_head", [&](Unit& unit) -> Result<void> {
      SHIDE_TRY(fresh, unit.of<AuditHead>().load(head.id, log_of(school)));
      fresh.deposited_at = now;
      SHIDE_CHECK(unit.of<AuditHead>().save(fresh));
      return unit.audit(fresh, "deposited_at");
    }));
  }
  return {};
}

Result<bool> is_due(ports::Ports& ports, const Id<School>& school) {
  Time now = ports.clock->now();
  SHIDE_TRY(heads, heads_of(ports, school));
  if (!heads.empty() && date_of(heads.back().signed_at) >= date_of(now)) return false;
  // Without a key it waits; the page and the doctor say so.
  if (!ports.seal->key_for(date_of(now))) return false;
  // A log that cannot be signed is not read through at every tick.
  return take_turn(ports, school, kJob, kHour);
}

bool may_see(const Actor& actor) { return actor.has(model::Role::kAuditor); }

Phrase trouble_of(ports::Ports& ports, const std::optional<AuditHead>& head) {
  Time now = ports.clock->now();
  auto key = ports.seal->key_for(date_of(now));
  if (auto* error = key.if_error()) return error->phrase;
  if (head && now < head->signed_at) return {"audit_check.clock_back", {{"now", to_text(now)}, {"before", to_text(head->signed_at)}}};
  if (head && date_of(now) - date_of(head->signed_at) > kHeadLate) return {"audit_check.late", {{"day", to_text(date_of(head->signed_at))}}};
  if (!ports.deposit->is_wanted()) return {"audit_check.no_deposit"};
  if (head && !head->deposited_at) return {"audit_check.not_deposited"};
  return {};
}

}  // namespace

Result<audit::LogReport> check_log(ports::Ports& ports, const Id<School>& school) {
  SHIDE_TRY(keys, public_keys(ports));
  audit::LogCheck check(keys);
  SHIDE_CHECK(for_each_entry(ports, school, 0, [&](const AuditEvent& event) { check.entry(audit::entry_of(event)); }));
  SHIDE_TRY(heads, heads_of(ports, school));
  for (const AuditHead& head : heads) check.head(head);
  return check.finish();
}

Result<AuditHead> sign_head(ports::Ports& ports, const Id<School>& school) {
  SHIDE_TRY(head, head_over_all(ports, school));
  return ports.store->transact(job_actor(school, kJob), kJob, [&](Unit& unit) -> Result<AuditHead> {
    AuditHead row = head;
    SHIDE_CHECK(unit.of<AuditHead>().save(row));
    SHIDE_CHECK(unit.audit(row, "size root signature"));
    return row;
  });
}

Result<int> sign_heads(ports::Ports& ports) {
  SHIDE_TRY(schools, ports.store->read(job_actor({}, kJob), [](Unit& unit) { return unit.of<School>().list({}); }));
  int count = 0;
  for (const School& school : schools) {
    SHIDE_TRY(due, is_due(ports, school.id));
    if (!due) continue;
    SHIDE_CHECK(sign_head(ports, school.id));
    SHIDE_CHECK(deposit_heads(ports, school.id));
    ++count;
  }
  return count;
}

Result<audit::LogReport> export_log(ports::Ports& ports, const Actor& actor, const std::function<void(std::string_view)>& write) {
  bool is_operator = actor.job == "operator";
  if (!may_see(actor) && !is_operator) return not_for_this_role();
  SHIDE_CHECK(ports.store->transact(actor, "export_log", [&](Unit& unit) { return unit.audit("schools", actor.school.value, "audit_events", ""); }));
  SHIDE_TRY(newest, sign_head(ports, actor.school));
  SHIDE_TRY(heads, heads_of(ports, actor.school));
  write(audit::first_line(actor.school.value));
  SHIDE_CHECK(for_each_entry(ports, actor.school, newest.size, [&](const AuditEvent& event) { write(audit::line_of(audit::entry_of(event))); }));
  for (const AuditHead& head : heads) write(audit::line_of(head));
  write(audit::last_line(newest.size, static_cast<std::int64_t>(heads.size())));
  audit::LogReport report;
  report.entries = report.covered = newest.size;
  report.heads = static_cast<std::int64_t>(heads.size());
  return report;
}

Result<SealState> seal_state(ports::Ports& ports, const Actor& actor) {
  if (!may_see(actor)) return not_for_this_role();
  SealState state;
  SHIDE_CHECK(ports.store->read(actor, [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(heads, unit.of<AuditHead>().list(Query<AuditHead>{}.order_by(&AuditHead::size, true).limit(1), log_of(actor.school)));
    if (!heads.empty()) state.head = heads.front();
    SHIDE_TRY(count, unit.of<AuditEvent>().count({}, log_of(actor.school)));
    state.since = count - (state.head ? state.head->size : 0);
    return {};
  }));
  if (auto keys = ports.seal->keys(); keys && state.head) {
    for (const ports::SealKey& one : *keys) {
      if (one.id == state.head->key_id) state.public_key = one.public_key;
    }
  }
  state.trouble = trouble_of(ports, state.head);
  return state;
}

Result<EntryProof> prove_entry(ports::Ports& ports, const Actor& actor, const Id<AuditEvent>& id) {
  if (!may_see(actor)) return not_for_this_role();
  EntryProof proven;
  SHIDE_CHECK(ports.store->read(actor, [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(event, unit.of<AuditEvent>().load(id, privacy::reach(actor, DataKind::kAudit)));
    SHIDE_TRY(head, unit.of<AuditHead>().first(Query<AuditHead>{}.order_by(&AuditHead::size, true), privacy::reach(actor, DataKind::kAudit)));
    if (event.sequence > head.size) return not_found();
    proven.entry = audit::entry_of(event);
    proven.head = head;
    return {};
  }));
  std::vector<audit::Hash> leaves;
  SHIDE_CHECK(for_each_entry(ports, actor.school, proven.head.size, [&](const AuditEvent& event) { leaves.push_back(audit::leaf_of(audit::entry_of(event))); }));
  proven.proof = audit::inclusion_proof(leaves, static_cast<std::uint64_t>(proven.entry.sequence - 1));
  return proven;
}

}  // namespace shide::workflow
