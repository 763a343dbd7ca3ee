// The school's site as an anonymous visitor gets it: no cookie, no redirection followed, bounded in size and time (D1, R7).
#include "public_http/public_http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http_out/client.h"
#include "support/http_site.h"

namespace shide::public_http {
namespace {

using testing::HttpSite;
using ::testing::HasSubstr;

void answer(HttpSite::Request& request, HttpSite::Response& response) {
  const std::string& uri = request.getURI();
  response.setContentType("text/html; charset=utf-8");
  if (uri == "/shide/moved") return response.redirect("/shide/posts/1");
  if (uri == "/shide/missing") response.setStatusAndReason(HttpSite::Response::HTTP_NOT_FOUND);
  std::ostream& body = response.send();
  if (uri == "/shide/large") body << std::string(3u << 20, 'x');
  else body << uri << " " << request.get("User-Agent", "") << (request.has("Cookie") ? " cookie" : "");
}

class PublicHttp_D1_R7 : public ::testing::Test {
 protected:
  std::string base() const { return site_.address(); }

 private:
  HttpSite site_{answer};
};

TEST_F(PublicHttp_D1_R7, GetsWhatLiesBelowTheSectionAndOtherAddresses) {
  PublicHttp host(base() + "/shide/", {base() + "/?s=家访"});
  EXPECT_EQ(host.root(), base() + "/shide");
  auto post = host.get("/posts/1");
  ASSERT_TRUE(post);
  EXPECT_EQ(post->status, 200);
  EXPECT_THAT(post->content_type, HasSubstr("text/html"));
  EXPECT_EQ(post->bytes, "/shide/posts/1 shide-watch");
  EXPECT_EQ(host.get(host.other_addresses().front())->bytes, "/?s=%E5%AE%B6%E8%AE%BF shide-watch");
  EXPECT_EQ(host.get("/login?return=%2Fstaff&lang=en")->bytes, "/shide/login?return=%2Fstaff&lang=en shide-watch") << "encoded once";
}

TEST_F(PublicHttp_D1_R7, AnyStatusIsAnAnswerAndNothingIsFollowed) {
  PublicHttp host(base() + "/shide", {});
  EXPECT_EQ(host.get("/missing")->status, 404);
  EXPECT_EQ(host.get("/moved")->status, 302);
}

TEST_F(PublicHttp_D1_R7, WhatIsTooLongIsCut) { EXPECT_EQ(PublicHttp(base() + "/shide", {}).get("/large")->bytes.size(), ports::kMaximumPublicBytes); }

TEST_F(PublicHttp_D1_R7, WhoDoesNotAnswerMayBeAskedAgain) {
  auto refused = http_out::call({.url = "http://127.0.0.1:1/"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kUnavailable);
  for (const char* wrong : {"", "ftp://127.0.0.1/", "nonsense", "http://"}) {
    auto answer = http_out::call({.url = wrong});
    ASSERT_FALSE(answer) << wrong;
    EXPECT_EQ(answer.error().code, ErrorCode::kConfiguration) << wrong;
  }
}

TEST_F(PublicHttp_D1_R7, SilenceIsNotWaitedForLonger) {
  Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));  // takes connections, says nothing
  auto answer = http_out::call({.url = "http://127.0.0.1:" + std::to_string(silent.address().port()) + "/", .time_out = std::chrono::seconds(1)});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::kUnavailable);
}

}  // namespace
}  // namespace shide::public_http
