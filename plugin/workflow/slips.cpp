#include "workflow/slips.h"

#include <algorithm>
#include <set>

#include "base/digest.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/password.h"
#include "workflow/sessions.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::SignInSlip;
using ports::Query;
using ports::Unit;

namespace {

model::Reach slips_in(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kAccount, "slips"); }

struct NewSlip {
  Id<SignInSlip> id;
  std::string code;
};

NewSlip fresh_slip(Time now) { return {new_id<SignInSlip>(now), temporary_password()}; }

Result<Slip> save_slip(Unit& unit, Account account, const NewSlip& fresh, Time now) {
  account.password_hash.clear();
  account.must_change_password = true;
  account.failures = 0;
  account.locked_until.reset();
  SHIDE_CHECK(unit.of<Account>().save(account));
  SHIDE_CHECK(void_slips(unit, account.school_id, account.id));
  SignInSlip slip;
  slip.id = fresh.id;
  slip.school_id = account.school_id;
  slip.code_hash = sha256_hex(fresh.code);
  slip.account_id = account.id;
  slip.made_at = now;
  slip.expires_at = now + kSlipLife;
  SHIDE_CHECK(unit.of<SignInSlip>().save(slip));
  SHIDE_CHECK(end_sessions(unit, account.school_id, account.id));
  SHIDE_CHECK(unit.audit(account, "password_hash must_change_password failures locked_until"));
  return Slip{account, fresh.code, slip.expires_at};
}

/// Who has no password of their own, by name; `without_slip` alone those who hold no good slip either.
Result<std::vector<Account>> waiting(Unit& unit, const Actor& actor, bool without_slip, Time now) {
  SHIDE_TRY(accounts, unit.of<Account>().list(Query<Account>{}.where(&Account::must_change_password, true).where(&Account::disabled, false)
      .order_by(&Account::name), privacy::reach(actor, model::DataKind::kAccount)));
  SHIDE_TRY(slips, good_slips(unit, actor.school, now));
  std::set<std::string> holders;
  for (const SignInSlip& one : slips) holders.insert(one.account_id.value);
  // A temporary password of an earlier release counts as a slip.
  std::erase_if(accounts, [&](const Account& one) {
    return one.id == actor.account || (without_slip && (holders.count(one.id.value) || !one.password_hash.empty()));
  });
  return accounts;
}

}  // namespace

Result<Slip> new_slip(ports::Ports& ports, const Actor& actor, const Id<Account>& id) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  Time now = ports.clock->now();
  NewSlip fresh = fresh_slip(now);
  return ports.store->transact(actor, "new_slip", [&](Unit& unit) -> Result<Slip> {
    SHIDE_TRY(account, unit.of<Account>().load(id, privacy::reach(actor, model::DataKind::kAccount)));
    if (account.disabled) return Error{ErrorCode::kInvalid, {"people.slip_disabled"}};
    return save_slip(unit, account, fresh, now);
  });
}

Result<std::vector<Slip>> new_slips(ports::Ports& ports, const Actor& actor, SlipsFor whom) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  Error nobody = Error{ErrorCode::kInvalid, {"people.slips_nobody"}}.with("whom", {"people.slips_nobody"});
  if (whom == SlipsFor::kNone) return nobody;
  Time now = ports.clock->now();
  std::vector<NewSlip> fresh(kMostSlips);
  for (NewSlip& one : fresh) one = fresh_slip(now);
  return ports.store->transact(actor, "new_slip", [&](Unit& unit) -> Result<std::vector<Slip>> {
    SHIDE_TRY(accounts, waiting(unit, actor, whom == SlipsFor::kWithoutSlip, now));
    if (accounts.empty()) return nobody;
    std::vector<Slip> made;
    for (std::size_t i = 0; i < std::min(accounts.size(), fresh.size()); ++i) {
      SHIDE_TRY(slip, save_slip(unit, accounts[i], fresh[i], now));
      made.push_back(std::move(slip));
    }
    return made;
  });
}

Result<SlipCounts> slip_counts(ports::Ports& ports, const Actor& actor) {
  if (!actor.has(model::Role::kItAdmin)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->read(actor, [&](Unit& unit) -> Result<SlipCounts> {
    SHIDE_TRY(without, waiting(unit, actor, true, now));
    SHIDE_TRY(all, waiting(unit, actor, false, now));
    return SlipCounts{without.size(), all.size()};
  });
}

Result<SignInSlip> slip_of(Unit& unit, const Id<model::School>& school, std::string_view code, Time now) {
  std::string typed = to_half_width(trim(code));
  if (typed.empty() || typed.size() > 40) return not_found();
  SHIDE_TRY(slip, unit.of<SignInSlip>().first(Query<SignInSlip>{}.where(&SignInSlip::code_hash, sha256_hex(typed)), slips_in(school)));
  if (slip.expires_at <= now) return not_found();
  return slip;
}

Result<void> void_slips(Unit& unit, const Id<model::School>& school, const Id<Account>& account) {
  SHIDE_TRY(slips, unit.of<SignInSlip>().list(Query<SignInSlip>{}.where(&SignInSlip::account_id, account), slips_in(school)));
  for (const SignInSlip& one : slips) SHIDE_CHECK(unit.of<SignInSlip>().erase(one));
  return {};
}

Result<std::vector<SignInSlip>> good_slips(Unit& unit, const Id<model::School>& school, Time now) {
  return unit.of<SignInSlip>().list(Query<SignInSlip>{}.where_at_least(&SignInSlip::expires_at, now + 1), slips_in(school));
}

}  // namespace shide::workflow
