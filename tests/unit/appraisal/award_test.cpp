// Who may be nominated for an award, with the reason for each condition.
#include "appraisal/award.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/resource.h"

namespace shide::appraisal {
namespace {

RuleSet reference() { return load_rule_set(resource("schema/rules/miaoqiao-2020-2021.info").value_or(""), "miaoqiao").value(); }

class Award_S82 : public testing::Test {
 protected:
  AwardCandidate candidate(const char* day = "2021-06-01") {
    applicant_.scored = &scored_;
    return award_candidates(rules_, rules_.awards.front(), {applicant_}, *parse_date(day)).front();
  }
  std::vector<bool> passed(const AwardCandidate& candidate) {
    std::vector<bool> all;
    for (const AwardCheck& check : candidate.checks) all.push_back(check.passed);
    return all;
  }
  RuleSet rules_ = reference();
  Scored scored_;
  Applicant applicant_{nullptr, "合格", 2, 2, {}};
};

TEST_F(Award_S82, AConfirmedVisitAndAGoodGradeAreEnough) {
  AwardCandidate fine = candidate();
  EXPECT_TRUE(fine.eligible);
  EXPECT_EQ(fine.checks.size(), 5u);
}

TEST_F(Award_S82, ABarCountsToItsLastDay) {
  scored_.bar = AwardBar{parse_date("2021-08-31")};
  EXPECT_FALSE(candidate("2021-08-31").eligible);
  EXPECT_TRUE(candidate("2021-09-01").eligible);
  scored_.bar = AwardBar{};
  EXPECT_FALSE(candidate("2030-01-01").eligible);
}

TEST_F(Award_S82, AVetoALowGradeAnOpenVisitAndAMissingPartAreEachNamed) {
  scored_.vetoes = {{"c9_gift_or_banquet", "不合格", true, {"score.veto.barred"}}};
  applicant_ = {nullptr, "基本合格", 2, 1, {{"score.criterion.peer"}}};
  AwardCandidate refused = candidate();
  EXPECT_FALSE(refused.eligible);
  EXPECT_EQ(passed(refused), (std::vector<bool>{false, true, false, false, false}));
  EXPECT_EQ(render(refused.checks[4].because, Language::kChinese), "还缺：教师互评。");
  EXPECT_EQ(render(refused.checks[3].because, Language::kChinese), "应完成2次家访，已确认1次，请先确认记录。");
}

TEST_F(Award_S82, AFamilyThatDeclinedLeavesNoVisitToAskFor) {
  applicant_.visits_owed = 0;
  applicant_.visits_confirmed = 0;
  EXPECT_TRUE(candidate().eligible);
}

TEST_F(Award_S82, AnUndecidedGradeIsNotAGrade) {
  applicant_.grade.clear();
  EXPECT_FALSE(candidate().eligible);
}

}  // namespace
}  // namespace shide::appraisal
