// Signing in under bad input: guesses are slowed down, a forged cookie is nobody, and a session that ended costs nobody a word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using testing::value_of;
using testing::wrong_fields;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SessionRoutes : public ::testing::Test {
 protected:
  SessionRoutes() {
    school.start_visiting();
    school.prepare(0);
    school.clock->advance(time_of(*make_date(2021, 1, 24), 20, 30) - school.clock->now());
  }

  /// A stranger's form, with the cookie and the token a page gave.
  Response post_as_stranger(const std::string& path, Browser::Fields fields) {
    std::string cookie = "shide_stranger=0123456789abcdef0123456789abcdef";
    fields.emplace_back("csrf", csrf_token("0123456789abcdef0123456789abcdef"));
    return stranger.post(path, fields, {}, {{"cookie", cookie}});
  }
  Response sign_in(const std::string& login, const std::string& password, Browser::Fields more = {}) {
    more.insert(more.begin(), {{"login", login}, {"password", password}});
    return post_as_stranger("/login", more);
  }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser stranger{application, school.ports, ""};
  Browser teacher{application, school.ports, "0300"};
};

// A school of one's own may run on a moved day; the demo's people are not its people.
TEST_F(SessionRoutes, RoleCardsAndBannerStandInTheDemoSchoolOnly_D13) {
  Application demo{school.ports, Settings{.demo = true}};
  Browser visitor{demo, school.ports, ""};
  std::string banner = "class=\"demo\"", card = "role-card";
  EXPECT_THAT(visitor.get("/login").body, ::testing::AllOf(HasSubstr(banner), HasSubstr(card)));
  school.amend<model::School>([](model::School& one) { return one.demo = false, true; });
  EXPECT_THAT(visitor.get("/login").body, ::testing::AllOf(Not(HasSubstr(banner)), Not(HasSubstr(card))));
}

// identity.trust_host; the door drops the name where that is off.
TEST_F(SessionRoutes, WhomTheWebServerHasLetInIsInWithoutAPassword_D13) {
  auto login_as = [&](const std::string& user, const std::string& query) {
    Request request;
    request.method = "GET";
    request.path = "/login";
    request.query = query;
    request.headers = {{"host", "localhost"}};
    request.asserted_user = user;
    return application.handle(request);
  };
  Response in = login_as("0300", "return=%2Fmy%2Farchive");
  EXPECT_EQ(in.status, 303);
  EXPECT_EQ(location(in), "/my/archive");
  EXPECT_THAT(school.rows<model::Session>(), ::testing::Contains(::testing::Field(&model::Session::account_id, Id<model::Account>{school.homeroom[0].id.value})));
  std::size_t sessions = school.rows<model::Session>().size();
  EXPECT_EQ(login_as("nobody-here", "").status, 200) << "the form, as for everybody";
  school.amend<model::Account>([](model::Account& one) { return one.disabled = one.login == "0300", one.disabled; });
  EXPECT_EQ(login_as("0300", "").status, 200);
  EXPECT_EQ(school.rows<model::Session>().size(), sessions);
}

TEST_F(SessionRoutes, EachBeginsWhereTheirWorkIs_D11) {
  school.add_staff("丘明远", model::Role::kDistrict, "district");
  for (auto [login, home] : {std::pair{"auditor", "/audit"}, {"district", "/district"}, {"hr", "/archives"}, {"head", "/overview"}, {"0300", "/my"}}) {
    EXPECT_THAT(testing::location(sign_in(login, "correct horse 9")), ::testing::EndsWith(home));
  }
}

TEST_F(SessionRoutes, ASixthGuessWaitsAndTheLoginStaysTyped_D13) {
  for (int guess = 1; guess <= 4; ++guess) {
    Response page = sign_in("0300", "guess " + std::to_string(guess));
    EXPECT_EQ(page.status, 422) << guess;
    EXPECT_EQ(value_of(page, "login"), "0300");
    EXPECT_THAT(page.body, Not(HasSubstr("guess")));
  }
  for (const char* password : {"guess 5", "correct horse 9"}) {
    Response page = sign_in("0300", password);
    EXPECT_EQ(page.status, 429) << password;
    EXPECT_EQ(header_of(page, "retry-after"), "900");
    Response program = stranger.api("POST", "/api/v1/session", json({{"login", "0300"}, {"password", password}}).dump());
    EXPECT_EQ(program.status, 429);
    EXPECT_EQ(header_of(program, "retry-after"), "900");
  }
  EXPECT_EQ(sign_in("0302", "correct horse 9").status, 303) << "a colleague is not kept out";
}

TEST_F(SessionRoutes, AForgedCookieAndAForgedTokenAreNobody) {
  for (const char* forged : {"0", "../../etc/passwd", "' OR 1=1 --", "%00", "a=b", ""}) {
    Response page = stranger.get("/my", {{"cookie", "shide_session=" + std::string(forged)}});
    EXPECT_EQ(location(page), "/shide/login?return=%2Fmy") << forged;
    EXPECT_EQ(stranger.get("/api/v1/me", {{"cookie", "shide_session=" + std::string(forged)}}).status, 401) << forged;
  }
  EXPECT_EQ(stranger.get("/api/v1/me", {{"cookie", "shide_session=" + std::string(5000, 'x')}}).status, 401);
  EXPECT_EQ(teacher.get("/my", {{"cookie", "shide_session=forged"}}).status, 303) << "only the first cookie of a name counts";
}

TEST_F(SessionRoutes, TheApiNamesWhatASignInLacks) {
  auto send = [&](const std::string& body) { return stranger.api("POST", "/api/v1/session", body); };
  EXPECT_EQ(wrong_fields(send("{}")), (std::map<std::string, std::string>{{"login", "field.empty"}, {"password", "field.empty"}}));
  EXPECT_EQ(wrong_fields(send(R"({"login":5,"password":null,"remember":true})")),
            (std::map<std::string, std::string>{{"login", "field.want_text"}, {"password", "field.empty"}, {"remember", "field.unknown"}}));
  EXPECT_EQ(send("[]").status, 422);
  EXPECT_EQ(send(json({{"login", "0300"}, {"password", std::string(2000, 'x')}}).dump()).status, 401);
  EXPECT_EQ(send(json({{"login", "\u200B０３００"}, {"password", "wrong"}}).dump()).status, 401);
  EXPECT_EQ(stranger.api("POST", "/api/v1/session", "{}", {{"content-type", "text/plain"}}).status, 403) << "another site could send that type";
}

TEST_F(SessionRoutes, TheWayBackIsAlwaysOneOfOurPages) {
  for (const char* wanted : {"//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)", "/my\r\nSet-Cookie: a=b"}) {
    std::string to = location(sign_in("0300", "correct horse 9", {{"return", wanted}}));
    EXPECT_THAT(to, ::testing::AnyOf("/shide/my", "/shide/")) << wanted;
  }
  EXPECT_EQ(location(sign_in("0300", "correct horse 9", {{"return", "/visits/x?tab=1"}})), "/shide/visits/x?tab=1");
}

TEST_F(SessionRoutes, APasswordThatIsTooWeakIsSaidBesideItsField) {
  Response weak = teacher.post("/password", {{"current", "correct horse 9"}, {"password", "short"}});
  EXPECT_EQ(weak.status, 422);
  EXPECT_THAT(beside(weak, "password"), Not(IsEmpty()));
  Response other = teacher.post("/password", {{"current", "not it"}, {"password", "Longer than 12"}});
  EXPECT_THAT(beside(other, "current"), Not(IsEmpty()));
  EXPECT_THAT(weak.body + other.body, Not(HasSubstr("correct horse 9")));
}

// ── a session that ended while somebody wrote ──

TEST_F(SessionRoutes, WordsWrittenWhileTheSessionEndedAreCarriedThroughSigningIn) {
  teacher.get("/my");
  school.clock->advance(25 * kMinute);
  std::string path = "/visits/" + school.visits[0].value;
  Headers from_our_page = {{"sec-fetch-site", "same-origin"}};
  Response asked = teacher.post(path, {{"version", "0"}, {"narrative", "第一段。\r\n\r\n“奖状”<贴>在门后。"}, {"topics", "policy"}, {"topics", "family_education"}, {"act", "save"}},
                                {{"photo_1", "JPEG:desk"}}, from_our_page);
  EXPECT_EQ(asked.status, 401);
  EXPECT_THAT(asked.body, HasSubstr(std::string(text_of("sign_in.over", Language::kChinese))));
  EXPECT_EQ(value_of(asked, "return"), path);
  EXPECT_EQ(value_of(asked, "kept.narrative"), "第一段。\r\n\r\n“奖状”&lt;贴&gt;在门后。");
  EXPECT_THAT(asked.body, HasSubstr(std::string(text_of("form.files_again", Language::kChinese))));
  EXPECT_EQ(value_of(asked, "kept.csrf"), "");
  Browser::Fields carried = {{"return", path}, {"kept.version", "0"}, {"kept.narrative", "第一段。\r\n\r\n“奖状”<贴>在门后。"}, {"kept.topics", "policy"}, {"kept.topics", "family_education"},
                             {"kept.act", "save"}, {"kept.files", ""}};
  Response mistyped = sign_in("0300", "wrong", carried);
  EXPECT_EQ(mistyped.status, 422);
  EXPECT_EQ(value_of(mistyped, "kept.narrative"), value_of(asked, "kept.narrative"));
  Response resumed = sign_in("0300", "correct horse 9", carried);
  EXPECT_EQ(resumed.status, 200);
  EXPECT_THAT(resumed.body, HasSubstr("action=\"/shide" + path + "\""));
  EXPECT_EQ(value_of(resumed, "narrative"), value_of(asked, "kept.narrative"));
  EXPECT_THAT(resumed.body, HasSubstr(std::string(text_of("form.files_again", Language::kChinese))));
  std::string cookie(header_of(resumed, "set-cookie"));
  Response saved = stranger.post(path, {{"csrf", value_of(resumed, "csrf")}, {"version", "0"}, {"narrative", "奖状"}, {"act", "save"}}, {}, {{"cookie", cookie.substr(0, cookie.find(';'))}});
  EXPECT_EQ(location(saved), "/shide" + path);
}

TEST_F(SessionRoutes, WhatAnotherSiteTypedIsNotCarried) {
  teacher.get("/my");
  school.clock->advance(25 * kMinute);
  std::string path = "/visits/" + school.visits[0].value;
  for (const Headers& from : {Headers{{"sec-fetch-site", "cross-site"}}, Headers{{"origin", "https://elsewhere.example"}}, Headers{}}) {
    Response sent = teacher.post(path, {{"narrative", "别处的话"}}, {}, from);
    EXPECT_EQ(sent.status, 303);
    EXPECT_THAT(location(sent), HasSubstr("/login"));
  }
  EXPECT_EQ(stranger.post(path, {{"narrative", "x"}}, {}, {{"sec-fetch-site", "same-origin"}}).status, 303) << "no session had begun";
  EXPECT_EQ(teacher.api("PUT", "/api/v1/records/" + school.visits[0].value, "{}").status, 401);
}

TEST_F(SessionRoutes, AFormWhoseTokenIsOldIsKeptBehindOneButton) {
  std::string path = "/visits/" + school.visits[0].value;
  Response refused = teacher.send("POST", path, {{"content-type", "application/x-www-form-urlencoded"}, {"sec-fetch-site", "same-origin"}}, "csrf=old&version=0&narrative=%E5%A5%96%E7%8A%B6&act=save");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(value_of(refused, "narrative"), "奖状");
  EXPECT_NE(value_of(refused, "csrf"), "old");
  Response again = teacher.send("POST", path, {{"content-type", "application/x-www-form-urlencoded"}}, "csrf=" + value_of(refused, "csrf") + "&version=0&narrative=%E5%A5%96%E7%8A%B6&act=save");
  EXPECT_EQ(location(again), "/shide" + path);
  Response elsewhere = teacher.send("POST", path, {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "https://elsewhere.example"}}, "csrf=old&narrative=x");
  EXPECT_EQ(elsewhere.status, 403);
  EXPECT_EQ(value_of(elsewhere, "narrative"), "");
}

TEST_F(SessionRoutes, APasswordIsNeverSentBack) {
  Response refused = teacher.send("POST", "/password", {{"content-type", "application/x-www-form-urlencoded"}, {"sec-fetch-site", "same-origin"}}, "csrf=old&current=secret1&password=secret2");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, Not(HasSubstr("secret")));
  teacher.get("/my");
  school.clock->advance(25 * kMinute);
  Response over = teacher.post("/password", {{"current", "secret1"}, {"password", "secret2"}}, {}, {{"sec-fetch-site", "same-origin"}});
  EXPECT_THAT(over.body, Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace shide::web
