// How an error is told to programs.
#include "web/problem.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "web/session.h"

namespace shide::web {
namespace {

TEST(Problem, HasTheMembersOfRfc9457AndTheFields) {
  Response response = problem(Error{ErrorCode::kInvalid, {"error.invalid"}, "secret detail"}.with("visited_on", {"form.not_text"}), Language::kEnglish);
  auto body = nlohmann::json::parse(response.body);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(header_of(response, "content-type"), "application/problem+json; charset=utf-8");
  EXPECT_EQ(body["type"], "about:blank");
  EXPECT_EQ(body["status"], 422);
  EXPECT_EQ(body["code"], "error.invalid");
  EXPECT_EQ(body["detail"], "1 things to mend, marked beside the fields. What you wrote is kept.");
  EXPECT_EQ(body["fields"][0]["path"], "visited_on");
  EXPECT_EQ(body["fields"][0]["code"], "form.not_text");
  EXPECT_EQ(body["fields"][0]["message"], "Some characters cannot be read. Please use plain text and try again.");
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
}

TEST(Problem, ForbiddenIsToldAsNotFound) {
  Response forbidden = problem(Error{ErrorCode::kForbidden, {"visit.not_yours", {{"name", "王小明"}}}}, Language::kChinese);
  Response missing = problem(not_found(), Language::kChinese);
  EXPECT_EQ(forbidden.status, 404);
  EXPECT_EQ(forbidden.body, missing.body);
  EXPECT_EQ(nlohmann::json::parse(missing.body)["detail"], "没有找到这一页，或者您现在不能看。");
}

TEST(Problem, OurOwnFaultsTellNothing) {
  Error error{ErrorCode::kInternal, {"store.broken", {{"row", "17"}}}, "column x"};
  Response response = problem(std::move(error).with("password", {"form.not_text"}), Language::kEnglish);
  auto body = nlohmann::json::parse(response.body);
  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(body["code"], "error.internal");
  EXPECT_TRUE(body["fields"].empty());
}

TEST(Problem, EveryCodeHasItsStatus) {
  const std::vector<std::pair<ErrorCode, int>> table = {
      {ErrorCode::kInternal, 500}, {ErrorCode::kInvalid, 422}, {ErrorCode::kNotFound, 404}, {ErrorCode::kUnauthenticated, 401}, {ErrorCode::kForbidden, 404},
      {ErrorCode::kStale, 412}, {ErrorCode::kDuplicate, 409}, {ErrorCode::kUnavailable, 503}, {ErrorCode::kTooLarge, 413}, {ErrorCode::kTooMany, 429},
      {ErrorCode::kUnsupportedMedia, 415}, {ErrorCode::kConfiguration, 500}, {ErrorCode::kForged, 403}, {ErrorCode::kBusy, 503}};
  for (auto [code, status] : table) EXPECT_EQ(status_of(code), status);
}

TEST(Problem, SaysWhenToComeAgain) {
  EXPECT_EQ(header_of(problem({ErrorCode::kTooMany, {"sign_in.locked", {{"minutes", 15}}}}, Language::kChinese), "retry-after"), "900");
  EXPECT_EQ(header_of(problem({ErrorCode::kTooMany, {}}, Language::kChinese), "retry-after"), "300");
  EXPECT_EQ(header_of(problem({ErrorCode::kBusy, {}}, Language::kChinese), "retry-after"), "5");
  EXPECT_EQ(header_of(problem({ErrorCode::kUnauthenticated, {}}, Language::kChinese), "www-authenticate"), "Bearer");
}

}  // namespace
}  // namespace shide::web
