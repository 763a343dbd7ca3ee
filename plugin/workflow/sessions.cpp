#include "workflow/sessions.h"

#include "base/digest.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::Session;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kIdle = 20 * kMinute;
constexpr std::int64_t kClockTolerance = 5 * kMinute;

model::Reach sessions_in(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kAccount, "sessions"); }

Result<std::vector<Session>> sessions_of(Unit& unit, const Id<model::School>& school, const Id<Account>& account) {
  return unit.of<Session>().list(Query<Session>{}.where(&Session::account_id, account).newest_first(), sessions_in(school));
}

}  // namespace

bool is_over(const Session& session, Time now) {
  bool clock_back = session.seen_at - now > kClockTolerance;
  return clock_back || now - session.seen_at > kIdle || now >= session.expires_at;
}

Result<std::vector<OpenSession>> open_sessions(ports::Ports& ports, const Actor& actor, const Id<Account>& account, std::string_view token) {
  if (account != actor.account && !actor.has(model::Role::kItAdmin)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<OpenSession>> {
    SHIDE_TRY(all, sessions_of(unit, actor.school, account));
    std::vector<OpenSession> open;
    for (const Session& one : all) {
      if (!is_over(one, now)) open.push_back({one, !token.empty() && one.token_hash == sha256_hex(token)});
    }
    return open;
  });
}

Result<void> end_sessions(Unit& unit, const Id<model::School>& school, const Id<Account>& account, const std::string& except_token_hash) {
  SHIDE_TRY(all, sessions_of(unit, school, account));
  for (const Session& one : all) {
    if (except_token_hash.empty() || one.token_hash != except_token_hash) SHIDE_CHECK(unit.of<Session>().erase(one));
  }
  return {};
}

Result<void> end_session(ports::Ports& ports, const Actor& actor, const Id<Session>& id) {
  return ports.store->transact(actor, "end_session", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(session, unit.of<Session>().load(id, sessions_in(actor.school)));
    if (session.account_id != actor.account) return not_found();
    SHIDE_CHECK(unit.of<Session>().erase(session));
    return unit.audit("accounts", actor.account.value, "session", "");
  });
}

Result<void> end_other_sessions(ports::Ports& ports, const Actor& actor, std::string_view token) {
  return ports.store->transact(actor, "end_session", [&](Unit& unit) -> Result<void> {
    SHIDE_CHECK(end_sessions(unit, actor.school, actor.account, sha256_hex(token)));
    return unit.audit("accounts", actor.account.value, "sessions", "");
  });
}

Result<void> end_sessions_of(ports::Ports& ports, const Actor& actor, const Id<Account>& account) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  return ports.store->transact(actor, "end_session", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(known, unit.of<Account>().load(account, privacy::reach(actor, model::DataKind::kAccount)));
    SHIDE_CHECK(end_sessions(unit, actor.school, known.id));
    return unit.audit(known, "sessions");
  });
}

}  // namespace shide::workflow
