#include "web/session_routes.h"

#include "base/digest.h"
#include "base/info_file.h"
#include "base/resource.h"
#include "base/web_address.h"
#include "web/application.h"
#include "web/call.h"
#include "web/json_fields.h"
#include "web/kept_form.h"
#include "web/problem.h"
#include "web/second_factor_routes.h"
#include "web/session.h"
#include "workflow/sign_in.h"

namespace shide::web {
namespace {

using nlohmann::json;

json actor_json(const model::Actor& actor) {
  json roles = json::array();
  for (model::Role role : actor.roles) roles.push_back(model::code_of(role));
  return {{"name", actor.name}, {"roles", roles}, {"school_id", actor.school.value}};
}

// Only our own pages: "/my", never "//elsewhere" or "https:".
bool is_own_path(std::string_view path) {
  return !path.empty() && path.front() == '/' && !path.starts_with("//") && path.find('\\') == std::string_view::npos && path.size() <= 300;
}

/// Signed in again, one tap away from sending what was typed before.
Response resume_page(Call& call, const workflow::SignedIn& signed_in, const std::string& action, json kept) {
  return call.page("resume", {{"title", call.say({"resume.title"})}, {"action", call.link(action)}, {"csrf", signed_in.csrf}, {"kept", std::move(kept)}});
}

/// The role cards of the demo, as schema/demo/people.info names them.
json demo_cards(const Call& call) {
  json cards = json::array();
  auto people = parse_info(resource("schema/demo/people.info").value_or(""), "people.info");
  if (!people) return cards;
  for (const InfoEntry* entry : people->all("account")) {
    std::string role = call.say({"role." + entry->text("role")});
    cards.push_back({{"login", entry->text("login")}, {"name", entry->value}, {"what", call.language() == Language::kEnglish ? role : entry->text("card")}});
  }
  return cards;
}

Response login_page(Call& call, bool demo, const Error* error, int status, std::string_view wanted, json kept) {
  Fields fields = error ? call.fields(error->problems) : call.fields();
  json view = {{"title", call.say({"login.title"})},
               {"login", fields.text("login", "login.login", {.limit = 100, .autocomplete = "username"})},
               {"password", fields.text("password", "login.password", {.type = "password", .autocomplete = "current-password"})},
               {"return", wanted},
               {"site", call.offers_site_sign_in() ? call.link("/site/sign-in?return=" + encode_component(wanted)) : ""},
               {"kept", std::move(kept)},
               {"refused", error ? json(call.say(error->phrase)) : json()}};
  view["password"]["value"] = "";
  bool cards = demo && call.school().demo && is_from_this_machine(call.request());
  view["cards"] = cards ? demo_cards(call) : json::array();
  view["cards_title"] = !view["cards"].empty();
  Response response = call.page("login", std::move(view), status);
  if (error) add_error_headers(*error, response);
  return response;
}

Response password_page(Call& call, const Error* error, int status) {
  std::vector<Problem> problems = error ? error->problems : std::vector<Problem>{};
  Fields fields = error ? call.fields(problems) : call.fields();
  json view = {{"title", call.say({"password.title"})},
               {"current", fields.text("current", "password.current", {.type = "password", .autocomplete = "current-password"})},
               {"password", fields.text("password", "password.next", {.type = "password", .autocomplete = "new-password"})},
               {"errors", fields.summary()}};
  view["current"]["value"] = "";
  view["password"]["value"] = "";
  return call.page("password", std::move(view), status);
}

/// Whom the web server has let in need not do it twice; a login that nobody has here gets the form.
Result<Response> show_login(ports::Ports& ports, Call& call, bool demo) {
  if (!call.request().asserted_user.empty() && call.actor().is_public()) {
    auto signed_in = workflow::sign_in_from_host(ports, call.request().asserted_user);
    if (signed_in) return enter(call, *signed_in, call.query("return"));
    if (signed_in.error().code != ErrorCode::kNotFound) return signed_in.error();
  }
  return login_page(call, demo, nullptr, 200, call.query("return"), nullptr);
}

Result<Response> post_login(ports::Ports& ports, Call& call, bool demo) {
  auto signed_in = workflow::sign_in(ports, call.form().text("login"), call.form().text("password"));
  if (signed_in) return enter(call, *signed_in, call.form().text("return"));
  const Error& error = signed_in.error();
  if (error.code != ErrorCode::kUnauthenticated && error.code != ErrorCode::kTooMany) return error;
  int status = error.code == ErrorCode::kTooMany ? 429 : 422;
  return login_page(call, demo, &error, status, call.form().text("return"), kept_view(kept_in(call.form()), kKeptPrefix));
}

Result<Response> post_demo_login(ports::Ports& ports, Call& call, bool demo) {
  if (!demo || !is_from_this_machine(call.request())) return not_found();
  SHIDE_TRY(signed_in, workflow::sign_in_demo(ports, call.form().text("login")));
  return enter(call, signed_in, {});
}

/// On to the site's own sign-out: as a page that goes there by itself, since a form may lead only to pages of ours (CSP).
Response leave_site(Call& call, const std::string& address) {
  Response page = call.page("site_leave", {{"title", call.say({"site.leave"})}, {"address", address}});
  set_header(page, "Refresh", "0; url=" + address);
  set_header(page, "Referrer-Policy", "no-referrer");
  return page;
}

Result<Response> post_logout(ports::Ports& ports, Call& call) {
  // A session that is gone already is signed out, too.
  auto site_session = workflow::sign_out(ports, call.actor(), cookie(call.request(), Cookie::kSession));
  bool came_from_site = site_session && !site_session->empty() && ports.directory->offers_sign_in() && !call.is_api();
  Response response = came_from_site ? leave_site(call, ports.directory->sign_out_address(*site_session, random_token(24))) : call.redirect("/");
  clear_cookie(call.request(), response, Cookie::kSession);
  return response;
}

Result<Response> post_password(ports::Ports& ports, Call& call) {
  auto changed = workflow::change_password(ports, call.actor(), call.form().text("current"), call.form().text("password"));
  if (auto* error = changed.if_error()) {
    if (error->code == ErrorCode::kInvalid) return password_page(call, error, 422);
    return std::move(*error);
  }
  Response response = call.redirect("/login");
  clear_cookie(call.request(), response, Cookie::kSession);
  return response;
}

Response api_entered(Call& call, const workflow::SignedIn& signed_in) {
  Response response = call.json({{"actor", actor_json(signed_in.actor)}, {"csrf", signed_in.csrf}, {"second_factor", model::code_of(signed_in.due)}});
  set_cookie(call.request(), response, Cookie::kSession, signed_in.token);
  return response;
}

Result<Response> api_sign_in(ports::Ports& ports, Call& call) {
  SHIDE_TRY(body, call.json_body());
  JsonFields fields(body);
  std::string login = fields.text("login", Presence::kRequired), password = fields.text("password", Presence::kRequired);
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(signed_in, workflow::sign_in(ports, login, password));
  return api_entered(call, signed_in);
}

Result<Response> api_give_code(ports::Ports& ports, Call& call) {
  SHIDE_TRY(body, call.json_body());
  JsonFields fields(body);
  std::string code = fields.text("code", Presence::kRequired);
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(signed_in, workflow::give_code(ports, cookie(call.request(), Cookie::kSession), code));
  return api_entered(call, signed_in);
}

}  // namespace

std::string home_of(const model::Actor& actor) {
  using model::Role;
  if (actor.has(Role::kHead)) return "/overview";
  if (actor.has(Role::kStudentOffice)) return "/overview";
  if (actor.has(Role::kGradeLeader)) return "/my";
  if (actor.has(Role::kUnionEditor)) return "/editor";
  if (actor.has(Role::kHr)) return "/archives";
  if (actor.has(Role::kEthicsCommittee)) return "/appraisal";
  if (actor.has(Role::kItAdmin)) return "/people";
  if (actor.has(Role::kAuditor)) return "/audit";
  if (actor.has(Role::kDistrict)) return "/district";
  return actor.teacher.empty() ? "/staff" : "/my";
}

Response enter(Call& call, const workflow::SignedIn& signed_in, std::string_view wanted) {
  std::string path = is_own_path(wanted) ? std::string(wanted) : home_of(signed_in.actor);
  json kept = kept_view(kept_in(call.form()));
  Response response = kept.is_null() ? call.redirect(path) : resume_page(call, signed_in, path, std::move(kept));
  if (signed_in.must_change_password) response = call.redirect(kPasswordPath);
  if (signed_in.due == workflow::SecondFactorDue::kSetUp && !signed_in.must_change_password) response = call.redirect(kSecondFactorPath);
  if (signed_in.due == workflow::SecondFactorDue::kCode) response = ask_for_code(call, signed_in.csrf, is_own_path(wanted) ? wanted : "");
  set_cookie(call.request(), response, Cookie::kSession, signed_in.token);
  return response;
}

Response sign_in_again(Call& call, bool demo) {
  static const Error kOver{ErrorCode::kUnauthenticated, {"sign_in.over"}};
  return login_page(call, demo, &kOver, status_of(kOver.code), call.request().path, kept_view(call.form(), kKeptPrefix));
}

std::vector<Route> session_routes(ports::Ports& ports, bool demo) {
  return {
      {Method::kGet, "/login", public_(), [&ports, demo](Call& call) { return show_login(ports, call, demo); }},
      {Method::kPost, "/login", public_(), [&ports, demo](Call& call) { return post_login(ports, call, demo); }},
      {Method::kPost, "/login/demo", public_(), [&ports, demo](Call& call) { return post_demo_login(ports, call, demo); }},
      {Method::kPost, "/logout", signed_in(), [&ports](Call& call) { return post_logout(ports, call); }},
      {Method::kGet, "/password", signed_in(), [](Call& call) -> Result<Response> { return password_page(call, nullptr, 200); }},
      {Method::kPost, "/password", signed_in(), [&ports](Call& call) { return post_password(ports, call); }},
      {Method::kPost, "/api/v1/session", public_(), [&ports](Call& call) { return api_sign_in(ports, call); }},
      {Method::kPost, "/api/v1/session/code", signed_in(), [&ports](Call& call) { return api_give_code(ports, call); }},
      {Method::kDelete, "/api/v1/session", signed_in(), [&ports](Call& call) { return post_logout(ports, call); }},
      {Method::kGet, "/api/v1/me", signed_in(), [](Call& call) -> Result<Response> { return call.json(actor_json(call.actor())); }},
  };
}

}  // namespace shide::web
