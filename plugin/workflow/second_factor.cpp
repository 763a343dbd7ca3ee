#include "workflow/second_factor.h"

#include <algorithm>

#include "base/digest.h"
#include "base/one_time_code.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/lockout.h"
#include "workflow/sessions.h"
#include "workflow/sign_in.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::RecoveryCode;
using model::Role;
using model::SecondFactor;
using model::Session;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::size_t kMostTyped = 40;  // bytes of a code as it was typed
constexpr std::size_t kRecoveryBytes = 10;

model::Reach accounts_in(const Id<model::School>& school) { return privacy::reach_for_job(school, model::DataKind::kAccount, "second_factor"); }

Error refused(const char* code) { return {ErrorCode::kInvalid, {code}}; }

Error wrong_code(int left) {
  if (left <= 0) return {ErrorCode::kTooMany, {"second_factor.locked", {{"minutes", static_cast<std::int64_t>(kLock / kMinute)}}}};
  return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("code", {left == 1 ? "second_factor.wrong_last" : "second_factor.wrong"});
}

Result<Account> own_account(Unit& unit, const Actor& actor) { return unit.of<Account>().load(actor.account, accounts_in(actor.school)); }

Result<SecondFactor> factor_of(Unit& unit, const Account& account) {
  return unit.of<SecondFactor>().first(Query<SecondFactor>{}.where(&SecondFactor::account_id, account.id), accounts_in(account.school_id));
}

Result<std::vector<RecoveryCode>> recovery_codes_of(Unit& unit, const Account& account) {
  return unit.of<RecoveryCode>().list(Query<RecoveryCode>{}.where(&RecoveryCode::account_id, account.id), accounts_in(account.school_id));
}

/// The secret goes, and the recovery codes with it.
Result<void> forget(Unit& unit, const Account& account) {
  Result<SecondFactor> factor = factor_of(unit, account);
  if (factor) SHIDE_CHECK(unit.of<SecondFactor>().erase(*factor));
  if (auto* error = factor.if_error(); error && error->code != ErrorCode::kNotFound) return std::move(*error);
  SHIDE_TRY(codes, recovery_codes_of(unit, account));
  for (const RecoveryCode& one : codes) SHIDE_CHECK(unit.of<RecoveryCode>().erase(one));
  return {};
}

Result<void> take_away(Unit& unit, Account& account) {
  SHIDE_CHECK(forget(unit, account));
  account.second_factor_at.reset();
  SHIDE_CHECK(unit.of<Account>().save(account));
  return unit.audit(account, "second_factor_at");
}

bool is_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); }

/// As people type it: "094 287", full-width digits, a recovery code in capitals and groups.
std::string plain(std::string_view typed) {
  if (typed.size() > kMostTyped) return {};
  std::string code = lower_ascii(to_half_width(trim(typed)));
  std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
  return code;
}

/// "k3rt-7wm4-xqz2-abpn": 80 bits, in letters and digits that are not taken for each other, whatever their case.
std::string new_recovery_code() {
  std::string letters = lower_ascii(base32(random_bytes(kRecoveryBytes))), code;
  for (std::size_t at = 0; at < letters.size(); at += 4) code += (at ? "-" : "") + letters.substr(at, 4);
  return code;
}

/// What a code opens with, to be saved or used up; nothing when it is wrong.
struct Key {
  std::optional<SecondFactor> phone;
  std::optional<RecoveryCode> recovery;
  bool fits() const { return phone || recovery; }
};

Result<Key> phone_key(Unit& unit, const Account& account, std::string_view code, Time now) {
  Result<SecondFactor> factor = factor_of(unit, account);
  if (auto* error = factor.if_error()) return error->code == ErrorCode::kNotFound ? Result<Key>(Key{}) : std::move(*error);
  std::optional<std::string> secret = from_base32(factor->secret);
  if (!secret) return internal_error("a second factor's secret is not base32");
  std::optional<std::int64_t> step = taken_step(*secret, code, now, factor->last_step);
  if (!step) return Key{};
  factor->last_step = *step;
  return Key{std::move(*factor), std::nullopt};
}

Result<Key> recovery_key(Unit& unit, const Account& account, std::string_view code) {
  Result<RecoveryCode> found = unit.of<RecoveryCode>().first(
      Query<RecoveryCode>{}.where(&RecoveryCode::account_id, account.id).where(&RecoveryCode::code_hash, sha256_hex(code)), accounts_in(account.school_id));
  if (auto* error = found.if_error()) return error->code == ErrorCode::kNotFound ? Result<Key>(Key{}) : std::move(*error);
  return Key{std::nullopt, std::move(*found)};
}

Result<Key> key_of(Unit& unit, const Account& account, std::string_view code, Time now) {
  return is_digits(code) ? phone_key(unit, account, code, now) : recovery_key(unit, account, code);
}

}  // namespace

Result<void> take_code(ports::Ports& ports, const Actor& actor, std::string_view typed) {
  std::string code = plain(typed);
  Time now = ports.clock->now();
  // A first look only chooses what the log says; the one that counts holds the account.
  SHIDE_TRY(seems_right, ports.store->read(actor, [&](Unit& unit) -> Result<bool> {
    SHIDE_TRY(account, own_account(unit, actor));
    SHIDE_TRY(key, key_of(unit, account, code, now));
    return key.fits();
  }));
  SHIDE_TRY(left, ports.store->transact(actor, seems_right ? "give_second_factor" : "second_factor_refused", [&](Unit& unit) -> Result<std::optional<int>> {
    SHIDE_TRY(account, own_account(unit, actor));
    if (is_locked(account, now)) return std::optional<int>(0);
    SHIDE_TRY(key, key_of(unit, account, code, now));
    std::optional<int> guesses;
    if (key.phone) SHIDE_CHECK(unit.of<SecondFactor>().save(*key.phone));
    if (key.recovery) SHIDE_CHECK(unit.of<RecoveryCode>().erase(*key.recovery));
    if (key.fits()) {
      account.failures = 0;
      account.locked_until.reset();
    } else {
      guesses = count_failure(account, now);
    }
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(unit.audit(account, "failures"));
    return guesses;
  }));
  return left ? Result<void>(wrong_code(*left)) : Result<void>();
}

bool must_have_second_factor(const std::set<Role>& roles) {
  constexpr Role kThese[] = {Role::kStudentOffice, Role::kHr, Role::kHead, Role::kAuditor, Role::kItAdmin};
  return std::any_of(std::begin(kThese), std::end(kThese), [&](Role role) { return roles.count(role) > 0; });
}

Result<SecondFactorState> second_factor(ports::Ports& ports, const Actor& actor) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<SecondFactorState> {
    SHIDE_TRY(account, own_account(unit, actor));
    SecondFactorState state{account.second_factor_at, "", 0};
    if (state.since) {
      SHIDE_TRY(codes, recovery_codes_of(unit, account));
      state.recovery_codes = codes.size();
      return state;
    }
    Result<SecondFactor> factor = factor_of(unit, account);
    if (factor) state.waiting = factor->secret;
    if (auto* error = factor.if_error(); error && error->code != ErrorCode::kNotFound) return std::move(*error);
    return state;
  });
}

Result<void> begin_second_factor(ports::Ports& ports, const Actor& actor, std::string_view password) {
  if (ports.second_factor == ports::SecondFactorPolicy::kOff) return not_found();
  SHIDE_CHECK(check_own_password(ports, actor, password, "password"));
  Time now = ports.clock->now();
  std::string secret = base32(random_bytes(kOneTimeSecretBytes));
  Id<SecondFactor> id = new_id<SecondFactor>(now);
  return ports.store->transact(actor, "begin_second_factor", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(account, own_account(unit, actor));
    if (account.second_factor_at) return refused("second_factor.on_already");
    SHIDE_CHECK(forget(unit, account));
    SecondFactor factor;
    factor.id = id;
    factor.school_id = account.school_id;
    factor.account_id = account.id;
    factor.secret = secret;
    factor.made_at = now;
    SHIDE_CHECK(unit.of<SecondFactor>().save(factor));
    return unit.audit(account, "second_factor");
  });
}

Result<std::vector<std::string>> confirm_second_factor(ports::Ports& ports, const Actor& actor, std::string_view token, std::string_view code) {
  SHIDE_TRY(state, second_factor(ports, actor));
  if (state.since || state.waiting.empty()) return refused(state.since ? "second_factor.on_already" : "second_factor.not_begun");
  Time now = ports.clock->now();
  std::vector<std::string> codes;
  std::vector<Id<RecoveryCode>> ids;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    codes.push_back(new_recovery_code());
    ids.push_back(new_id<RecoveryCode>(now));
  }
  SHIDE_CHECK(take_code(ports, actor, code));
  SHIDE_CHECK(ports.store->transact(actor, "turn_on_second_factor", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(account, own_account(unit, actor));
    if (account.second_factor_at) return refused("second_factor.on_already");
    account.second_factor_at = now;
    SHIDE_CHECK(unit.of<Account>().save(account));
    for (std::size_t i = 0; i < codes.size(); ++i) {
      RecoveryCode one;
      one.id = ids[i];
      one.school_id = account.school_id;
      one.account_id = account.id;
      one.code_hash = sha256_hex(plain(codes[i]));
      SHIDE_CHECK(unit.of<RecoveryCode>().save(one));
    }
    SHIDE_TRY(session, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(token)), accounts_in(account.school_id)));
    session.second_factor_at = now;
    SHIDE_CHECK(unit.of<Session>().save(session));
    SHIDE_CHECK(end_sessions(unit, account.school_id, account.id, session.token_hash));
    return unit.audit(account, "second_factor_at");
  }));
  return codes;
}

Result<void> turn_off_second_factor(ports::Ports& ports, const Actor& actor, std::string_view code) {
  SHIDE_TRY(state, second_factor(ports, actor));
  if (!state.since) return refused("second_factor.is_off");
  SHIDE_CHECK(take_code(ports, actor, code));
  return ports.store->transact(actor, "turn_off_second_factor", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(account, own_account(unit, actor));
    return take_away(unit, account);
  });
}

Result<void> reset_second_factor(ports::Ports& ports, const Actor& actor, const Id<Account>& id) {
  if (!actor.has(Role::kItAdmin)) return not_for_this_role();
  if (id == actor.account) return refused("second_factor.not_to_oneself");
  return ports.store->transact(actor, "reset_second_factor", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(account, unit.of<Account>().load(id, privacy::reach(actor, model::DataKind::kAccount)));
    if (!account.second_factor_at) return refused("second_factor.is_off");
    SHIDE_CHECK(end_sessions(unit, account.school_id, account.id));
    return take_away(unit, account);
  });
}

}  // namespace shide::workflow
