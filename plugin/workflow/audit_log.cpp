#include "workflow/audit_log.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/known_people.h"
#include "workflow/login.h"

namespace shide::workflow {

using model::Account;
using model::Actor;
using model::AuditEvent;
using model::DataKind;
using ports::Query;
using ports::Unit;

namespace {

constexpr std::string_view kProgram = "token:", kSoftware = "job:";
// They tell of nobody.
constexpr const char* kRunning[] = {"run_outbox", "hold_lease", "take_turn", "keep_session"};
// Written before it is known who acts, so the account they are about is who did it.
constexpr const char* kCameIn = "sign_in";
const std::vector<std::string> kAtTheDoor = {kCameIn, "sign_in_refused"};

using Names = std::map<std::string, std::string>;  // by the id of an account or a token

Result<std::vector<Account>> accounts_of(Unit& unit, const Actor& actor) {
  return unit.of<Account>().list({}, privacy::reach_for_job(actor.school, DataKind::kAccount, "audit_log"));
}

Result<Names> names_of(Unit& unit, const Actor& actor, const std::vector<Account>& accounts) {
  Names names;
  for (const Account& account : accounts) names[account.id.value] = account.name;
  SHIDE_TRY(tokens, unit.of<model::ApiToken>().list({}, privacy::reach_for_job(actor.school, DataKind::kAccount, "audit_log")));
  for (const model::ApiToken& token : tokens) names[token.id.value] = token.name;
  return names;
}

std::vector<std::string> ids_of(const std::vector<Account>& accounts, const std::string& person) {
  std::vector<std::string> ids;
  for (const Account& account : accounts) {
    if (account.name.find(person) != std::string::npos || account.login == fold_login(person)) ids.push_back(account.id.value);
  }
  return ids;
}

Query<AuditEvent> query_of(const AuditFilter& filter) {
  Query<AuditEvent> query;
  for (const char* verb : kRunning) query.where_not(&AuditEvent::verb, verb);
  if (filter.day) query.where_at_least(&AuditEvent::at, time_of(*filter.day)).where_less(&AuditEvent::at, time_of(*filter.day + 1));
  return query.order_by(&AuditEvent::at, true).limit(kAuditRowsShown);
}

using Events = std::vector<AuditEvent>;

/// The newest of several lists, each entry once.
Events newest_of(std::vector<Events> lists) {
  Events all;
  for (Events& list : lists) std::move(list.begin(), list.end(), std::back_inserter(all));
  auto key = [](const AuditEvent& event) { return std::pair(-event.at.microseconds, event.id.value); };
  std::sort(all.begin(), all.end(), [&](const AuditEvent& a, const AuditEvent& b) { return key(a) < key(b); });
  all.erase(std::unique(all.begin(), all.end(), [](const AuditEvent& a, const AuditEvent& b) { return a.id == b.id; }), all.end());
  all.resize(std::min(all.size(), static_cast<std::size_t>(kAuditRowsShown)));
  return all;
}

/// What one did, and what was done to one's account.
Result<Events> events_about(Unit& unit, const model::Reach& reach, const AuditFilter& filter, const std::vector<std::string>& ids) {
  SHIDE_TRY(done_by, unit.of<AuditEvent>().list(query_of(filter).where_one_of(&AuditEvent::actor, ids), reach));
  SHIDE_TRY(done_to, unit.of<AuditEvent>().list(query_of(filter).where_one_of(&AuditEvent::object_id, ids), reach));
  return newest_of({std::move(done_by), std::move(done_to)});
}

/// What people and programs did, and who came in. Only people have roles.
Result<Events> events_of_all(Unit& unit, const model::Reach& reach, const AuditFilter& filter, const Names& names) {
  std::vector<std::string> programs;
  for (const auto& [id, name] : names) programs.push_back(std::string(kProgram) + id);
  SHIDE_TRY(people, unit.of<AuditEvent>().list(query_of(filter).where_not(&AuditEvent::roles, ""), reach));
  SHIDE_TRY(by_program, unit.of<AuditEvent>().list(query_of(filter).where_one_of(&AuditEvent::actor, programs), reach));
  SHIDE_TRY(at_the_door, unit.of<AuditEvent>().list(query_of(filter).where_one_of(&AuditEvent::verb, kAtTheDoor), reach));
  return newest_of({std::move(people), std::move(by_program), std::move(at_the_door)});
}

Result<Events> events_for(Unit& unit, const Actor& actor, const AuditFilter& filter, const std::vector<Account>& accounts, const Names& names) {
  model::Reach reach = privacy::reach(actor, DataKind::kAudit);
  if (!filter.person.empty()) return events_about(unit, reach, filter, ids_of(accounts, filter.person));
  if (filter.software) return unit.of<AuditEvent>().list(query_of(filter), reach);
  return events_of_all(unit, reach, filter, names);
}

AuditRow row_of(const AuditEvent& event, const Names& names) {
  auto name = [&](std::string_view id) {
    auto found = names.find(std::string(id));
    return found == names.end() ? std::string{} : found->second;
  };
  AuditRow row;
  row.event = event;
  std::string_view actor = event.actor;
  if (actor.starts_with(kSoftware)) row.actor = AuditActor::kSoftware;
  else if (actor.starts_with(kProgram)) row.actor = AuditActor::kProgram, row.name = name(actor.substr(kProgram.size()));
  else if (actor == "public") row.actor = AuditActor::kPublic;
  else row.name = name(actor);
  if (event.object_kind == model::Table<Account>::name) row.about = name(event.object_id);
  if (event.verb == kCameIn) row.actor = AuditActor::kPerson, row.name = std::exchange(row.about, "");
  return row;
}

/// Somebody may have typed a child's name: what redaction cannot settle is not shown at all.
Result<void> add_reasons(Unit& unit, const Actor& actor, std::vector<AuditRow>& rows) {
  bool any = std::any_of(rows.begin(), rows.end(), [](const AuditRow& row) { return !row.event.reason.empty(); });
  if (!any) return {};
  SHIDE_TRY(known, known_people(unit, actor.school));
  privacy::NoteContext context;
  context.byline = privacy::Byline::kTeachers;
  for (AuditRow& row : rows) {
    if (row.event.reason.empty()) continue;
    privacy::Redaction reason = privacy::redact(row.event.reason, known, context);
    row.reason_withheld = !reason.left.empty();
    if (!row.reason_withheld) row.reason = std::move(reason.text);
    row.event.reason.clear();
  }
  return {};
}

}  // namespace

Result<std::vector<AuditRow>> audit_log(ports::Ports& ports, const Actor& actor, const AuditFilter& filter) {
  if (!actor.has(model::Role::kAuditor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<AuditRow>> {
    SHIDE_TRY(accounts, accounts_of(unit, actor));
    SHIDE_TRY(names, names_of(unit, actor, accounts));
    SHIDE_TRY(events, events_for(unit, actor, filter, accounts, names));
    std::vector<AuditRow> rows;
    for (const AuditEvent& event : events) rows.push_back(row_of(event, names));
    SHIDE_CHECK(add_reasons(unit, actor, rows));
    return rows;
  });
}

}  // namespace shide::workflow
