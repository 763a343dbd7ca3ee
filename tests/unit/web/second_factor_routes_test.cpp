// The pages of the second factor: set up, asked for, switched off; and that half a session is led to the one page it may see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/one_time_code.h"
#include "support/browser.h"
#include "support/test_school.h"
#include "support/visitor.h"
#include "web/session.h"
#include "workflow/people.h"
#include "workflow/second_factor.h"

namespace shide::web {
namespace {

using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using testing::Visitor;
using ::testing::HasSubstr;
using ::testing::Not;

class SecondFactorRoutes_D13 : public ::testing::Test {
 protected:
  Response sign_in(Visitor& visitor, const char* login = "hr", const testing::TypedFields& more = {}) {
    visitor.open("/login");
    testing::TypedFields fields = {{"login", login}, {"password", "correct horse 9"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return visitor.send("/login", fields);
  }
  std::string shown() const { return one_time_code(*from_base32(secret), one_time_step(school.clock->now())); }
  std::string wrong() const { return shown() == "100000" ? "100001" : "100000"; }
  /// By the pages; answers the page of recovery codes.
  std::string set_up(Visitor& visitor) {
    visitor.open("/account/second-factor");
    EXPECT_EQ(location(visitor.send("/account/second-factor/begin", {{"password", "correct horse 9"}})), "/shide/account/second-factor");
    std::string page = visitor.open("/account/second-factor").body;
    EXPECT_THAT(page, HasSubstr("<svg class=\"qr large\""));
    std::string mark = "<b class=\"secret\">";
    std::size_t begin = page.find(mark) + mark.size();
    secret = page.substr(begin, page.find('<', begin) - begin);
    EXPECT_EQ(secret.size(), 39u) << "eight groups of four";
    std::erase(secret, ' ');
    Response codes = visitor.send("/account/second-factor", {{"code", shown()}});
    EXPECT_EQ(codes.status, 200);
    EXPECT_EQ(header_of(codes, "cache-control"), "no-store");
    school.clock->advance(kOneTimeStep);
    return codes.body;
  }
  static std::string first_secret(const std::string& page) {
    std::string mark = "<b class=\"secret\">";
    std::size_t begin = page.find(mark) + mark.size();
    return page.substr(begin, page.find('<', begin) - begin);
  }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Visitor hr{application};
  std::string secret;
};

TEST_F(SecondFactorRoutes_D13, LeadFromThePasswordThroughTheCodeToWhereOneWanted) {
  sign_in(hr);
  std::string codes = set_up(hr);
  EXPECT_EQ(hr.open("/archives").status, 200) << "whoever set it up stays in";
  Visitor again{application};
  Response half = sign_in(again, "hr", {{"return", "/ratings"}});
  EXPECT_EQ(location(half), "/shide/second-factor?return=%2Fratings");
  Response page = again.open("/second-factor", "return=%2Fratings");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("one-time-code"));
  Response refused = again.send("/second-factor", {{"code", wrong()}, {"return", "/ratings"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(beside(refused, "code"), HasSubstr("时间"));
  EXPECT_THAT(refused.body, Not(HasSubstr("value=\"" + wrong() + "\"")));
  EXPECT_EQ(location(again.send("/second-factor", {{"code", shown()}, {"return", "/ratings"}})), "/shide/ratings");
  EXPECT_EQ(again.open("/archives").status, 200);
  EXPECT_EQ(location(again.open("/second-factor")), "/shide/archives") << "nothing is asked for any more";
  Visitor lost{application};
  sign_in(lost);
  lost.open("/second-factor");
  EXPECT_EQ(location(lost.send("/second-factor", {{"code", first_secret(codes)}, {"return", "https://elsewhere.example"}})), "/shide/archives");
}

TEST_F(SecondFactorRoutes_D13, HalfASessionSeesNothingElse) {
  sign_in(hr);
  set_up(hr);
  Visitor half{application};
  sign_in(half);
  int led = 0;
  for (const Route& route : application.routes()) {
    if (!route.asks_who || route.pattern.find('{') != std::string::npos || route.method != Method::kGet || route.pattern == "/second-factor") continue;
    Response response = half.open(route.pattern);
    bool is_api = route.pattern.starts_with("/api/");
    EXPECT_EQ(response.status, is_api ? 401 : 303) << route.pattern;
    if (!is_api) {
      EXPECT_THAT(location(response), ::testing::StartsWith("/shide/second-factor?return=")) << route.pattern;
    }
    ++led;
  }
  EXPECT_GT(led, 30);
  half.open("/second-factor");
  EXPECT_EQ(location(half.send("/account/second-factor/off", {{"code", shown()}})), "/shide/second-factor");
  EXPECT_EQ(location(half.send("/password", {{"current", "correct horse 9"}, {"password", "Twelve chars 9"}})), "/shide/second-factor");
  EXPECT_EQ(half.open("/no-such-page").status, 303);
  EXPECT_EQ(half.open("/assets/look.css").status, hr.open("/assets/look.css").status);
  EXPECT_EQ(half.send("/logout", {}).status, 303);
  EXPECT_EQ(location(half.open("/second-factor")), "/shide/login?return=%2Fsecond-factor");
}

TEST_F(SecondFactorRoutes_D13, WhatWasTypedBeforeTheSessionEndedComesAlong) {
  sign_in(hr);
  set_up(hr);
  Visitor again{application};
  Response page = sign_in(again, "hr", {{"return", "/ratings"}, {"kept.narrative", "three words typed"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("name=\"kept.narrative\""));
  Response refused = again.send("/second-factor", {{"code", wrong()}, {"return", "/ratings"}, {"kept.narrative", "three words typed"}});
  EXPECT_THAT(refused.body, HasSubstr("three words typed"));
  Response resumed = again.send("/second-factor", {{"code", shown()}, {"return", "/ratings"}, {"kept.narrative", "three words typed"}});
  EXPECT_THAT(resumed.body, HasSubstr("name=\"narrative\" value=\"three words typed\""));
}

TEST_F(SecondFactorRoutes_D13, RequiredLeadsToSetItUpFirst) {
  school.ports.second_factor = ports::SecondFactorPolicy::kRequired;
  EXPECT_EQ(location(sign_in(hr)), "/shide/account/second-factor");
  EXPECT_EQ(location(hr.open("/archives")), "/shide/account/second-factor");
  EXPECT_EQ(location(hr.open("/account")), "/shide/account/second-factor");
  EXPECT_THAT(hr.open("/account/second-factor").body, HasSubstr("学校要求有验证码"));
  set_up(hr);
  EXPECT_EQ(location(hr.open("/second-factor")), "/shide/archives") << "where the button below the recovery codes leads";
  EXPECT_EQ(hr.open("/archives").status, 200);
  EXPECT_EQ(location(sign_in(hr, "0300")), "/shide/my");
}

TEST_F(SecondFactorRoutes_D13, ARightCodeIsTakenFiveTriesNoMore) {
  sign_in(hr);
  set_up(hr);
  Visitor guesser{application};
  sign_in(guesser);
  guesser.open("/second-factor");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(guesser.send("/second-factor", {{"code", wrong()}}).status, 422);
  Response locked = guesser.send("/second-factor", {{"code", wrong()}});
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(header_of(locked, "retry-after"), "900");
  EXPECT_EQ(guesser.send("/second-factor", {{"code", shown()}}).status, 429);
}

TEST_F(SecondFactorRoutes_D13, IsSwitchedOffInTheAccountWithACode) {
  sign_in(hr);
  set_up(hr);
  EXPECT_THAT(hr.open("/account").body, HasSubstr("起已开启"));
  Response page = hr.open("/account/second-factor");
  EXPECT_THAT(page.body, HasSubstr("还剩10个"));
  EXPECT_THAT(page.body, Not(HasSubstr("<svg class=\"qr")));
  Response refused = hr.send("/account/second-factor/off", {{"code", wrong()}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(beside(refused, "code"), "");
  EXPECT_EQ(location(hr.send("/account/second-factor/off", {{"code", shown()}})), "/shide/account");
  EXPECT_THAT(hr.open("/account").body, HasSubstr("没有开启"));
}

TEST_F(SecondFactorRoutes_D13, TheAdministratorResetsAColleaguesAndNotTheirOwn) {
  sign_in(hr);
  set_up(hr);
  Browser admin(application, school.ports, "it_admin");
  std::string person = "/people/" + school.hr.account.value, own = "/people/" + school.it_admin.account.value;
  EXPECT_THAT(admin.get(person).body, HasSubstr("second-factor/reset"));
  EXPECT_EQ(location(admin.post(person + "/second-factor/reset", {})), "/shide" + person);
  EXPECT_THAT(admin.get(person).body, Not(HasSubstr("second-factor/reset")));
  EXPECT_EQ(admin.post(person + "/second-factor/reset", {}).status, 422);
  EXPECT_EQ(hr.open("/account").status, 303) << "signed out";
  EXPECT_EQ(location(sign_in(hr)), "/shide/archives");
  Visitor keeper{application};
  sign_in(keeper, "it_admin");
  set_up(keeper);
  EXPECT_THAT(keeper.open(own).body, Not(HasSubstr("second-factor/reset")));
  Response refused = keeper.send(own + "/second-factor/reset", {});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("不能取消自己的"));
}

TEST_F(SecondFactorRoutes_D13, OffShowsNothingOfIt) {
  school.ports.second_factor = ports::SecondFactorPolicy::kOff;
  sign_in(hr);
  EXPECT_THAT(hr.open("/account").body, Not(HasSubstr("second-factor")));
  EXPECT_EQ(hr.open("/account/second-factor").status, 404);
  EXPECT_EQ(hr.send("/account/second-factor/begin", {}).status, 404);
}

TEST_F(SecondFactorRoutes_D13, AProgramIsToldWhatIsDueAndGivesTheCode) {
  sign_in(hr);
  set_up(hr);
  Browser stranger(application, school.ports, "");
  Response half = stranger.api("POST", "/api/v1/session", R"({"login":"hr","password":"correct horse 9"})");
  ASSERT_EQ(half.status, 200);
  auto told = nlohmann::json::parse(half.body);
  EXPECT_EQ(told["second_factor"], "code");
  EXPECT_TRUE(told["actor"]["roles"].empty());
  auto as = [&](const Response& session, const std::string& method, const std::string& path, const std::string& body) {
    std::string_view line = header_of(session, "set-cookie");
    Headers headers = {{"cookie", std::string(line.substr(0, line.find(';')))}, {"content-type", "application/json"},
                       {"x-csrf-token", nlohmann::json::parse(session.body)["csrf"]}};
    return stranger.send(method, path, headers, body);
  };
  EXPECT_EQ(as(half, "GET", "/api/v1/me", "").status, 401);
  EXPECT_EQ(as(half, "POST", "/api/v1/session/code", R"({"code":"no"})").status, 422);
  Response whole = as(half, "POST", "/api/v1/session/code", R"({"code":")" + shown() + "\"}");
  ASSERT_EQ(whole.status, 200);
  EXPECT_EQ(nlohmann::json::parse(whole.body)["second_factor"], "nothing");
  EXPECT_EQ(as(whole, "GET", "/api/v1/me", "").status, 200);
  EXPECT_EQ(as(half, "GET", "/api/v1/me", "").status, 401);
}

}  // namespace
}  // namespace shide::web
