#include "base/line_diff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr LineFate kSame = LineFate::kSame, kGone = LineFate::kGone, kNew = LineFate::kNew;
using Changes = std::vector<LineChange>;

TEST(LineDiff, KeepsWhatStaysAndTellsWhatWentAndCame) {
  EXPECT_EQ(line_changes("a\nb\nc", "a\nB\nc"), (Changes{{kSame, "a"}, {kGone, "b"}, {kNew, "B"}, {kSame, "c"}}));
  EXPECT_EQ(line_changes("a\nb", "b\nc"), (Changes{{kGone, "a"}, {kSame, "b"}, {kNew, "c"}}));
  EXPECT_EQ(line_changes("", "a"), (Changes{{kGone, ""}, {kNew, "a"}}));
}

TEST(LineDiff, ShowsAChangeWithALineOnEitherSide) {
  EXPECT_EQ(changed_lines("1\n2\n3\n4\n5", "1\n2\nx\n4\n5"), (Changes{{kSame, "2"}, {kGone, "3"}, {kNew, "x"}, {kSame, "4"}}));
  EXPECT_THAT(changed_lines("1\n2", "1\n2"), IsEmpty());
}

TEST(LineDiff, TextsBeyondReasonAreNotCompared) {
  std::string many(3000, '\n');
  EXPECT_EQ(line_changes(many, many).front().fate, kGone);
  EXPECT_EQ(line_changes(many, many).size(), 6002u);
}

}  // namespace
}  // namespace shide
