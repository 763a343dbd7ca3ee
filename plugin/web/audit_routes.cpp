#include "web/audit_routes.h"

#include <array>

#include "audit/log_file.h"
#include "base/text.h"
#include "base/web_address.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/audit_log.h"
#include "workflow/audit_tree.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::AuditActor;
using workflow::AuditFilter;
using workflow::AuditRow;
using workflow::AuditView;

constexpr std::array<std::string_view, 4> kViews = {"", "looks", "night", "taken"};  // in the order of AuditView
constexpr int kDaysCounted = 7;

std::string who(const Call& call, const AuditRow& row) {
  switch (row.actor) {
    case AuditActor::kSoftware: return call.say({"audit.software"});
    case AuditActor::kPublic: return call.say({"audit.public"});
    case AuditActor::kProgram: return call.say({"audit.program", {{"name", row.name}}});
    case AuditActor::kPerson: break;
  }
  return row.name;
}

std::string roles_of(const Call& call, const AuditRow& row) {
  std::vector<std::string> words;
  for (std::string_view role : split(row.event.roles, ' ')) {
    if (!role.empty()) words.push_back(call.say({"role." + std::string(role)}));
  }
  return join(words, call.say({"my.and"}));
}

std::string what(const Call& call, const AuditRow& row) {
  bool is_demo = row.event.verb.starts_with("demo_");
  std::string words = call.say({"audit_verb." + (is_demo ? "demo" : row.event.verb)});
  return row.about.empty() ? words : call.say({"audit.about", {{"what", words}, {"name", row.about}}});
}

std::string why(const Call& call, const AuditRow& row) { return row.reason_withheld ? call.say({"audit.withheld"}) : row.reason; }

json row_view(const Call& call, const AuditRow& row) {
  return {{"at", day_and_time_text(row.event.at, call.language())}, {"who", who(call, row)}, {"roles", roles_of(call, row)}, {"what", what(call, row)},
          {"why", why(call, row)}, {"address", call.link("/audit/" + row.event.id.value)}};
}

/// As it was asked, without the place in the list.
AuditFilter filter_in(const Call& call, std::vector<Problem>& problems) {
  AuditFilter filter;
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (call.query("view") == kViews[i]) filter.view = static_cast<AuditView>(i);
  }
  filter.person = trim(call.query("person"));
  filter.student_number = trim(to_half_width(call.query("student_number")));
  if (is_uuid(call.query("who"))) filter.who = call.query("who");
  if (is_uuid(call.query("object"))) filter.object = call.query("object");
  filter.day = parse_date(call.query("day"));
  filter.software = call.query("software") == "yes";
  if (!call.query("day").empty() && !filter.day) problems.push_back({"day", {"field.no_such_day"}});
  if (filter.student_number.size() > 40) problems.push_back({"student_number", {"audit.no_such_number"}});
  return filter;
}

/// The same list from another place, or another list: the question stays.
std::string address_of(const Call& call, const AuditFilter& filter, std::int64_t before = 0) {
  std::string query;
  auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + encode_component(value);
  };
  add("view", kViews[static_cast<std::size_t>(filter.view)]);
  add("person", filter.person);
  add("who", filter.who);
  add("object", filter.object);
  add("student_number", filter.student_number);
  add("day", filter.day ? to_text(*filter.day) : "");
  add("software", filter.software ? "yes" : "");
  add("before", before > 0 ? std::to_string(before) : "");
  return call.link("/audit" + query);
}

json tabs(const Call& call, const AuditFilter& filter, bool of_readers) {
  json list = json::array();
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    AuditFilter other = filter;
    other.view = static_cast<AuditView>(i);
    list.push_back({{"tab_address", address_of(call, other)}, {"tab", call.say({"audit.view_" + (kViews[i].empty() ? std::string("done") : std::string(kViews[i]))})},
                    {"is_tab", !of_readers && other.view == filter.view}});
  }
  list.push_back({{"tab_address", call.link("/audit/readers")}, {"tab", call.say({"audit.view_readers"})}, {"is_tab", of_readers}});
  return list;
}

json seal_view(const Call& call, const workflow::SealState& seal) {
  json view = {{"trouble", seal.trouble.empty() ? json() : json(call.say(seal.trouble))}, {"head_line", call.say({"audit.no_head"})}, {"since_line", call.say({"audit.since", {{"count", seal.since}}})}};
  if (seal.head) view["head_line"] = call.say({"audit.head_line", {{"size", seal.head->size}, {"at", to_text_minutes(seal.head->signed_at)}}});
  return view;
}

Result<Response> show_log(ports::Ports& ports, Call& call) {
  std::vector<Problem> problems;
  AuditFilter filter = filter_in(call, problems);
  filter.before = std::max<std::int64_t>(0, std::strtoll(std::string(call.query("before")).c_str(), nullptr, 10));
  workflow::AuditPage page;
  if (problems.empty()) {
    auto found = workflow::audit_log(ports, call.actor(), filter);
    if (found) page = std::move(*found);
    else if (found.error().code == ErrorCode::kInvalid) problems = found.error().problems;
    else return found.error();
  }
  SHIDE_TRY(seal, workflow::seal_state(ports, call.actor()));
  Fields fields(call.language(), call.form(), problems);
  json view = {{"title", call.say({"audit.title"})}, {"rows", json::array()}, {"errors", fields.summary()}, {"tabs", tabs(call, filter, false)},
               {"view", kViews[static_cast<std::size_t>(filter.view)]}, {"seal", seal_view(call, seal)},
               {"person", fields.text("person", "audit.person", {.value = filter.person, .type = "search", .optional = true, .limit = 60})},
               {"student_number", fields.text("student_number", "audit.student_number", {.value = std::string(trim(call.query("student_number"))), .type = "search", .optional = true, .limit = 40})},
               {"day", fields.text("day", "audit.day", {.value = std::string(call.query("day")), .type = "date", .optional = true})}};
  for (const AuditRow& row : page.rows) view["rows"].push_back(row_view(call, row));
  view["rows_shown"] = !page.rows.empty();
  view["empty"] = page.rows.empty() && problems.empty() ? empty_state(call.say({"audit.empty"}), call.say({"audit.empty_what"})) : json();
  bool may_add = filter.view == AuditView::kDone && !filter.software && filter.before == 0;
  AuditFilter with_software = filter;
  with_software.software = true;
  view["software_address"] = may_add ? json(address_of(call, with_software)) : json();
  view["older_address"] = page.next > 0 ? json(address_of(call, filter, page.next)) : json();
  return call.page("audit", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_readers(ports::Ports& ports, Call& call) {
  Date today = date_of(call.now());
  std::vector<Problem> problems;
  auto day = [&](std::string_view name, Date otherwise) {
    auto typed = parse_date(call.query(name));
    if (!typed && !call.query(name).empty()) problems.push_back({std::string(name), {"field.no_such_day"}});
    return typed.value_or(otherwise);
  };
  Date from = day("from", today + -(kDaysCounted - 1)), to = day("to", today);
  workflow::Readers found;
  if (problems.empty()) {
    SHIDE_TRY(readers, workflow::readers(ports, call.actor(), from, to));
    found = std::move(readers);
  }
  Fields fields(call.language(), call.form(), problems);
  json view = {{"title", call.say({"audit.readers"})}, {"rows", json::array()}, {"errors", fields.summary()}, {"tabs", tabs(call, {}, true)},
               {"from", fields.text("from", "audit.from", {.value = call.query("from").empty() ? to_text(from) : std::string(call.query("from")), .type = "date"})},
               {"to", fields.text("to", "audit.to", {.value = call.query("to").empty() ? to_text(to) : std::string(call.query("to")), .type = "date"})},
               {"partial", found.is_partial}};
  for (const workflow::Reader& one : found.list) {
    AuditFilter looks{.view = AuditView::kLooks, .who = one.account.value}, night{.view = AuditView::kNight, .who = one.account.value};
    view["rows"].push_back({{"name", one.name}, {"address", address_of(call, looks)}, {"children", one.children}, {"looks", one.looks}, {"at_night", one.at_night},
                            {"night_address", one.at_night > 0 ? json(address_of(call, night)) : json()}, {"last", day_and_time_text(one.last, call.language())}});
  }
  view["rows_shown"] = !found.list.empty();
  view["empty"] = found.list.empty() && problems.empty() ? empty_state(call.say({"audit.empty"}), call.say({"audit.readers_empty"})) : json();
  return call.page("audit_readers", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_entry(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::AuditEvent>("id"));
  SHIDE_TRY(row, workflow::audit_entry(ports, call.actor(), id));
  SHIDE_TRY(seal, workflow::seal_state(ports, call.actor()));
  const model::AuditEvent& event = row.event;
  bool covered = seal.head && event.sequence <= seal.head->size;
  json facts = json::array();
  auto tell = [&](const char* code, const std::string& value) {
    if (!value.empty()) facts.push_back(fact(call.say({code}), value));
  };
  tell("audit.number", std::to_string(event.sequence));
  tell("audit.at", to_text(event.at));
  tell("audit.who", who(call, row));
  tell("audit.roles", roles_of(call, row));
  tell("audit.did", what(call, row));
  tell("audit.kind", event.object_kind);
  tell("audit.object", event.object_id);
  tell("audit.fields", event.fields);
  tell("audit.why", why(call, row));
  json view = {{"title", call.say({"audit.entry", {{"number", event.sequence}}})}, {"facts", facts},
               {"object_address", is_uuid(event.object_id) ? json(address_of(call, {.object = event.object_id, .software = true})) : json()},
               {"actor_address", is_uuid(event.actor) ? json(address_of(call, {.who = event.actor})) : json()},
               {"proof_line", covered ? call.say({"audit.covered", {{"size", seal.head->size}, {"at", to_text_minutes(seal.head->signed_at)}}}) : call.say({"audit.not_covered"})},
               {"proof_address", covered ? json(call.link("/audit/" + id.value + "/proof")) : json()}};
  return call.page("audit_entry", std::move(view));
}

/// For whoever holds the head: the entry, its place, and the hashes beside its way up (RFC 9162, 2.1.3).
Result<Response> give_proof(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::AuditEvent>("id"));
  SHIDE_TRY(proven, workflow::prove_entry(ports, call.actor(), id));
  json path = json::array();
  for (const audit::Hash& one : proven.proof) path.push_back(audit::hex_of(one));
  return call.json({{"entry", json::parse(audit::line_of(proven.entry))}, {"leaf", audit::hex_of(audit::leaf_of(proven.entry))}, {"path", path},
                    {"head", json::parse(audit::line_of(proven.head))}});
}

/// Sixteen groups of four, to be compared by eye.
std::string in_groups(const std::string& hex) {
  std::string grouped;
  for (std::size_t at = 0; at < hex.size(); at += 4) grouped += (at ? " " : "") + hex.substr(at, 4);
  return grouped;
}

Result<Response> show_seal(ports::Ports& ports, Call& call, const Error* error) {
  SHIDE_TRY(seal, workflow::seal_state(ports, call.actor()));
  json view = {{"title", call.say({"audit.seal_title"})}, {"seal", seal_view(call, seal)}, {"facts", json::array()}, {"refused", error ? json(call.say(error->phrase)) : json()}, {"line", nullptr}};
  if (seal.head) {
    view["facts"] = {fact(call.say({"audit.size"}), std::to_string(seal.head->size)), fact(call.say({"audit.signed_at"}), to_text(seal.head->signed_at)),
                     fact(call.say({"audit.root"}), in_groups(seal.head->root)), fact(call.say({"audit.key"}), seal.head->key_id),
                     fact(call.say({"audit.public_key"}), seal.public_key.empty() ? call.say({"audit.key_gone"}) : in_groups(seal.public_key)),
                     fact(call.say({"audit.signature"}), in_groups(seal.head->signature))};
    view["line"] = trim(audit::line_of(*seal.head));
  }
  return call.page("audit_seal", std::move(view), error ? 422 : 200);
}

Result<Response> take_log(ports::Ports& ports, Call& call) {
  std::string lines;
  auto done = workflow::export_log(ports, call.actor(), [&](std::string_view line) { lines += line; });
  if (auto* error = done.if_error()) return error->code == ErrorCode::kConfiguration ? show_seal(ports, call, error) : Result<Response>(std::move(*error));
  return call.download(std::move(lines), "application/x-ndjson", "audit-" + to_text(date_of(call.now())) + ".jsonl");
}

}  // namespace

std::vector<Route> audit_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  const Permission auditors = roles({model::Role::kAuditor});
  return {
      {Method::kGet, "/audit", auditors, bound(show_log), BarLink{"nav.audit", 10}},
      {Method::kGet, "/audit/readers", auditors, bound(show_readers)},
      {Method::kGet, "/audit/seal", auditors, [&ports](Call& call) { return show_seal(ports, call, nullptr); }},
      {Method::kPost, "/audit/export", auditors, bound(take_log)},
      {Method::kGet, "/audit/{id}", auditors, bound(show_entry)},
      {Method::kGet, "/audit/{id}/proof", auditors, bound(give_proof)},
  };
}

}  // namespace shide::web
