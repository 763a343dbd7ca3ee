#include "web/slip_routes.h"

#include "base/qr_code.h"
#include "base/text.h"
#include "base/web_address.h"
#include "web/day.h"
#include "web/problem.h"
#include "web/session.h"
#include "web/session_routes.h"
#include "workflow/sign_in.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::Slip;
using workflow::SlipsFor;

std::string enter_address(const Call& call, const std::string& configured) {
  if (!configured.empty()) return configured + "/enter";
  return (call.request().is_tls ? "https://" : "http://") + std::string(call.request().header("host")) + call.link("/enter");
}

std::string day_of(const Call& call, Time time) { return day_text(date_of(time), call.language()); }

/// The address is the key: it goes to no other page.
Response tells_nobody(Response response) {
  set_header(response, "Referrer-Policy", "no-referrer");
  return response;
}

// ── printing ──

Result<Response> whom_page(ports::Ports& ports, Call& call, const std::vector<Problem>& problems) {
  SHIDE_TRY(counts, workflow::slip_counts(ports, call.actor()));
  Fields fields = call.fields(problems);
  std::vector<Option> options;
  if (counts.without_slip > 0) options.push_back({"without_slip", {"people.slips_without", {{"count", counts.without_slip}}}});
  if (counts.not_entered > counts.without_slip) options.push_back({"not_entered", {"people.slips_not_entered", {{"count", counts.not_entered}}}});
  json view = {{"title", call.say({"people.slips"})}, {"errors", fields.summary()}, {"whom_shown", !options.empty()}, {"whom_field", nullptr}};
  if (!options.empty()) view["whom_field"] = fields.choices("whom", "people.slips_whom", options, options.front().value);
  return call.page("slips", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> print(ports::Ports& ports, Call& call, const std::string& public_base_url) {
  auto whom = model::from_code<SlipsFor>(call.form().text("whom")).value_or(SlipsFor::kNone);
  auto slips = workflow::new_slips(ports, call.actor(), whom);
  if (slips) return slips_page(call, public_base_url, *slips);
  if (slips.error().code != ErrorCode::kInvalid) return slips.error();
  return whom_page(ports, call, slips.error().problems);
}

// ── entering ──

Response code_page(Call& call, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"enter.title"})}, {"errors", fields.summary()},
               {"code_field", fields.text("code", "enter.code", {.limit = 40, .autocomplete = "off"})}};
  return call.page("enter_code", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> take_code(ports::Ports& ports, Call& call) {
  std::string code = to_half_width(trim(call.form().text("code")));
  auto holder = workflow::slip_holder(ports, code);
  if (holder) return tells_nobody(call.redirect("/enter/" + encode_component(code)));
  if (holder.error().code != ErrorCode::kNotFound) return holder.error();
  return code_page(call, {{"code", {"enter.unknown"}}});
}

Result<Response> password_page(ports::Ports& ports, Call& call, const std::vector<Problem>& problems) {
  auto holder = workflow::slip_holder(ports, call.parameter("code"));
  if (!holder && holder.error().code == ErrorCode::kNotFound) return code_page(call, {{"code", {"enter.unknown"}}});
  if (!holder) return holder.error();
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"enter.title"})}, {"errors", fields.summary()}, {"code", call.parameter("code")}, {"login", holder->login},
               {"lead", call.say({"enter.lead", {{"name", holder->name}, {"login", holder->login}}})},
               {"once", call.say({"enter.once", {{"day", day_of(call, holder->expires_at)}}})},
               {"password_field", fields.text("password", "enter.password", {.type = "password", .autocomplete = "new-password"})}};
  view["password_field"]["value"] = "";
  return tells_nobody(call.page("enter", std::move(view), problems.empty() ? 200 : 422));
}

Result<Response> take_password(ports::Ports& ports, Call& call) {
  auto entered = workflow::enter_by_slip(ports, call.parameter("code"), call.form().text("password"));
  if (entered) return tells_nobody(enter(call, *entered, {}));
  const Error& error = entered.error();
  if (error.code != ErrorCode::kInvalid && error.code != ErrorCode::kNotFound) return error;
  return password_page(ports, call, error.problems);
}

}  // namespace

Result<Response> slips_page(Call& call, const std::string& public_base_url, const std::vector<Slip>& slips) {
  std::string address = enter_address(call, public_base_url);
  json list = json::array();
  for (const Slip& slip : slips) {
    SHIDE_TRY(picture, qr_code(address + "/" + slip.code));
    list.push_back({{"name", slip.account.name}, {"login", slip.account.login}, {"code", slip.code}, {"address", address}, {"school", call.school().short_name},
                    {"until", call.say({"people.slip_until", {{"day", day_of(call, slip.expires_at)}}})},
                    {"qr", {{"size", picture.size}, {"path", picture.path}}}});
  }
  json rest = slips.size() < workflow::kMostSlips ? json() : json(call.say({"people.slips_rest", {{"max", workflow::kMostSlips}}}));
  return call.page("slip", {{"title", call.say({"people.slip_title"})}, {"slips", std::move(list)}, {"rest", rest}, {"back", call.link("/people")}});
}

std::vector<Route> slip_routes(ports::Ports& ports, const std::string& public_base_url) {
  const Permission administrators = roles({model::Role::kItAdmin});
  return {
      {Method::kGet, "/people/slips", administrators, [&ports](Call& call) { return whom_page(ports, call, {}); }},
      {Method::kPost, "/people/slips", administrators, [&ports, public_base_url](Call& call) { return print(ports, call, public_base_url); }},
      {Method::kGet, "/enter", public_(), [](Call& call) -> Result<Response> { return code_page(call, {}); }},
      {Method::kPost, "/enter", public_(), [&ports](Call& call) { return take_code(ports, call); }},
      {Method::kGet, "/enter/{code}", public_(), [&ports](Call& call) { return password_page(ports, call, {}); }},
      {Method::kPost, "/enter/{code}", public_(), [&ports](Call& call) { return take_password(ports, call); }},
  };
}

}  // namespace shide::web
