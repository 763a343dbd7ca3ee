// The page of the site's theme over the network: whole or not at all, bounded in size and time, nothing followed (S2).
#include "site_bridge/theme_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/page_shell.h"
#include "support/http_site.h"
#include "support/refusal.h"

namespace shide::site_bridge {
namespace {

using testing::HttpSite;
using testing::refusal;
using ::testing::HasSubstr;

class ThemeOverTheNetwork : public ::testing::Test {
 protected:
  std::string site() const { return server_.address() + "/wp/"; }
  Result<ports::ThemePage> fetch() { return ThemePage(site()).fetch(); }
  /// Answers with this page from now on.
  void serve(std::string page, int status = 200, const char* type = "text/html; charset=UTF-8") {
    answer = [page, status, type](HttpSite::Request&, HttpSite::Response& response) {
      response.setStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(status));
      response.setContentType(type);
      response.send() << page;
    };
  }
  HttpSite::Answer answer;

 private:
  HttpSite server_{[this](HttpSite::Request& request, HttpSite::Response& response) { answer(request, response); }};
};

TEST_F(ThemeOverTheNetwork, AsksTheBridgeForTheShell) {
  answer = [](HttpSite::Request& request, HttpSite::Response& response) {
    response.setContentType("text/html");
    response.send() << request.getURI() << " " << request.get("User-Agent", "") << (request.has("Cookie") ? " cookie" : "");
  };
  auto page = fetch();
  ASSERT_TRUE(page);
  EXPECT_EQ(page->bytes, "/wp/?shide_bridge=shell shide-theme");
  EXPECT_EQ(page->address, site() + "?shide_bridge=shell");
}

TEST_F(ThemeOverTheNetwork, FiveMegabytesAreTakenOneMoreIsRefused) {
  std::string page = "<body><div id=\"shide-section\"></div><!--";
  page.resize(ports::kMaximumThemeBytes, 'x');
  serve(page);
  auto largest = fetch();
  ASSERT_TRUE(largest);
  auto shell = cut_shell(largest->bytes, largest->address, ports::kThemeMarker);
  EXPECT_TRUE(shell && shell->top.empty()) << "what is a comment only is not kept: " << refusal(shell);
  serve(page + "x");
  EXPECT_EQ(refusal(fetch()), "theme.too_large");
}

TEST_F(ThemeOverTheNetwork, WhatIsNoPageIsNoTheme) {
  for (int status : {404, 403, 500, 503}) {
    serve("<div id=\"shide-section\"></div>", status);
    EXPECT_EQ(refusal(fetch()), "theme.no_page") << status;
  }
  serve("{}", 200, "application/json");
  EXPECT_EQ(refusal(fetch()), "theme.no_page");
  answer = [](HttpSite::Request&, HttpSite::Response& response) { response.redirect("https://elsewhere.example/"); };
  EXPECT_EQ(refusal(fetch()), "theme.no_page") << "nothing is followed";
}

TEST_F(ThemeOverTheNetwork, ASiteThatIsDownMayBeAskedAgain) {
  auto down = ThemePage("http://127.0.0.1:1/").fetch();
  ASSERT_FALSE(down);
  EXPECT_EQ(down.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace shide::site_bridge
