// What the school knows of one teacher's part, in the words of the rule set: rows in, facts out.
#include "workflow/score_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/json.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using appraisal::Facts;
using model::VisitState;

Time at(int day, int hour = 15) { return time_of(*make_date(2021, 1, day), hour); }

class Part : public ::testing::Test {
 protected:
  Part() {
    teacher.staff_number = "0304";
    campaign.upload_due = *make_date(2021, 1, 29);
  }
  /// A visit made, confirmed, prepared in time, filed in time and accepted with two marks.
  static VisitPart done() {
    VisitPart part;
    part.visit.state = VisitState::kRecorded;
    part.own.attendance = model::Attendance::kCame;
    part.own.confirmed_at = at(23, 18);
    model::VisitRecord record;
    record.state = model::RecordState::kAccepted;
    record.visited_at = at(23);
    record.submitted_at = at(24);
    record.preparation_mark = 2;
    record.quality_marks = "21 23";
    part.record = record;
    model::Preparation preparation;
    preparation.sealed_at = at(22, 20);
    part.preparation = preparation;
    return part;
  }
  static VisitPart in_state(VisitState state) {
    VisitPart part;
    part.visit.state = state;
    return part;
  }
  static model::Demand demand(std::optional<Time> passed_on) {
    model::Demand one;
    one.heard_at = at(23);
    one.passed_on_at = passed_on;
    return one;
  }
  Facts facts(const std::vector<VisitPart>& parts) { return score_facts(teacher, campaign, parts, ratings, *make_date(2021, 2, 10)); }
  std::string number(const Facts& facts, const char* item, const char* name) {
    auto found = facts.items.find(item);
    if (found == facts.items.end()) return "no item";
    auto value = found->second.numbers.find(name);
    return value == found->second.numbers.end() ? "no number" : value->second.to_text();
  }
  model::Teacher teacher;
  model::Campaign campaign;
  std::vector<model::Rating> ratings;
};

using ScoreFacts_S81_D2 = Part;

TEST_F(ScoreFacts_S81_D2, AVisitMadeConfirmedAndAcceptedIsDone) {
  Facts known = facts({done()});
  EXPECT_EQ(known.staff, "0304");
  EXPECT_EQ(number(known, "v1_task", "visits_assigned"), "1");
  EXPECT_EQ(number(known, "v1_task", "visits_done"), "1");
  EXPECT_EQ(known.items["v2_prep"].words["choice"], "2");
  EXPECT_THAT(known.items["v3_quality"].lists["ratings"], ElementsAre(Decimal::from_integer(21), Decimal::from_integer(23)));
  EXPECT_EQ(number(known, "v5_filed", "days_late"), "0");
}

TEST_F(ScoreFacts_S81_D2, NobodyCountsPhotosWordsOrEarliness) {
  VisitPart early = done(), long_one = done();
  early.record->submitted_at = at(23, 16);
  long_one.record->narrative = std::string(5000, 'a');
  EXPECT_EQ(facts_json(facts({early})), facts_json(facts({done()})));
  EXPECT_EQ(facts_json(facts({long_one})), facts_json(facts({done()})));
}

using ScoreFacts_S77 = Part;

TEST_F(ScoreFacts_S77, SilenceIsNoCredit) {
  VisitPart silent = done();
  silent.own.confirmed_at.reset();
  EXPECT_EQ(number(facts({silent}), "v1_task", "visits_done"), "0");
  EXPECT_EQ(facts({silent}).items.count("v2_prep"), 0u);
  EXPECT_FALSE(is_done(silent));
}

TEST_F(ScoreFacts_S77, WhoDidNotComeWasNotAssignedThatVisit) {
  VisitPart absent = done();
  absent.own.attendance = model::Attendance::kAbsent;
  EXPECT_EQ(number(facts({absent}), "v1_task", "visits_assigned"), "0");
  EXPECT_FALSE(is_owed(absent));
}

TEST_F(ScoreFacts_S77, ARecordNotYetAcceptedIsNotYetDone) {
  VisitPart waiting = done();
  waiting.record->state = model::RecordState::kSubmitted;
  EXPECT_EQ(number(facts({waiting}), "v1_task", "visits_done"), "0");
  EXPECT_TRUE(is_owed(waiting));
}

using ScoreFacts_D7_R15 = Part;

TEST_F(ScoreFacts_D7_R15, AFamilysNoIsExcusedAndLeavesTheOtherItemsUnsaid) {
  Facts known = facts({in_state(VisitState::kDeclined)});
  EXPECT_EQ(known.items["v1_task"].excused, (std::map<std::string, Decimal>{{"declined_by_guardian", Decimal::from_integer(1)}}));
  for (const char* item : {"v2_prep", "v3_quality", "v4_demand", "v5_filed"}) EXPECT_EQ(known.items.count(item), 0u) << item;
  EXPECT_FALSE(is_owed(in_state(VisitState::kDeclined)));
}

TEST_F(ScoreFacts_D7_R15, SoIsAFamilyOutOfReach) {
  EXPECT_EQ(facts({in_state(VisitState::kUnreachable)}).items["v1_task"].excused, (std::map<std::string, Decimal>{{"unreachable", Decimal::from_integer(1)}}));
  EXPECT_FALSE(is_owed(in_state(VisitState::kUnreachable)));
}

TEST_F(ScoreFacts_D7_R15, AVisitTakenBackIsOwedByNobody) {
  for (VisitState state : {VisitState::kSubstituted, VisitState::kCancelled}) {
    EXPECT_EQ(number(facts({done(), in_state(state)}), "v1_task", "visits_assigned"), "1");
    EXPECT_FALSE(is_owed(in_state(state)));
  }
}

using ScoreFacts_S71 = Part;

TEST_F(ScoreFacts_S71, PreparationAfterTheVisitOrNoneIsMarked) {
  VisitPart late = done(), none = done();
  late.preparation->sealed_at = at(23, 21);
  none.preparation.reset();
  for (const VisitPart& part : {late, none}) EXPECT_TRUE(facts({part}).items["v2_prep"].marks["prep_after_visit"]);
  EXPECT_THAT(facts({done()}).items["v2_prep"].marks, IsEmpty());
}

TEST_F(ScoreFacts_S71, OfSeveralVisitsTheWeakestPreparationCounts) {
  VisitPart weak = done();
  weak.record->preparation_mark = 1;
  EXPECT_EQ(facts({done(), weak}).items["v2_prep"].words["choice"], "1");
}

using ScoreFacts_S44_S96 = Part;

TEST_F(ScoreFacts_S44_S96, DemandsCountWhatTheTeamOwed) {
  VisitPart part = done();
  part.demands = {demand(at(24)), demand({})};
  Facts known = facts({part});
  EXPECT_EQ(number(known, "v4_demand", "demands_raised"), "2");
  EXPECT_EQ(number(known, "v4_demand", "demands_passed_on_and_carried_back_on_time"), "1");
}

TEST_F(ScoreFacts_S44_S96, NoDemandIsZeroOfZeroForTheRuleSetToSay) {
  EXPECT_EQ(number(facts({done()}), "v4_demand", "demands_raised"), "0");
}

using ScoreFacts_S74 = Part;

TEST_F(ScoreFacts_S74, LatenessIsCountedFromTheDeadlineOfTheLatestRecord) {
  VisitPart late = done();
  late.record->submitted_at = time_of(*make_date(2021, 2, 1), 9);
  EXPECT_EQ(number(facts({done(), late}), "v5_filed", "days_late"), "3");
}

using ScoreFacts_S86_D8 = Part;

TEST_F(ScoreFacts_S86_D8, AFindingNamesItsDeciderDayAndDocument) {
  VisitPart part = done();
  model::FormalismSignal finding;
  finding.decided_by_name = "方志远";
  finding.document = "青小师德2021-1号";
  finding.decided_at = at(28);
  part.findings = {finding};
  finding.kind = model::SignalKind::kOverlap;
  part.findings.push_back(finding);
  auto events = facts({part}).events;
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].key, "f_copied_record");
  EXPECT_EQ(events[1].key, "f_invented_visit");
  EXPECT_EQ(events[0].decided_by, "方志远");
  EXPECT_EQ(events[0].document, "青小师德2021-1号");
  EXPECT_EQ(to_text(*events[0].decided_on), "2021-01-28");
  EXPECT_TRUE(events[0].verified);
}

using ScoreFacts_S58_D5 = Part;

TEST_F(ScoreFacts_S58_D5, WhoIsExcusedHasNoVisitPartAtAll) {
  for (model::Duty duty : {model::Duty::kOnLeave, model::Duty::kSeconded, model::Duty::kPregnancy, model::Duty::kIllness}) {
    teacher.duty = duty;
    EXPECT_EQ(facts({}).components["visit"].not_applicable, "duty");
  }
}

using ScoreFacts_S81_R8 = Part;

TEST_F(ScoreFacts_S81_R8, ARatingIsOneMarkSeveralBallotsOrATotalWithItsNumber) {
  EXPECT_EQ(rating_fact("96")->value, Decimal::from_integer(96));
  EXPECT_THAT(rating_fact("91 92.5 88")->ballots, ElementsAre(*Decimal::parse("91"), *Decimal::parse("92.5"), *Decimal::parse("88")));
  EXPECT_EQ(rating_fact("94/45")->value, Decimal::from_integer(94));
  EXPECT_EQ(rating_fact("94/45")->ballot_count, 45);
  for (const char* text : {"", "  ", "good", "9O", "94/", "/45", "94/4.5", "91,92", "91  92"}) EXPECT_FALSE(rating_fact(text)) << text;
}

TEST_F(ScoreFacts_S81_R8, TheKeptFactsAreReadableJsonAndTheSameEveryTime) {
  model::Rating rating;
  rating.component = "peer";
  rating.value = "91 92.5";
  ratings = {rating};
  VisitPart part = done();
  part.demands = {demand(at(24))};
  std::string kept = facts_json(facts({part}));
  EXPECT_EQ(kept, facts_json(facts({part})));
  auto json = parse_json(kept);
  ASSERT_TRUE(json);
  EXPECT_EQ(json->at("components").at("peer").at("ballots").at(1), "92.5") << "digits are text: none is lost";
  EXPECT_EQ(json->at("items").at("v1_task").at("visits_done"), "1");
  EXPECT_EQ(json->at("items").at("v2_prep").at("choice"), "2");
}

}  // namespace
}  // namespace shide::workflow
