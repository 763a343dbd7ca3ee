#include "privacy/folded_text.h"

#include <gtest/gtest.h>

namespace shide::privacy {
namespace {

TEST(FoldedText, FoldsWidthCaseAndScript) {
  EXPECT_EQ(fold("ＴＥＬ：１２３"), U"tel:123");
  EXPECT_EQ(fold("劉國棟"), fold("刘国栋"));
  EXPECT_EQ(fold("三（2）班"), U"三(2)班");
}

TEST(FoldedText, DropsBlanksInvisibleCharactersAndNameDots) {
  EXPECT_EQ(fold("王\xE3\x80\x80小\xE2\x80\x8B \xE2\x80\x8D明\xEF\xB8\x8F"), U"王小明");
  EXPECT_EQ(fold("买买提·吐尔逊"), fold("买买提•吐尔逊"));
}

TEST(FoldedText, KnowsWhereEachCharacterCameFrom) {
  FoldedText folded("王 \xE2\x80\x8B小⑩");
  ASSERT_EQ(folded.text(), U"王小10");
  EXPECT_EQ(folded.source(0), 0u);
  EXPECT_EQ(folded.source(1), 3u);
  EXPECT_EQ(folded.source(2), 4u);
  EXPECT_EQ(folded.source(3), 4u);
  EXPECT_EQ(folded.source_end(4), 5u);
  EXPECT_TRUE(folded.joined(1));
  EXPECT_FALSE(folded.joined(2));
}

TEST(FoldedText, CountsCharactersBeyondTheBasicPlaneAsOne) {
  FoldedText folded("𬭎👨‍👩‍👧王");
  EXPECT_EQ(folded.note().size(), 7u);
  EXPECT_EQ(folded.source(folded.size() - 1), 6u);
}

TEST(FoldedText, TakesBytesThatAreNoUtf8AsUnknownCharacters) {
  FoldedText folded("王\xFF\xC3(\xED\xA0\x80" "明");
  EXPECT_EQ(folded.note().front(), U'王');
  EXPECT_EQ(folded.note().back(), U'明');
  EXPECT_EQ(folded.note().size(), 8u);
}

TEST(FoldedText, LooksThroughALineBreakInsideAName) {
  FoldedText folded("欧阳\n雪");
  EXPECT_TRUE(folded.has_broken_words());
  EXPECT_EQ(folded.without_breaks().text(), U"欧阳雪");
  EXPECT_EQ(folded.without_breaks().source(2), 3u);
}

}  // namespace
}  // namespace shide::privacy
