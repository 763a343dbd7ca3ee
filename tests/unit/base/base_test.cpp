// The words without any school in them: decimals, days, ids, phrases, INFO files, pasted text.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/decimal.h"
#include "base/digest.h"
#include "base/id.h"
#include "base/info_file.h"
#include "base/phrase.h"
#include "base/text.h"
#include "base/time.h"

namespace shide {
namespace {

TEST(Decimal, KeepsFourPlacesAndRoundsOnceHalfUp) {
  EXPECT_EQ(Decimal::ratio(*Decimal::parse("77"), Decimal::from_integer(100), Decimal::from_integer(80)).to_text(), "96.25");
  EXPECT_EQ((*Decimal::parse("96.25") * *Decimal::parse("0.2")).to_text(2), "19.25");
  EXPECT_EQ(Decimal::parse("0.005")->to_text(2), "0.01");
  EXPECT_EQ(Decimal::parse("-2.50")->to_text(), "-2.5");
}

TEST(Decimal, RefusesWhatIsNotPlainDecimal) {
  for (const char* text : {"", "1e3", ".5", "5.", "1.23456", "abc", "--1", "1 000", "9999999999999999"}) EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Date, TheThirtiethOfFebruaryDoesNotExist) {
  EXPECT_FALSE(parse_date("2021-02-30"));
  EXPECT_EQ(to_text(*parse_date("2021年1月23日")), "2021-01-23");
  EXPECT_EQ(to_text(*parse_date("2021/1/3")), "2021-01-03");
}

TEST(Time, IsShownInShanghai) {
  Time time{1611491400000000};
  EXPECT_EQ(to_text(time), "2021-01-24T20:30:00+08:00");
  EXPECT_EQ(weekday(date_of(time)), 0);
  EXPECT_EQ(parse_time("2021-01-24T20:30:00+08:00"), time);
  EXPECT_EQ(parse_time("2021年1月24日 20:30"), time);
  EXPECT_EQ(parse_time("2021-01-24T12:30:00Z"), time);
  EXPECT_FALSE(parse_time("2021-01-24 25:00"));
}

TEST(Uuid, IsVersionSevenAndOrderedByTime) {
  std::string early = new_uuid({1'000'000'000'000}), late = new_uuid({2'000'000'000'000});
  EXPECT_TRUE(is_uuid(early));
  EXPECT_EQ(early[14], '7');
  EXPECT_LT(early, late);
  EXPECT_FALSE(is_uuid("../etc/passwd"));
}

TEST(CleanText_S16, BringsThePlansOwnDebrisToOneBlank) {
  std::string plan = "4教师在家访前" + std::string(6900, ' ') + "要预先备课\r\n\r\n\r\n\r\n结束后\xC2\xA0\xE3\x80\x80记录 \n";
  EXPECT_EQ(clean_text(plan), "4教师在家访前 要预先备课\n\n结束后 记录");
  EXPECT_EQ(clean_line("王\xE2\x80\x8B小明\n"), "王小明");
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

TEST(CleanText, RefusesNulAndLoneSurrogates) {
  EXPECT_FALSE(clean_text(std::string_view("a\0b", 3)));
  EXPECT_FALSE(clean_text("\xED\xA0\x80"));
  EXPECT_FALSE(clean_text("\xC0\xAF"));
  EXPECT_TRUE(clean_text("𬭎㛃龑"));
}

TEST(InfoFile, ReadsSeveralPairsOnALineAndKnowsTheirLines) {
  auto file = parse_info("scheme { key \"a\" base \"100\"\n  item { key \"v1\" max \"30\" } }  ; note", "rules.info");
  ASSERT_TRUE(file) << file.error().detail;
  const InfoEntry* scheme = file->child("scheme");
  ASSERT_TRUE(scheme);
  EXPECT_EQ(scheme->text("base"), "100");
  EXPECT_EQ(scheme->child("item")->text("max"), "30");
  EXPECT_EQ(scheme->child("item")->line, 2);
}

TEST(InfoFile, RefusesIncludesDepthAndOpenBraces) {
  EXPECT_FALSE(parse_info("#include \"/etc/passwd\"", "x"));
  EXPECT_FALSE(parse_info(std::string(40, '{'), "x"));
  EXPECT_FALSE(parse_info("a {", "x"));
  EXPECT_EQ(parse_info("a\n}\n", "x.info").error().detail, "x.info:2: a closing brace too many");
}

TEST(Phrase, IsRenderedInBothLanguages) {
  Phrase phrase{"info.unreadable", {{"where", "a:1"}, {"what", Phrase{"error.not_found"}}}};
  EXPECT_EQ(render(phrase, Language::kEnglish), "a:1: this file cannot be read (No such page, or it is not open to you now.).");
  EXPECT_THAT(render(phrase, Language::kChinese), testing::StartsWith("a:1："));
  EXPECT_EQ(render({"no.such"}, Language::kChinese), "[no.such]");
}

TEST(Phrase, SurvivesTheDatabase) {
  Phrase phrase{"score.because", {{"text", "a\tb\\n\n"}, {"inner", Phrase{"x.y", {{"n", 3}}}}}};
  EXPECT_EQ(parse_phrase(format_phrase(phrase)), phrase);
}

TEST(Digest, KnowsTheStandardVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hmac_sha256_hex("key", "The quick brown fox jumps over the lazy dog"),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
  EXPECT_NE(random_token(16), random_token(16));
}

TEST(Mask, ShowsTheSurnameAndTheEndsOfANumber) {
  EXPECT_EQ(mask_name("王小明"), "王**");
  EXPECT_EQ(mask_phone("13800000000"), "138****0000");
  EXPECT_EQ(mask_phone("１３８００００００００"), "１３８****００００");
  EXPECT_EQ(mask_phone("110"), "****");
}

}  // namespace
}  // namespace shide
