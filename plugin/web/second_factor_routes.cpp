#include "web/second_factor_routes.h"

#include "base/one_time_code.h"
#include "base/qr_code.h"
#include "base/web_address.h"
#include "web/application.h"
#include "web/day.h"
#include "web/kept_form.h"
#include "web/problem.h"
#include "web/session.h"
#include "web/session_routes.h"
#include "workflow/second_factor.h"
#include "workflow/site_sign_in.h"

namespace shide::web {
namespace {

using nlohmann::json;

constexpr int kMostTyped = 40;

std::string_view token_of(const Call& call) { return cookie(call.request(), Cookie::kSession); }

/// A wrong code stands beside the field; that there were too many, above.
bool is_told_in_place(const Error& error) { return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kTooMany; }

json code_field(const Fields& fields, std::string_view words = "second_factor.code") {
  json view = fields.text("code", words, {.limit = kMostTyped, .autocomplete = "one-time-code"});
  view["value"] = "";  // a code is good once
  return view;
}

Response with_status_of(const Error* error, Response page) {
  if (!error) return page;
  page.status = error->code == ErrorCode::kTooMany ? 429 : 422;
  add_error_headers(*error, page);
  return page;
}

json refused_line(const Call& call, const Error* error) { return error && error->problems.empty() ? json(call.say(error->phrase)) : json(); }

// ── after the password ──

Response code_page(Call& call, const Error* error, const std::string& csrf, std::string_view wanted, json kept) {
  Fields fields = error ? call.fields(error->problems) : Fields(call.language());
  return with_status_of(error, call.page("second_factor_ask", {{"title", call.say({"second_factor.ask"})}, {"csrf", csrf}, {"errors", fields.summary()}, {"return", wanted},
                                                               {"kept", std::move(kept)}, {"refused", refused_line(call, error)}, {"code_field", code_field(fields)}}));
}

Result<Response> show_code_page(ports::Ports& ports, Call& call) {
  SHIDE_TRY(session, workflow::resume_session(ports, token_of(call)));
  if (session.due != workflow::SecondFactorDue::kCode) return call.redirect(home_of(call.actor()));
  return code_page(call, nullptr, call.csrf(), call.query("return"), nullptr);
}

Result<Response> take_code(ports::Ports& ports, Call& call) {
  auto whole = workflow::give_code(ports, token_of(call), call.form().text("code"));
  if (whole) {
    SHIDE_CHECK(workflow::link_after_code(ports, whole->token));
    return enter(call, *whole, call.form().text("return"));
  }
  if (!is_told_in_place(whole.error())) return whole.error();
  return code_page(call, &whole.error(), call.csrf(), call.form().text("return"), kept_view(kept_in(call.form()), kKeptPrefix));
}

// ── of one's own account ──

/// "JBSW Y3DP ...": for who types it into the phone.
std::string in_fours(std::string_view secret) {
  std::string text;
  for (std::size_t at = 0; at < secret.size(); at += 4) text += (at ? " " : "") + std::string(secret.substr(at, 4));
  return text;
}

Result<json> waiting_view(const Call& call, const std::string& secret) {
  SHIDE_TRY(picture, qr_code(one_time_address(call.school().short_name, call.actor().name, secret)));
  return json{{"size", picture.size}, {"path", picture.path}, {"secret", in_fours(secret)}};
}

Result<Response> state_page(ports::Ports& ports, Call& call, const Error* error) {
  if (ports.second_factor == ports::SecondFactorPolicy::kOff) return not_found();
  SHIDE_TRY(state, workflow::second_factor(ports, call.actor()));
  Fields fields = error ? call.fields(error->problems) : Fields(call.language());
  SHIDE_TRY(session, workflow::resume_session(ports, token_of(call)));
  json view = {{"title", call.say({"second_factor.title"})}, {"errors", fields.summary()}, {"refused", refused_line(call, error)}, {"must", session.due == workflow::SecondFactorDue::kSetUp},
               {"code_field", code_field(fields, state.since ? "second_factor.code" : "second_factor.first")}, {"password_field", fields.text("password", "second_factor.password", {.type = "password", .autocomplete = "current-password"})}, {"waiting", nullptr}, {"is_on", state.since.has_value()}, {"may_begin", !state.since && state.waiting.empty()}};
  if (!state.waiting.empty()) {
    SHIDE_TRY(waiting, waiting_view(call, state.waiting));
    view["waiting"] = std::move(waiting);
  }
  if (state.since) {
    view["since"] = call.say({"second_factor.since", {{"day", day_text(date_of(*state.since), call.language())}}});
    view["left"] = call.say({"second_factor.left", {{"count", state.recovery_codes}}});
  }
  return with_status_of(error, call.page("second_factor", std::move(view)));
}

Result<Response> begin(ports::Ports& ports, Call& call) {
  auto begun = workflow::begin_second_factor(ports, call.actor(), call.form().text("password"));
  if (auto* error = begun.if_error()) return is_told_in_place(*error) ? state_page(ports, call, error) : Result<Response>(std::move(*error));
  return call.redirect(kSecondFactorPath);
}

/// The recovery codes are shown in answer to the first code and nowhere again: they are kept only as hashes.
Result<Response> confirm(ports::Ports& ports, Call& call) {
  auto recovery = workflow::confirm_second_factor(ports, call.actor(), token_of(call), call.form().text("code"));
  if (!recovery && is_told_in_place(recovery.error())) return state_page(ports, call, &recovery.error());
  if (!recovery) return recovery.error();
  json view = {{"title", call.say({"second_factor.recovery"})}, {"codes", json::array()}};
  for (const std::string& code : *recovery) view["codes"].push_back(code);
  return call.page("second_factor_codes", std::move(view));
}

Result<Response> turn_off(ports::Ports& ports, Call& call) {
  auto off = workflow::turn_off_second_factor(ports, call.actor(), call.form().text("code"));
  if (auto* error = off.if_error()) return is_told_in_place(*error) ? state_page(ports, call, error) : Result<Response>(std::move(*error));
  return call.redirect("/account");
}

}  // namespace

Response ask_for_code(Call& call, const std::string& csrf, std::string_view wanted) {
  json kept = kept_view(kept_in(call.form()), kKeptPrefix);
  if (!kept.is_null()) return code_page(call, nullptr, csrf, wanted, std::move(kept));
  return call.redirect(std::string(kCodePath) + (wanted.empty() ? "" : "?return=" + encode_component(wanted)));
}

std::vector<Route> second_factor_routes(ports::Ports& ports) {
  return {
      {Method::kGet, std::string(kCodePath), signed_in(), [&ports](Call& call) { return show_code_page(ports, call); }},
      {Method::kPost, std::string(kCodePath), signed_in(), [&ports](Call& call) { return take_code(ports, call); }},
      {Method::kGet, std::string(kSecondFactorPath), signed_in(), [&ports](Call& call) { return state_page(ports, call, nullptr); }},
      {Method::kPost, std::string(kSecondFactorPath), signed_in(), [&ports](Call& call) { return confirm(ports, call); }},
      {Method::kPost, "/account/second-factor/begin", signed_in(), [&ports](Call& call) { return begin(ports, call); }},
      {Method::kPost, "/account/second-factor/off", signed_in(), [&ports](Call& call) { return turn_off(ports, call); }},
  };
}

}  // namespace shide::web
