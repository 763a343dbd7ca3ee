#include "workflow/name_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NameList_D12, IsReadAsPeoplePasteIt) {
  EXPECT_THAT(names_in("王小明\n丁小满\r\n\n欧阳雪"), ElementsAre("王小明", "丁小满", "欧阳雪"));
  EXPECT_THAT(names_in("王小明 丁小满　欧阳雪"), ElementsAre("王小明", "丁小满", "欧阳雪"));
  EXPECT_THAT(names_in("王小明、丁小满，欧阳雪；叶青"), ElementsAre("王小明", "丁小满", "欧阳雪", "叶青"));
  EXPECT_THAT(names_in("1. 王小明\n2）丁小满\n“欧阳雪”"), ElementsAre("王小明", "丁小满", "欧阳雪"));
}

TEST(NameList_D12, DropsTheBlankThatAlignsAShortName) {
  EXPECT_THAT(names_in("王　芳\n李 小满 张 三"), ElementsAre("王芳", "李小满", "张三"));
  EXPECT_THAT(names_in("明"), ElementsAre("明")) << "a name of one character";
}

TEST(NameList_D12, TakesTheNamesOutOfATable) {
  EXPECT_THAT(names_in("序号,姓名,性别,班级,电话\n1,王小明,男,三(2)班,13800000000\n2,\"丁小满\",女,三年级二班,"), ElementsAre("王小明", "丁小满"));
  EXPECT_THAT(names_in("Name\tClass\nAlim Tursun\t3"), ElementsAre("Alim Tursun"));
}

TEST(NameList_D12, KeepsNamesOfOtherScriptsWhole) {
  EXPECT_THAT(names_in("阿依古丽·买买提\nئالىم تۇرسۇن\nMary Ann Lee"), ElementsAre("阿依古丽·买买提", "ئالىم تۇرسۇن", "Mary Ann Lee"));
}

TEST(NameList_D12, SaysEachNameOnceAndNothingElse) {
  EXPECT_THAT(names_in("王小明\n王小明 \n王\u200b小明"), ElementsAre("王小明"));
  EXPECT_THAT(names_in(""), IsEmpty());
  EXPECT_THAT(names_in(" ,，\n\t;😀1"), IsEmpty());
  EXPECT_THAT(names_in(std::string(200, 'x')), IsEmpty());
  EXPECT_THAT(names_in("001\n13800000000\n2021-01-23"), IsEmpty()) << "numbers are no names";
}

}  // namespace
}  // namespace shide::workflow
