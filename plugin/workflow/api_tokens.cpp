#include "workflow/api_tokens.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Actor;
using model::ApiToken;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::int64_t kMostDays = 3660;

bool is_administrator(const Actor& actor) { return actor.has(model::Role::kItAdmin); }
model::Reach token_reach(const Actor& actor) { return privacy::reach(actor, model::DataKind::kAccount); }

Result<ApiToken> check_form(const TokenForm& form, Time now) {
  FieldCheck check;
  ApiToken row;
  row.name = check.line("name", form.name, {1, 60});
  row.scopes = form.scope;
  const auto& known = token_scopes();
  if (std::find(known.begin(), known.end(), form.scope) == known.end()) check.problem("scope", {"field.not_offered"});
  if (!form.days.empty()) row.expires_at = now + check.number("days", form.days, 1, kMostDays) * kDay;
  row.created_at = now;
  if (!check.fine()) return check.error();
  return row;
}

}  // namespace

const std::vector<std::string>& token_scopes() {
  static const std::vector<std::string> scopes = {"archive:read"};
  return scopes;
}

Result<std::vector<ApiToken>> tokens(ports::Ports& ports, const Actor& actor) {
  if (!is_administrator(actor)) return not_for_this_role();
  return ports.store->read(actor, [&](Unit& unit) { return unit.of<ApiToken>().list(Query<ApiToken>{}.newest_first(), token_reach(actor)); });
}

Result<IssuedToken> issue_token(ports::Ports& ports, const Actor& actor, const TokenForm& form) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  SHIDE_TRY(checked, check_form(form, now));
  std::string token = random_token(32);
  Id<ApiToken> id = new_id<ApiToken>(now);
  return ports.store->transact(actor, "issue_token", [&](Unit& unit) -> Result<IssuedToken> {
    ApiToken row = checked;
    row.id = id;
    row.school_id = actor.school;
    row.token_hash = sha256_hex(token);
    SHIDE_CHECK(unit.of<ApiToken>().save(row));
    SHIDE_CHECK(unit.audit(row, "name scopes expires_at"));
    return IssuedToken{row, token};
  });
}

Result<ApiToken> revoke_token(ports::Ports& ports, const Actor& actor, const Id<ApiToken>& id) {
  if (!is_administrator(actor)) return not_for_this_role();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "revoke_token", [&](Unit& unit) -> Result<ApiToken> {
    SHIDE_TRY(row, unit.of<ApiToken>().load(id, token_reach(actor)));
    if (row.revoked_at) return row;
    row.revoked_at = now;
    SHIDE_CHECK(unit.of<ApiToken>().save(row));
    SHIDE_CHECK(unit.audit(row, "revoked_at"));
    return row;
  });
}

}  // namespace shide::workflow
