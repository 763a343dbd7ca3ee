#include "workflow/sign_in.h"

#include "base/digest.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/school_year.h"
#include "workflow/lockout.h"
#include "workflow/login.h"
#include "workflow/password.h"
#include "workflow/second_factor.h"
#include "workflow/sessions.h"
#include "workflow/slips.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::DataKind;
using model::Session;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kAbsolute = 8 * kHour;
constexpr std::int64_t kTouchEvery = 5 * kMinute;

// Signing in comes before anybody's school is known.
Actor doorkeeper() {
  Actor actor;
  actor.job = "sign_in";
  return actor;
}

model::Reach account_reach(const Id<model::School>& school = {}) { return privacy::reach_for_job(school, DataKind::kAccount, "sign_in"); }

Error wrong_password(int left) {
  return {ErrorCode::kUnauthenticated, left <= 1 ? Phrase{"sign_in.wrong_last"} : Phrase{"sign_in.wrong"}};
}

Error locked() { return {ErrorCode::kTooMany, {"sign_in.locked", {{"minutes", static_cast<std::int64_t>(kLock / kMinute)}}}}; }

// Roles that follow from the school's own order, today.
Result<void> add_duties(Unit& unit, Actor& actor, Date today) {
  if (actor.teacher.empty()) return {};
  std::string year = visit::school_year_of(today);
  SHIDE_TRY(classes, unit.of<model::SchoolClass>().list(Query<model::SchoolClass>{}
      .where(&model::SchoolClass::homeroom_teacher_id, actor.teacher).where(&model::SchoolClass::school_year, year)));
  for (const auto& one : classes) actor.classes.insert(one.id.value);
  if (!classes.empty()) actor.roles.insert(model::Role::kHomeroomTeacher);
  SHIDE_TRY(groups, unit.of<model::GradeGroup>().list(Query<model::GradeGroup>{}
      .where(&model::GradeGroup::leader_id, actor.teacher).where(&model::GradeGroup::school_year, year)));
  for (const auto& one : groups) actor.grade_groups.insert(one.id.value);
  if (!groups.empty()) actor.roles.insert(model::Role::kGradeLeader);
  return {};
}

Result<Actor> actor_of(Unit& unit, const Account& account, Date today) {
  Actor actor;
  actor.account = account.id;
  actor.school = account.school_id;
  actor.teacher = account.teacher_id;
  actor.name = account.name;
  actor.roles = account.roles;
  SHIDE_CHECK(add_duties(unit, actor, today));
  return actor;
}

Result<Account> account_of_login(ports::Ports& ports, std::string_view login) {
  std::optional<std::string> cleaned = clean_line(login);
  if (!cleaned || cleaned->empty() || cleaned->size() > 100) return not_found();
  return ports.store->read(doorkeeper(), [&](Unit& unit) {
    return unit.of<Account>().first(Query<Account>{}.where(&Account::login, fold_login(*cleaned)), account_reach());
  });
}

SecondFactorDue due_of(const ports::Ports& ports, const Account& account, const Session& session) {
  if (ports.second_factor == ports::SecondFactorPolicy::kOff || session.second_factor_at) return SecondFactorDue::kNothing;
  if (account.second_factor_at) return SecondFactorDue::kCode;
  bool required = ports.second_factor == ports::SecondFactorPolicy::kRequired && must_have_second_factor(account.roles);
  return required ? SecondFactorDue::kSetUp : SecondFactorDue::kNothing;
}

/// The roles come with what is due.
SignedIn signed_in_as(Actor actor, const Account& account, std::string token, std::string csrf, SecondFactorDue due) {
  if (due != SecondFactorDue::kNothing) {
    actor.roles.clear();
    actor.classes.clear();
    actor.grade_groups.clear();
    actor.teacher = {};
  }
  return {std::move(actor), std::move(token), std::move(csrf), account.must_change_password, due};
}

/// A session to be saved: its secrets are made outside the transaction.
struct NewSession {
  Id<Session> id = {};
  std::string token = random_token(32), csrf = random_token(24);
  Time now = {};
  std::string site_session = {};
  std::optional<Time> second_factor_at = {};
  std::string replaces = {};  // token_hash of the half session that it takes the place of
};

/// The half session goes; the site it came from is the whole one's too.
Result<void> replace_half_session(Unit& unit, const Account& account, NewSession& fresh) {
  if (fresh.replaces.empty()) return {};
  SHIDE_TRY(half, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, fresh.replaces), account_reach(account.school_id)));
  fresh.site_session = half.site_session;
  return unit.of<Session>().erase(half);
}

Result<Session> save_session(Unit& unit, const Account& account, const NewSession& fresh) {
  Session session;
  session.id = fresh.id;
  session.school_id = account.school_id;
  session.token_hash = sha256_hex(fresh.token);
  session.csrf = fresh.csrf;
  session.account_id = account.id;
  session.created_at = session.seen_at = fresh.now;
  session.expires_at = fresh.now + kAbsolute;
  session.site_session = fresh.site_session;
  session.second_factor_at = fresh.second_factor_at;
  SHIDE_CHECK(unit.of<Session>().save(session));
  return session;
}

Result<SignedIn> open_session(ports::Ports& ports, const Account& account, NewSession fresh) {
  fresh.now = ports.clock->now();
  fresh.id = new_id<Session>(fresh.now);
  Actor keeper = doorkeeper();
  keeper.school = account.school_id;
  return ports.store->transact(keeper, "sign_in", [&](Unit& unit) -> Result<SignedIn> {
    SHIDE_TRY(known, unit.of<Account>().load(account.id, account_reach(account.school_id)));
    SHIDE_CHECK(replace_half_session(unit, known, fresh));
    SHIDE_TRY(session, save_session(unit, known, fresh));
    SecondFactorDue due = due_of(ports, known, session);
    // A known password must not win new guesses at the code.
    if (due != SecondFactorDue::kCode) {
      known.failures = 0;
      known.locked_until.reset();
    }
    SHIDE_CHECK(unit.of<Account>().save(known));
    SHIDE_CHECK(unit.audit(known, "session"));
    SHIDE_TRY(actor, actor_of(unit, known, date_of(fresh.now)));
    return signed_in_as(std::move(actor), known, fresh.token, fresh.csrf, due);
  });
}

Result<int> note_failure(ports::Ports& ports, const Account& account) {
  Time now = ports.clock->now();
  Actor keeper = doorkeeper();
  keeper.school = account.school_id;
  return ports.store->transact(keeper, "sign_in_refused", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(fresh, unit.of<Account>().load(account.id, account_reach(account.school_id)));
    int left = count_failure(fresh, now);
    SHIDE_CHECK(unit.of<Account>().save(fresh));
    SHIDE_CHECK(unit.audit(fresh, "failures"));
    return left;
  });
}

/// The account whose slip has this code; none for a code that is no slip's.
Result<Id<Account>> slip_account(ports::Ports& ports, std::string_view code, const Id<model::School>& school = {}) {
  Actor keeper = doorkeeper();
  keeper.school = school;
  Time now = ports.clock->now();
  auto slip = ports.store->read(keeper, [&](Unit& unit) { return slip_of(unit, school, code, now); });
  if (slip) return slip->account_id;
  if (slip.error().code == ErrorCode::kNotFound) return Id<Account>{};
  return slip.error();
}

Error weak_password() { return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("password", {"sign_in.password_weak"}); }

}  // namespace

// A login that nobody has goes the way of one that somebody has, look-up by look-up, so that neither answer nor time tells them apart.
Result<SignedIn> sign_in(ports::Ports& ports, std::string_view login, std::string_view password) {
  if (password.size() > 1000) return wrong_password(kFailuresAllowed);
  Result<Account> account = account_of_login(ports, login);
  if (auto* error = account.if_error(); error && error->code != ErrorCode::kNotFound) return std::move(*error);
  Result<Actor> visitor = public_actor(ports);
  if (!visitor) return visitor.error().code == ErrorCode::kNotFound ? wrong_password(kFailuresAllowed) : visitor.error();
  SHIDE_TRY(unknown_is_locked, unknown_login_is_locked(ports, visitor->school, login));
  if (account ? is_locked(*account, ports.clock->now()) : unknown_is_locked) return locked();
  SHIDE_TRY(holder, slip_account(ports, password));
  bool is_slip = account && !account->disabled && holder == account->id;
  if (is_slip) return open_session(ports, *account, {});
  bool may_enter = account && !account->disabled && !account->password_hash.empty();
  if (may_enter && ports.cipher->password_matches(password, account->password_hash)) return open_session(ports, *account, {});
  if (!may_enter) (void)ports.cipher->hash_password(password);
  SHIDE_TRY(left, account ? note_failure(ports, *account) : note_unknown_login(ports, visitor->school, login));
  return left <= 0 ? locked() : wrong_password(left);
}

Result<SignedIn> give_code(ports::Ports& ports, std::string_view token, std::string_view code) {
  SHIDE_TRY(half, resume_session(ports, token));
  if (half.due != SecondFactorDue::kCode) return Error{ErrorCode::kUnauthenticated, {"sign_in.over"}};
  SHIDE_CHECK(take_code(ports, half.actor, code));
  SHIDE_TRY(account, ports.store->read(half.actor, [&](Unit& unit) { return unit.of<Account>().load(half.actor.account, account_reach(half.actor.school)); }));
  return open_session(ports, account, {.second_factor_at = ports.clock->now(), .replaces = sha256_hex(token)});
}

Result<SlipHolder> slip_holder(ports::Ports& ports, std::string_view code) {
  Time now = ports.clock->now();
  return ports.store->read(doorkeeper(), [&](Unit& unit) -> Result<SlipHolder> {
    SHIDE_TRY(slip, slip_of(unit, {}, code, now));
    SHIDE_TRY(account, unit.of<Account>().load(slip.account_id, account_reach()));
    if (account.disabled) return not_found();
    return SlipHolder{account.name, account.login, slip.expires_at};
  });
}

Result<SignedIn> enter_by_slip(ports::Ports& ports, std::string_view code, std::string_view password) {
  SHIDE_TRY(holder, slip_account(ports, code));
  if (holder.empty()) return not_found();
  if (!is_strong_password(password)) return weak_password();
  SHIDE_TRY(hash, ports.cipher->hash_password(password));
  Time now = ports.clock->now();
  SHIDE_TRY(known, ports.store->read(doorkeeper(), [&](Unit& unit) { return unit.of<Account>().load(holder, account_reach()); }));
  Actor keeper = doorkeeper();
  keeper.school = known.school_id;
  SHIDE_TRY(entered, ports.store->transact(keeper, "use_slip", [&](Unit& unit) -> Result<Account> {
    SHIDE_TRY(slip, slip_of(unit, keeper.school, code, now));  // once: of two at the same time one finds none
    SHIDE_TRY(account, unit.of<Account>().load(slip.account_id, account_reach(keeper.school)));
    if (account.disabled) return not_found();
    account.password_hash = hash;
    account.must_change_password = false;
    SHIDE_CHECK(unit.of<Account>().save(account));
    SHIDE_CHECK(void_slips(unit, keeper.school, account.id));
    SHIDE_CHECK(end_sessions(unit, keeper.school, account.id));
    SHIDE_CHECK(unit.audit(account, "password_hash must_change_password"));
    return account;
  }));
  return open_session(ports, entered, {});
}

Result<SignedIn> sign_in_demo(ports::Ports& ports, std::string_view login) {
  SHIDE_TRY(account, account_of_login(ports, login));
  SHIDE_TRY(school, ports.store->read(doorkeeper(), [&](Unit& unit) { return unit.of<model::School>().load(account.school_id); }));
  if (!school.demo || account.disabled) return not_found();
  return open_session(ports, account, {.second_factor_at = ports.clock->now()});
}

Result<SignedIn> sign_in_from_site(ports::Ports& ports, const Id<Account>& account, std::string_view site_session) {
  SHIDE_TRY(found, ports.store->read(doorkeeper(), [&](Unit& unit) { return unit.of<Account>().load(account, account_reach()); }));
  if (found.disabled) return Error{ErrorCode::kUnauthenticated, {"site.account_closed"}};
  return open_session(ports, found, {.site_session = std::string(site_session)});
}

Result<SignedIn> sign_in_from_host(ports::Ports& ports, std::string_view login) {
  SHIDE_TRY(account, account_of_login(ports, login));
  return account.disabled ? Result<SignedIn>(not_found()) : open_session(ports, account, {});
}

Result<SignedIn> resume_session(ports::Ports& ports, std::string_view token) {
  Error over{ErrorCode::kUnauthenticated, {"sign_in.over"}};
  if (token.empty() || token.size() > 200) return over;
  Time now = ports.clock->now();
  bool touch = false;
  Session session;
  Result<SignedIn> resumed = ports.store->read(doorkeeper(), [&](Unit& unit) -> Result<SignedIn> {
    SHIDE_TRY(found, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(token)), account_reach()));
    session = found;
    touch = now - found.seen_at > kTouchEvery;
    if (is_over(found, now)) return over;
    SHIDE_TRY(account, unit.of<Account>().load(found.account_id, account_reach()));
    if (account.disabled) return over;
    SHIDE_TRY(actor, actor_of(unit, account, date_of(now)));
    return signed_in_as(std::move(actor), account, std::string(token), found.csrf, due_of(ports, account, found));
  });
  if (auto* error = resumed.if_error()) return error->code == ErrorCode::kNotFound ? over : std::move(*error);
  if (touch) {
    Actor keeper = doorkeeper();
    keeper.school = session.school_id;
    // A lost race only means that another request of the same session did it.
    (void)ports.store->transact(keeper, "keep_session", [&](Unit& unit) -> Result<void> {
      SHIDE_TRY(fresh, unit.of<Session>().load(session.id, account_reach(session.school_id)));
      fresh.seen_at = now;
      SHIDE_CHECK(unit.of<Session>().save(fresh));
      return unit.audit(fresh, "seen_at");
    });
  }
  return resumed;
}

Result<std::string> sign_out(ports::Ports& ports, const Actor& actor, std::string_view token) {
  return ports.store->transact(actor, "sign_out", [&](Unit& unit) -> Result<std::string> {
    SHIDE_TRY(session, unit.of<Session>().first(Query<Session>{}.where(&Session::token_hash, sha256_hex(token)), account_reach(actor.school)));
    SHIDE_CHECK(unit.of<Session>().erase(session));
    SHIDE_CHECK(unit.audit(session, ""));
    return session.site_session;
  });
}

Result<Actor> actor_of_token(ports::Ports& ports, std::string_view token) {
  Error unknown{ErrorCode::kUnauthenticated, {"sign_in.token_unknown"}};
  if (token.empty() || token.size() > 200) return unknown;
  Time now = ports.clock->now();
  Result<model::ApiToken> found = ports.store->read(doorkeeper(), [&](Unit& unit) {
    return unit.of<model::ApiToken>().first(Query<model::ApiToken>{}.where(&model::ApiToken::token_hash, sha256_hex(token)), account_reach());
  });
  if (auto* error = found.if_error()) return error->code == ErrorCode::kNotFound ? unknown : std::move(*error);
  if (found->revoked_at || (found->expires_at && *found->expires_at <= now)) return unknown;
  Actor actor;
  actor.account = {found->id.value};
  actor.school = found->school_id;
  actor.name = found->name;
  for (std::string_view scope : split(found->scopes, ' ')) {
    if (!scope.empty()) actor.scopes.insert(std::string(scope));
  }
  return actor;
}

Result<void> check_own_password(ports::Ports& ports, const Actor& actor, std::string_view password, std::string_view field) {
  SHIDE_TRY(account, ports.store->read(actor, [&](Unit& unit) { return unit.of<Account>().load(actor.account, account_reach(actor.school)); }));
  if (is_locked(account, ports.clock->now())) return locked();
  SHIDE_TRY(holder, slip_account(ports, password, actor.school));
  bool is_known = holder == actor.account || (!account.password_hash.empty() && ports.cipher->password_matches(password, account.password_hash));
  if (is_known) return {};
  SHIDE_TRY(left, note_failure(ports, account));
  if (left <= 0) return locked();
  return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with(std::string(field), {"sign_in.password_other"});
}

Result<void> change_password(ports::Ports& ports, const Actor& actor, std::string_view current, std::string_view next) {
  if (!is_strong_password(next)) return weak_password();
  SHIDE_CHECK(check_own_password(ports, actor, current, "current"));
  SHIDE_TRY(hash, ports.cipher->hash_password(next));
  return ports.store->transact(actor, "change_password", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(fresh, unit.of<Account>().load(actor.account, account_reach(actor.school)));
    fresh.password_hash = hash;
    fresh.must_change_password = false;
    SHIDE_CHECK(unit.of<Account>().save(fresh));
    SHIDE_CHECK(void_slips(unit, actor.school, actor.account));
    SHIDE_CHECK(end_sessions(unit, actor.school, actor.account));
    return unit.audit(fresh, "password_hash");
  });
}

Result<Actor> public_actor(ports::Ports& ports) {
  SHIDE_TRY(school, ports.store->read(doorkeeper(), [&](Unit& unit) { return unit.of<model::School>().first(Query<model::School>{}); }));
  Actor actor;
  actor.school = school.id;
  return actor;
}

}  // namespace shide::workflow
