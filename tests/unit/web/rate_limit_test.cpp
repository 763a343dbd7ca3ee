#include "web/rate_limit.h"

#include <gtest/gtest.h>

#include <string>

namespace shide::web {
namespace {

TEST(RateLimit, LetsSoManyThroughInAWindowThatMoves) {
  Time start{0};
  RateLimit limit(3, kMinute);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.wait("a", start + i * kSecond), 0);
  EXPECT_EQ(limit.wait("a", start + 10 * kSecond), 50 * kSecond) << "until the first is a minute old";
  EXPECT_EQ(limit.wait("b", start + 10 * kSecond), 0) << "each for itself";
  EXPECT_EQ(limit.wait("a", start + (kMinute - 1)), 1);
  EXPECT_EQ(limit.wait("a", start + kMinute), 0);
  EXPECT_EQ(limit.wait("a", start + kMinute), 1 * kSecond) << "a refusal is not counted, the rest are";
}

TEST(RateLimit, ForgetsRatherThanGrowsWithoutEnd) {
  RateLimit limit(1, kMinute);
  for (int i = 0; i < 10'001; ++i) EXPECT_EQ(limit.wait(std::to_string(i), Time{0}), 0);
  EXPECT_EQ(limit.wait("0", Time{0}), 0);
}

}  // namespace
}  // namespace shide::web
