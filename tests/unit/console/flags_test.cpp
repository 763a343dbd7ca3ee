#include "console/flags.h"

#include <gtest/gtest.h>

namespace shide::console {
namespace {

TEST(Flags, HaveTheirValues) {
  auto flags = read_flags({"--name", "HR", "--days", "30"}, {"--name", "--days", "--scope"});
  ASSERT_TRUE(flags);
  EXPECT_EQ(flags->value("--name"), "HR");
  EXPECT_EQ(flags->value("--days"), "30");
  EXPECT_EQ(flags->value("--scope"), "");
}

TEST(Flags, RefuseWhatIsUnknownTwiceOrWithoutValue) {
  EXPECT_FALSE(read_flags({"--nmae", "HR"}, {"--name"}));
  EXPECT_FALSE(read_flags({"--name", "HR", "--name", "IT"}, {"--name"}));
  EXPECT_FALSE(read_flags({"--name"}, {"--name"}));
}

}  // namespace
}  // namespace shide::console
