// Names of rows: version 7, older is smaller, nothing else reaches a query.
#include "base/id.h"

#include <gtest/gtest.h>

#include <set>

namespace shide {
namespace {

TEST(Uuid, IsVersionSevenAndOrderedByTime) {
  std::string early = new_uuid({1'000'000'000'000}), late = new_uuid({2'000'000'000'000});
  EXPECT_TRUE(is_uuid(early));
  EXPECT_EQ(early[14], '7');
  EXPECT_NE(std::string("89ab").find(early[19]), std::string::npos) << "the variant of RFC 9562";
  EXPECT_LT(early, late);
}

TEST(Uuid, IsNewEachTimeWithinOneMillisecond) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_uuid({1'611'491'400'000'000}));
  EXPECT_EQ(ids.size(), 1000u);
}

TEST(Uuid, TheSameSeedGivesTheSame) {
  Time now{1'611'491'400'000'000};
  EXPECT_EQ(seeded_uuid(now, 1, 2), seeded_uuid(now, 1, 2));
  EXPECT_NE(seeded_uuid(now, 1, 2), seeded_uuid(now, 1, 3));
  EXPECT_TRUE(is_uuid(seeded_uuid(now, ~0ull, ~0ull)));
}

TEST(Uuid, OnlyLowerCaseOfTheRightShapeIsOne) {
  std::string good = new_uuid({1'000'000'000'000});
  for (const std::string& text : {std::string("../etc/passwd"), std::string(), good + "0", good.substr(1), std::string(36, '-'), std::string(36, 'a')}) EXPECT_FALSE(is_uuid(text)) << text;
  std::string upper = good;
  upper[0] = 'A';
  EXPECT_FALSE(is_uuid(upper));
}

}  // namespace
}  // namespace shide
