#include "web/section_routes.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "web/call.h"
#include "web/note_view.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/post.h"
#include "workflow/section.h"

namespace shide::web {
namespace {

using model::Post;
using model::PostKind;
using model::RedactedRecord;
using model::Role;
using nlohmann::json;

Result<json> note_lines(ports::Ports& ports, const Call& call, const Id<RedactedRecord>& current) {
  SHIDE_TRY(records, workflow::staff_view(ports, call.actor(), call.school_year()));
  std::stable_partition(records.begin(), records.end(), opens);  // what can be read first
  json lines = json::array();
  for (const RedactedRecord& record : records) lines.push_back(note_line(call, record, current));
  return lines;
}

Result<Response> show_staff(ports::Ports& ports, Call& call) {
  SHIDE_TRY(notes, note_lines(ports, call, {}));
  SHIDE_TRY(posts, workflow::published_posts(ports, call.actor(), 50));
  json view = {{"title", call.say({"staff.title"})}, {"digests", json::array()}, {"count", call.say({"staff.count", {{"count", notes.size()}}})},
               {"empty", notes.empty() ? empty_state(call.say({"staff.empty"}), call.say({"staff.empty_what"})) : json()}, {"notes", notes}};
  for (const Post& post : posts) {
    if (post.kind == PostKind::kDigest) view["digests"].push_back({{"address", call.link("/posts/" + post.id.value)}, {"name", post.title}, {"quote", post.quote}});
  }
  view["digests_shown"] = !view["digests"].empty();
  return call.page("staff", std::move(view));
}

/// What the student office has to look at before the note may leave the house.
void add_doubts(const Call& call, const RedactedRecord& record, Fields& fields, json& view) {
  json list = json::parse(record.doubt_list, nullptr, false);
  for (const json& one : list.is_array() ? list : json::array()) {
    view["doubts"].push_back({{"what", call.say(parse_phrase(one.value("reason", "")))}, {"where", call.say({"annex3." + one.value("field", "narrative")})}});
  }
  view["narrative_field"] = fields.area("narrative", "annex3.narrative", {.value = record.narrative, .limit = 6000, .rows = 9});
  view["reflection_field"] = fields.area("reflection", "annex3.reflection", {.value = record.reflection, .limit = 4000, .rows = 5});
  view["keep_reason"] = fields.text("keep_reason", "staff.keep_reason", {.optional = true, .limit = 200});
  view["version"] = record.version;
}

Result<Response> note_page(ports::Ports& ports, Call& call, const Id<RedactedRecord>& id, const std::vector<Problem>& problems, int status) {
  SHIDE_TRY(note, workflow::open_note(ports, call.actor(), id));
  SHIDE_TRY(lines, note_lines(ports, call, id));
  Fields fields = call.fields(problems);
  json view = note_view(call, note);
  view["notes"] = std::move(lines);
  view["count"] = call.say({"staff.count", {{"count", view["notes"].size()}}});
  view["doubts"] = json::array();
  if (view["doubtful"].get<bool>()) add_doubts(call, note.record, fields, view);
  view["errors"] = fields.summary();
  return call.page("staff_note", std::move(view), status);
}

Result<Response> show_note(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<RedactedRecord>("id"));
  return note_page(ports, call, id, {}, 200);
}

Result<Response> settle(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<RedactedRecord>("id"));
  const Form& form = call.form();
  auto settled = workflow::settle_doubts(ports, call.actor(), id, form.number("version"), form.text("narrative"), form.text("reflection"), form.text("keep_reason"));
  if (settled) return call.redirect("/staff/" + id.value);
  if (!is_mendable(settled.error())) return settled.error();
  return note_page(ports, call, id, problems_of(settled.error(), "narrative"), status_of(settled.error().code));
}

}  // namespace

std::vector<Route> section_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  // Neither who keeps the accounts nor the district reads what the school's own staff does.
  std::set<Role> staff = {Role::kTeacher, Role::kStudentOffice, Role::kUnionEditor, Role::kEthicsCommittee, Role::kHr, Role::kHead, Role::kAuditor};
  return {
      {Method::kGet, "/staff", roles(staff), bound(show_staff), BarLink{"nav.staff", 40}},
      {Method::kGet, "/staff/{id}", roles(staff), bound(show_note)},
      {Method::kPost, "/staff/{id}", roles({Role::kStudentOffice}), bound(settle)},
  };
}

}  // namespace shide::web
