// The way through the school's own site and back, as a browser walks it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "base/web_address.h"
#include "support/plain_directory.h"
#include "support/test_school.h"
#include "support/visitor.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::location;
using testing::PlainDirectory;
using testing::TestSchool;
using testing::Visitor;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class SiteRoutes : public ::testing::Test {
 protected:
  SiteRoutes() {
    school.start_visiting();
    school.ports.directory = std::make_unique<PlainDirectory>(*school.clock);
    application = std::make_unique<Application>(school.ports, Settings{});
  }
  static std::string nonce_in(const Response& sent) {
    std::string address = location(sent);
    std::size_t at = address.find("nonce=") + 6;
    return address.substr(at, address.find('&') - at);
  }
  static std::string entry(const ports::SiteTicket& one) {
    return "/site/enter?user=" + one.user + "&session=" + one.session + "&issued=" + one.issued + "&nonce=" + one.nonce + "&return=" + encode_component(one.return_path) + "&mac=" + one.mac;
  }
  /// Sent to the site, signed in there as `user`, back with a ticket.
  Response through_the_site(Visitor& visitor, const std::string& user, const std::string& return_path = "/my") {
    std::string path = "/site/sign-in";
    Response sent = open(visitor, path, "return=" + encode_component(return_path));
    EXPECT_EQ(sent.status, 303);
    last_ = PlainDirectory::ticket(school.clock->now(), user, nonce_in(sent), return_path);
    return come(visitor, last_);
  }
  Response come(Visitor& visitor, const ports::SiteTicket& one) {
    std::string whole = entry(one);
    std::size_t question = whole.find('?');
    return open(visitor, whole.substr(0, question), whole.substr(question + 1));
  }
  static Response open(Visitor& visitor, const std::string& path, const std::string& query = "") { return visitor.open(path, query); }
  Response link(Visitor& visitor, const char* login = "0300", const char* password = "correct horse 9") {
    return visitor.send("/site/link", {{"login", login}, {"password", password}, {"return", "/my"}});
  }
  void known(const std::string& user) {
    Visitor first(*application);
    through_the_site(first, user);
    ASSERT_EQ(link(first).status, 303);
  }

  TestSchool school;
  std::unique_ptr<Application> application;
  ports::SiteTicket last_;
};

TEST_F(SiteRoutes, WhoComesFirstIsAskedOnceAndThenIsInWithoutAWord_D13) {
  Visitor first(*application);
  Response asked = through_the_site(first, "7");
  EXPECT_EQ(asked.status, 200);
  EXPECT_THAT(asked.body, AllOf(HasSubstr("/shide/site/link"), HasSubstr(std::string(text_of("site.what", Language::kChinese)))));
  EXPECT_EQ(location(first.open("/my")), "/shide/login?return=%2Fmy") << "not signed in yet";
  EXPECT_EQ(location(link(first)), "/shide/my");
  EXPECT_EQ(first.open("/my").status, 200);
  Visitor second(*application);
  EXPECT_EQ(location(through_the_site(second, "7")), "/shide/my");
  EXPECT_EQ(second.open("/my").status, 200);
}

TEST_F(SiteRoutes, AWrongPasswordSaysSoAndLinksNothing) {
  Visitor visitor(*application);
  through_the_site(visitor, "7");
  Response refused = link(visitor, "0300", "wrong");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, AllOf(HasSubstr(std::string(text_of("sign_in.wrong", Language::kChinese))), Not(HasSubstr("value=\"wrong\""))));
  EXPECT_TRUE(school.rows<model::SiteLink>().empty());
}

TEST_F(SiteRoutes, AReplayedForgedOldOrStolenTicketIsRefusedInWords) {
  known("7");
  Visitor visitor(*application);
  EXPECT_EQ(through_the_site(visitor, "7").status, 303);
  ports::SiteTicket taken = last_;
  Visitor thief(*application);
  open(thief, "/site/sign-in");
  Response stolen = come(thief, PlainDirectory::ticket(school.clock->now(), "7", "nonce-of-somebody-else"));
  EXPECT_EQ(stolen.status, 403);
  EXPECT_THAT(stolen.body, HasSubstr(std::string(text_of("site.other_browser", Language::kChinese))));
  EXPECT_EQ(thief.open("/my").status, 303);

  Visitor other(*application);
  Response sent = open(other, "/site/sign-in");
  ports::SiteTicket mine = PlainDirectory::ticket(school.clock->now(), "7", nonce_in(sent));
  ports::SiteTicket forged = mine;
  forged.user = "8";
  EXPECT_THAT(come(other, forged).body, HasSubstr(std::string(text_of("site.forged", Language::kChinese))));
  school.clock->advance(2 * kMinute);
  Response old = come(other, mine);
  EXPECT_EQ(old.status, 403);
  EXPECT_THAT(old.body, HasSubstr(std::string(text_of("site.expired", Language::kChinese))));
  EXPECT_EQ(other.open("/my").status, 303);
  EXPECT_EQ(come(visitor, taken).status, 403) << "its browser has given the nonce back";
}

TEST_F(SiteRoutes, TheWayBackIsAlwaysOneOfOurPages) {
  known("7");
  for (const char* wanted : {"//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"}) {
    Visitor visitor(*application);
    EXPECT_THAT(location(through_the_site(visitor, "7", wanted)), AnyOf("/shide/my", "/shide/")) << wanted;
    EXPECT_THAT(location(visitor.open("/site/sign-in", "return=" + encode_component(wanted))), StartsWith("/shide/")) << wanted;
  }
}

TEST_F(SiteRoutes, TheSiteSignsOutHereAndWeSignOutThere) {
  known("7");
  Visitor visitor(*application);
  through_the_site(visitor, "7");
  testing::Browser site{*application, school.ports, ""};
  auto notice = PlainDirectory::notice(school.clock->now(), "7", "a-notice-of-the-site-1", "session-of-7");
  auto tell = [&] {
    return site.api("POST", "/api/v1/site/sign-out",
                    nlohmann::json({{"user", notice.user}, {"session", notice.session}, {"issued", notice.issued}, {"nonce", notice.nonce}, {"mac", notice.mac}}).dump());
  };
  Response heard = tell();
  EXPECT_EQ(heard.status, 200) << heard.body;
  EXPECT_THAT(heard.body, HasSubstr("\"ended\":2"));  // and the one it was linked with
  EXPECT_EQ(visitor.open("/my").status, 303);
  EXPECT_EQ(tell().status, 403) << "once";
  notice.mac = "forged";
  EXPECT_EQ(tell().status, 403);

  through_the_site(visitor, "7");
  visitor.open("/my");
  Response left = visitor.send("/logout", {});
  EXPECT_EQ(header_of(left, "refresh"), "0; url=https://site.example/out?session=session-of-7");
  EXPECT_EQ(visitor.open("/my").status, 303);
}

TEST_F(SiteRoutes, ThePageToSignInOffersTheSiteOnlyWhereThereIsOne) {
  Visitor visitor(*application);
  EXPECT_THAT(visitor.open("/login", "return=%2Fmy").body, HasSubstr("/shide/site/sign-in?return=%2Fmy"));
  school.ports.directory = std::make_unique<ports::NullDirectory>();
  Application plain{school.ports, Settings{}};
  Visitor stranger(plain);
  EXPECT_THAT(stranger.open("/login").body, Not(HasSubstr("/site/sign-in")));
  EXPECT_EQ(location(stranger.open("/site/sign-in", "return=%2Fmy")), "/shide/login?return=%2Fmy");
  EXPECT_EQ(stranger.open("/site/enter", "user=7").status, 404);
}

TEST_F(SiteRoutes, TheAdministratorSeesALinkAndTakesItAway) {
  known("7");
  testing::Browser admin{*application, school.ports, "it_admin"};
  std::string person = "/people/" + school.rows<model::SiteLink>().front().account_id.value;
  EXPECT_THAT(admin.get(person).body, HasSubstr("/shide" + person + "/unlink"));
  EXPECT_EQ(admin.post(person + "/unlink", {}).status, 303);
  EXPECT_TRUE(school.rows<model::SiteLink>().empty());
  EXPECT_THAT(admin.get(person).body, Not(HasSubstr("/unlink")));
}

TEST_F(SiteRoutes, NoAddressTellsANameOrKeepsTheBrowsersSecret) {
  Visitor visitor(*application);
  Response sent = open(visitor, "/site/sign-in");
  std::string cookie(header_of(sent, "set-cookie"));
  std::string secret = cookie.substr(cookie.find('=') + 1, cookie.find(';') - cookie.find('=') - 1);
  EXPECT_THAT(location(sent), Not(HasSubstr(secret)));
  EXPECT_THAT(cookie, AllOf(HasSubstr("HttpOnly"), HasSubstr("SameSite=Lax"), HasSubstr("Max-Age=900")));
  EXPECT_EQ(header_of(sent, "referrer-policy"), "no-referrer");
}

}  // namespace
}  // namespace shide::web
