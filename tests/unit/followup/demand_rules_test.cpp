// What is owed on a demand, day by day. 23 January 2021 is a Saturday.
#include "followup/demand_rules.h"

#include <gtest/gtest.h>

namespace shide::followup {
namespace {

using model::Demand;
using model::DemandState;
using model::Urgency;

Date day(int of_january) { return *make_date(2021, 1, of_january); }
Time at(int of_january, int hour = 12) { return time_of(day(of_january), hour); }

/// Heard on Saturday the 23rd and passed on the same evening.
Demand passed_on(Urgency urgency = Urgency::kNormal) {
  Demand demand;
  demand.urgency = urgency;
  demand.heard_at = at(23, 15);
  demand.passed_on_at = at(23, 19);
  return demand;
}

Demand answered(int on, std::optional<int> carried_back = {}) {
  Demand demand = passed_on();
  demand.state = carried_back ? DemandState::kClosed : DemandState::kAnswered;
  demand.answered_at = at(on);
  if (carried_back) demand.carried_back_at = at(*carried_back);
  return demand;
}

TEST(DemandRules_S96_R11, AnAnswerIsOwedTheSoonerTheMoreItPresses) {
  EXPECT_EQ(answer_due(Urgency::kSafety, day(23)), day(23));
  EXPECT_EQ(answer_due(Urgency::kUrgent, day(23)), day(26)) << "Monday and Tuesday";
  EXPECT_EQ(answer_due(Urgency::kNormal, day(23)), day(29)) << "five working days, no weekend among them";
  EXPECT_EQ(answer_due(Urgency::kNormal, day(25)), *make_date(2021, 2, 1)) << "from Monday to Monday";
}

TEST(DemandRules_S96_R11, IsOverdueFromTheDayAfter) {
  Demand demand = passed_on();
  demand.state = DemandState::kAssigned;
  demand.due_on = day(27);
  EXPECT_FALSE(is_overdue(demand, day(27)));
  EXPECT_TRUE(is_overdue(demand, day(28)));
}

TEST(DemandRules_S96_R11, IsOverdueAlsoWhenNobodyWasEverNamed) {
  Demand demand = passed_on();
  EXPECT_FALSE(is_overdue(demand, day(29)));
  EXPECT_TRUE(is_overdue(demand, day(30))) << "ignored by everybody is the rule's own case";
  demand.passed_on_at.reset();
  EXPECT_FALSE(is_overdue(demand, day(30))) << "the office has not heard of it yet";
}

TEST(DemandRules_S96, AnAnsweredOneIsNeverOverdue) {
  Demand demand = answered(28);
  demand.due_on = day(27);
  EXPECT_FALSE(is_overdue(demand, day(31)));
  demand.state = DemandState::kOutOfScope;
  EXPECT_FALSE(is_overdue(demand, day(31)));
}

TEST(DemandRules_S44, IsOpenUntilSomebodyAnswers) {
  Demand demand;
  std::string open;
  for (DemandState state : {DemandState::kRecorded, DemandState::kAssigned, DemandState::kAnswered, DemandState::kClosed, DemandState::kOutOfScope}) {
    demand.state = state;
    EXPECT_FALSE(is_open(demand) && is_answered(demand));
    open += is_open(demand) ? 'o' : is_answered(demand) ? 'a' : '-';
  }
  EXPECT_EQ(open, "ooaa-") << "out of scope is neither: it was told, not answered";
}

TEST(DemandRules_S44, ItsAgeCountsDaysOfTheCalendar) {
  Demand demand;
  demand.heard_at = at(18, 17);
  EXPECT_EQ(age_in_days(demand, day(24)), 6);
  EXPECT_EQ(age_in_days(demand, day(18)), 0);
}

TEST(DemandRules_S44_D2, TheTeamOwesToPassItOnWithinThreeWorkingDays) {
  Demand demand = passed_on();
  demand.passed_on_at.reset();
  EXPECT_EQ(team_kept_time(demand, day(27)), std::nullopt) << "Wednesday is the last day";
  EXPECT_EQ(team_kept_time(demand, day(28)), false);
  demand.passed_on_at = at(28);
  EXPECT_EQ(team_kept_time(demand, day(28)), false) << "late stays late";
  demand.passed_on_at = at(27, 23);
  EXPECT_EQ(team_kept_time(demand, day(28)), true);
}

TEST(DemandRules_S44_D2, TheTeamOwesToCarryTheAnswerBackWithinFive) {
  EXPECT_EQ(team_kept_time(answered(25), day(30)), std::nullopt) << "not due yet, not done yet";
  EXPECT_EQ(team_kept_time(answered(25), *make_date(2021, 2, 2)), false);
  EXPECT_EQ(team_kept_time(answered(22, 29), day(30)), true);
  EXPECT_EQ(team_kept_time(answered(22, 30), day(30)), false);
}

TEST(DemandRules_S44_D2, AnotherOwnersDelayCostsTheTeamNothing) {
  EXPECT_EQ(team_kept_time(passed_on(), *make_date(2021, 6, 1)), true);
}

}  // namespace
}  // namespace shide::followup
