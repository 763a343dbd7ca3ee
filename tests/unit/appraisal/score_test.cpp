// How a score is put together: missing is missing, what does not apply is shared out, findings count only when verified.
#include "appraisal/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/resource.h"

namespace shide::appraisal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Decimal number(const char* text) { return *Decimal::parse(text); }

RuleSet reference() {
  return load_rule_set(resource("schema/rules/miaoqiao-2020-2021.info").value_or(""), "miaoqiao").value();
}

// Teacher A of the reference scheme: 92.95.
Facts teacher_a() {
  Facts facts{"A"};
  facts.components["self"].value = number("96");
  facts.components["peer"].value = number("91.5");
  facts.components["guardian"].value = number("94");
  facts.components["committee"].value = number("90");
  facts.items["v1_task"].numbers = {{"visits_done", number("2")}, {"visits_assigned", number("2")}};
  facts.items["v2_prep"].words["choice"] = "2";
  facts.items["v3_quality"].lists["ratings"] = {number("21"), number("23")};
  facts.items["v4_demand"].numbers["demands_raised"] = number("0");
  facts.items["v5_filed"].numbers["days_late"] = number("0");
  return facts;
}

EventFact verified(const char* key) {
  EventFact event{key};
  event.verified = true;
  event.decided_by = "考核小组";
  event.document = "校师德〔2021〕3号";
  event.decided_on = parse_date("2021-01-31");
  return event;
}

Scored with(EventFact event) {
  Facts facts = teacher_a();
  facts.events.push_back(std::move(event));
  return score(reference(), facts);
}

TEST(Score_S81, AMissingPartIsMissingAndNeverZero) {
  Facts facts = teacher_a();
  facts.components.erase("peer");
  Scored scored = score(reference(), facts);
  EXPECT_FALSE(scored.complete);
  EXPECT_EQ(scored.grade, "");
  EXPECT_THAT(scored.missing, ElementsAre("peer"));
  EXPECT_EQ(scored.line("self")->points, number("9.6"));  // the others keep their weight
}

TEST(Score_S81, NothingKnownIsNothingScored) {
  Scored scored = score(reference(), Facts{"N"});
  EXPECT_FALSE(scored.complete);
  EXPECT_EQ(scored.grade, "");
  EXPECT_EQ(scored.missing.size(), 9u);
}

TEST(Score_S81, EarlinessAndSurplusVisitsEarnNothing) {
  Facts facts = teacher_a();
  facts.items["v5_filed"].numbers["days_late"] = number("-30");
  facts.items["v1_task"].numbers["visits_done"] = number("9");
  Scored scored = score(reference(), facts);
  EXPECT_EQ(scored.shown_total(), "92.95");
  EXPECT_THAT(render(scored.line("v1_task")->because, Language::kChinese), HasSubstr("超过任务的部分不另加分。"));
}

TEST(Score_S81, HidingADemandPaysLessThanAnsweringIt) {
  Facts facts = teacher_a();
  Scored none = score(reference(), facts);
  facts.items["v4_demand"].numbers = {{"demands_raised", number("1")}, {"demands_passed_on_and_carried_back_on_time", number("1")}};
  Scored answered = score(reference(), facts);
  EXPECT_GT(answered.total, none.total);
  EXPECT_EQ(none.line("v4_demand")->state, LineState::kNotApplicable);
}

TEST(Score_S81, PreparationAfterTheVisitIsCapped) {
  Facts facts = teacher_a();
  facts.items["v2_prep"].marks["prep_after_visit"] = true;
  Scored scored = score(reference(), facts);
  EXPECT_EQ(scored.line("v2_prep")->points, number("8"));
  EXPECT_THAT(render(scored.line("v2_prep")->because, Language::kChinese), HasSubstr("最多8分"));
}

TEST(Score_S81, TheDayAfterTheLastStepCostsEverythingOfTheItem) {
  Facts facts = teacher_a();
  auto points = [&](const char* days) {
    facts.items["v5_filed"].numbers["days_late"] = number(days);
    return score(reference(), facts).line("v5_filed")->points.to_text();
  };
  EXPECT_EQ(points("0"), "10");
  EXPECT_EQ(points("0.5"), "5");
  EXPECT_EQ(points("7"), "5");
  EXPECT_EQ(points("8"), "0");
}

TEST(Score_S81, TheGradeIsThatOfTheShownTotal) {
  auto rules = load_rule_set("scheme { key \"r\" component { key \"a\" weight \"100\" } grade { name \"优\" from \"90\" } grade { name \"其他\" from \"0\" } }", "r");
  ASSERT_TRUE(rules);
  auto grade = [&](const char* value) {
    Facts facts{"x"};
    facts.components["a"].value = number(value);
    return score(*rules, facts).grade;
  };
  EXPECT_EQ(grade("89.995"), "优");
  EXPECT_EQ(grade("89.9949"), "其他");
  EXPECT_EQ(grade("0"), "其他");
}

TEST(Score_S97, AVerifiedGiftForcesTheGradeAndBarsAwardsForTheSanction) {
  EventFact gift = verified("c9_gift_or_banquet");
  EXPECT_EQ(with(gift).bar, AwardBar{});  // barred, the end not decided
  gift.sanction = "警告";
  Scored scored = with(gift);
  EXPECT_EQ(scored.shown_total(), "92.95");  // the points stay what they are
  EXPECT_EQ(scored.grade, "不合格");
  ASSERT_TRUE(scored.bar && scored.bar->until);
  EXPECT_EQ(to_text(*scored.bar->until), "2021-07-31");
  EXPECT_EQ(scored.lines.back().criterion, "c9_gift_or_banquet");  // a veto is a line too
}

TEST(Score_S97, AVetoStandsEvenWhereSomethingIsMissing) {
  Facts facts = teacher_a();
  facts.components.erase("committee");
  facts.events.push_back(verified("f_invented_visit"));
  Scored scored = score(reference(), facts);
  EXPECT_FALSE(scored.complete);
  EXPECT_EQ(scored.grade, "不合格");
}

TEST(Score_S86, ACopiedRecordZeroesItsItemAndCapsTheGrade) {
  Scored scored = with(verified("f_copied_record"));
  EXPECT_EQ(scored.line("v3_quality")->points, Decimal());
  EXPECT_EQ(scored.grade, "合格");
  EXPECT_FALSE(scored.bar);
}

TEST(Score_S94, DeductionsActOnTheirComponentAndStopAtZero) {
  EXPECT_EQ(with(verified("c6_blame_visit")).line("visit")->points, number("17.25"));  // 96.25-10 of 100, 20%
  Facts facts = teacher_a();
  for (int i = 0; i < 20; ++i) facts.events.push_back(verified("c6_blame_visit"));
  EXPECT_EQ(score(reference(), facts).shown_total(), "73.70");
}

TEST(Score_S96, AnIgnoredDemandIsZeroNotInapplicableAndOpensRectification) {
  Scored scored = with(verified("c8_demand_ignored"));
  EXPECT_EQ(scored.line("v4_demand")->state, LineState::kCounted);
  EXPECT_EQ(scored.line("visit")->points, number("15.4"));  // 77 of 100
  EXPECT_THAT(scored.opens, ElementsAre("rectification"));
}

TEST(Score_D8, AnUnverifiedFindingChangesNothing) {
  for (int lacking = 0; lacking < 3; ++lacking) {
    EventFact event = verified("f_invented_visit");
    if (lacking == 0) event.verified = false;
    if (lacking == 1) event.decided_by.clear();
    if (lacking == 2) event.document.clear();
    Scored scored = with(event);
    EXPECT_EQ(scored.grade, "优秀");
    EXPECT_THAT(scored.vetoes, IsEmpty());
    EXPECT_EQ(scored.ignored.size(), 1u);
  }
}

TEST(Score_D7, AFamilyThatDeclinedCostsNothingWhateverElseIsThere) {
  Facts facts = teacher_a();
  facts.items["v1_task"].numbers["visits_done"] = Decimal();
  facts.items["v1_task"].excused["declined_by_guardian"] = number("2");
  Scored scored = score(reference(), facts);
  EXPECT_TRUE(scored.complete);
  EXPECT_THAT(scored.not_applicable, ElementsAre("v1_task", "v2_prep", "v3_quality", "v4_demand", "v5_filed"));
  EXPECT_EQ(scored.shown_total(), "92.13");  // (9.6+18.3+18.8+27) of 80
}

TEST(Score_R8, TheSameFactsGiveTheSamePhrases) {
  Scored once = score(reference(), teacher_a()), again = score(reference(), teacher_a());
  for (std::size_t i = 0; i < once.lines.size(); ++i) {
    EXPECT_EQ(once.lines[i].because, again.lines[i].because);
    EXPECT_EQ(parse_phrase(format_phrase(once.lines[i].because)), once.lines[i].because);
  }
}

TEST(Score, OnePopulationHasItsOwnParts) {
  auto rules = load_rule_set("scheme { key \"r\" populations \"teacher,homeroom_teacher\"\n component { key \"a\" weight \"80\" }\n"
                             "component { key \"b\" weight \"20\" only_for \"homeroom_teacher\" }\n component { key \"c\" weight \"20\" only_for \"teacher\" } }", "r");
  ASSERT_TRUE(rules);
  Facts facts{"x", "teacher"};
  facts.components["a"].value = number("100");
  facts.components["c"].value = number("50");
  EXPECT_EQ(score(*rules, facts).shown_total(), "90.00");
  facts.population = "nobody";
  EXPECT_EQ(check_facts(*rules, facts).front().path, "population");
}

TEST(Score, HalvesAnItemAndChoosesWithinABand) {
  auto rules = load_rule_set("scheme { key \"r\" component { key \"c\" weight \"100\" max \"10\"\n"
                             "item { key \"s\" max \"10\" band { of \"satisfaction\" step { from \"80\" min \"4\" max \"10\" } step { from \"0\" points \"1\" } } } }\n"
                             "event { key \"e\" effect \"halve_item\" item \"s\" } }", "r");
  ASSERT_TRUE(rules) << render(rules.error().problems.front().phrase, Language::kEnglish);
  Facts facts{"x"};
  facts.items["s"].numbers["satisfaction"] = number("85");
  EXPECT_THAT(score(*rules, facts).missing, ElementsAre("s"));  // nobody chose within 4..10 yet
  facts.items["s"].numbers["points"] = number("8");
  EXPECT_EQ(score(*rules, facts).shown_total(), "80.00");
  facts.events.push_back(verified("e"));
  EXPECT_EQ(score(*rules, facts).shown_total(), "40.00");
  facts.items["s"].numbers["satisfaction"] = number("79.9");
  EXPECT_EQ(score(*rules, facts).shown_total(), "5.00");
}

TEST(CheckFacts_D3, FindsMisspeltNamesAndValuesOutsideTheirRange) {
  Facts facts = teacher_a();
  EXPECT_THAT(check_facts(reference(), facts), IsEmpty());
  facts.components["self"].value = number("101");
  facts.components["peers"].value = number("90");
  facts.items["v1_task"].numbers["visit_done"] = number("2");
  facts.items["v3_quality"].lists["ratings"] = {number("26")};
  facts.items["v2_prep"].words["choice"] = "3";
  facts.items["v1_task"].excused["lazy"] = number("1");
  facts.components["visit"].value = number("90");
  facts.events.push_back(verified("c11"));
  std::vector<std::string> paths;
  for (const Problem& problem : check_facts(reference(), facts)) paths.push_back(problem.path);
  EXPECT_THAT(paths, testing::UnorderedElementsAre("components.self", "components.peers", "components.visit", "items.v1_task.visit_done",
                                                   "items.v1_task.excused.lazy", "items.v2_prep.choice", "items.v3_quality.ratings", "events.0.key"));
}

}  // namespace
}  // namespace shide::appraisal
