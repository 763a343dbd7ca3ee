#include "workflow/first_administrator.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/login.h"
#include "workflow/password.h"

namespace shide::workflow {

using model::Account;
using model::School;
using model::SetupLink;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kLinkLife = 24 * kHour;
constexpr std::size_t kTokenBytes = 24;  // 192 bits: nobody guesses one

// Before there is a school the link belongs to none.
model::Actor founder() { return job_actor({}, "first_administrator"); }
model::Reach account_reach() { return privacy::reach_for_job({}, model::DataKind::kAccount, "first_administrator"); }

Result<bool> has_administrator(Unit& unit) {
  SHIDE_TRY(accounts, unit.of<Account>().list({}, account_reach()));
  return std::any_of(accounts.begin(), accounts.end(), [](const Account& one) { return one.roles.count(model::Role::kItAdmin) > 0 && !one.disabled; });
}

Result<SetupLink> link_of(Unit& unit, std::string_view token, Time now) {
  SHIDE_TRY(link, unit.of<SetupLink>().first(Query<SetupLink>{}.where(&SetupLink::token_hash, sha256_hex(token)), account_reach()));
  if (link.expires_at <= now) return not_found();
  return link;
}

struct Founding {
  School school;
  Account account;
};

Result<Founding> check_form(const SetupForm& form) {
  FieldCheck check;
  Founding founding;
  founding.school.name = check.line("school_name", form.school_name, {2, 60});
  founding.school.short_name = check.line("short_name", form.short_name, {2, 20});
  founding.school.site_name = check.line("site_name", form.site_name, {1, 40});
  founding.school.section_name = check.line("section_name", form.section_name, {1, 40});
  founding.school.district_name = check.line("district_name", form.district_name, {0, 60});
  founding.account.name = check.line("name", form.name, {1, 40});
  founding.account.login = check_login(check, "login", form.login);
  if (!is_strong_password(form.password)) check.problem("password", {"sign_in.password_weak"});
  if (!check.fine()) return check.error();
  founding.account.roles = {model::Role::kItAdmin};
  return founding;
}

// A school whose last administrator was lost gets a new one; it is not founded twice.
Result<void> save_school(Unit& unit, School& school, const Id<School>& new_school) {
  Result<School> standing = unit.of<School>().first({});
  if (auto* error = standing.if_error(); error && error->code != ErrorCode::kNotFound) return std::move(*error);
  school.id = school.school_id = standing ? standing->id : new_school;
  if (standing) {
    school.version = standing->version;
    school.site_url = standing->site_url;
    school.breadcrumb = standing->breadcrumb;
    school.demo = standing->demo;
  }
  return unit.of<School>().save(school);
}

}  // namespace

Result<std::string> offer_setup(ports::Ports& ports) {
  std::string token = random_token(kTokenBytes);
  Time now = ports.clock->now();
  Id<SetupLink> id = new_id<SetupLink>(now);
  return ports.store->transact(founder(), "offer_setup", [&](Unit& unit) -> Result<std::string> {
    SHIDE_TRY(taken, has_administrator(unit));
    if (taken) return Error{ErrorCode::kDuplicate, {"setup.has_administrator"}};
    SHIDE_TRY(earlier, unit.of<SetupLink>().list({}, account_reach()));
    for (const SetupLink& link : earlier) SHIDE_CHECK(unit.of<SetupLink>().erase(link));
    SetupLink link;
    link.id = id;
    link.token_hash = sha256_hex(token);
    link.expires_at = now + kLinkLife;
    SHIDE_CHECK(unit.of<SetupLink>().save(link));
    SHIDE_CHECK(unit.audit(link, "token_hash expires_at"));
    return token;
  });
}

Result<void> check_setup_token(ports::Ports& ports, std::string_view token) {
  return ports.store->read(founder(), [&](Unit& unit) -> Result<void> {
    Result<SetupLink> link = link_of(unit, token, ports.clock->now());
    if (auto* error = link.if_error()) return std::move(*error);
    return {};
  });
}

Result<Account> set_up_school(ports::Ports& ports, std::string_view token, const SetupForm& form) {
  SHIDE_CHECK(check_setup_token(ports, token));  // a guesser learns nothing about the form
  SHIDE_TRY(founding, check_form(form));
  SHIDE_TRY(hash, ports.cipher->hash_password(form.password));
  Time now = ports.clock->now();
  Id<School> new_school = new_id<School>(now);
  Id<Account> new_account = new_id<Account>(now);
  return ports.store->transact(founder(), "set_up_school", [&](Unit& unit) -> Result<Account> {
    SHIDE_TRY(link, link_of(unit, token, now));
    SHIDE_CHECK(unit.of<SetupLink>().erase(link));
    School school = founding.school;
    SHIDE_CHECK(save_school(unit, school, new_school));
    SHIDE_CHECK(unit.audit(school, "name short_name site_name section_name district_name"));
    Account account = founding.account;
    account.id = new_account;
    account.school_id = school.id;
    account.password_hash = hash;
    Result<void> saved = unit.of<Account>().save(account);
    if (!saved) return login_taken(std::move(*saved.if_error()));
    SHIDE_CHECK(unit.audit(account, "login name roles password_hash"));
    return account;
  });
}

}  // namespace shide::workflow
