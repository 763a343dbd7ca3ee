// Every route, asked by every role, for something of one's own and for something of somebody else's: what a role may not use
// answers like what does not exist, nothing breaks, and no answer holds a pupil's name that its reader may not see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/digest.h"
#include "support/test_school.h"
#include "web/application.h"
#include "web/session.h"
#include "workflow/sign_in.h"

namespace shide::web {
namespace {

using model::Role;
using testing::TestSchool;

struct Reader {
  std::string name;      // of the row in a failure
  model::Actor actor;
  std::string token;     // empty: the public
  std::string csrf;
};

class RoutesAndRoles : public ::testing::Test {
 protected:
  RoutesAndRoles() {
    school.add_staff("丘明远", Role::kDistrict, "district");
    school.start_visiting();
    school.prepare(0);
    school.prepare(1);
    school.write_record(0);
    school.write_record(1);
    school.submit(0);
    school.submit(1);
    school.accept(1);
    school.run_jobs();
    application = std::make_unique<Application>(school.ports, Settings{});
    readers.push_back({"public", {}, "", ""});
    add("homeroom teacher of the visit", "0300");
    add("companion and grade leader", "0301");
    add("teacher of another visit", "0305");
    for (const char* login : {"student_office", "union_editor", "head", "ethics_committee", "hr", "auditor", "it_admin", "district"}) add(login, login);
  }

  void add(const std::string& name, const std::string& login) {
    auto signed_in = workflow::sign_in_demo(school.ports, login);
    ASSERT_TRUE(signed_in) << login;
    readers.push_back({name, signed_in->actor, signed_in->token, signed_in->csrf});
  }

  Response ask(const Reader& reader, const Route& route, const std::string& path) const {
    Request request;
    request.method = std::string(method_name(route.method));
    request.path = path;
    request.mount_prefix = "/shide";
    request.remote_address = "127.0.0.1";
    request.headers = {{"host", "localhost"}};
    if (!reader.token.empty()) request.headers.push_back({"cookie", "shide_session=" + reader.token});
    if (route.method != Method::kGet) {
      request.headers.push_back({"x-csrf-token", reader.csrf});
      request.headers.push_back({"content-type", path.starts_with("/api/") ? "application/json" : "application/x-www-form-urlencoded"});
      request.headers.push_back({"if-match", "\"1\""});
      std::string body = path.starts_with("/api/") ? "{}" : "";
      request.read_body = [body, done = false](char* into, std::size_t) mutable -> long {
        if (done) return 0;
        done = true;
        body.copy(into, body.size());
        return static_cast<long>(body.size());
      };
    }
    return application->handle(request);
  }

  /// The pattern with each parameter filled by a value that exists: of the first visit, or of nothing.
  std::string fill(std::string pattern, bool own) const {
    auto put = [&](const std::string& name, const std::string& value) {
      if (auto at = pattern.find(name); at != std::string::npos) pattern.replace(at, name.size(), value);
    };
    std::string id = school.visits[0].value;
    if (pattern.find("/rosters/") != std::string::npos) id = school.roster.value;
    if (pattern.find("/campaigns/") != std::string::npos) id = school.campaign.value;
    if (pattern.find("/classes/") != std::string::npos) id = school.classes[0].id.value;
    if (pattern.find("/grade-groups/") != std::string::npos) id = school.grade_group.value;
    if (pattern.find("/students/") != std::string::npos) id = school.students[0].id.value;
    if (pattern.find("/people/") != std::string::npos) id = school.companion[5].id.value;  // nobody of the readers: a slip ends sessions
    if (pattern.find("/staff/") != std::string::npos) id = school.visits[1].value;
    put("{rule}", "018f0000-0000-7000-8000-000000000000");
    put("{id}", own ? id : "018f0000-0000-7000-8000-000000000000");
    put("{slot}", "1");
    put("{name}", "look.css");
    put("{token}", "nobody-was-given-this");
    put("{staff}", "0300");
    put("{staff_number}", "0300");
    return pattern;
  }

  /// 405 where the same address may be read, but not written, by this reader.
  static bool is_told_not_found(const Response& response) { return response.status == 404 || response.status == 405; }
  static bool is_sent_to_sign_in(const Response& response) { return response.status == 303 || response.status == 401; }

  TestSchool school;
  std::unique_ptr<Application> application;
  std::vector<Reader> readers;
};

TEST_F(RoutesAndRoles, WhatARoleMayNotUseAnswersLikeWhatDoesNotExist) {
  int cells = 0;
  for (const Route& route : application->routes()) {
    for (const Reader& reader : readers) {
      if (route.pattern == "/logout" || (route.pattern == "/api/v1/session" && route.method == Method::kDelete)) continue;
      for (bool own : {true, false}) {
        Response response = ask(reader, route, fill(route.pattern, own));
        std::string cell = std::string(method_name(route.method)) + " " + route.pattern + " by " + reader.name + (own ? " (own)" : " (other)");
        EXPECT_LT(response.status, 500) << cell << "\n" << response.body.substr(0, 300);
        ++cells;
        if (route.permission.allows(reader.actor)) continue;
        bool stranger = reader.token.empty();
        EXPECT_TRUE(stranger ? is_sent_to_sign_in(response) || is_told_not_found(response) : is_told_not_found(response)) << cell << " answered " << response.status;
      }
    }
  }
  EXPECT_GT(cells, 500);
}

TEST_F(RoutesAndRoles, SomebodyElsesIdIsNotFoundForEveryone) {
  for (const Route& route : application->routes()) {
    if (route.pattern.find("{id}") == std::string::npos || route.method != Method::kGet) continue;
    for (const Reader& reader : readers) {
      if (!route.permission.allows(reader.actor)) continue;
      EXPECT_EQ(ask(reader, route, fill(route.pattern, false)).status, 404) << route.pattern << " by " << reader.name;
    }
  }
}

// Domain 5: who may meet a pupil's name on a page of this school.
TEST_F(RoutesAndRoles, NamesOfPupilsAndPhonesStandOnlyWhereTheReaderMaySeeThem) {
  std::set<std::string> may_see_names = {"homeroom teacher of the visit", "companion and grade leader", "teacher of another visit", "student_office"};
  for (const Route& route : application->routes()) {
    if (route.method != Method::kGet || !route.asks_who) continue;
    for (const Reader& reader : readers) {
      Response response = ask(reader, route, fill(route.pattern, true));
      for (const model::Student& student : school.students) {
        if (!may_see_names.count(reader.name)) {
          EXPECT_THAT(response.body, ::testing::Not(::testing::HasSubstr(student.name))) << route.pattern << " by " << reader.name;
        }
      }
      for (int i = 0; i < TestSchool::kClasses; ++i) {
        EXPECT_THAT(response.body, ::testing::Not(::testing::HasSubstr("1380000002" + std::to_string(i)))) << route.pattern << " by " << reader.name;
      }
    }
  }
}

TEST_F(RoutesAndRoles, AForgedCookieIsAStranger) {
  Reader forger{"forger", {}, "forged-token-of-no-session", ""};
  for (const Route& route : application->routes()) {
    if (route.method != Method::kGet || !route.permission.wants_sign_in()) continue;
    Response response = ask(forger, route, fill(route.pattern, true));
    EXPECT_TRUE(is_sent_to_sign_in(response)) << route.pattern << " answered " << response.status;
  }
}

TEST_F(RoutesAndRoles, AnUnsafeRequestWithoutTheReadersOwnTokenIsRefusedAndChangesNothing) {
  auto before = school.store->tables();
  int cells = 0;
  for (const Route& route : application->routes()) {
    if (route.method == Method::kGet) continue;
    for (std::size_t i = 1; i < readers.size(); ++i) {
      if (!route.permission.allows(readers[i].actor)) continue;
      for (const std::string& wrong : {std::string(), std::string("wrong"), readers[i == 1 ? 2 : 1].csrf, csrf_token("a stranger's")}) {
        Reader forger = readers[i];
        forger.csrf = wrong;
        EXPECT_EQ(ask(forger, route, fill(route.pattern, true)).status, 403) << route.pattern << " by " << forger.name << " with " << wrong;
        ++cells;
      }
    }
  }
  EXPECT_GT(cells, 500);
  for (auto& [name, rows] : school.store->tables()) EXPECT_TRUE(rows == before[name]) << name;
}

TEST(SignIn_D13, SixWrongPasswordsAreDelayedAndTellNothingAboutTheLogin) {
  TestSchool school;
  for (int attempt = 0; attempt < 4; ++attempt) {
    EXPECT_EQ(workflow::sign_in(school.ports, "0300", "wrong").error().code, ErrorCode::kUnauthenticated);
  }
  EXPECT_EQ(workflow::sign_in(school.ports, "0300", "wrong").error().code, ErrorCode::kTooMany);
  EXPECT_EQ(workflow::sign_in(school.ports, "0300", "correct horse 9").error().code, ErrorCode::kTooMany);
  school.clock->advance(16 * kMinute);
  EXPECT_TRUE(workflow::sign_in(school.ports, "0300", "correct horse 9"));
  EXPECT_EQ(workflow::sign_in(school.ports, "nobody", "wrong").error().phrase.code, "sign_in.wrong");
}

TEST(SignIn_D13, ASessionEndsWhenIdleAndAfterEightHours) {
  TestSchool school;
  auto signed_in = workflow::sign_in(school.ports, "0300", "correct horse 9");
  ASSERT_TRUE(signed_in);
  for (int i = 0; i < 25; ++i) {
    school.clock->advance(19 * kMinute);
    ASSERT_TRUE(workflow::resume_session(school.ports, signed_in->token)) << i;
  }
  school.clock->advance(19 * kMinute);
  EXPECT_FALSE(workflow::resume_session(school.ports, signed_in->token));
  auto idle = workflow::sign_in(school.ports, "0300", "correct horse 9");
  school.clock->advance(21 * kMinute);
  EXPECT_EQ(workflow::resume_session(school.ports, idle->token).error().phrase.code, "sign_in.over");
}

}  // namespace
}  // namespace shide::web
