// Two write one record apart: what only one changed is taken, what both changed is asked, whatever the order.
#include "visit/record_merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace shide::visit {
namespace {

using model::VisitRecord;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<std::string> asked(const StaleEdit& edit) {
  std::vector<std::string> paths;
  for (const Problem& one : edit.error().problems) paths.push_back(one.path);
  return paths;
}

VisitRecord a_record() {
  VisitRecord record;
  record.mode = model::VisitMode::kHome;
  record.narrative = "门后贴着三年的奖状。";
  record.topics.insert(model::OutreachTopic::kPolicy);
  return record;
}

TEST(RecordMerge_S76, WhatOnlyOneOfThemChangedIsTaken) {
  VisitRecord before = a_record(), theirs = before, yours = before;
  theirs.reflection = "周五发一条短信。";
  theirs.topics.insert(model::OutreachTopic::kHealth);
  yours.narrative += "书架是自己钉的。";
  EXPECT_FALSE(merge(yours, theirs, marks_of(before)).differs());
  EXPECT_EQ(yours.narrative, "门后贴着三年的奖状。书架是自己钉的。");
  EXPECT_EQ(yours.reflection, "周五发一条短信。");
  EXPECT_EQ(yours.topics.size(), 2u);
}

TEST(RecordMerge_S76, WhatBothChangedIsAskedAndNothingElse) {
  VisitRecord before = a_record(), theirs = before, yours = before;
  theirs.narrative = "书架。";
  theirs.mode = model::VisitMode::kPhone;
  yours.narrative = "奖状。";
  yours.photo_waiver = "家长不便";
  EXPECT_THAT(asked(merge(yours, theirs, marks_of(before))), ElementsAre("narrative"));
  EXPECT_EQ(yours.narrative, "奖状。");
  EXPECT_EQ(yours.mode, model::VisitMode::kPhone);
}

TEST(RecordMerge_S76, TheSameChangeTwiceIsOne) {
  VisitRecord before = a_record(), theirs = before;
  theirs.narrative = "书架。";
  VisitRecord yours = theirs;
  EXPECT_FALSE(merge(yours, theirs, marks_of(before)).differs());
}

TEST(RecordMerge_S76, WithoutMarksEveryDifferenceIsAsked) {
  VisitRecord theirs = a_record(), yours;
  for (const char* seen : {"", "narrative", "narrative:", "x:y z", "narrative:0000000000000000"}) {
    VisitRecord typed = yours;
    EXPECT_THAT(asked(merge(typed, theirs, seen)), ElementsAre("mode", "narrative", "topics")) << seen;
  }
}

TEST(RecordMerge_S76, MarksHoldNothingThatWasWritten) { EXPECT_THAT(marks_of(a_record()), Not(HasSubstr("奖状"))); }

// Any two edits of any fields: each change of either is there or asked about, and nothing else is asked.
TEST(RecordMerge_S76, NoChangeOfEitherIsEverLost) {
  std::mt19937 chance(20210123);
  std::string VisitRecord::* const fields[] = {&VisitRecord::narrative, &VisitRecord::reflection, &VisitRecord::photo_waiver, &VisitRecord::alone_reason, &VisitRecord::late_preparation_reason};
  for (int round = 0; round < 2000; ++round) {
    VisitRecord before = a_record(), theirs = before, yours = before;
    for (auto field : fields) {
      if (chance() % 2) theirs.*field = std::to_string(chance() % 3);
      if (chance() % 2) yours.*field = std::to_string(chance() % 3);
    }
    VisitRecord merged = yours;
    const std::size_t questions = asked(merge(merged, theirs, marks_of(before))).size();
    std::size_t both_changed = 0;
    for (auto field : fields) {
      bool they = theirs.*field != before.*field, you = yours.*field != before.*field;
      both_changed += they && you && theirs.*field != yours.*field;
      EXPECT_EQ(merged.*field, you ? yours.*field : theirs.*field);
    }
    EXPECT_EQ(questions, both_changed);
  }
}

TEST(RecordMerge_S76, TakingWhatWasWrittenLeavesPlaceAndState) {
  VisitRecord record = a_record();
  record.state = model::RecordState::kReturned;
  record.version = 7;
  VisitRecord written;
  written.reflection = "周五发一条短信。";
  take_written(record, written);
  EXPECT_EQ(record.narrative, "");
  EXPECT_EQ(record.reflection, "周五发一条短信。");
  EXPECT_EQ(record.state, model::RecordState::kReturned);
  EXPECT_EQ(record.version, 7);
}

}  // namespace
}  // namespace shide::visit
