#include "workflow/audit_log.h"

#include <algorithm>
#include <map>
#include <set>
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
constexpr const char* kLook = "look";
// They change nothing and tell somebody of a child, a family or a colleague.
const std::vector<std::string> kReading = {kLook, "read_record", "read_redacted", "read_archives", "read_timeline", "take_archives", "reveal_guardian", "reveal_photo"};
// Something left the software as a file.
const std::vector<std::string> kTaking = {"take_archives", "export_log"};
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

std::vector<std::string> ids_of(const std::vector<Account>& accounts, const AuditFilter& filter) {
  if (!filter.who.empty()) return {filter.who};
  std::vector<std::string> ids;
  for (const Account& account : accounts) {
    if (account.name.find(filter.person) != std::string::npos || account.login == fold_login(filter.person)) ids.push_back(account.id.value);
  }
  return ids;
}

/// From ten in the evening to six in the morning of the next day.
struct Span {
  Time from, to;
};
Span night_after(Date day) { return {time_of(day, 22), time_of(day + 1, 6)}; }
bool is_at_night(Time time) {
  Time midnight = time_of(date_of(time));
  return time - midnight < 6 * kHour || time - midnight >= 22 * kHour;
}

/// What every list has in common; one row more than is shown tells that there is a next page.
Query<AuditEvent> query_of(const AuditFilter& filter) {
  Query<AuditEvent> query;
  for (const char* verb : kRunning) query.where_not(&AuditEvent::verb, verb);
  bool has_verbs = true;
  if (filter.view == AuditView::kLooks || filter.view == AuditView::kNight) query.where_one_of(&AuditEvent::verb, kReading);
  else if (filter.view == AuditView::kTaken) query.where_one_of(&AuditEvent::verb, kTaking);
  else has_verbs = false;
  bool names_object = !filter.object.empty() || !filter.student_number.empty();
  if (!has_verbs && !names_object) query.where_not(&AuditEvent::verb, kLook);
  if (!filter.object.empty()) query.where(&AuditEvent::object_id, filter.object);
  if (filter.day && filter.view != AuditView::kNight) query.where_at_least(&AuditEvent::at, time_of(*filter.day)).where_less(&AuditEvent::at, time_of(*filter.day + 1));
  if (filter.before > 0) query.where_less(&AuditEvent::sequence, filter.before);
  return query.order_by(&AuditEvent::sequence, true).limit(static_cast<std::int64_t>(kAuditRowsShown) + 1);
}

using Events = std::vector<AuditEvent>;

/// The newest of several lists, each entry once.
Events newest_of(std::vector<Events> lists) {
  Events all;
  for (Events& list : lists) std::move(list.begin(), list.end(), std::back_inserter(all));
  std::sort(all.begin(), all.end(), [](const AuditEvent& a, const AuditEvent& b) { return a.sequence > b.sequence; });
  all.erase(std::unique(all.begin(), all.end(), [](const AuditEvent& a, const AuditEvent& b) { return a.sequence == b.sequence; }), all.end());
  all.resize(std::min(all.size(), kAuditRowsShown + 1));
  return all;
}

/// The question of a list, with its filter, asked of the log.
class Asker {
 public:
  Asker(Unit& unit, const Actor& actor, const AuditFilter& filter, Time now)
      : unit_(unit), reach_(privacy::reach(actor, DataKind::kAudit)), filter_(filter), now_(now) {}

  /// What people and programs did, and who came in. Only people have roles.
  Result<Events> of_all(const Names& names) const {
    std::vector<std::string> programs;
    for (const auto& [id, name] : names) programs.push_back(std::string(kProgram) + id);
    SHIDE_TRY(people, ask([](Query<AuditEvent>& query) { query.where_not(&AuditEvent::roles, ""); }));
    SHIDE_TRY(by_program, ask([&](Query<AuditEvent>& query) { query.where_one_of(&AuditEvent::actor, programs); }));
    if (filter_.view != AuditView::kDone) return newest_of({std::move(people), std::move(by_program)});
    SHIDE_TRY(at_the_door, ask([](Query<AuditEvent>& query) { query.where_one_of(&AuditEvent::verb, kAtTheDoor); }));
    return newest_of({std::move(people), std::move(by_program), std::move(at_the_door)});
  }

  /// What one did, and what was done to one's account.
  Result<Events> about(const std::vector<std::string>& accounts) const {
    SHIDE_TRY(done_by, ask([&](Query<AuditEvent>& query) { query.where_one_of(&AuditEvent::actor, accounts); }));
    SHIDE_TRY(done_to, ask([&](Query<AuditEvent>& query) { query.where_one_of(&AuditEvent::object_id, accounts); }));
    return newest_of({std::move(done_by), std::move(done_to)});
  }

  Result<Events> of_objects(const std::vector<std::string>& objects) const {
    return ask([&](Query<AuditEvent>& query) { query.where_one_of(&AuditEvent::object_id, objects); });
  }

  Result<Events> everything() const { return ask([](Query<AuditEvent>&) {}); }

 private:
  template <class F>
  Result<Events> ask(F&& narrow) const {
    Query<AuditEvent> query = query_of(filter_);
    narrow(query);
    return filter_.view == AuditView::kNight ? by_night(query) : unit_.of<AuditEvent>().list(query, reach_);
  }

  /// Night by night from the newest, so that the database looks only at nights.
  Result<Events> by_night(const Query<AuditEvent>& query) const {
    Date last = filter_.day.value_or(date_of(now_)), first = filter_.day ? *filter_.day : last + -kNightsBack;
    Events found;
    for (Date day = last; day >= first && found.size() <= kAuditRowsShown; day = day + -1) {
      Span night = night_after(day);
      Query<AuditEvent> of_night = query;
      SHIDE_TRY(events, unit_.of<AuditEvent>().list(of_night.where_at_least(&AuditEvent::at, night.from).where_less(&AuditEvent::at, night.to), reach_));
      std::move(events.begin(), events.end(), std::back_inserter(found));
    }
    return found;
  }

  Unit& unit_;
  model::Reach reach_;
  const AuditFilter& filter_;
  Time now_;
};

/// Everything that is a row of the visit, whatever it holds.
Result<void> add_rows_of_visit(Unit& unit, const Actor& actor, const std::string& visit, std::vector<std::string>& ids) {
  Result<void> outcome;
  model::for_each_table([&]<class T>() {
    if constexpr (model::Placed<T>) {
      if (!outcome) return;
      auto rows = unit.of<T>().list(Query<T>{}.where(&model::Place::visit_id, visit), privacy::reach_for_job(actor.school, model::Table<T>::kind, "trace_child"));
      if (auto* error = rows.if_error()) outcome = std::move(*error);
      else for (const T& row : *rows) ids.push_back(row.id.value);
    }
  });
  return outcome;
}

/// The pupil in all its years, its visits, and what belongs to them; empty when nobody has the number.
Result<std::vector<std::string>> ids_of_child(Unit& unit, const Actor& actor, const std::string& student_number) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(actor.school, kind, "trace_child"); };
  SHIDE_TRY(pupils, unit.of<model::Student>().list(Query<model::Student>{}.where(&model::Student::student_number, student_number), all(DataKind::kRegister)));
  std::vector<std::string> ids;
  for (const model::Student& one : pupils) ids.push_back(one.id.value);
  std::vector<std::string> students = ids;
  SHIDE_TRY(visits, unit.of<model::Visit>().list(Query<model::Visit>{}.where_one_of(&model::Visit::student_id, students), all(DataKind::kVisit)));
  for (const model::Visit& visit : visits) {
    ids.push_back(visit.id.value);
    SHIDE_CHECK(add_rows_of_visit(unit, actor, visit.id.value, ids));
  }
  return ids;
}

Result<Events> events_for(Unit& unit, const Actor& actor, const AuditFilter& filter, const std::vector<Account>& accounts, const Names& names, Time now) {
  Asker asker(unit, actor, filter, now);
  if (!filter.student_number.empty()) {
    SHIDE_TRY(ids, ids_of_child(unit, actor, filter.student_number));
    if (ids.empty()) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("student_number", {"audit.no_such_number"});
    return asker.of_objects(ids);
  }
  if (!filter.object.empty()) return asker.everything();
  if (!filter.person.empty() || !filter.who.empty()) return asker.about(ids_of(accounts, filter));
  return filter.software ? asker.everything() : asker.of_all(names);
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

Result<AuditPage> page_of(Unit& unit, const Actor& actor, Events events, const Names& names) {
  AuditPage page;
  if (events.size() > kAuditRowsShown) {
    events.resize(kAuditRowsShown);
    page.next = events.back().sequence;
  }
  for (const AuditEvent& event : events) page.rows.push_back(row_of(event, names));
  SHIDE_CHECK(add_reasons(unit, actor, page.rows));
  return page;
}

/// Who asks about a child is in the log like whoever else looked.
Result<void> note_question(ports::Ports& ports, const Actor& actor, const AuditFilter& filter) {
  if (filter.student_number.empty() || filter.before > 0) return {};
  return ports.store->transact(actor, "trace_child", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(pupil, unit.of<model::Student>().first(Query<model::Student>{}.where(&model::Student::student_number, filter.student_number),
                                                     privacy::reach_for_job(actor.school, DataKind::kRegister, "trace_child")));
    return unit.audit(pupil, "audit_events");
  });
}

}  // namespace

Result<AuditPage> audit_log(ports::Ports& ports, const Actor& actor, const AuditFilter& filter) {
  if (!actor.has(model::Role::kAuditor)) return not_found();
  Time now = ports.clock->now();
  SHIDE_TRY(page, ports.store->read(actor, [&](Unit& unit) -> Result<AuditPage> {
    SHIDE_TRY(accounts, accounts_of(unit, actor));
    SHIDE_TRY(names, names_of(unit, actor, accounts));
    SHIDE_TRY(events, events_for(unit, actor, filter, accounts, names, now));
    return page_of(unit, actor, std::move(events), names);
  }));
  SHIDE_CHECK(note_question(ports, actor, filter));
  return std::move(page);
}

Result<AuditRow> audit_entry(ports::Ports& ports, const Actor& actor, const Id<AuditEvent>& id) {
  if (!actor.has(model::Role::kAuditor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<AuditRow> {
    SHIDE_TRY(event, unit.of<AuditEvent>().load(id, privacy::reach(actor, DataKind::kAudit)));
    SHIDE_TRY(accounts, accounts_of(unit, actor));
    SHIDE_TRY(names, names_of(unit, actor, accounts));
    std::vector<AuditRow> rows = {row_of(event, names)};
    SHIDE_CHECK(add_reasons(unit, actor, rows));
    return std::move(rows.front());
  });
}

Result<Readers> readers(ports::Ports& ports, const Actor& actor, Date from, Date to) {
  if (!actor.has(model::Role::kAuditor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<Readers> {
    SHIDE_TRY(accounts, accounts_of(unit, actor));
    SHIDE_TRY(looks, unit.of<AuditEvent>().list(Query<AuditEvent>{}.where_one_of(&AuditEvent::verb, kReading).where_at_least(&AuditEvent::at, time_of(from))
        .where_less(&AuditEvent::at, time_of(to + 1)).order_by(&AuditEvent::sequence, true).limit(kLooksCounted + 1), privacy::reach(actor, DataKind::kAudit)));
    Readers found;
    found.is_partial = static_cast<std::int64_t>(looks.size()) > kLooksCounted;
    std::map<std::string, Reader> by_account;
    std::map<std::string, std::set<std::string>> seen;
    for (const AuditEvent& look : looks) {
      Reader& reader = by_account[look.actor];
      ++reader.looks;
      reader.at_night += is_at_night(look.at);
      reader.last = std::max(reader.last, look.at);
      seen[look.actor].insert(look.object_id);
    }
    for (const Account& account : accounts) {
      auto reader = by_account.find(account.id.value);
      if (reader == by_account.end()) continue;
      reader->second.account = account.id;
      reader->second.name = account.name;
      reader->second.children = static_cast<std::int64_t>(seen[account.id.value].size());
      found.list.push_back(reader->second);
    }
    std::sort(found.list.begin(), found.list.end(), [](const Reader& a, const Reader& b) { return std::pair(a.children, a.looks) > std::pair(b.children, b.looks); });
    return found;
  });
}

}  // namespace shide::workflow
