// Which cell of a form that came back is which field, also after somebody has edited, merged and copied in it (S102..S110).
#include "visit/filled_annex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

const AnnexLabels kLabels = {{"class", "班级"}, {"student", "学生姓名"}, {"narrative", "家访过程"}, {"narrative", "The visit"}, {"reflection", "家访后寻求对策或感想"}};

TEST(FilledAnnex_S107, ALabelNamesTheCellBehindIt) {
  FilledAnnex annex = read_annex({{"班级", "三(1)班", "学生姓名", "丁小满"}, {"家访过程", "一段。\n二段。"}}, kLabels);
  EXPECT_THAT(annex.fields, UnorderedElementsAre(Pair("class", "三(1)班"), Pair("student", "丁小满"), Pair("narrative", "一段。\n二段。")));
  EXPECT_THAT(annex.others, IsEmpty());
}

TEST(FilledAnnex_S107, BlanksColonsBreaksAndTheOtherLanguageDoNotMatter) {
  FilledAnnex annex = read_annex({{" 班　级：", "三(1)班"}, {"家访后寻求\n对策或感想", "多听。"}, {"The visit:", "A."}}, kLabels);
  EXPECT_THAT(annex.fields, UnorderedElementsAre(Pair("class", "三(1)班"), Pair("reflection", "多听。"), Pair("narrative", "A.")));
}

TEST(FilledAnnex_S107, WordsThatEqualALabelAreWords) {
  FilledAnnex annex = read_annex({{"家访过程", "班级"}, {"班级", "家访过程"}}, kLabels);
  EXPECT_THAT(annex.fields, UnorderedElementsAre(Pair("narrative", "班级"), Pair("class", "家访过程")));
  annex = read_annex({{"家访过程", "先看了书桌。\n班级\n再说作业。"}}, kLabels);
  EXPECT_THAT(annex.fields, UnorderedElementsAre(Pair("narrative", "先看了书桌。\n班级\n再说作业。")));
}

TEST(FilledAnnex_S107, AnEmptyBoxIsAnAnswerAndALabelWithoutABoxIsNone) {
  FilledAnnex annex = read_annex({{"家访过程", ""}, {"班级"}}, kLabels);
  EXPECT_THAT(annex.fields, UnorderedElementsAre(Pair("narrative", "")));
  EXPECT_THAT(annex.others, ElementsAre("班级"));
}

TEST(FilledAnnex_S107, WhatBelongsNowhereAndWhatStandsTwiceIsTold) {
  FilledAnnex annex = read_annex({{"备注", "下周再来"}, {"家访过程", "一"}, {"家访过程", "二"}, {"", ""}}, kLabels);
  EXPECT_EQ(annex.fields["narrative"], "一");
  EXPECT_THAT(annex.others, ElementsAre("备注 下周再来", "家访过程: 二"));
}

}  // namespace
}  // namespace shide::visit
