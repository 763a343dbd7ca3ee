#include "workflow/lockout.h"

#include "base/digest.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/login.h"

namespace shide::workflow {

using model::UnknownLogin;
using ports::Query;
using ports::Unit;

namespace {

model::Reach logins_of(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kAccount, "sign_in"); }

// The key makes hashes of common words, made elsewhere, useless here.
std::string hash_of(const Id<model::School>& school, std::string_view login) {
  std::optional<std::string> cleaned = clean_line(login);
  return hmac_sha256_hex(school.value, cleaned ? fold_login(*cleaned) : std::string(login));
}

/// The stored row, or a new one.
Result<UnknownLogin> find(Unit& unit, const Id<model::School>& school, const std::string& hash) {
  Result<UnknownLogin> found = unit.of<UnknownLogin>().first(Query<UnknownLogin>{}.where(&UnknownLogin::login_hash, hash), logins_of(school));
  if (found || found.error().code != ErrorCode::kNotFound) return found;
  UnknownLogin fresh;
  fresh.school_id = school;
  fresh.login_hash = hash;
  return fresh;
}

// The one refused longest ago gives its place to a new one.
Result<void> make_room(Unit& unit, const Id<model::School>& school) {
  SHIDE_TRY(count, unit.of<UnknownLogin>().count({}, logins_of(school)));
  if (count < kUnknownLoginsKept) return {};
  SHIDE_TRY(oldest, unit.of<UnknownLogin>().first(Query<UnknownLogin>{}.order_by(&UnknownLogin::refused_at), logins_of(school)));
  return unit.of<UnknownLogin>().erase(oldest);
}

}  // namespace

Result<bool> unknown_login_is_locked(ports::Ports& ports, const Id<model::School>& school, std::string_view login) {
  std::string hash = hash_of(school, login);
  return ports.store->read(job_actor(school, "sign_in"), [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(row, find(unit, school, hash));
    return is_locked(row, ports.clock->now());
  });
}

Result<int> note_unknown_login(ports::Ports& ports, const Id<model::School>& school, std::string_view login) {
  Time now = ports.clock->now();
  std::string hash = hash_of(school, login);
  Id<UnknownLogin> id = new_id<UnknownLogin>(now);
  return ports.store->transact(job_actor(school, "sign_in"), "sign_in_refused", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(row, find(unit, school, hash));
    if (row.id.empty()) {
      SHIDE_CHECK(make_room(unit, school));
      row.id = id;
    }
    int left = count_failure(row, now);
    row.refused_at = now;
    SHIDE_CHECK(unit.of<UnknownLogin>().save(row));
    SHIDE_CHECK(unit.audit(row, "failures"));
    return left;
  });
}

}  // namespace shide::workflow
