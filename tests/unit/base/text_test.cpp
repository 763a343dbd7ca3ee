// Pasted text: what is cleaned, cut, counted and split.
#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

using ::testing::ElementsAre;

TEST(CleanText_S16, BringsThePlansOwnDebrisToOneBlank) {
  std::string plan = "4教师在家访前" + std::string(6900, ' ') + "要预先备课\r\n\r\n\r\n\r\n结束后\xC2\xA0\xE3\x80\x80记录 \n";
  EXPECT_EQ(clean_text(plan), "4教师在家访前 要预先备课\n\n结束后 记录");
  EXPECT_EQ(clean_line("王\xE2\x80\x8B小明\n"), "王小明");
}

TEST(CleanText, RefusesNulAndLoneSurrogates) {
  EXPECT_FALSE(clean_text(std::string_view("a\0b", 3)));
  EXPECT_FALSE(clean_text("\xED\xA0\x80"));
  EXPECT_FALSE(clean_text("\xC0\xAF"));
  EXPECT_TRUE(clean_text("𬭎㛃龑"));
}

TEST(Text, IsBroughtToOneFormOfEveryCharacter) {
  EXPECT_EQ(to_nfc("e\xCC\x81"), "\xC3\xA9");
  EXPECT_EQ(clean_line("cafe\xCC\x81"), "caf\xC3\xA9");
}

TEST(Text, CleaningTwiceChangesNothingMore) {
  for (const char* text : {" a \r\n\n\n\n b\t\tc ", "\xEF\xBB\xBF一\xE3\x80\x80二", "", "\n\n"}) {
    auto once = clean_text(text);
    ASSERT_TRUE(once);
    EXPECT_EQ(clean_text(*once), once) << text;
  }
}

TEST(Text, ControlAndInvisibleCharactersGo) {
  EXPECT_EQ(clean_line("a\x01\x1B" "b\xE2\x80\x8E" "c\xEF\xBB\xBF"), "abc");
  EXPECT_EQ(clean_text("a\tb"), "a b");
}

TEST(Text, IsCountedAndCutInCharacters) {
  EXPECT_EQ(character_count("𬭎小明"), 3u);
  EXPECT_EQ(first_characters("𬭎小明", 2), "𬭎小");
  EXPECT_EQ(first_characters("小明", 5), "小明");
  EXPECT_EQ(first_characters("小明", 0), "");
}

TEST(Text, GoesToCodePointsAndBack) {
  for (const char* text : {"", "abc", "王小明", "𬭎㛃龑"}) EXPECT_EQ(to_utf8(to_code_points(text)), text);
}

TEST(Text, SplitKeepsEmptyPartsAndJoinPutsThemBack) {
  EXPECT_THAT(split("a b  c", ' '), ElementsAre("a", "b", "", "c"));
  EXPECT_THAT(split("", ' '), ElementsAre(""));
  EXPECT_EQ(join({"a", "b", "", "c"}, " "), "a b  c");
  EXPECT_EQ(join({}, " "), "");
}

TEST(Text, ReplacesEveryOccurrenceOnce) {
  EXPECT_EQ(replace_all("aXbX", "X", "XX"), "aXXbXX");
  EXPECT_EQ(replace_all("abc", "x", "y"), "abc");
}

TEST(FirstSentence, EndsAtItsStopOrItsLine) {
  EXPECT_EQ(first_sentence("楼道的灯坏了。我们还在三楼。"), "楼道的灯坏了");
  EXPECT_EQ(first_sentence("校门口路灯\n校门到公交站没有路灯。"), "校门口路灯");
  EXPECT_EQ(first_sentence(" Version 1.2 is out. Read on."), "Version 1.2 is out");
  EXPECT_EQ(first_sentence("没有停"), "没有停");
}

TEST(SentencesAfter, AreTheRestWithoutTheStopBetween) {
  for (const char* text : {"路灯\n没有灯。装好以前结伴走。", "路灯。没有灯。装好以前结伴走。"}) EXPECT_EQ(sentences_after(text, first_sentence(text)), "没有灯。装好以前结伴走。") << text;
  EXPECT_EQ(sentences_after("只有一句。", "只有一句"), "");
}

TEST(Mask_S101, ShowsTheSurnameAndTheEndsOfANumber) {
  EXPECT_EQ(mask_name("王小明"), "王**");
  EXPECT_EQ(mask_phone("13800000000"), "138****0000");
  EXPECT_EQ(mask_phone("１３８００００００００"), "１３８****００００");
  EXPECT_EQ(mask_phone("110"), "****");
}

TEST(Mask_S101, NamesOfEveryLengthKeepOnlyTheirFirstCharacter) {
  EXPECT_EQ(mask_name("王"), "王**");
  EXPECT_EQ(mask_name("阿依古丽·买买提"), "阿**") << "the length tells nothing either";
  EXPECT_EQ(mask_name(""), "");
}

}  // namespace
}  // namespace shide
