// What the text of a record is asked about before it is handed in, and what it is not (rules 6 to 10, D8).
#include "visit/record_hints.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string_view> hints(const std::string& narrative, const std::string& reflection = "", std::size_t demands = 0, const std::string& preparation = "") {
  model::VisitRecord record;
  record.narrative = narrative;
  record.reflection = reflection;
  std::vector<std::string_view> names;
  for (RecordHint one : record_hints(record, preparation, demands)) names.push_back(model::code_of(one));
  return names;
}

TEST(RecordHints_S94, OnlyTroubleIsAComplaintAndNotAVisit) {
  EXPECT_THAT(hints("说到作业拖拉、上课走神，爸爸听了直叹气。", "说好每天先写作业再玩。"), ElementsAre("only_trouble"));
  EXPECT_THAT(hints("先夸她爱提问，再说作业拖拉。", "说好每天先写作业再玩。"), IsEmpty());
  EXPECT_THAT(hints("说到作业拖拉。", "说好每天先写作业再玩。", 0, "优点：会照顾顾同桌。"), IsEmpty()) << "what was prepared counts";
}

TEST(RecordHints_S95, AProblemWantsAMethod) {
  EXPECT_THAT(hints("先说孩子懂事，又说他上课走神。", "孩子还小。"), ElementsAre("problem_without_method"));
  EXPECT_THAT(hints("先说孩子懂事，又说他上课走神。", "和妈妈商量，周末陪他读一本书。"), IsEmpty());
}

TEST(RecordHints_S96, WhatAFamilyAsksForWantsToBeNoted) {
  EXPECT_THAT(hints("妈妈说希望学校把课后服务延到六点。"), ElementsAre("demand_not_noted"));
  EXPECT_THAT(hints("妈妈说希望学校把课后服务延到六点。", "", 1), IsEmpty());
  EXPECT_THAT(hints("妈妈希望孩子多读书。"), IsEmpty()) << "not asked of the school";
}

TEST(RecordHints_S97, WhatWasOfferedIsToBeNotedAlsoWhenItWasDeclined) {
  EXPECT_THAT(hints("临走奶奶塞给我们一袋花生，我们谢绝了。"), ElementsAre("gift"));
  EXPECT_THAT(hints("孩子给妈妈画了一张画当礼物。"), IsEmpty());
}

TEST(RecordHints_S98, ATelephoneNumberNeedsNotStandInTheText) {
  for (const char* number : {"13800000020", "138 0000 0020", "138-0000-0020", "１３８００００００２０"}) EXPECT_THAT(hints(std::string("妈妈电话") + number + "。"), ElementsAre("phone")) << number;
  for (const char* other : {"2021-01-23 15:00", "12345678901234", "三年级5班30人", "23800000020"}) EXPECT_THAT(hints(other), IsEmpty()) << other;
}

TEST(RecordHints_S97, NothingWrittenIsNotHintedAt) { EXPECT_THAT(hints(""), IsEmpty()); }

}  // namespace
}  // namespace shide::visit
