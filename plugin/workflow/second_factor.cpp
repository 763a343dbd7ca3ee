#include "workflow/second_factor.h"

#include <algorithm>

#include "base/digest.h"
#include "base/one_time_code.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/lockout.h"
#include "workflow/password.h"
#include "workflow/sessions.h"

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

bool is_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); }

/// As people type it: "094 287", full-width digits.
std::string plain(std::string_view typed) {
  std::string code = to_half_width(trim(typed));
  std::string digits = code;
  std::erase(digits, ' ');
  return is_digits(digits) ? digits : code;
}

Result<bool> take_phone_code(Unit& unit, const Account& account, std::string_view code, Time now) {
  SHIDE_TRY(factor, factor_of(unit, account));
  std::optional<std::string> secret = from_base32(factor.secret);
  if (!secret) return internal_error("a second factor's secret is not base32");
  std::optional<std::int64_t> step = taken_step(*secret, code, now, factor.last_step);
  if (!step) return false;
  factor.last_step = *step;
  SHIDE_CHECK(unit.of<SecondFactor>().save(factor));
  return true;
}

Result<bool> take_recovery_code(Unit& unit, const Account& account, std::string_view code) {
  Result<RecoveryCode> found = unit.of<RecoveryCode>().first(
      Query<RecoveryCode>{}.where(&RecoveryCode::account_id, account.id).where(&RecoveryCode::code_hash, sha256_hex(code)), accounts_in(account.school_id));
  if (auto* error = found.if_error()) return error->code == ErrorCode::kNotFound ? Result<bool>(false) : std::move(*error);
  SHIDE_CHECK(unit.of<RecoveryCode>().erase(*found));
  return true;
}

}  // namespace

Result<CodeAnswer> take_code(Unit& unit, Account& account, std::string_view typed, Time now) {
  if (is_locked(account, now)) return CodeAnswer::kLocked;
  if (typed.size() > kMostTyped) return CodeAnswer::kWrong;
  std::string code = plain(typed);
  SHIDE_TRY(taken, is_digits(code) ? take_phone_code(unit, account, code, now) : take_recovery_code(unit, account, code));
  if (!taken) return CodeAnswer::kWrong;
  account.failures = 0;
  account.locked_until.reset();
  return CodeAnswer::kRight;
}

Result<void> settle(ports::Ports& ports, const Actor& actor, CodeAnswer answer) {
  if (answer == CodeAnswer::kRight) return {};
  if (answer == CodeAnswer::kLocked) return wrong_code(0);
  Time now = ports.clock->now();
  SHIDE_TRY(left, ports.store->transact(actor, "second_factor_refused", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(account, own_account(unit, actor));
    int still = count_failure(account, now);
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(unit.audit(account, "failures"));
    return still;
  }));
  return wrong_code(left);
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

Result<void> begin_second_factor(ports::Ports& ports, const Actor& actor) {
  if (ports.second_factor == ports::SecondFactorPolicy::kOff) return not_found();
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
    codes.push_back(temporary_password());
    ids.push_back(new_id<RecoveryCode>(now));
  }
  SHIDE_TRY(answer, ports.store->transact(actor, "turn_on_second_factor", [&](Unit& unit) -> Result<CodeAnswer> {
    SHIDE_TRY(account, own_account(unit, actor));
    SHIDE_TRY(taken, take_code(unit, account, code, now));
    if (taken != CodeAnswer::kRight) return taken;
    if (account.second_factor_at) return refused("second_factor.on_already");
    account.second_factor_at = now;
    SHIDE_CHECK(unit.of<Account>().save(account));
    for (std::size_t i = 0; i < codes.size(); ++i) {
      RecoveryCode one;
      one.id = ids[i];
      one.school_id = account.school_id;
      one.account_id = account.id;
      one.code_hash = sha256_hex(codes[i]);
      SHIDE_CHECK(unit.of<RecoveryCode>().save(one));
    }
    SHIDE_TRY(session, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(token)), accounts_in(account.school_id)));
    session.second_factor_at = now;
    SHIDE_CHECK(unit.of<Session>().save(session));
    SHIDE_CHECK(end_sessions(unit, account.school_id, account.id, session.token_hash));
    SHIDE_CHECK(unit.audit(account, "second_factor_at"));
    return taken;
  }));
  SHIDE_CHECK(settle(ports, actor, answer));
  return codes;
}

Result<void> turn_off_second_factor(ports::Ports& ports, const Actor& actor, std::string_view code) {
  SHIDE_TRY(state, second_factor(ports, actor));
  if (!state.since) return refused("second_factor.is_off");
  Time now = ports.clock->now();
  SHIDE_TRY(answer, ports.store->transact(actor, "turn_off_second_factor", [&](Unit& unit) -> Result<CodeAnswer> {
    SHIDE_TRY(account, own_account(unit, actor));
    SHIDE_TRY(taken, take_code(unit, account, code, now));
    if (taken != CodeAnswer::kRight) return taken;
    SHIDE_CHECK(forget(unit, account));
    account.second_factor_at.reset();
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(unit.audit(account, "second_factor_at"));
    return taken;
  }));
  return settle(ports, actor, answer);
}

Result<void> reset_second_factor(ports::Ports& ports, const Actor& actor, const Id<Account>& id) {
  if (!actor.has(Role::kItAdmin)) return not_for_this_role();
  if (id == actor.account) return refused("second_factor.not_to_oneself");
  return ports.store->transact(actor, "reset_second_factor", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(account, unit.of<Account>().load(id, privacy::reach(actor, model::DataKind::kAccount)));
    if (!account.second_factor_at) return refused("second_factor.is_off");
    SHIDE_CHECK(forget(unit, account));
    account.second_factor_at.reset();
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(end_sessions(unit, account.school_id, account.id));
    return unit.audit(account, "second_factor_at");
  });
}

}  // namespace shide::workflow
