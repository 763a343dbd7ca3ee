// INFO files: several pairs on a line, lines that are known, and nothing that reaches outside the file.
#include "base/info_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

using ::testing::HasSubstr;

std::string refusal(std::string_view text) {
  auto file = parse_info(text, "x.info");
  return file ? "taken" : file.error().detail;
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

TEST(InfoFile, KeysMayRepeatAndKeepTheirOrder) {
  auto file = parse_info("grade \"优秀\"\ngrade \"合格\"\nother \"x\"\ngrade \"不合格\"", "x.info");
  ASSERT_EQ(file->all("grade").size(), 3u);
  EXPECT_EQ(file->all("grade")[2]->value, "不合格");
  EXPECT_EQ(file->all("grade")[2]->line, 4);
  EXPECT_EQ(file->text("grade"), "优秀") << "the first";
  EXPECT_EQ(file->text("none", "otherwise"), "otherwise");
}

TEST(InfoFile, ADotIsPartOfAKeyAndADigitStaysText) {
  auto file = parse_info("record.submitted \"0.10\"", "x.info");
  EXPECT_EQ(file->text("record.submitted"), "0.10");
}

TEST(InfoFile, QuotedTextHoldsBracesCommentsAndHashes) {
  auto file = parse_info(R"(text "a { b } ; c #include \"d\"" next "e")", "x.info");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->text("text"), R"(a { b } ; c #include "d")");
  EXPECT_EQ(file->text("next"), "e");
}

TEST(InfoFile, RefusesIncludesDepthSizeAndForeignBytes) {
  EXPECT_THAT(refusal("#include \"/etc/passwd\""), HasSubstr("x.info:1: #include is not allowed"));
  EXPECT_THAT(refusal("a \"b\"\n  #include \"/etc/passwd\""), HasSubstr("x.info:2"));
  EXPECT_THAT(refusal(std::string(40, '{')), HasSubstr("nested too deep"));
  EXPECT_THAT(refusal(std::string((1 << 20) + 1, ' ')), HasSubstr("larger than 1 MiB"));
  EXPECT_THAT(refusal("a \"\xFF\""), HasSubstr("not UTF-8"));
}

TEST(InfoFile, TellsTheLineOfABraceOrAQuoteThatIsWrong) {
  EXPECT_EQ(refusal("a\n}\n"), "x.info:2: a closing brace too many");
  EXPECT_EQ(refusal("a {\n\n"), "x.info:3: a closing brace is missing");
  EXPECT_EQ(refusal("a \"b"), "x.info:1: a quoted text does not end");
  EXPECT_EQ(refusal("a \"b\nc\""), "x.info:1: a quoted text does not end on its line");
}

}  // namespace
}  // namespace shide
