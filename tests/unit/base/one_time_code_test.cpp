// The codes a phone shows: by the test vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B).
#include "base/one_time_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/qr_code.h"

namespace shide {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kSecret = "12345678901234567890";

Time at(std::int64_t seconds) { return {seconds * kSecond}; }

TEST(OneTimeCode, IsThatOfTheVectorsOfRfc6238) {
  const std::pair<std::int64_t, std::string> vectors[] = {{59, "94287082"},          {1111111109, "07081804"}, {1111111111, "14050471"},
                                                          {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(one_time_code(kSecret, one_time_step(at(seconds)), 8), code);
    EXPECT_EQ(one_time_code(kSecret, one_time_step(at(seconds))), code.substr(2));
  }
}

TEST(OneTimeCode, IsThatOfTheVectorsOfRfc4226) {
  const std::string vectors[] = {"755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t count = 0; count < 10; ++count) EXPECT_EQ(one_time_code(kSecret, count), vectors[count]);
}

TEST(OneTimeCode, IsTakenHalfAMinuteEarlyOrLateAndNoMore) {
  Time now = at(1234567890);  // the first second of its step
  std::int64_t step = one_time_step(now);
  for (std::int64_t off : {-1, 0, 1}) EXPECT_EQ(taken_step(kSecret, one_time_code(kSecret, step + off), now, 0), step + off) << off;
  for (std::int64_t off : {-2, 2}) EXPECT_FALSE(taken_step(kSecret, one_time_code(kSecret, step + off), now, 0)) << off;
  EXPECT_TRUE(taken_step(kSecret, one_time_code(kSecret, step), now + 59 * kSecond, 0));
  EXPECT_FALSE(taken_step(kSecret, one_time_code(kSecret, step), now + 60 * kSecond, 0));
}

TEST(OneTimeCode, OfAStepThatWasTakenOrOneBeforeIsNotTaken) {
  Time now = at(1234567890);
  std::int64_t step = one_time_step(now);
  EXPECT_FALSE(taken_step(kSecret, one_time_code(kSecret, step), now, step));
  EXPECT_FALSE(taken_step(kSecret, one_time_code(kSecret, step - 1), now, step));
  EXPECT_EQ(taken_step(kSecret, one_time_code(kSecret, step + 1), now, step), step + 1);
}

TEST(OneTimeCode, IsSixDigitsAndNothingElse) {
  Time now = at(59);
  for (const char* typed : {"", "28708", "2870822", "287 082", "94287082", "28708a"}) EXPECT_FALSE(taken_step(kSecret, typed, now, -1)) << typed;
  EXPECT_TRUE(taken_step(kSecret, "287082", now, -1));
}

TEST(Base32, IsThatOfTheVectorsOfRfc4648) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base32(bytes), text);
    EXPECT_EQ(from_base32(text), bytes);
  }
  for (const char* text : {"M", "MZ=", "my", "MZXW6YTBO", "MZ", "M1"}) EXPECT_FALSE(from_base32(text)) << text;
}

TEST(OneTimeAddress, NamesTheSchoolAndTheAccountAsLongAsThePictureHoldsThem) {
  std::string secret = base32(kSecret);
  EXPECT_EQ(one_time_address("\xE9\x9D\x92", "0301", secret), "otpauth://totp/%E9%9D%92:0301?secret=" + secret + "&issuer=%E9%9D%92");
  std::string lengthy;
  for (int i = 0; i < 20; ++i) lengthy += "\xE9\x9D\x92";
  std::string without_school = one_time_address(lengthy, "0301", secret);
  EXPECT_THAT(without_school, HasSubstr("/0301?"));
  EXPECT_THAT(without_school, Not(HasSubstr("issuer")));
  std::string without_both = one_time_address(lengthy, lengthy + lengthy, secret);
  EXPECT_EQ(without_both, "otpauth://totp/shide?secret=" + secret);
  for (const std::string& one : {without_school, without_both}) EXPECT_TRUE(qr_code(one));
}

}  // namespace
}  // namespace shide
