#include "base/pasted_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(PastedLines, AreCutAtTabsWhenThereAreAny) {
  auto lines = pasted_lines("买买提 阿不都\t0301\t\t三年级组\t\r\n");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0].cells, ElementsAre("买买提 阿不都", "0301", "", "三年级组"));
}

TEST(PastedLines, AreCutAtBlanksOfAnyWidthOtherwise) {
  auto lines = pasted_lines("  叶青 　 0302  ");
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0].cells, ElementsAre("叶青", "0302"));
  EXPECT_EQ(lines[0].cell(1), "0302");
  EXPECT_EQ(lines[0].cell(2), "");
}

TEST(PastedLines, KeepTheNumberTheReaderSees) {
  auto lines = pasted_lines("甲\n\n \t \n乙");
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].number, 1u);
  EXPECT_EQ(lines[1].number, 4u);
  EXPECT_THAT(pasted_lines(" \n\n"), IsEmpty());
}

TEST(PastedLines, TellWhatIsWrongWithoutTheWords) {
  Problem problem = line_problem("lines", 4, {"field.empty"});
  EXPECT_EQ(problem.path, "lines");
  EXPECT_EQ(render(problem.phrase, Language::kChinese), "第4行：还没有写。");
  EXPECT_EQ(render(problem.phrase, Language::kEnglish), "Line 4: " + std::string(text_of("field.empty", Language::kEnglish)));
}

}  // namespace
}  // namespace shide
