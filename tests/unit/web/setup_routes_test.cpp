// The way from an empty installation to a school with an administrator, page by page; and what strangers meet before that.
#include "web/setup_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/visitor.h"
#include "support/empty_house.h"
#include "web/page.h"
#include "web/session.h"
#include "workflow/first_administrator.h"

namespace shide::web {
namespace {

using testing::Visitor;
using testing::TypedFields;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kPassword = "Correct horse 9";

TypedFields typed(const std::string& password) {
  return {{"school_name", "云陵市桐湖区青榆小学"}, {"short_name", "青榆小学"}, {"site_name", "工会网"}, {"section_name", "师德师风活动"},
          {"district_name", ""}, {"name", "卓越"}, {"login", "zhuoyue"}, {"password", password}};
}

class SetUp : public ::testing::Test {
 protected:
  std::string link() { return "/setup/" + *workflow::offer_setup(house.ports); }
  std::string sentence(std::string_view code) const { return std::string(text_of(code, Language::kChinese)); }
  /// A page without what differs between any two addresses: the address itself and the request's number.
  static std::string without(std::string body, const std::string& path) { return replace_all(std::move(body), path, ""); }

  testing::EmptyHouse house{time_of(*make_date(2021, 1, 13), 9)};
  Application application{house.ports, {}};
  Visitor browser{application};
};

TEST_F(SetUp, BeforeThereIsASchoolEveryPageSaysSo) {
  for (const char* path : {"/", "/feed.xml", "/login", "/code-of-conduct"}) {
    Response response = browser.open(path);
    EXPECT_EQ(response.status, 503) << path;
    EXPECT_THAT(response.body, HasSubstr(sentence("setup.not_yet"))) << path;
  }
  EXPECT_EQ(header_of(browser.open("/people"), "location"), "/shide/login?return=%2Fpeople");
  EXPECT_EQ(browser.open("/health").status, 200);
  EXPECT_EQ(browser.open("/ready").status, 200);
  EXPECT_EQ(browser.open("/nothing").status, 404);
  Response api = browser.open("/api/v1/me");
  EXPECT_EQ(api.status, 401);
}

TEST_F(SetUp, TheLinkOpensThePageThatMakesTheSchool) {
  std::string path = link();
  Response shown = browser.open(path);
  ASSERT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr(sentence("setup.title")));
  EXPECT_EQ(header_of(shown, "referrer-policy"), "no-referrer");
  EXPECT_EQ(header_of(shown, "cache-control"), "no-store");
  Response done = browser.send(path, typed(kPassword));
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(header_of(done, "location"), "/shide/begin");
  EXPECT_EQ(browser.open("/api/v1/me").body, R"({"name":"卓越","roles":["it_admin"],"school_id":")" + house.store->tables()["schools"].begin()->first + "\"}\n");
  EXPECT_EQ(Visitor(application).open("/").status, 200);
}

TEST_F(SetUp, WhatIsWrongStandsBesideItsFieldAndTheRestIsKept) {
  std::string path = link();
  browser.open(path);
  Response refused = browser.send(path, typed("short-1"));
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("id=\"password-error\""));
  EXPECT_THAT(refused.body, HasSubstr("value=\"云陵市桐湖区青榆小学\""));
  EXPECT_THAT(refused.body, Not(HasSubstr("short-1")));
  EXPECT_EQ(browser.send(path, typed(kPassword)).status, 303);
}

TEST_F(SetUp, AWrongOldOrUsedLinkAnswersLikeAnyUnknownAddress) {
  std::string unknown = without(browser.open("/setup-of-nothing").body, "/setup-of-nothing");
  std::string voided = link(), used = link();
  browser.open(used);
  for (const std::string& path : {std::string("/setup/guessed"), voided}) {
    Response response = browser.open(path);
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(without(response.body, path), unknown);
    EXPECT_EQ(browser.send(path, typed(kPassword)).status, 404);
  }
  browser.open(used);
  browser.send(used, typed(kPassword));
  Visitor stranger(application);
  unknown = without(stranger.open("/setup-of-nothing").body, "/setup-of-nothing");
  EXPECT_EQ(without(stranger.open(used).body, used), unknown);
}

TEST_F(SetUp, SpeaksEnglishToo) {
  Response shown = browser.open(link());
  EXPECT_THAT(shown.body, HasSubstr("hreflang=\"en\""));
  EXPECT_THAT(render_page("setup", Language::kEnglish, {{"title", "x"}}), HasSubstr(std::string(text_of("setup.lead", Language::kEnglish))));
}

}  // namespace
}  // namespace shide::web
