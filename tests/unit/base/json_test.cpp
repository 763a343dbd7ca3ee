// JSON from outside: what is taken, what is refused, and that numbers keep their digits.
#include "base/json.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

std::string refusal(std::string_view text) {
  auto parsed = parse_json(text);
  return parsed ? "taken" : parsed.error().phrase.code;
}

TEST(Json, GivesTheValue) {
  auto parsed = parse_json(R"({"staff":"T017","ballots":[91.5,true,null],"空":{}})");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->at("staff"), "T017");
  EXPECT_EQ(parsed->at("ballots").size(), 3u);
}

TEST(Json, RefusesAKeyTwiceInOneObjectButNotInTwo) {
  EXPECT_EQ(refusal(R"({"a":1,"b":{"a":2},"c":[{"a":1},{"a":1}]})"), "taken");
  EXPECT_EQ(refusal(R"({"a":1,"a":2})"), "json.duplicate_key");
  EXPECT_EQ(refusal(R"({"x":[{"b":{"a":1}, "c":{"\u0061":1, "a":2}}]})"), "json.duplicate_key");
}

TEST(Json, RefusesWhatIsTooDeepAndTakesTheLastAllowedDepth) {
  auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(refusal(nested(64)), "taken");
  EXPECT_EQ(refusal(nested(65)), "json.too_deep");
  EXPECT_EQ(refusal(std::string(3'000'000, '[')), "json.too_deep");
}

TEST(Json, RefusesSizeEncodingAndHalfTexts) {
  EXPECT_EQ(refusal("\"" + std::string(kJsonSizeLimit, 'a') + "\""), "json.too_large");
  EXPECT_EQ(refusal("\"\xED\xA0\x80\""), "json.not_utf8");
  EXPECT_EQ(refusal(R"("a\u0000b")"), "json.not_utf8");
  for (const char* text : {"", "{", "{\"a\":}", "[1,]", "{} {}", "nan", "'a'", "01", "1e999", R"("\ud800")"}) {
    EXPECT_EQ(refusal(text), "json.unreadable") << text;
  }
}

TEST(Json, SaysNothingOfTheTextInTheLog) { EXPECT_EQ(parse_json("[\"王小明\"").error().detail.find("王"), std::string::npos); }

TEST(Json, NumbersKeepTheDigitsThatWereTyped) {
  auto parsed = parse_json(R"(["91.5", 91.5, 94, 0.1, 92.9501, 96.0, 1e3, 1.23456, "1e3", true, null, -2.5])");
  ASSERT_TRUE(parsed);
  auto text_at = [&](std::size_t at) {
    auto decimal = decimal_of((*parsed)[at]);
    return decimal ? decimal->to_text() : std::string("none");
  };
  EXPECT_EQ(text_at(0), "91.5");
  EXPECT_EQ(text_at(1), "91.5");
  EXPECT_EQ(text_at(2), "94");
  EXPECT_EQ(text_at(3), "0.1");
  EXPECT_EQ(text_at(4), "92.9501");
  EXPECT_EQ(text_at(5), "96");
  EXPECT_EQ(text_at(6), "1000");
  EXPECT_EQ(text_at(7), "none");
  EXPECT_EQ(text_at(8), "none");
  EXPECT_EQ(text_at(9), "none");
  EXPECT_EQ(text_at(10), "none");
  EXPECT_EQ(text_at(11), "-2.5");
}

}  // namespace
}  // namespace shide
