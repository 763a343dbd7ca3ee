// What was taken out of a note is marked where its replacement stands.
#include "web/note_view.h"

#include <gtest/gtest.h>

namespace shide::web {
namespace {

using nlohmann::json;

/// "[该生]站在门口" for paragraphs, parted by "|".
std::string drawn(const json& paragraphs) {
  std::string text;
  for (const json& paragraph : paragraphs) {
    if (!text.empty()) text += "|";
    for (const json& piece : paragraph["pieces"]) {
      std::string words = piece["words"];
      text += piece["marked"].get<bool>() ? "[" + words + "]" : words;
    }
  }
  return text;
}

// 王小明站在门口。 / 妈妈李芳听了很久，小明笑了。
const char* const kCuts = R"([{"field":"narrative","start":0,"end":3,"replacement":"该生"},
                             {"field":"narrative","start":11,"end":13,"replacement":""},
                             {"field":"reflection","start":0,"end":2,"replacement":"家人"},
                             {"field":"narrative","start":18,"end":20,"replacement":"孩子"}])";

TEST(MarkedParagraphs_S75, MarkEveryReplacementWhereItStandsNow) {
  EXPECT_EQ(drawn(marked_paragraphs("该生站在门口。\n妈妈听了很久，孩子笑了。", kCuts, "narrative")), "[该生]站在门口。|妈妈听了很久，[孩子]笑了。");
  EXPECT_EQ(drawn(marked_paragraphs("家人", kCuts, "reflection")), "[家人]");
}

TEST(MarkedParagraphs, EndTheirMarksWhereTheOfficeHasReworded) {
  EXPECT_EQ(drawn(marked_paragraphs("该生在门口。\n妈妈听了很久，孩子笑了。", kCuts, "narrative")), "[该生]在门口。|妈妈听了很久，孩子笑了。");
  EXPECT_EQ(drawn(marked_paragraphs("短", kCuts, "narrative")), "短");
}

TEST(MarkedParagraphs, BearAListThatCannotBeRead) {
  EXPECT_EQ(drawn(marked_paragraphs("一句话。\n\n又一句。", "nothing", "narrative")), "一句话。|又一句。");
  EXPECT_TRUE(marked_paragraphs("", "[]", "narrative").empty());
}

}  // namespace
}  // namespace shide::web
