#include "base/chance.h"

#include <gtest/gtest.h>

#include <set>

namespace shide {
namespace {

TEST(Chance, StaysWithinItsBoundsAndReachesThem) {
  Chance chance(1);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(chance.between(-1, 2));
  EXPECT_EQ(seen, (std::set<std::int64_t>{-1, 0, 1, 2}));
  EXPECT_EQ(chance.between(7, 7), 7);
}

TEST(Chance, IsTheSameForTheSameSeedAndAnotherForAnother) {
  Chance one(1), same(1), other(2);
  bool differs = false;
  for (int i = 0; i < 20; ++i) {
    std::int64_t number = one.between(0, 1'000'000);
    EXPECT_EQ(number, same.between(0, 1'000'000));
    differs = differs || number != other.between(0, 1'000'000);
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace shide
