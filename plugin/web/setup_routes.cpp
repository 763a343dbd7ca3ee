#include "web/setup_routes.h"

#include "web/call.h"
#include "web/first_steps_routes.h"
#include "web/session.h"
#include "workflow/first_administrator.h"
#include "workflow/sign_in.h"

namespace shide::web {
namespace {

using nlohmann::json;

Response setup_page(Call& call, const std::vector<Problem>& problems, int status) {
  Fields fields = call.request().method == "POST" ? call.fields(problems) : call.fields();
  json view = {{"title", call.say({"setup.title"})}, {"token", call.parameter("token")}, {"errors", fields.summary()}};
  view["school_name_field"] = fields.text("school_name", "setup.school_name", {.limit = 60, .autocomplete = "organization"});
  view["short_name_field"] = fields.text("short_name", "setup.short_name", {.limit = 20});
  view["site_name_field"] = fields.text("site_name", "setup.site_name", {.value = call.say({"setup.usual_site"}), .limit = 40});
  view["section_name_field"] = fields.text("section_name", "setup.section_name", {.value = call.say({"frame.section"}), .limit = 40});
  view["district_name_field"] = fields.text("district_name", "setup.district_name", {.optional = true, .limit = 60});
  view["name_field"] = fields.text("name", "setup.name", {.limit = 40, .autocomplete = "name"});
  view["login_field"] = fields.text("login", "setup.login", {.limit = 60, .autocomplete = "username"});
  view["password_field"] = fields.text("password", "setup.password", {.type = "password", .autocomplete = "new-password"});
  Response response = call.page("setup", std::move(view), status);
  // The address is the key: it goes to no other page.
  set_header(response, "Referrer-Policy", "no-referrer");
  return response;
}

Result<Response> show_setup(ports::Ports& ports, Call& call) {
  SHIDE_CHECK(workflow::check_setup_token(ports, call.parameter("token")));
  return setup_page(call, {}, 200);
}

workflow::SetupForm form_in(const Form& typed) {
  auto text = [&](std::string_view name) { return std::string(typed.text(name)); };
  return {text("school_name"), text("short_name"), text("site_name"), text("section_name"), text("district_name"), text("name"), text("login"), text("password")};
}

Result<Response> set_up(ports::Ports& ports, Call& call) {
  workflow::SetupForm form = form_in(call.form());
  auto account = workflow::set_up_school(ports, call.parameter("token"), form);
  if (auto* error = account.if_error()) {
    if (error->code == ErrorCode::kInvalid) return setup_page(call, error->problems, 422);
    return std::move(*error);
  }
  SHIDE_TRY(signed_in, workflow::sign_in(ports, account->login, form.password));
  Response response = call.redirect(kBeginPath);
  set_cookie(call.request(), response, Cookie::kSession, signed_in.token);
  return response;
}

}  // namespace

std::vector<Route> setup_routes(ports::Ports& ports) {
  std::string pattern(kSetupPattern);
  return {
      {Method::kGet, pattern, public_(), [&ports](Call& call) { return show_setup(ports, call); }},
      {Method::kPost, pattern, public_(), [&ports](Call& call) { return set_up(ports, call); }},
  };
}

}  // namespace shide::web
