#include "door/refusal.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/phrase.h"

namespace shide::door {
namespace {

TEST(Refusal, IsAProblemInTheReadersLanguage) {
  web::Response response = refusal(404, "door.not_here", Language::kEnglish);
  auto body = nlohmann::json::parse(response.body);
  EXPECT_EQ(body["status"], 404);
  EXPECT_EQ(body["code"], "door.not_here");
  EXPECT_EQ(body["title"], text_of("door.not_here.title", Language::kEnglish));
  EXPECT_TRUE(body["fields"].is_array());
}

TEST(Refusal, OfAServerNotYetReadySaysWhenToComeAgain) {
  web::Response response = refusal(503, "door.not_ready", Language::kChinese);
  EXPECT_EQ(response.headers.back().first, "Retry-After");
}

TEST(Refusal, TheBareOneIsValidToo) { EXPECT_EQ(nlohmann::json::parse(kBareBody)["status"], 500); }

TEST(LanguageOf, IsEnglishOnlyWhenPreferred) {
  EXPECT_EQ(language_of(""), Language::kChinese);
  EXPECT_EQ(language_of("fr"), Language::kChinese);
  EXPECT_EQ(language_of("zh-CN,zh;q=0.9,en;q=0.8"), Language::kChinese);
  EXPECT_EQ(language_of("EN-GB,en;q=0.9"), Language::kEnglish);
}

}  // namespace
}  // namespace shide::door
