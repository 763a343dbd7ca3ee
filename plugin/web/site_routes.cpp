#include "web/site_routes.h"

#include "base/digest.h"
#include "base/web_address.h"
#include "web/call.h"
#include "web/json_fields.h"
#include "web/problem.h"
#include "web/session.h"
#include "web/session_routes.h"
#include "workflow/site_sign_in.h"

namespace shide::web {
namespace {

using nlohmann::json;

constexpr std::int64_t kOnTheWay = 15 * 60;  // seconds: somebody may have to type a password there first

/// Goes into addresses: the cookie itself stays in the browser. Empty without a cookie.
std::string nonce_of(const Call& call) {
  std::string_view secret = cookie(call.request(), Cookie::kSite);
  return secret.size() < 16 ? "" : sha256_hex(secret).substr(0, 40);
}

Result<Response> go_to_site(ports::Ports& ports, Call& call) {
  std::string wanted = call.query("return").empty() ? "" : safe_return_path(call.query("return"));
  if (!call.actor().is_public()) return call.redirect(wanted.empty() ? "/staff" : wanted);
  if (!ports.directory->offers_sign_in()) return call.redirect("/login?return=" + encode_component(wanted));
  std::string secret = random_token(24);
  Response response;
  response.status = 303;
  set_header(response, "Location", ports.directory->sign_in_address(sha256_hex(secret).substr(0, 40), wanted));
  set_header(response, "Referrer-Policy", "no-referrer");
  set_cookie(call.request(), response, Cookie::kSite, secret, kOnTheWay);
  return response;
}

Response link_page(Call& call, const Error* error, int status, std::string_view wanted) {
  Fields fields = error ? call.fields(error->problems) : call.fields();
  json view = {{"title", call.say({"site.title"})},
               {"login", fields.text("login", "login.login", {.limit = 100, .autocomplete = "username"})},
               {"password", fields.text("password", "login.password", {.type = "password", .autocomplete = "current-password"})},
               {"return", wanted},
               {"refused", error ? json(call.say(error->phrase)) : json()}};
  view["password"]["value"] = "";
  Response response = call.page("site_link", std::move(view), status);
  if (error) add_error_headers(*error, response);
  return response;
}

Result<Response> come_from_site(ports::Ports& ports, Call& call) {
  if (!ports.directory->offers_sign_in()) return not_found();
  auto field = [&](std::string_view name) { return std::string(call.query(name)); };
  ports::SiteTicket ticket{field("user"), field("session"), field("issued"), field("nonce"), field("return"), field("mac")};
  auto arrival = workflow::arrive(ports, ticket, nonce_of(call));
  if (auto* error = arrival.if_error()) {
    // A page, not the way to our own login: who comes from the site is told what to do there.
    if (error->code == ErrorCode::kUnauthenticated) error->code = ErrorCode::kForged;
    return std::move(*error);
  }
  if (!arrival->signed_in) return link_page(call, nullptr, 200, arrival->return_path);
  Response response = enter(call, *arrival->signed_in, arrival->return_path);
  clear_cookie(call.request(), response, Cookie::kSite);
  return response;
}

Result<Response> post_link(ports::Ports& ports, Call& call) {
  if (!ports.directory->offers_sign_in()) return not_found();
  auto linked = workflow::link_site_user(ports, call.form().text("login"), call.form().text("password"), nonce_of(call));
  if (linked) {
    Response response = enter(call, *linked, call.form().text("return"));
    clear_cookie(call.request(), response, Cookie::kSite);
    return response;
  }
  const Error& error = linked.error();
  if (error.code != ErrorCode::kUnauthenticated && error.code != ErrorCode::kTooMany) return error;
  return link_page(call, &error, error.code == ErrorCode::kTooMany ? 429 : 422, call.form().text("return"));
}

Result<Response> site_signed_out(ports::Ports& ports, Call& call) {
  if (!ports.directory->offers_sign_in()) return not_found();
  SHIDE_TRY(body, call.json_body());
  JsonFields fields(body);
  ports::SiteTicket notice;
  notice.user = fields.text("user", Presence::kRequired);
  notice.session = fields.text("session");
  notice.issued = fields.text("issued", Presence::kRequired);
  notice.nonce = fields.text("nonce", Presence::kRequired);
  notice.mac = fields.text("mac", Presence::kRequired);
  SHIDE_CHECK(fields.check());
  SHIDE_TRY(ended, workflow::end_site_sessions(ports, notice));
  return call.json({{"ended", ended}});
}

}  // namespace

std::vector<Route> site_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/site/sign-in", public_(), bound(go_to_site)},
      {Method::kGet, "/site/enter", public_(), bound(come_from_site)},
      {Method::kPost, "/site/link", public_(), bound(post_link)},
      {Method::kPost, "/api/v1/site/sign-out", public_(), bound(site_signed_out)},
  };
}

}  // namespace shide::web
