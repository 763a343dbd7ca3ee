// The public face and what every address answers: methods, validators, caches, headers, the operator's numbers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class PublicRoutes : public ::testing::Test {
 protected:
  PublicRoutes() { school.announce_campaign(); }
  std::string post() const { return "/posts/" + school.store->tables()["posts"].begin()->first; }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser anyone{application, school.ports, ""};
  Browser teacher{application, school.ports, "0300"};
};

// The plan's page was filed under one activity and its notes are wanted under another: the section is named in one place.
TEST_F(PublicRoutes, APageFiledInAnotherSectionMovesWithTheSchoolsWord_S4) {
  auto stand_in = [&](const std::string& section) {
    school.amend<model::School>([&](model::School& one) { return one.section_name = section, one.breadcrumb = "工会网|/\n工会活动|/", true; });
  };
  std::string address = post();
  for (const auto& [now, before] : {std::pair<std::string, std::string>{"退协活动", "师德师风活动"}, {"师德师风活动", "退协活动"}}) {
    stand_in(now);
    for (const std::string& path : {std::string("/"), address}) {
      std::string page = anyone.get(path).body;
      EXPECT_THAT(page, HasSubstr("aria-current=\"page\">" + now)) << path;
      EXPECT_THAT(page, Not(HasSubstr(before))) << path;
    }
  }
}

TEST_F(PublicRoutes, AFaceThatHasNotChangedIsNotSentAgain) {
  for (const char* path : {"/", "/feed.xml"}) {
    Response first = anyone.get(path);
    ASSERT_EQ(first.status, 200) << path;
    std::string tag(header_of(first, "etag"));
    EXPECT_FALSE(tag.empty());
    EXPECT_EQ(header_of(first, "cache-control"), "no-cache");
    Response again = anyone.get(path, {{"if-none-match", tag}});
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_TRUE(again.body.empty());
    EXPECT_EQ(header_of(again, "etag"), tag);
    EXPECT_EQ(anyone.get(path, {{"if-none-match", "\"older\", W/" + tag}}).status, 304);
    EXPECT_EQ(anyone.get(path, {{"if-none-match", "\"older\""}}).status, 200);
  }
}

TEST_F(PublicRoutes, WhatBelongsToOneReaderIsKeptByNobody) {
  for (const Response& own : {teacher.get("/"), teacher.get("/my"), anyone.get("/login"), anyone.get("/login", {{"cookie", "shide_stranger=0123456789abcdef0123"}})}) {
    EXPECT_EQ(header_of(own, "cache-control"), "no-store");
    EXPECT_EQ(header_of(own, "etag"), "");
  }
}

TEST_F(PublicRoutes, EachPageOfEachReaderCarriesTheHeadersAgainstMisuse) {
  for (const Route& route : application.routes()) {
    if (route.method != Method::kGet || route.pattern.find('{') != std::string::npos) continue;
    for (const Browser* reader : {&anyone, &teacher}) {
      Response response = reader->get(route.pattern);
      for (const char* name : {"content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy", "cross-origin-opener-policy",
                               "cross-origin-resource-policy", "cache-control", "x-request-id"}) {
        EXPECT_NE(header_of(response, name), "") << route.pattern << " " << name;
      }
      EXPECT_THAT(std::string(header_of(response, "content-security-policy")), Not(HasSubstr("unsafe"))) << route.pattern;
    }
  }
}

TEST_F(PublicRoutes, EveryRouteSaysWhichMethodsItTakes) {
  for (const Route& route : application.routes()) {
    if (route.pattern.find('{') != std::string::npos || route.permission.kind() != Permission::Kind::kPublic || route.method != Method::kGet) continue;
    Response options = anyone.send("OPTIONS", route.pattern, {}, "");
    EXPECT_EQ(options.status, 204) << route.pattern;
    EXPECT_THAT(std::string(header_of(options, "allow")), HasSubstr("GET, HEAD")) << route.pattern;
    Response wrong = anyone.send("PATCH", route.pattern, {}, "");
    EXPECT_EQ(wrong.status, 405) << route.pattern;
    EXPECT_THAT(std::string(header_of(wrong, "allow")), HasSubstr("GET, HEAD"));
    Response head = anyone.send("HEAD", route.pattern, {}, "");
    EXPECT_TRUE(head.body.empty());
    EXPECT_NE(header_of(head, "content-length"), "") << route.pattern;
  }
  Response api = teacher.send("DELETE", "/api/v1/me", {}, "");
  EXPECT_EQ(api.status, 405);
  EXPECT_EQ(json::parse(api.body)["code"], "error.wrong_method");
  EXPECT_EQ(json::parse(api.body)["title"], std::string(text_of("error.wrong_method", Language::kChinese)));
  EXPECT_EQ(anyone.send("OPTIONS", "/nowhere", {}, "").status, 404);
}

TEST_F(PublicRoutes, EveryAnswerBelowApiIsJsonEvenAboutNothing) {
  for (const char* target : {"/api", "/api/", "/api/v1/nothing", "/api/v1/records/..%2f", "/api/v1/me?%ff", "/api/v1/records/1", "/api/v1//me"}) {
    for (const Browser* reader : {&anyone, &teacher}) {
      Response response = reader->get(target);
      EXPECT_GE(response.status, 400) << target;
      EXPECT_EQ(header_of(response, "content-type"), "application/problem+json; charset=utf-8") << target;
      EXPECT_TRUE(json::parse(response.body)["fields"].is_array());
    }
  }
}

TEST_F(PublicRoutes, TheLanguageAskedForIsKeptThroughEveryRedirect) {
  Response sent = anyone.get("/my?lang=en");
  EXPECT_EQ(sent.status, 303);
  EXPECT_THAT(std::string(header_of(sent, "set-cookie")), HasSubstr("shide_lang=en"));
  EXPECT_THAT(std::string(header_of(anyone.get("/nowhere?lang=en"), "set-cookie")), HasSubstr("shide_lang=en"));
  EXPECT_THAT(anyone.get("/login", {{"cookie", "shide_lang=en"}}).body, HasSubstr("<html lang=\"en\">"));
}

TEST_F(PublicRoutes, MadeUpPostsAreNotThere) {
  for (const char* path : {"/posts/1", "/posts/018f0000-0000-7000-8000-000000000000", "/posts/%00", "/posts/"}) EXPECT_EQ(anyone.get(path).status, 404) << path;
  EXPECT_EQ(anyone.get(post()).status, 200);
}

TEST_F(PublicRoutes, NumbersForTheOperatorAreForThisMachineAndAboutNobody) {
  anyone.get(post());
  anyone.get("/nowhere/" + school.visits.emplace_back(new_id<model::Visit>(school.clock->now())).value);
  anyone.send("BREW", "/", {}, "");
  teacher.get("/my");
  Response numbers = anyone.get("/metrics");
  EXPECT_EQ(numbers.status, 200);
  EXPECT_THAT(numbers.body, HasSubstr("shide_requests_total{method=\"GET\",route=\"/posts/{id}\",status=\"200\"} 1"));
  EXPECT_THAT(numbers.body, HasSubstr("method=\"other\""));
  EXPECT_THAT(numbers.body, HasSubstr("shide_request_seconds_count{method=\"GET\",route=\"/my\"} 1"));
  for (const std::string& word : {post().substr(7), school.visits.back().value, std::string("BREW"), std::string("沈若楠")}) EXPECT_THAT(numbers.body, Not(HasSubstr(word)));
  Browser elsewhere = anyone;
  elsewhere.remote_address = "10.0.0.7";
  EXPECT_EQ(elsewhere.get("/metrics").status, 404);
  EXPECT_EQ(anyone.get("/metrics", {{"x-forwarded-for", "10.0.0.7"}}).status, 404);
}

}  // namespace
}  // namespace shide::web
