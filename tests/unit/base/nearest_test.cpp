#include "base/nearest.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(Nearest, FindsTheSwappedLetters) { EXPECT_EQ(nearest("store.knid", {"store.path", "store.kind"}), "store.kind"); }
TEST(Nearest, FindsTheForgottenLetter) { EXPECT_EQ(nearest("migrat", {"redact", "migrate"}), "migrate"); }
TEST(Nearest, IgnoresCase) { EXPECT_EQ(nearest("REDACT", {"redact"}), "redact"); }
TEST(Nearest, ProposesNothingFarAway) { EXPECT_EQ(nearest("weather", {"redact", "score"}), ""); }
TEST(Nearest, ProposesNothingForNothing) { EXPECT_EQ(nearest("", {"redact"}), ""); }
TEST(Nearest, TakesTheFirstOfEquals) { EXPECT_EQ(nearest("cat", {"car", "bat"}), "car"); }
TEST(Nearest, StaysQuickOnAnEndlessWord) { EXPECT_EQ(nearest(std::string(1'000'000, 'x'), {"redact"}), ""); }

}  // namespace
}  // namespace shide
