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

}  // namespace
}  // namespace shide
