#include "base/base64.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

// RFC 4648, section 10.
TEST(Base64, FollowsTheStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64(std::string("\xFB\xFF\0", 3)), "+/8A");
}

TEST(Base64, ReadsBackWhatItWroteAndNothingElse) {
  for (const std::string& bytes : {std::string(), std::string("f"), std::string("fo"), std::string("foo"), std::string("\xFB\xFF\0", 3)}) {
    EXPECT_EQ(from_base64(base64(bytes)), bytes);
  }
  for (const char* text : {"Z", "Zg=", "Zh==", "Zg==\n", " Zg=", "Zg=A", "====", "Zm9*"}) EXPECT_EQ(from_base64(text), std::nullopt) << text;
}

}  // namespace
}  // namespace shide
