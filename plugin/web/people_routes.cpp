#include "web/people_routes.h"

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/slip_routes.h"
#include "workflow/classes.h"
#include "workflow/people.h"
#include "workflow/second_factor.h"
#include "workflow/sessions.h"
#include "workflow/site_sign_in.h"

namespace shide::web {
namespace {

using model::Account;
using model::Role;
using nlohmann::json;
using workflow::Colleague;
using workflow::PersonForm;

std::string person_path(const Id<Account>& id) { return "/people/" + id.value; }

std::string role_words(const Call& call, const Account& account) {
  std::vector<std::string> words;
  for (Role role : account.roles) words.push_back(call.say({"role." + std::string(model::code_of(role))}));
  return join(words, call.say({"people.comma"}));
}

json state_chip(const Call& call, const Colleague& one) {
  const Account& account = one.account;
  if (account.disabled) return chip(ChipState::kNotApplicable, call.say({"people.disabled"}));
  if (one.slip_until || (account.must_change_password && !account.password_hash.empty())) return chip(ChipState::kNow, call.say({"people.slip_out"}));
  if (account.must_change_password) return chip(ChipState::kOpen, call.say({"people.no_slip"}));
  return chip(ChipState::kDone, call.say({"people.enters"}));
}

Result<Response> show_people(ports::Ports& ports, Call& call) {
  SHIDE_TRY(people, workflow::colleagues(ports, call.actor()));
  json view = {{"title", call.say({"people.title"})}, {"people", json::array()}, {"count", people.size()}};
  for (const Colleague& one : people) {
    view["people"].push_back({{"name", one.account.name}, {"address", call.link(person_path(one.account.id))}, {"login", one.account.login},
                              {"role_words", role_words(call, one.account)}, {"subject", one.teacher ? one.teacher->subject : ""},
                              {"state", state_chip(call, one)}});
  }
  return call.page("people", std::move(view));
}

std::vector<Option> role_options() {
  std::vector<Option> options;
  for (Role role : workflow::roles_to_give()) options.push_back({std::string(model::code_of(role)), {"role." + std::string(model::code_of(role))}});
  return options;
}

Result<std::vector<Option>> group_options(ports::Ports& ports, const Call& call) {
  SHIDE_TRY(groups, workflow::grade_groups(ports, call.actor()));
  std::vector<Option> options = {{"", {"people.group_none"}}};
  for (const model::GradeGroup& one : groups) options.push_back({one.id.value, {"choose.name", {{"name", one.name}}}});
  return options;
}

PersonForm form_in(const Form& typed) {
  auto text = [&](std::string_view name) { return std::string(typed.text(name)); };
  return {text("name"), text("staff_number"), text("login"), text("subject"), text("grade_group"), typed.all("roles")};
}

Result<json> person_fields(ports::Ports& ports, const Call& call, const Fields& fields, const Colleague& known) {
  SHIDE_TRY(groups, group_options(ports, call));
  model::Teacher teacher = known.teacher.value_or(model::Teacher{});
  std::vector<std::string> roles;
  for (Role role : known.account.roles) roles.emplace_back(model::code_of(role));
  return json{{"errors", fields.summary()},
              {"name_field", fields.text("name", "people.name", {.value = known.account.name, .limit = 40})},
              {"roles_field", fields.boxes("roles", "people.roles", role_options(), roles)},
              {"staff_number_field", fields.text("staff_number", "people.staff_number", {.value = teacher.staff_number, .optional = true, .limit = 20})},
              {"login_field", fields.text("login", "people.login", {.value = known.account.login, .optional = true, .limit = 60})},
              {"subject_field", fields.text("subject", "people.subject", {.value = teacher.subject, .optional = true, .limit = 40})},
              {"grade_group_field", fields.select("grade_group", "people.group", groups, teacher.grade_group_id.value, {.optional = true})}};
}

/// The forms of what was typed and what is wrong, or the forms as they stand.
Fields fields_of(const Call& call, const Error* error) { return error ? call.fields(error->problems) : call.fields(); }

Result<Response> new_page(ports::Ports& ports, Call& call, const Error* error) {
  Colleague nobody;
  nobody.account.roles = {Role::kTeacher};
  Fields fields = fields_of(call, error);
  SHIDE_TRY(view, person_fields(ports, call, fields, nobody));
  view["title"] = call.say({"people.add"});
  return call.page("person_new", std::move(view), error ? 422 : 200);
}

Response lines_page(Call& call, const Error* error) {
  Fields fields = fields_of(call, error);
  json view = {{"title", call.say({"people.add_lines"})}, {"errors", fields.summary()}, {"lines_field", fields.area("lines", "people.lines", {.rows = 16})}};
  return call.page("people_lines", std::move(view), error ? 422 : 200);
}

Result<Response> person_page(ports::Ports& ports, Call& call, const Id<Account>& id, const Error* error) {
  SHIDE_TRY(known, workflow::colleague(ports, call.actor(), id));
  bool typed = call.form().has("name");  // else a button of the page was refused
  Fields fields = typed ? fields_of(call, error) : call.fields();
  SHIDE_TRY(view, person_fields(ports, call, fields, known));
  view["title"] = known.account.name;
  view["id"] = id.value;
  view["version"] = known.account.version;
  view["state"] = state_chip(call, known);
  view["role_words"] = role_words(call, known.account);
  view["is_disabled"] = known.account.disabled;
  SHIDE_TRY(is_linked, workflow::is_linked_to_site(ports, call.actor(), id));
  view["is_linked"] = is_linked;
  SHIDE_TRY(sessions, workflow::open_sessions(ports, call.actor(), id, ""));
  view["sessions_line"] = sessions.empty() ? json() : json(call.say({"people.sessions", {{"count", sessions.size()}}}));
  bool may_reset = known.account.second_factor_at && id != call.actor().account;
  view["second_factor_line"] = may_reset ? json(call.say({"people.second_factor", {{"day", day_text(date_of(*known.account.second_factor_at), call.language())}}})) : json();
  view["refused"] = error && (!typed || error->problems.empty()) ? json(call.say(error->phrase)) : json();
  return call.page("person", std::move(view), !error ? 200 : error->code == ErrorCode::kStale ? 412 : 422);
}

bool is_refusal(const Error& error) { return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kStale; }

Result<Response> add(ports::Ports& ports, Call& call) {
  auto added = workflow::add_colleague(ports, call.actor(), form_in(call.form()));
  if (added) return call.redirect(person_path(added->account.id));
  if (!is_refusal(added.error())) return added.error();
  return new_page(ports, call, &added.error());
}

Result<Response> add_lines(ports::Ports& ports, Call& call) {
  auto added = workflow::add_colleagues(ports, call.actor(), call.form().text("lines"));
  if (added) return call.redirect("/people");
  if (!is_refusal(added.error())) return added.error();
  return lines_page(call, &added.error());
}

Result<Response> show_person(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  return person_page(ports, call, id, nullptr);
}

Result<Response> change(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  auto changed = workflow::change_colleague(ports, call.actor(), id, call.form().number("version"), form_in(call.form()));
  if (changed) return call.redirect("/people");
  if (!is_refusal(changed.error())) return changed.error();
  return person_page(ports, call, id, &changed.error());
}

Result<Response> set_access(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  auto set = workflow::set_disabled(ports, call.actor(), id, call.form().text("act") == "disable");
  if (set) return call.redirect(person_path(id));
  if (!is_refusal(set.error())) return set.error();
  return person_page(ports, call, id, &set.error());
}

Result<Response> unlink(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  SHIDE_TRY(known, workflow::colleague(ports, call.actor(), id));
  SHIDE_TRY(gone, workflow::unlink_site(ports, call.actor(), known.account.id));
  (void)gone;
  return call.redirect(person_path(id));
}

Result<Response> end_sessions(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  SHIDE_CHECK(workflow::end_sessions_of(ports, call.actor(), id));
  return call.redirect(person_path(id));
}

Result<Response> reset_second_factor(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Account>("id"));
  auto reset = workflow::reset_second_factor(ports, call.actor(), id);
  if (reset) return call.redirect(person_path(id));
  if (!is_refusal(*reset.if_error())) return std::move(*reset.if_error());
  return person_page(ports, call, id, reset.if_error());
}

/// Shown in answer to the button and nowhere again: the code is kept only as a hash.
Result<Response> make_slip(ports::Ports& ports, Call& call, const std::string& public_base_url) {
  SHIDE_TRY(id, call.id<Account>("id"));
  auto slip = workflow::new_slip(ports, call.actor(), id);
  if (slip) return slips_page(call, public_base_url, {*slip});
  if (!is_refusal(slip.error())) return slip.error();
  return person_page(ports, call, id, &slip.error());
}

}  // namespace

std::vector<Route> people_routes(ports::Ports& ports, const std::string& public_base_url) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  const Permission administrators = roles({Role::kItAdmin});
  return {
      {Method::kGet, "/people", administrators, bound(show_people), BarLink{"nav.people", 80}},
      {Method::kPost, "/people", administrators, bound(add)},
      {Method::kGet, "/people/new", administrators, [&ports](Call& call) { return new_page(ports, call, nullptr); }},
      {Method::kGet, "/people/lines", administrators, [](Call& call) -> Result<Response> { return lines_page(call, nullptr); }},
      {Method::kPost, "/people/lines", administrators, bound(add_lines)},
      {Method::kGet, "/people/{id}", administrators, bound(show_person)},
      {Method::kPost, "/people/{id}", administrators, bound(change)},
      {Method::kPost, "/people/{id}/slip", administrators, [&ports, public_base_url](Call& call) { return make_slip(ports, call, public_base_url); }},
      {Method::kPost, "/people/{id}/access", administrators, bound(set_access)},
      {Method::kPost, "/people/{id}/unlink", administrators, bound(unlink)},
      {Method::kPost, "/people/{id}/sessions/end", administrators, bound(end_sessions)},
      {Method::kPost, "/people/{id}/second-factor/reset", administrators, bound(reset_second_factor)},
  };
}

}  // namespace shide::web
