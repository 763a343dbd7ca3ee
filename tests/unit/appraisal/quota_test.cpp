// Quotas: places by rule, ties told apart by the rule's keys or left to the committee, never broken by the order of a list.
#include "appraisal/quota.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/resource.h"

namespace shide::appraisal {
namespace {

Decimal number(int value) { return Decimal::from_integer(value); }

RuleSet reference() { return load_rule_set(resource("schema/rules/miaoqiao-2020-2021.info").value_or(""), "miaoqiao").value(); }

Scored person(std::string staff, int total, std::string grade = "优秀", int visit = 19, int guardian = 18) {
  Scored scored;
  scored.staff = std::move(staff);
  scored.total = number(total);
  scored.grade = std::move(grade);
  scored.lines = {{"visit", {}, LineState::kCounted, number(visit), number(20), {}}, {"guardian", {}, LineState::kCounted, number(guardian), number(20), {}}};
  return scored;
}

std::map<std::string, std::string> grades(const QuotaOutcome& outcome) {
  std::map<std::string, std::string> by_staff;
  for (const Placed& placed : outcome.people) by_staff[placed.staff] = placed.grade;
  return by_staff;
}

TEST(Quota_S82, FortyOnePeopleHaveTwelvePlaces) {
  std::vector<Scored> people;
  for (int i = 0; i < 41; ++i) people.push_back(person("T" + std::to_string(100 + i), 100 - i % 11 - (i >= 20 ? 20 : 0), i >= 20 ? "合格" : "优秀", i % 19, i % 17));
  QuotaOutcome outcome = apply_quota(reference(), people);
  ASSERT_EQ(outcome.quotas.size(), 1u);
  EXPECT_EQ(outcome.quotas[0].places, 12u);
  EXPECT_EQ(std::count_if(outcome.people.begin(), outcome.people.end(), [](const Placed& each) { return each.grade == "优秀"; }), 12);
  EXPECT_TRUE(outcome.ties.empty());
}

TEST(Quota_S82, WhoIsBeyondThePlacesMovesDownWithTheNumbersAndTheCommitteeMayKeepHim) {
  std::vector<Scored> people = {person("a", 95), person("b", 94), person("c", 80, "合格"), person("d", 80, "合格")};
  QuotaOutcome outcome = apply_quota(reference(), people);  // 4 x 30% = 1
  EXPECT_EQ(grades(outcome)["a"], "优秀");
  EXPECT_EQ(grades(outcome)["b"], "合格");
  EXPECT_TRUE(outcome.people[1].moved && outcome.people[1].committee_may_keep);
  EXPECT_EQ(render(outcome.people[1].because, Language::kChinese),
            "本次考核4人，“优秀”按30%取1人。您的总分94.00分已到分数线，名额已满，建议为“合格”；考核小组可以说明理由，保留原等次。");
}

TEST(Quota_S82, ATieIsToldApartByTheRulesKeysInTheirOrder) {
  std::vector<Scored> people = {person("a", 95, "优秀", 18, 20), person("b", 95, "优秀", 19, 10), person("c", 80, "合格"), person("d", 80, "合格")};
  EXPECT_EQ(grades(apply_quota(reference(), people))["b"], "优秀");
  people[0] = person("a", 95, "优秀", 19, 20);
  EXPECT_EQ(grades(apply_quota(reference(), people))["a"], "优秀");
}

TEST(Quota_S82, AnUndecidedTieIsReportedAndNeverBrokenByOrder) {
  std::vector<Scored> people = {person("a", 96), person("x", 95), person("y", 95), person("z", 95), person("w", 91), person("e", 80, "合格"), person("f", 80, "合格")};
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(people.begin(), people.end(), random);
    QuotaOutcome outcome = apply_quota(reference(), people);  // 7 x 30% = 2
    ASSERT_EQ(outcome.ties.size(), 1u);
    EXPECT_EQ(outcome.ties[0].places, 1u);
    EXPECT_THAT(outcome.ties[0].staff, testing::ElementsAre("x", "y", "z"));
    EXPECT_EQ(grades(outcome)["a"], "优秀");
    EXPECT_EQ(grades(outcome)["x"], "");
    EXPECT_EQ(grades(outcome)["w"], "合格");
  }
}

TEST(Quota_S82, AKeySomebodyHasNoPointsForIsNotUsedAndSaidSo) {
  std::vector<Scored> people = {person("a", 95, "优秀", 1, 10), person("b", 95, "优秀", 19, 10), person("c", 80, "合格"), person("d", 80, "合格")};
  people[0].lines[0].state = LineState::kNotApplicable;  // the family declined: no disadvantage
  QuotaOutcome outcome = apply_quota(reference(), people);
  ASSERT_EQ(outcome.ties.size(), 1u);
  EXPECT_THAT(outcome.ties[0].keys_not_used, testing::ElementsAre("visit"));
}

TEST(Quota_S82, WhoStillWaitsForAPartIsNotInTheBase) {
  std::vector<Scored> people(4, person("a", 95));
  for (Scored& each : people) each.grade.clear();
  QuotaOutcome outcome = apply_quota(reference(), people);
  EXPECT_EQ(outcome.quotas[0].assessed, 0u);
  EXPECT_EQ(outcome.people[0].because.code, "score.quota.waiting");
}

}  // namespace
}  // namespace shide::appraisal
