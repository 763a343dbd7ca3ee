#include "privacy/frames.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace shide::privacy {
namespace {

constexpr std::string_view kRules = R"(
senses {
  nothing "通病"
  halt "在"
  general "预防"
  kin "爸爸 妈妈"
  adult "爸爸 妈妈"
  child "孩子"
  residence "住在"
  done ""
  house "家"
  of "的"
  illness "哮喘 病"
  job "瓦工 司机"
  place "石桥 祠堂"
  side "左手 对面"
  talk "说"
}
runs { run { kind address to "某处" of "place side" with "place" and "side" unless "talk" } }
frames {
  frame { kind workplace to "有工作" find "kin [ 6 job ]" stops "kin talk" }
  frame { kind health to "要照顾" find "[ 4 illness 2 ]" unless "general" }
  frame { kind address to "某处" find "residence [ 9 place $ ]" }
  frame { kind family_status to "有事" find "^ 2 kin 2 job [ $ ]" near "illness" }
})";

Frames frames(std::string_view rules = kRules) {
  auto file = parse_info(rules, "test.info");
  auto read = Frames::read(*file, "test.info");
  EXPECT_EQ(read.if_error(), nullptr);
  return std::move(*read);
}

std::vector<std::string> found(std::string_view text, const std::vector<NamedPerson>& people = {}) {
  static const Frames kFrames = frames();
  FoldedText folded(text);
  std::vector<std::string> passages;
  for (const FramedPhrase& phrase : kFrames.find(folded, people, {})) passages.push_back(to_utf8(folded.text().substr(phrase.start, phrase.end - phrase.start)));
  return passages;
}

using Passages = std::vector<std::string>;

TEST(Frames_S98, FindARowOfSensesWithinOneClause) {
  EXPECT_EQ(found("爸爸一直做瓦工的。"), Passages{"一直做瓦工"});
  EXPECT_EQ(found("爸爸来了，楼下有个瓦工。"), Passages{});       // the clause ends between them
  EXPECT_EQ(found("爸爸他这个人从前的确是个瓦工。"), Passages{});  // too far
}

TEST(Frames_S98, AnEdgeTakesInMoreButNotPastAWordOfHalt) {
  EXPECT_EQ(found("从小有哮喘，一累就犯。"), Passages{"从小有哮喘"});
  EXPECT_EQ(found("在哮喘发作的时候。"), Passages{"哮喘发作"});
}

TEST(Frames_S98, WhatSpeaksAgainstAFrameAndWordsOfNothingStopIt) {
  EXPECT_EQ(found("预防哮喘。"), Passages{});
  EXPECT_EQ(found("粗心是通病。"), Passages{});
}

TEST(Frames_S98, InATextWithoutPunctuationOnlyWhatIsNearSpeaksAgainstAFrame) {
  std::string filler;
  for (int i = 0; i < 25; ++i) filler += "然后";
  EXPECT_EQ(found("孩子有哮喘" + filler + "预防着凉。"), Passages{"孩子有哮喘然后"});
  EXPECT_EQ(found(filler + "预防哮喘。"), Passages{});
}

TEST(Frames_S98, GoOnWhileNobodyElseActs) {
  EXPECT_EQ(found("爸爸做瓦工，一天到晚爬高，妈妈说放心。"), Passages{"做瓦工,一天到晚爬高"});
  EXPECT_EQ(found("爸爸做瓦工，妈妈爬高。"), Passages{"做瓦工"});
}

TEST(Frames_S98, AClauseThatEndsWithSomebodyGivesTheNextItsSubject) {
  EXPECT_EQ(found("父郝二牛，井下司机。", {{1, 4, false}}), Passages{"井下司机"});
  EXPECT_EQ(found("父郝二牛：井下司机。", {{1, 4, false}}), Passages{});
}

TEST(Frames_S98, PlacesInARowAreTheWayToAHome) {
  EXPECT_EQ(found("出村，见到石桥，左手那家。"), Passages{"见到石桥,左手那家"});
  EXPECT_EQ(found("见到石桥，左手说不清。"), Passages{});
  EXPECT_EQ(found("石桥，祠堂。"), Passages{});  // nothing that says where
}

TEST(Frames_S98, APersonNamedCountsAndWithHomeBehindAlsoAsWhereSomebodyLives) {
  EXPECT_EQ(found("小满家就靠着祠堂。"), Passages{});
  EXPECT_EQ(found("小满家就靠着祠堂。", {{0, 2, true}}), Passages{"就靠着祠堂"});
  EXPECT_EQ(found("小满做瓦工。", {{0, 2, false}}), Passages{"做瓦工"});
}

TEST(Frames_S98, ABrokenFileIsToldWithItsLine) {
  auto refused = [](std::string_view frame) {
    std::string rules = "senses { kin \"爸爸\" }\nframes {\n  " + std::string(frame) + "\n}";
    auto read = Frames::read(*parse_info(rules, "test.info"), "test.info");
    return read.if_error() ? read.if_error()->detail : "";
  };
  EXPECT_EQ(refused("frame { kind health find \"kin 3 stranger\" }"), "test.info:3");
  EXPECT_EQ(refused("frame { kind rumour find \"kin\" }"), "test.info:3");
  EXPECT_EQ(refused("frame { kind health find \"[ ]\" }"), "test.info:3");
  EXPECT_EQ(refused("frame { kind health find \"kin\" unless \"stranger\" }"), "test.info:3");
  EXPECT_EQ(refused("frame { kind health find \"kin\" }"), "");
}

}  // namespace
}  // namespace shide::privacy
