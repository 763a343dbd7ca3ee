// From request to answer, with routes and an identity of the test's own.
#include "web/application.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "base/resource.h"
#include "ports/ports.h"
#include "support/fixed_clock.h"
#include "support/memory_store.h"
#include "web/asset_routes.h"
#include "web/call.h"
#include "web/session.h"

namespace shide::web {
namespace {

using model::Role;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class App : public ::testing::Test {
 protected:
  App() {
    for (auto routes : {asset_routes(), test_routes()}) routes_.insert(routes_.end(), routes.begin(), routes.end());
    app_ = std::make_unique<Application>(routes_, Hooks{.identify = [this](const Request& request) { return identify(request); },
                                                        .school = {},
                                                        .now = [this] { return clock_.now(); },
                                                        .log = [this](const LogLine& line) { log_.push_back(line); }},
                                         Settings{.body_limit = 4096});
  }

  std::vector<Route> test_routes() {
    return {
        {Method::kGet, "/", public_(), [](Call& call) -> Result<Response> { return call.page("error", start_view(call)); }},
        {Method::kGet, "/form", public_(), [](Call& call) -> Result<Response> { return call.json({{"csrf", call.csrf()}}); }},
        {Method::kPost, "/form", public_(), [](Call& call) -> Result<Response> { return call.redirect("/thanks?" + std::string(call.form().text("note"))); }},
        {Method::kGet, "/my", signed_in(), [](Call& call) -> Result<Response> { return call.json({{"name", call.actor().name}}); }},
        {Method::kPost, "/my", signed_in(), [](Call& call) -> Result<Response> { return call.json({{"note", call.form().text("note")}}); }},
        {Method::kGet, "/hr", roles({Role::kHr}), [](Call& call) -> Result<Response> { return call.json({}); }},
        {Method::kGet, "/broken", public_(), [](Call&) -> Result<Response> { throw std::runtime_error("王小明 13800000000"); }},
        {Method::kGet, "/stale", public_(), [](Call&) -> Result<Response> { return Error{ErrorCode::kStale, {}}; }},
        {Method::kGet, "/busy", public_(), [](Call&) -> Result<Response> { return Error{ErrorCode::kBusy, {}}; }},
        {Method::kGet, "/pages", signed_in(), [](Call& call) -> Result<Response> { return call.page("error", start_view(call)); }, BarLink{"nav.my", 1}},
        {Method::kGet, "/pages/below", signed_in(), [](Call& call) -> Result<Response> { return call.page("error", start_view(call)); }, BarLink{"nav.score", 2}},
        {Method::kGet, "/password", signed_in(), [](Call& call) -> Result<Response> { return call.json({}); }},
        {Method::kGet, "/visits/{id}", public_(), [](Call& call) -> Result<Response> {
           SHIDE_TRY(id, call.id<model::School>("id"));
           return call.json({{"id", id.value}, {"limit", call.limit(50)}});
         }},
        {Method::kGet, "/api/v1/broken", public_(), [](Call&) -> Result<Response> { throw 17; }},
        {Method::kGet, "/api/v1/me", signed_in(), [](Call& call) -> Result<Response> { return call.json({}); }},
        {Method::kPut, "/api/v1/records/{id}", roles({Role::kTeacher}), [](Call& call) -> Result<Response> {
           SHIDE_TRY(version, call.if_match());
           SHIDE_TRY(body, call.json_body());
           return call.json({{"version", version}, {"body", body}}, 201);
         }},
        {Method::kPost, "/api/v1/session", public_(), [](Call& call) -> Result<Response> {
           SHIDE_TRY(body, call.json_body());
           return call.json(body);
         }},
        {Method::kGet, "/api/v1/archive-entries", roles({Role::kHr}).or_scope("archive:read"), [](Call& call) -> Result<Response> { return call.json({}); }},
    };
  }

  static nlohmann::json start_view(Call& call) {
    return {{"title", "Start"}, {"sentence", call.language() == Language::kEnglish ? "hello" : "您好"}, {"problems", nlohmann::json::array()}, {"request_id", nullptr}};
  }

  Result<Identity> identify(const Request& request) {
    ++identified_;
    Identity identity;
    std::string_view session = cookie(request, Cookie::kSession);
    if (request.header("authorization") == "Bearer good") {
      identity.actor.account = {"token"};
      identity.actor.scopes = {"archive:read"};
      identity.by_token = true;
    } else if (!request.header("authorization").empty()) {
      return Error{ErrorCode::kUnauthenticated, {"sign_in.token_unknown"}};
    } else if (session == "down") {
      return Error{ErrorCode::kUnavailable, {}};
    } else if (session == "over") {
      identity.session_over = true;
    } else if (!session.empty()) {
      identity.actor.account = {"a"};
      identity.actor.name = "沈若楠";
      identity.actor.roles = {Role::kTeacher};
      identity.csrf = "session-csrf";
      identity.must_change_password = session == "fresh";
    }
    return identity;
  }

  Response send(std::string method, std::string target, Headers headers = {}, std::string body = {}) {
    Request request;
    request.method = std::move(method);
    std::size_t mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.headers = std::move(headers);
    request.mount_prefix = "/shide";
    std::size_t at = 0;
    request.read_body = [body, at](char* into, std::size_t size) mutable {
      std::size_t count = std::min({size, body.size() - at, std::size_t{7}});  // in small pieces, as a network does
      std::copy_n(body.data() + at, count, into);
      at += count;
      return static_cast<long>(count);
    };
    return app_->handle(request);
  }
  static Headers teacher(Headers more = {}) {
    more.emplace_back("cookie", "shide_session=s");
    return more;
  }
  static std::string sentence(std::string_view code) { return std::string(text_of(code, Language::kChinese)); }

  shide::testing::FixedClock clock_;
  std::vector<Route> routes_;
  std::vector<LogLine> log_;
  int identified_ = 0;
  std::unique_ptr<Application> app_;
};

TEST_F(App, AnswersAPageWithItsHeaders) {
  Response response = send("GET", "/");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header_of(response, "content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(header_of(response, "cache-control"), "no-cache");
  EXPECT_THAT(std::string(header_of(response, "content-security-policy")), HasSubstr("default-src 'none'"));
  EXPECT_FALSE(header_of(response, "x-request-id").empty());
  EXPECT_TRUE(header_of(response, "set-cookie").empty());
  EXPECT_THAT(response.body, HasSubstr("href=\"/shide/assets/look.css?v="));
}

TEST_F(App, MarksOneWordOfTheBarOnlyTheLongestThatLeadsHere) {
  std::string page = send("GET", "/pages/below", teacher()).body;
  EXPECT_THAT(page, HasSubstr("href=\"/shide/pages/below\" aria-current=\"page\""));
  EXPECT_THAT(page, Not(HasSubstr("href=\"/shide/pages\" aria-current")));
  EXPECT_THAT(send("GET", "/pages", teacher()).body, HasSubstr("href=\"/shide/pages\" aria-current=\"page\""));
}

TEST_F(App, HeadHasTheLengthAndNoBody) {
  Response get = send("GET", "/"), head = send("HEAD", "/");
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.body.empty());
  EXPECT_EQ(header_of(head, "content-length"), std::to_string(get.body.size()));
}

TEST_F(App, ForbiddenAnswersExactlyAsNotFound) {
  Response forbidden = send("GET", "/hr", teacher()), missing = send("GET", "/hq", teacher());
  EXPECT_EQ(forbidden.status, 404);
  EXPECT_THAT(forbidden.body, HasSubstr(sentence("error.not_found")));
  auto without = [](std::string body) {
    for (const char* path : {"/hr", "/hq"}) {
      for (std::size_t at; (at = body.find(path)) != std::string::npos;) body.erase(at, 3);
    }
    return body;
  };
  EXPECT_EQ(without(forbidden.body), without(missing.body));
  auto names = [](const Response& response) {
    std::vector<std::string> list;
    for (const auto& [name, value] : response.headers) list.push_back(name == "X-Request-Id" ? name : name + value);
    return list;
  };
  EXPECT_EQ(names(forbidden), names(missing));
}

TEST_F(App, AStrangerIsSentToTheLoginPageWithTheWayBack) {
  Response response = send("GET", "/my?tab=2");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header_of(response, "location"), "/shide/login?return=%2Fmy%3Ftab%3D2");
  EXPECT_EQ(header_of(send("GET", "/my", {{"cookie", "shide_session=over"}}), "location"), "/shide/login?return=%2Fmy");
}

TEST_F(App, TheApiAnswersAStrangerWith401AndASentence) {
  Response response = send("GET", "/api/v1/me");
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(nlohmann::json::parse(response.body)["code"], "error.sign_in_first");
  EXPECT_EQ(nlohmann::json::parse(send("GET", "/api/v1/me", {{"cookie", "shide_session=over"}}).body)["code"], "sign_in.over");
  EXPECT_EQ(nlohmann::json::parse(send("GET", "/api/v1/me", {{"authorization", "Bearer bad"}}).body)["code"], "sign_in.token_unknown");
  EXPECT_EQ(send("GET", "/api/v1/nothing").status, 404);
}

TEST_F(App, ATokenOpensItsScopeAndNothingElse) {
  Headers token = {{"authorization", "Bearer good"}};
  EXPECT_EQ(send("GET", "/api/v1/archive-entries", token).status, 200);
  EXPECT_EQ(send("GET", "/api/v1/me", token).status, 404);
  EXPECT_EQ(send("GET", "/my", token).status, 404);
}

TEST_F(App, AnotherMethodIsTold405WithWhatIsAllowed) {
  Response response = send("DELETE", "/form");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header_of(response, "allow"), "GET, HEAD, POST");
  Response api = send("DELETE", "/api/v1/me", teacher());
  EXPECT_EQ(api.status, 405);
  EXPECT_EQ(nlohmann::json::parse(api.body)["status"], 405);
}

TEST_F(App, AFormOfASignedInReaderNeedsTheToken) {
  Headers form = teacher({{"content-type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(send("POST", "/my", form, "note=a").status, 403);
  EXPECT_EQ(send("POST", "/my", form, "note=a&csrf=wrong").status, 403);
  Response response = send("POST", "/my", form, "note=%E5%A5%BD&csrf=session-csrf");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "{\"note\":\"好\"}\n");
  Headers header = teacher({{"content-type", "application/x-www-form-urlencoded"}, {"x-csrf-token", "session-csrf"}});
  EXPECT_EQ(send("POST", "/my", header, "note=a").status, 200);
  header.emplace_back("sec-fetch-site", "cross-site");
  EXPECT_EQ(send("POST", "/my", header, "note=a").status, 403);
}

TEST_F(App, AStrangersFormIsTiedToItsBrowser) {
  Response shown = send("GET", "/form");
  std::string set(header_of(shown, "set-cookie"));
  ASSERT_THAT(set, StartsWith("shide_stranger="));
  EXPECT_EQ(header_of(shown, "cache-control"), "no-store");
  std::string token = nlohmann::json::parse(shown.body)["csrf"];
  Headers same = {{"content-type", "application/x-www-form-urlencoded"}, {"cookie", set.substr(0, set.find(';'))}};
  Response sent = send("POST", "/form", same, "note=1&csrf=" + token);
  EXPECT_EQ(sent.status, 303);
  EXPECT_EQ(header_of(sent, "location"), "/shide/thanks?1");
  EXPECT_EQ(send("POST", "/form", {{"content-type", "application/x-www-form-urlencoded"}}, "note=1&csrf=" + token).status, 403);
}

TEST_F(App, AStrangersJsonNeedsNoTokenButItsType) {
  EXPECT_EQ(send("POST", "/api/v1/session", {{"content-type", "application/json"}}, "{\"login\":\"a\"}").status, 200);
  EXPECT_EQ(send("POST", "/api/v1/session", {{"content-type", "text/plain"}}, "{\"login\":\"a\"}").status, 403);
  EXPECT_EQ(send("POST", "/api/v1/session", {{"content-type", "application/json"}, {"sec-fetch-site", "cross-site"}}, "{}").status, 403);
  EXPECT_EQ(send("POST", "/api/v1/session", {{"content-type", "application/json"}}, "{").status, 422);
}

TEST_F(App, TheApiTakesJsonWithAVersionAndAToken) {
  Headers headers = teacher({{"content-type", "application/json"}, {"if-match", "\"3\""}, {"x-csrf-token", "session-csrf"}});
  Response response = send("PUT", "/api/v1/records/1", headers, "{\"a\":1}");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "{\"body\":{\"a\":1},\"version\":3}\n");
  headers[1].second = "3";
  EXPECT_EQ(nlohmann::json::parse(send("PUT", "/api/v1/records/1", headers, "{}").body)["code"], "form.if_match");
  EXPECT_EQ(send("PUT", "/api/v1/records/1", teacher({{"content-type", "application/json"}}), "{}").status, 403);
}

TEST_F(App, BodiesKeepToTheLimitWhetherAnnouncedOrNot) {
  Headers form = teacher({{"content-type", "application/x-www-form-urlencoded"}, {"x-csrf-token", "session-csrf"}});
  EXPECT_EQ(send("POST", "/my", form, "note=" + std::string(5000, 'a')).status, 413);
  form.emplace_back("content-length", "999999999");
  EXPECT_EQ(send("POST", "/my", form, "note=a").status, 413);
}

TEST_F(App, WhatAHandlerThrowsIsToldWithoutAWordAboutTheData) {
  Response response = send("GET", "/broken");
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, HasSubstr(sentence("error.internal")));
  EXPECT_THAT(response.body, HasSubstr(std::string(header_of(response, "x-request-id"))));
  EXPECT_THAT(response.body, Not(HasSubstr("13800000000")));
  EXPECT_EQ(log_.back().pattern, "/broken");
  EXPECT_EQ(log_.back().status, 500);
  Response api = send("GET", "/api/v1/broken");
  EXPECT_EQ(api.status, 500);
  EXPECT_EQ(header_of(api, "content-type"), "application/problem+json; charset=utf-8");
}

TEST_F(App, ErrorsOfHandlersHaveTheirStatus) {
  EXPECT_EQ(send("GET", "/stale").status, 412);
  Response busy = send("GET", "/busy");
  EXPECT_EQ(busy.status, 503);
  EXPECT_EQ(header_of(busy, "retry-after"), "5");
  EXPECT_EQ(send("GET", "/my", {{"cookie", "shide_session=down"}}).status, 503);
}

TEST_F(App, IdsThatAreNoIdsAreNotFound) {
  EXPECT_EQ(send("GET", "/visits/1").status, 404);
  EXPECT_EQ(send("GET", "/visits/..%2f..").status, 404);
  EXPECT_EQ(send("GET", "/visits/018f0000-0000-7000-8000-000000000001?limit=7").body, "{\"id\":\"018f0000-0000-7000-8000-000000000001\",\"limit\":7}\n");
}

TEST_F(App, SpeaksTheReadersLanguageAndRemembersIt) {
  EXPECT_THAT(send("GET", "/").body, HasSubstr("您好"));
  EXPECT_THAT(send("GET", "/", {{"accept-language", "en-US"}}).body, HasSubstr("hello"));
  Response asked = send("GET", "/?lang=en");
  EXPECT_THAT(asked.body, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(std::string(header_of(asked, "set-cookie")), StartsWith("shide_lang=en; Path=/shide; Max-Age="));
  EXPECT_THAT(send("GET", "/nothing?lang=en").body, HasSubstr("No such page, or it is not open to you now."));
}

TEST_F(App, WhoMustChooseAPasswordSeesNothingElse) {
  Headers fresh = {{"cookie", "shide_session=fresh"}};
  EXPECT_EQ(header_of(send("GET", "/my", fresh), "location"), "/shide/password");
  EXPECT_EQ(send("GET", "/password", fresh).status, 200);
  EXPECT_EQ(send("GET", "/api/v1/me", fresh).status, 401);
}

TEST_F(App, PersonalPagesAreKeptByNoCache) { EXPECT_EQ(header_of(send("GET", "/my", teacher()), "cache-control"), "no-store"); }

TEST_F(App, AssetsAreKeptForeverByTheirContentAndAskNobodysName) {
  std::string address = asset_address("", "look.css");
  Response fresh = send("GET", address, teacher());
  EXPECT_EQ(fresh.status, 200);
  EXPECT_EQ(fresh.body, *resource("plugin/web/assets/look.css"));
  EXPECT_EQ(header_of(fresh, "content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(header_of(fresh, "cache-control"), "public, max-age=31536000, immutable");
  Response again = send("GET", address, {{"if-none-match", std::string(header_of(fresh, "etag"))}});
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(header_of(send("GET", "/assets/look.css"), "cache-control"), "public, max-age=300");
  EXPECT_EQ(send("GET", "/assets/mark.svg").status, 200);
  EXPECT_EQ(identified_, 0);
  EXPECT_EQ(send("GET", "/assets/..%2fpage.cpp").status, 404);
}

TEST_F(App, TheLogKnowsThePatternNotThePath) {
  send("GET", "/visits/018f0000-0000-7000-8000-000000000001");
  EXPECT_EQ(log_.back().pattern, "/visits/{id}");
}

TEST_F(App, ARequestIdFromOutsideIsUsedOnlyWhenItIsPlain) {
  Request request;
  request.method = "GET";
  request.path = "/";
  request.request_id = "abc-1";
  EXPECT_EQ(header_of(app_->handle(request), "x-request-id"), "abc-1");
  request.request_id = "a\r\nSet-Cookie: x=1";
  EXPECT_THAT(std::string(header_of(app_->handle(request), "x-request-id")), Not(HasSubstr("Set-Cookie")));
}

TEST_F(App, OverlongAddressesAndHeadersAreRefused) {
  EXPECT_EQ(send("GET", "/" + std::string(5000, 'a')).status, 413);
  EXPECT_EQ(send("GET", "/?" + std::string(5000, 'a')).status, 413);
  EXPECT_EQ(send("GET", "/", {{"x", std::string(70'000, 'a')}}).status, 413);
}

// ── the real routes ──────────────────────────────────────────────────────────────────────────────────────────────────────────

struct RealRoutes : ::testing::Test {
  RealRoutes() {
    ports.clock = std::make_unique<shide::testing::FixedClock>();
    ports.store = std::make_unique<shide::testing::MemoryStore>(*ports.clock);
  }
  ports::Ports ports;
};

TEST_F(RealRoutes, EachOneOfTheApiIsDescribedAndEachDescriptionIsARoute) {
  auto description = nlohmann::json::parse(*resource("schema/api/openapi.json"));
  std::set<std::string> described, routed;
  for (const auto& [path, operations] : description["paths"].items()) {
    for (const auto& [method, operation] : operations.items()) {
      if (method != "parameters") described.insert(method + " " + path);
    }
  }
  for (const Route& route : all_routes(ports, {})) {
    std::string method(method_name(route.method));
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c + 32); });
    if (route.pattern.starts_with("/api/")) routed.insert(method + " " + route.pattern);
  }
  EXPECT_FALSE(routed.empty());
  EXPECT_EQ(described, routed);
}

TEST_F(RealRoutes, AnEmptyHouseStillAnswers) {
  Application app(ports, {});
  Request request;
  request.method = "GET";
  request.path = "/health";
  EXPECT_EQ(app.handle(request).body, "{\"status\":\"alive\"}\n");
  request.path = "/api/v1/openapi.json";
  EXPECT_EQ(app.handle(request).body, *resource("schema/api/openapi.json"));
  request.path = "/nothing";
  Response missing = app.handle(request);
  EXPECT_EQ(missing.status, 404);
  EXPECT_THAT(missing.body, HasSubstr("没有找到这一页，或者您现在不能看。"));
}

}  // namespace
}  // namespace shide::web
