// What a browser carries, and what an answer carries against misuse.
#include "web/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::web {
namespace {

using testing::HasSubstr;
using testing::Not;

Request request(Headers headers, bool tls = false) {
  Request made;
  made.headers = std::move(headers);
  made.is_tls = tls;
  made.mount_prefix = "/shide";
  return made;
}

TEST(Cookie, UnderTlsIsBoundToTheHost) {
  Request secure = request({{"cookie", "shide_session=planted; __Host-shide_session=mine"}}, true);
  EXPECT_EQ(cookie(secure, Cookie::kSession), "mine");
  Response response;
  set_cookie(secure, response, Cookie::kSession, "abc");
  EXPECT_EQ(header_of(response, "set-cookie"), "__Host-shide_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure");
}

TEST(Cookie, WithoutTlsStaysBelowTheMountPrefix) {
  Request plain = request({{"cookie", "a=b"}, {"cookie", "shide_session=one; shide_session=two"}});
  EXPECT_EQ(cookie(plain, Cookie::kSession), "one");
  Response response;
  clear_cookie(plain, response, Cookie::kSession);
  EXPECT_EQ(header_of(response, "set-cookie"), "shide_session=; Path=/shide; Max-Age=0; HttpOnly; SameSite=Lax");
}

TEST(Csrf, TheTokenBelongsToOneSecret) {
  EXPECT_EQ(csrf_token("a"), csrf_token("a"));
  EXPECT_NE(csrf_token("a"), csrf_token("b"));
  EXPECT_EQ(csrf_token("a").size(), 32u);
}

TEST(SameSite, BelievesTheBrowserAboutAnotherSite) {
  EXPECT_TRUE(same_site(request({{"sec-fetch-site", "same-origin"}})));
  EXPECT_FALSE(same_site(request({{"sec-fetch-site", "cross-site"}})));
  EXPECT_FALSE(same_site(request({{"sec-fetch-site", "same-site"}})));
  EXPECT_TRUE(same_site(request({{"origin", "https://school.example"}, {"host", "school.example"}})));
  EXPECT_FALSE(same_site(request({{"origin", "https://evil.example"}, {"host", "school.example"}})));
  EXPECT_FALSE(same_site(request({{"origin", "null"}, {"host", "school.example"}})));
  EXPECT_TRUE(same_site(request({})));
}

TEST(Language, IsAskedForThenRememberedThenAccepted) {
  EXPECT_EQ(language_of(request({}), ""), Language::kChinese);
  EXPECT_EQ(language_of(request({{"accept-language", "fr, en-GB;q=0.9, zh;q=0.8"}}), ""), Language::kEnglish);
  EXPECT_EQ(language_of(request({{"accept-language", "en"}, {"cookie", "shide_lang=zh-CN"}}), ""), Language::kChinese);
  EXPECT_EQ(language_of(request({{"accept-language", "zh"}, {"cookie", "shide_lang=zh-CN"}}), "en"), Language::kEnglish);
  EXPECT_EQ(language_of(request({}), "xx"), Language::kChinese);
}

TEST(SecurityHeaders, AreOnEveryAnswer) {
  Response response;
  add_security_headers(response, true);
  std::string policy(header_of(response, "content-security-policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, HasSubstr("base-uri 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
  EXPECT_THAT(policy, Not(HasSubstr("data:")));
  EXPECT_EQ(header_of(response, "x-content-type-options"), "nosniff");
  EXPECT_EQ(header_of(response, "referrer-policy"), "same-origin");
  EXPECT_EQ(header_of(response, "cache-control"), "no-store");
  EXPECT_THAT(std::string(header_of(response, "permissions-policy")), HasSubstr("geolocation=()"));
}

}  // namespace
}  // namespace shide::web
