#include "web/audit_routes.h"

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "workflow/audit_log.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::AuditActor;
using workflow::AuditRow;

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

json row_view(const Call& call, const AuditRow& row) {
  bool is_demo = row.event.verb.starts_with("demo_");
  std::string what = call.say({"audit_verb." + (is_demo ? "demo" : row.event.verb)});
  std::string why = row.reason_withheld ? call.say({"audit.withheld"}) : row.reason;
  return {{"at", day_and_time_text(row.event.at, call.language())}, {"who", who(call, row)}, {"roles", roles_of(call, row)},
          {"what", row.about.empty() ? what : call.say({"audit.about", {{"what", what}, {"name", row.about}}})}, {"why", why}};
}

Result<Response> show_log(ports::Ports& ports, Call& call) {
  std::string person(trim(call.query("person"))), day(call.query("day"));
  workflow::AuditFilter filter{person, parse_date(day), call.query("software") == "yes"};
  std::vector<Problem> problems;
  if (!day.empty() && !filter.day) problems.push_back({"day", {"field.no_such_day"}});
  Fields fields(call.language(), call.form(), problems);
  json view = {{"title", call.say({"audit.title"})}, {"rows", json::array()}, {"errors", fields.summary()},
               {"person", fields.text("person", "audit.person", {.value = person, .type = "search", .optional = true, .limit = 60})},
               {"day", fields.text("day", "audit.day", {.value = day, .type = "date", .optional = true})}};
  if (problems.empty()) {
    SHIDE_TRY(rows, workflow::audit_log(ports, call.actor(), filter));
    for (const AuditRow& row : rows) view["rows"].push_back(row_view(call, row));
  }
  view["rows_shown"] = !view["rows"].empty();
  view["empty"] = view["rows"].empty() ? empty_state(call.say({"audit.empty"}), call.say({"audit.empty_what"})) : json();
  view["software_address"] = filter.software ? json() : json(call.link("/audit?software=yes"));
  view["newest"] = call.say({"audit.newest", {{"count", workflow::kAuditRowsShown}}});
  return call.page("audit", std::move(view), problems.empty() ? 200 : 422);
}

}  // namespace

std::vector<Route> audit_routes(ports::Ports& ports) {
  return {{Method::kGet, "/audit", roles({model::Role::kAuditor}), [&ports](Call& call) { return show_log(ports, call); }, BarLink{"nav.audit", 10}}};
}

}  // namespace shide::web
