#include "web/application.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "base/digest.h"
#include "base/text.h"
#include "base/web_address.h"
#include "ports/ports.h"
#include "web/account_routes.h"
#include "web/address.h"
#include "web/allocation_routes.h"
#include "web/annex2_routes.h"
#include "web/annex3_routes.h"
#include "web/api_routes.h"
#include "web/archive_routes.h"
#include "web/asset_routes.h"
#include "web/audit_routes.h"
#include "web/bundle_routes.h"
#include "web/call.h"
#include "web/campaign_routes.h"
#include "web/check_routes.h"
#include "web/class_routes.h"
#include "web/companions_routes.h"
#include "web/copies_routes.h"
#include "web/district_routes.h"
#include "web/editor_routes.h"
#include "web/first_steps_routes.h"
#include "web/kept_form.h"
#include "web/import_routes.h"
#include "web/metrics.h"
#include "web/new_year_routes.h"
#include "web/overview_routes.h"
#include "web/page.h"
#include "web/people_routes.h"
#include "web/plan_change_routes.h"
#include "web/privacy_routes.h"
#include "web/problem.h"
#include "web/public_routes.h"
#include "web/rating_routes.h"
#include "web/review_routes.h"
#include "web/roster_routes.h"
#include "web/score_routes.h"
#include "web/second_factor_routes.h"
#include "web/section_routes.h"
#include "web/session.h"
#include "web/session_routes.h"
#include "web/setup_routes.h"
#include "web/site_routes.h"
#include "web/slip_routes.h"
#include "web/task_map_routes.h"
#include "web/timeline_routes.h"
#include "web/visit_routes.h"

namespace shide::web {
namespace {

constexpr std::size_t kHeaderLimit = 64 * 1024;  // all names and values of a request together

bool is_safe(std::string_view method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

bool is_plain_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

std::size_t header_bytes(const Request& request) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : request.headers) bytes += name.size() + value.size();
  return bytes;
}

Error too_large(std::size_t limit) { return {ErrorCode::kTooLarge, {"form.too_large", {{"max", limit}}}}; }

/// The announced length of a body, 0 for none.
Result<std::size_t> announced_length(const Request& request, std::size_t limit) {
  std::string_view announced = request.header("content-length");
  std::size_t length = announced.empty() ? 0 : std::strtoull(std::string(announced).c_str(), nullptr, 10);
  if (announced.size() > 15 || length > limit) return too_large(limit);
  return length;
}

bool is_form(std::string_view type) { return type == "multipart/form-data" || type == "application/x-www-form-urlencoded"; }

Result<std::string> read_body(Request& request, std::size_t length, std::size_t limit) {
  std::string body;
  if (!request.read_body) return body;
  body.reserve(length);  // once: a string that grows holds a large upload twice while it moves
  std::string buffer(64 * 1024, '\0');
  for (long count; (count = request.read_body(buffer.data(), buffer.size())) != 0;) {
    if (count < 0) return Error{ErrorCode::kInvalid, {"form.broken"}, "the peer went away while sending"};
    if (body.size() + static_cast<std::size_t>(count) > limit) return too_large(limit);
    body.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return body;
}

/// Where a session that still lacks something is led, what a program is told, and which patterns are open meanwhile.
struct Lack {
  std::string_view path;
  const char* sentence;
  std::vector<std::string_view> open;
};

std::optional<Lack> lack_of(const Identity& identity) {
  using workflow::SecondFactorDue;
  if (identity.due == SecondFactorDue::kCode) return Lack{kCodePath, "error.give_code", {kCodePath, kLogoutPath, "/api/v1/session", "/api/v1/session/code"}};
  if (identity.must_change_password) return Lack{kPasswordPath, "error.choose_password", {kPasswordPath, kLogoutPath}};
  if (identity.due == SecondFactorDue::kSetUp) return Lack{kSecondFactorPath, "error.set_up_second_factor", {kSecondFactorPath, "/account/second-factor/begin", kLogoutPath, "/api/v1/session"}};
  return std::nullopt;
}

}  // namespace

struct Application::Parts {
  Router router;
  Hooks hooks;
  Settings settings;
  mutable Metrics metrics = {};

  Response answer(Request& request, Call& call, LogLine& line) const;
  Result<void> take_body(Request& request, Call& call, std::size_t route_limit) const;
  Response tell(const Request& request, Call& call, const Error& error) const;
  Response sign_in_first(Request& request, Call& call, bool session_over) const;
  Result<Response> run(Request& request, Call& call, bool by_token) const;
  Result<void> check_origin(const Request& request, Call& call) const;
  Response send_to_login(const Request& request) const;
};

Application::Application(std::vector<Route> routes, Hooks hooks, Settings settings)
    : parts_(new Parts{Router(std::move(routes)), std::move(hooks), std::move(settings)}) {
  if (auto errors = template_errors(); !errors.empty()) throw std::logic_error("templates: " + join(errors, "; "));
}

Application::Application(ports::Ports& ports, Settings settings, std::function<void(const LogLine&)> log)
    : Application(all_routes(ports, settings),
                  Hooks{.identify = [&ports](const Request& request) { return identify(ports, request); },
                        .school = [&ports](const model::Actor& actor) { return school_of(ports, actor); },
                        .now = [&ports] { return ports.clock->now(); },
                        .log = std::move(log),
                        .offers_site_sign_in = ports.directory->offers_sign_in()},
                  settings) {}  // no move: the order of the three is open, and the routes read it

Application::~Application() = default;

const std::vector<Route>& Application::routes() const { return parts_->router.routes(); }

std::vector<Route> all_routes(ports::Ports& ports, const Settings& settings) {
  std::vector<Route> all;
  for (auto routes : {asset_routes(), api_routes(), public_routes(ports, settings.public_base_url, settings.theme_origins), session_routes(ports, settings.demo), account_routes(ports), second_factor_routes(ports), site_routes(ports), setup_routes(ports), visit_routes(ports),
                      roster_routes(ports), allocation_routes(ports), companions_routes(ports), review_routes(ports), section_routes(ports), editor_routes(ports), bundle_routes(ports), copies_routes(ports), campaign_routes(ports), plan_change_routes(ports), task_map_routes(ports), timeline_routes(ports),
                      overview_routes(ports), archive_routes(ports), score_routes(ports), rating_routes(ports),
                      people_routes(ports, settings.public_base_url), slip_routes(ports, settings.public_base_url), first_steps_routes(ports), class_routes(ports), new_year_routes(ports), import_routes(ports), annex2_routes(ports), annex3_routes(ports), audit_routes(ports), privacy_routes(ports), district_routes(ports), check_routes(ports)}) {
    all.insert(all.end(), routes.begin(), routes.end());
  }
  return all;
}

Response Application::handle(Request& request) const {
  auto begin = std::chrono::steady_clock::now();
  if (!is_plain_id(request.request_id)) request.request_id = random_token(12);
  LogLine line{.request_id = request.request_id, .method = is_safe(request.method) ? request.method : std::string(request.method.substr(0, 8))};
  Call call;
  Response response;
  try {
    response = parts_->answer(request, call, line);
  } catch (const std::exception& exception) {
    line.detail = exception.what();
    response = problem(internal_error({}), call.language());
  } catch (...) {
    line.detail = "an exception of an unknown type";
    response = problem(internal_error({}), call.language());
  }
  bool is_personal = !call.actor().is_public() || call.holds_csrf() || !header_of(response, "set-cookie").empty();
  if (!is_personal) tell_if_changed(request, response);
  add_security_headers(response, is_personal);
  set_header(response, "X-Request-Id", request.request_id);
  if (request.method == "HEAD") {
    set_header(response, "Content-Length", std::to_string(response.body.size()));
    response.body.clear();
  }
  line.status = response.status;
  line.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
  parts_->metrics.count(line);
  if (parts_->hooks.log) parts_->hooks.log(line);
  return response;
}

/// Everything but the outermost barrier: an Error becomes a page or problem+json here.
Response Application::Parts::answer(Request& request, Call& call, LogLine& line) const {
  call.request_ = &request;
  call.router_ = &router;
  call.metrics_ = &metrics;
  call.is_api_ = request.path == "/api" || request.path.starts_with("/api/");
  call.demo_ = settings.demo;
  call.offers_site_sign_in_ = hooks.offers_site_sign_in;
  call.now_ = hooks.now ? hooks.now() : SystemClock().now();
  call.language_ = language_of(request, "");

  Match match;
  auto finish = [&](Response response) {
    if (match.kind == Match::Kind::kWrongMethod) set_header(response, "Allow", match.allow);
    if (!call.new_stranger_.empty()) set_cookie(request, response, Cookie::kStranger, call.new_stranger_);
    if (!call.query("lang").empty()) set_cookie(request, response, Cookie::kLanguage, language_tag(call.language()), 365 * 24 * 3600);
    return response;
  };
  auto refuse = [&](const Error& error) {
    if (status_of(error.code) >= 500) line.detail = error.detail;
    return finish(tell(request, call, error));
  };
  // What goes wrong inside a handler is told as a page too; only a fault while telling it reaches the plain barrier outside.
  auto guarded = [&](auto&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const std::exception& exception) {
      return internal_error(exception.what());
    }
  };

  if (request.path.size() > kAddressLimit || request.query.size() > kAddressLimit || header_bytes(request) > kHeaderLimit) {
    request.path = "/";
    request.query.clear();
    return refuse({ErrorCode::kTooLarge, {"form.too_large", {{"max", kAddressLimit}}}});
  }
  auto query = parse_pairs(request.query, kQueryPairLimit);
  if (!query) return refuse(not_found());
  call.query_ = *query;
  call.language_ = language_of(request, call.query("lang"));

  match = router.find(request.method, request.path, model::Actor{});
  bool by_token = false, session_over = false;
  std::optional<Lack> lack;
  if (match.kind != Match::Kind::kRoute || match.route->asks_who) {
    if (hooks.identify) {
      auto identity = guarded([&] { return hooks.identify(request); });
      if (auto* error = identity.if_error()) return refuse(*error);
      call.actor_ = std::move(identity->actor);
      call.csrf_ = std::move(identity->csrf);
      by_token = identity->by_token;
      session_over = identity->session_over;
      lack = lack_of(*identity);
    }
    if (hooks.school) {
      auto school = guarded([&] { return hooks.school(call.actor_); });
      if (auto* error = school.if_error()) return refuse(*error);
      call.school_ = std::move(*school);
    }
    match = router.find(request.method, request.path, call.actor_);
  }

  if (lack && (match.kind != Match::Kind::kRoute || std::find(lack->open.begin(), lack->open.end(), match.route->pattern) == lack->open.end())) {
    if (call.is_api_) return refuse({ErrorCode::kUnauthenticated, {lack->sentence}});
    bool comes_back = lack->path == kCodePath && request.method == "GET";
    return finish(call.redirect(std::string(lack->path) + (comes_back ? "?return=" + encode_component(safe_return_path(request.path)) : "")));
  }

  switch (match.kind) {
    case Match::Kind::kNotFound: return refuse(not_found());
    case Match::Kind::kSignInFirst: return finish(sign_in_first(request, call, session_over));
    case Match::Kind::kWrongMethod:
      if (request.method == "OPTIONS") return finish({.status = 204});
      return refuse({ErrorCode::kWrongMethod, {"error.wrong_method"}});
    case Match::Kind::kRoute: break;
  }
  call.route_ = match.route;
  call.parameters_ = std::move(match.parameters);
  line.pattern = match.route->pattern;

  // Before there is a school only the page that makes one has something to show.
  bool has_school = !hooks.school || !call.school_.id.empty();
  bool is_shown = match.route->asks_who && is_safe(request.method) && match.route->pattern != kSetupPattern;
  if (!has_school && is_shown) return refuse({ErrorCode::kUnavailable, {"setup.not_yet"}});

  auto result = guarded([&] { return run(request, call, by_token); });
  if (auto* error = result.if_error()) {
    if (error->code == ErrorCode::kUnauthenticated && !call.is_api_) return finish(send_to_login(request));
    return refuse(*error);
  }
  return finish(std::move(*result));
}

/// An Error as a page, or as problem+json below /api. What was typed comes along where sending it again can help.
Response Application::Parts::tell(const Request& request, Call& call, const Error& error) const {
  if (call.is_api_) return problem(error, call.language());
  int status = status_of(error.code);
  Error shown = outward(error);
  nlohmann::json view = {{"title", call.say(shown.phrase)}, {"sentence", call.say(shown.phrase)}, {"problems", nlohmann::json::array()},
                         {"request_id", nullptr}, {"kept", nullptr}, {"action", call.link(request.path)}};
  for (const Problem& one : shown.problems) view["problems"].push_back(call.say(one.phrase));
  if (status >= 500) view["request_id"] = request.request_id;
  bool is_signed_in = !call.actor().is_public();
  if (is_signed_in && call.route_ && call.route_->pattern != kPasswordPath && (status >= 500 || (status == 403 && is_own_page(request)))) {
    view["kept"] = kept_view(call.form());
  }
  Response told = call.page("error", view, status);
  add_error_headers(error, told);
  return told;
}

/// A form whose session has ended keeps what was typed through the page to sign in; whatever else starts there anew.
Response Application::Parts::sign_in_first(Request& request, Call& call, bool session_over) const {
  if (call.is_api_) return problem({ErrorCode::kUnauthenticated, {session_over ? "sign_in.over" : "error.sign_in_first"}}, call.language());
  bool keeps = session_over && !is_safe(request.method) && request.path != kPasswordPath && is_own_page(request);
  if (keeps && take_body(request, call, settings.body_limit).ok() && !kept_view(call.form_).is_null()) return sign_in_again(call, settings.demo);
  return send_to_login(request);
}

Result<void> Application::Parts::take_body(Request& request, Call& call, std::size_t route_limit) const {
  FormLimits limits{.total_bytes = std::min(route_limit, settings.body_limit)};
  SHIDE_TRY(length, announced_length(request, limits.total_bytes));
  std::string_view content_type = request.header("content-type");
  std::string type = media_type(content_type);
  if (type == "multipart/form-data" && request.read_body) {
    SHIDE_TRY(form, read_multipart(header_parameter(content_type, "boundary"), request.read_body, limits));
    call.form_ = std::move(form);
    return {};
  }
  SHIDE_TRY(body, read_body(request, length, limits.total_bytes));
  call.body_ = std::move(body);
  if (!is_form(type)) return {};
  SHIDE_TRY(form, parse_form(content_type, call.body_, limits));
  call.form_ = std::move(form);
  return {};
}

/// Body and token, then the handler.
Result<Response> Application::Parts::run(Request& request, Call& call, bool by_token) const {
  if (!is_safe(request.method)) {
    SHIDE_CHECK(take_body(request, call, call.route_->body_limit));
    if (!by_token) SHIDE_CHECK(check_origin(request, call));
  }
  return call.route_->handler(call);
}

/// No other site may act in a reader's name.
Result<void> Application::Parts::check_origin(const Request& request, Call& call) const {
  Error forged{ErrorCode::kForged, {"error.forged"}};
  if (!same_site(request)) return forged;
  // A stranger's JSON changes nothing that a cookie stands for, and another site cannot send that type without asking first.
  if (call.actor().is_public() && call.is_api() && media_type(request.header("content-type")) == "application/json") return {};
  std::string_view given = request.header(kCsrfHeader);
  if (given.empty()) given = call.form().text(kCsrfField);
  if (given.empty() || !equal_in_constant_time(given, call.csrf())) return forged;
  return {};
}

Response Application::Parts::send_to_login(const Request& request) const {
  std::string back = is_safe(request.method) ? request.path + (request.query.empty() ? "" : "?" + request.query) : "/";
  Response response;
  response.status = 303;
  set_header(response, "Location", request.mount_prefix + std::string(kLoginPath) + "?return=" + encode_component(safe_return_path(back)));
  return response;
}

}  // namespace shide::web
