// What of a text gives a child away, with the school's register, with a list of one's own, and with neither.
#include "workflow/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "support/filled_tables.h"
#include "support/test_school.h"

namespace shide::workflow {
namespace {

using privacy::Kind;
using testing::filled_tables;
using testing::MemoryStore;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class CheckBeforePosting_D12 : public ::testing::Test {
 protected:
  Check check(const std::vector<CheckPassage>& passages, const std::vector<std::string>& names = {}) {
    auto checked = check_passages(school.ports, reader, passages, names);
    EXPECT_TRUE(checked) << checked.error().phrase.code;
    return checked ? std::move(*checked) : Check{};
  }
  std::string cleaned(const std::string& text, const std::vector<std::string>& names = {}) { return check({{{}, text}}, names).cleaned.front(); }

  TestSchool school;
  model::Actor reader = school.as(school.homeroom[0]);
};

TEST_F(CheckBeforePosting_D12, TheRegisterFindsItsPupils) {
  Check checked = check({{{}, "今天去了丁小满家，电话13800000000。"}});
  EXPECT_TRUE(checked.knows_names);
  ASSERT_THAT(checked.findings, SizeIs(2));
  EXPECT_EQ(checked.findings[0].words, "丁小满");
  EXPECT_EQ(checked.findings[0].kind, Kind::kStudentName);
  EXPECT_FALSE(checked.findings[0].is_doubt);
  EXPECT_EQ(checked.findings[1].kind, Kind::kPhone);
  EXPECT_THAT(checked.cleaned.front(), Not(HasSubstr("小满")));
  EXPECT_THAT(checked.cleaned.front(), Not(HasSubstr("138")));
}

TEST_F(CheckBeforePosting_D12, OnesOwnListFindsShortFormsToo) {
  EXPECT_THAT(cleaned("慕容雪晴很高兴，雪晴妈妈也来了。", {"慕容雪晴"}), Not(HasSubstr("雪晴")));
  EXPECT_THAT(cleaned("雪晴妈妈也来了。", {"慕容雪晴", "王大力"}), Not(HasSubstr("雪晴")));
  EXPECT_THAT(cleaned("慕\u200d容\u200b雪晴很高兴。", {"慕容雪晴"}), Not(HasSubstr("晴"))) << "a zero-width joiner hides nothing";
}

TEST_F(CheckBeforePosting_D12, OfTwoNamesThatContainEachOtherTheLongerIsFoundWhole) {
  std::string text = cleaned("江小满满和江小满都来了。", {"江小满", "江小满满"});
  EXPECT_THAT(text, Not(HasSubstr("满")));
  EXPECT_THAT(text, HasSubstr("都来了。"));
}

TEST_F(CheckBeforePosting_D12, WithoutAnyNameEveryDoubtIsListedByItself) {
  for (const model::Student& one : school.rows<model::Student>()) school.write([&](ports::Unit& unit) { return unit.of<model::Student>().erase(one); });
  Check checked = check({{{}, "今天去了慕容雪晴同学家，她妈妈的电话是13800000000。我们聊了很久。"}});
  EXPECT_FALSE(checked.knows_names);
  EXPECT_THAT(checked.findings, Not(IsEmpty()));
  for (const CheckFinding& finding : checked.findings) EXPECT_LT(character_count(finding.words), 15u) << "the whole text is no finding";
  EXPECT_THAT(checked.cleaned.front(), Not(HasSubstr("13800000000")));
}

TEST_F(CheckBeforePosting_D12, DoesNotTellWhichHomesAreRegistered) {
  school.start_visiting();
  school.amend<model::Guardian>([](model::Guardian& guardian) { return guardian.address = "枫林路88号6幢", true; });
  auto why = [&](const std::string& text) { return check({{{}, text}}).findings.front().reason.code; };
  EXPECT_EQ(why("家住枫林路88号6幢。"), why("家住银杏路12号3幢。"));
}

TEST_F(CheckBeforePosting_D12, TheDistrictCannotAskTheRegister) {
  reader.roles = {model::Role::kDistrict};
  EXPECT_FALSE(check({{{}, "丁小满"}}).knows_names);
}

TEST_F(CheckBeforePosting_D12, PassagesAreOneTextInTheirOrder) {
  Check checked = check({{ports::DocumentPart::kBody, "韩若曦很高兴。"}, {ports::DocumentPart::kHeader, "三(2)班"}, {ports::DocumentPart::kComment, "若曦的电话13800000000"}});
  ASSERT_THAT(checked.cleaned, SizeIs(3));
  std::size_t last = 0;
  for (const CheckFinding& finding : checked.findings) {
    EXPECT_GE(finding.passage, last);
    last = finding.passage;
  }
  for (const std::string& text : checked.cleaned) {
    for (const char* word : {"若曦", "三(2)班", "138"}) EXPECT_THAT(text, Not(HasSubstr(word)));
  }
}

TEST_F(CheckBeforePosting_D12, OtherTextsAreReadAsTheyAre) {
  for (const std::string& text : {std::string("Today we visited a family."), std::string("بۈگۈن بىز بىر ئائىلىنى زىيارەت قىلدۇق"), std::string("😀👨‍👩‍👧🏠"), std::string("\u202e\u200fabc\u200e"), std::string("\n\n \n")}) {
    EXPECT_EQ(cleaned(text), text);
  }
}

TEST_F(CheckBeforePosting_D12, TheLimitIsSaid) {
  std::string page;
  for (std::size_t i = 0; i < kLongestCheck; ++i) page += "家";
  EXPECT_TRUE(check_passages(school.ports, reader, {{{}, page}}, {}));
  auto refused = check_passages(school.ports, reader, {{{}, page}, {{}, "访"}}, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kTooLarge);
  EXPECT_THAT(render(refused.error().phrase, Language::kChinese), HasSubstr("20000"));
}

TEST_F(CheckBeforePosting_D12, ThreeThousandNamesAreReadInOneGo) {
  std::vector<std::string> names;
  for (char32_t first = 0; first < 60; ++first) {
    for (char32_t second = 0; second < 50; ++second) names.push_back("王" + to_utf8(static_cast<char32_t>(0x5000 + first)) + to_utf8(static_cast<char32_t>(0x6000 + second)));
  }
  EXPECT_THAT(cleaned("今天" + names[1234] + "来了。", names), Not(HasSubstr(names[1234].substr(3))));
}

TEST_F(CheckBeforePosting_D12, NothingIsWritten) {
  MemoryStore::Tables before = filled_tables(*school.store);
  check({{{}, "丁小满"}}, {"王大力"});
  EXPECT_TRUE(filled_tables(*school.store) == before);
}

}  // namespace
}  // namespace shide::workflow
