// From records and ratings to a proposal with reasons, and who may be nominated. People decide (D3).
#include "workflow/appraisal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/rating.h"
#include "workflow/record.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::expect_safe_to_repeat;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

/// Class 1's visit is finished; its homeroom teacher is rated like A of the worked examples.
class Appraising : public ::testing::Test {
 protected:
  Appraising() {
    school.start_visiting();
    school.finish(1);
    EXPECT_TRUE(second_reading(school.ports, school.office, school.visits[1], "23"));
    run = open_appraisal(school.ports, school.committee, school.campaign)->id;
  }
  Result<int> rate(const model::Teacher& teacher, const char* component, const char* value) { return rate(school.committee, teacher, component, value); }
  Result<int> rate(const model::Actor& actor, const model::Teacher& teacher, const char* component, const char* value) {
    auto stored = school.rows<model::Rating>();
    auto seen = std::find_if(stored.begin(), stored.end(), [&](const auto& one) { return one.teacher_id == teacher.id && one.component == component; });
    return save_ratings(school.ports, actor, run, {{teacher.id.value, component, value, seen == stored.end() ? "" : seen->value}});
  }
  std::string path(const char* component) const { return "rating." + school.homeroom[1].id.value + "." + component; }
  void rate_well(const model::Teacher& teacher) {
    for (auto [component, value] : {std::pair{"self", "96"}, {"peer", "91.5/12"}, {"guardian", "94/45"}, {"committee", "90"}}) ASSERT_TRUE(rate(teacher, component, value)) << component;
  }
  void compute() { ASSERT_TRUE(compute_scores(school.ports, school.committee, run)); }
  model::Score score_of(const model::Teacher& teacher) {
    for (const model::Score& one : school.rows<model::Score>()) {
      if (one.teacher_id == teacher.id) return one;
    }
    return {};
  }
  TestSchool school;
  Id<model::Appraisal> run;
};

using Appraisal_S81_R8 = Appraising;

TEST_F(Appraisal_S81_R8, ARunIsOpenedOnceAndPinsItsRules) {
  EXPECT_EQ(open_appraisal(school.ports, school.head, school.campaign)->id, run);
  auto kept = school.rows<model::Appraisal>();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].rule_set_version, "1");
  EXPECT_EQ(kept[0].rule_set_sha256.size(), 64u);
  EXPECT_THAT(kept[0].rule_set_text, HasSubstr("v1_task"));
}

TEST_F(Appraisal_S81_R8, ProposesATotalWithOneSentenceALine) {
  rate_well(school.homeroom[1]);
  compute();
  EXPECT_EQ(score_of(school.homeroom[1]).total.to_text(2), "92.95") << "worked example A";
  EXPECT_EQ(score_of(school.homeroom[1]).grade, "优秀");
  auto own = own_score(school.ports, school.as(school.homeroom[1]));
  ASSERT_TRUE(own);
  EXPECT_FALSE(own->lines.empty());
  for (const model::ScoreLine& line : own->lines) {
    EXPECT_THAT(render(parse_phrase(line.because), Language::kChinese), Not(HasSubstr("["))) << line.criterion;
    EXPECT_THAT(render(parse_phrase(line.because), Language::kEnglish), Not(HasSubstr("["))) << line.criterion;
  }
}

TEST_F(Appraisal_S81_R8, AMissingPartIsMissingNeverZero) {
  compute();
  EXPECT_THAT(score_of(school.homeroom[1]).missing, HasSubstr("committee"));
}

TEST_F(Appraisal_S81_R8, TheSameFactsGiveTheSameBytes) {
  rate_well(school.homeroom[1]);
  compute();
  auto shown = [&] {
    std::string all;
    auto sheet = *own_score(school.ports, school.as(school.homeroom[1]));
    all = sheet.score.total.to_text() + sheet.score.grade + sheet.score.facts;
    for (const auto& line : sheet.lines) all += line.criterion + line.points.to_text() + line.because;
    return all;
  };
  std::string first = shown();
  school.clock->advance(kHour);
  compute();
  EXPECT_EQ(shown(), first);
  EXPECT_EQ(school.rows<model::Score>().size(), 12u) << "replaced, not added";
}

TEST_F(Appraisal_S81_R8, ARatingOutsideTheRulesIsRefusedBesideItsField) {
  EXPECT_THAT(problems(rate(school.homeroom[1], "visit", "96")), ElementsAre(path("visit") + ": field.not_offered")) << "computed, not rated";
  EXPECT_THAT(problems(rate(school.homeroom[1], "charm", "96")), ElementsAre(path("charm") + ": field.not_offered"));
  for (const char* value : {"101", "-1", "good", "91 101"}) EXPECT_THAT(problems(rate(school.homeroom[1], "peer", value)), ElementsAre(path("peer") + ": appraisal.rating_wrong")) << value;
  ASSERT_TRUE(rate(school.homeroom[1], "self", "95"));
  ASSERT_TRUE(rate(school.homeroom[1], "self", "96"));
  auto kept = school.rows<model::Rating>();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].value, "96");
}

using Appraisal_D9 = Appraising;

TEST_F(Appraisal_D9, TheCommitteeRatesAndTheHeadMayCompute) {
  for (const model::Actor& other : {school.office, school.hr, school.leader(), school.as(school.homeroom[1]), school.editor, school.it_admin}) {
    EXPECT_EQ(refusal(open_appraisal(school.ports, other, school.campaign)), kNoSuchThing);
    EXPECT_EQ(refusal(compute_scores(school.ports, other, run)), kNoSuchThing);
    EXPECT_EQ(refusal(rate(other, school.homeroom[1], "self", "96")), kNoSuchThing);
  }
  EXPECT_EQ(refusal(rate(school.head, school.homeroom[1], "self", "96")), kNoSuchThing);
  EXPECT_TRUE(compute_scores(school.ports, school.head, run));
}

TEST_F(Appraisal_D9, NobodyRatesThemselvesOrACoVisitor) {
  model::Actor member = school.also(school.homeroom[1], model::Role::kEthicsCommittee);
  for (const model::Teacher& teacher : {school.homeroom[1], school.companion[1]}) {
    EXPECT_THAT(problems(rate(member, teacher, "committee", "99")), ElementsAre("rating." + teacher.id.value + ".committee: appraisal.own_rating"));
  }
  EXPECT_TRUE(rate(member, school.homeroom[2], "committee", "90"));
}

TEST_F(Appraisal_D9, EachSeesTheOwnScoreCommitteeHrAndHeadAll) {
  compute();
  auto sheets = [&](const model::Actor& actor) { return score_sheets(school.ports, actor, run)->size(); };
  EXPECT_EQ(sheets(school.as(school.homeroom[1])), 1u);
  for (const model::Actor& reader : {school.committee, school.hr, school.head}) EXPECT_EQ(sheets(reader), 12u);
  for (const model::Actor& other : {school.office, school.editor, school.auditor, school.it_admin}) {
    EXPECT_EQ(sheets(other), 0u);
    EXPECT_EQ(refusal(appraisals(school.ports, other)), kNoSuchThing);
    EXPECT_EQ(refusal(own_score(school.ports, other)), kNoSuchThing);
  }
}

TEST_F(Appraisal_D9, AClosedRunStands) {
  school.amend<model::Appraisal>([](model::Appraisal& one) { return one.state = model::AppraisalState::kClosed, true; });
  EXPECT_EQ(refusal(compute_scores(school.ports, school.committee, run)), "error.done_before");
  EXPECT_EQ(refusal(rate(school.homeroom[1], "self", "96")), "error.done_before");
}

using Appraisal_D7 = Appraising;

TEST_F(Appraisal_D7, AFamilysNoCostsTheTeacherNothing) {
  ASSERT_TRUE(note_family_answer(school.ports, school.as(school.homeroom[2]), school.visits[2], model::VisitState::kDeclined));
  rate_well(school.homeroom[1]);
  rate_well(school.homeroom[2]);
  compute();
  model::Score declined = score_of(school.homeroom[2]);
  EXPECT_EQ(declined.missing, "") << "not applicable in every part";
  // Self, peer, guardian and committee share the weight of the visit: (9.6 + 18.3 + 18.8 + 27) / 80 x 100.
  EXPECT_EQ(declined.total.to_text(2), "92.13");
}

class Nominating : public Appraising {
 protected:
  AwardList awards(const model::Actor& actor) { return *award_list(school.ports, actor, run); }
  Nominee nominee(const model::Teacher& teacher) {
    AwardList list = awards(school.committee);
    for (const auto& one : list.nominees) {
      if (one.score.teacher_id == teacher.id) return one;
    }
    return {};
  }
};

using Award_S82_D3 = Nominating;

TEST_F(Award_S82_D3, WhoVisitedWasRatedAndHasTheGradeMayBeNominated) {
  rate_well(school.homeroom[1]);
  compute();
  EXPECT_TRUE(nominee(school.homeroom[1]).eligible);
  EXPECT_FALSE(nominee(school.homeroom[3]).eligible) << "nothing is known of her yet";
  for (const auto& check : nominee(school.homeroom[1]).checks) EXPECT_THAT(render(parse_phrase(check.because), Language::kChinese), Not(HasSubstr("[")));
}

TEST_F(Award_S82_D3, AVisitNotConfirmedStandsInTheWay) {
  school.amend<model::CoVisitor>([&](model::CoVisitor& one) { return one.confirmed_at.reset(), one.teacher_id == school.homeroom[1].id; });
  rate_well(school.homeroom[1]);
  compute();
  EXPECT_FALSE(nominee(school.homeroom[1]).eligible);
}

TEST_F(Award_S82_D3, AVisitTakenBackOrDeclinedDoesNot) {
  for (model::VisitState state : {model::VisitState::kCancelled, model::VisitState::kDeclined}) {
    school.amend<model::Visit>([&](model::Visit& visit) { return visit.state = state, visit.id == school.visits[2]; });
    rate_well(school.homeroom[2]);
    compute();
    auto checks = nominee(school.homeroom[2]).checks;
    ASSERT_EQ(checks.size(), 5u);
    EXPECT_TRUE(checks[3].passed) << render(parse_phrase(checks[3].because), Language::kChinese);
  }
}

// R8: what was decided at the run stands, whatever changes about the people afterwards.
TEST_F(Award_S82_D3, AFactThatChangesAfterTheRunMovesNothingUntilTheNext) {
  auto published = [&] {
    std::string all;
    AwardList list = awards(school.head);
    for (const Nominee& one : list.nominees) {
      all += one.score.staff_number + (one.eligible ? " yes " : " no ") + one.score.grade_after_quota + one.score.quota_because;
      for (const auto& check : one.checks) all += check.because;
    }
    auto sheets = *score_sheets(school.ports, school.head, run);
    for (const ScoreSheet& sheet : sheets) all += sheet.score.grade_after_quota + sheet.score.facts;
    return all;
  };
  rate_well(school.homeroom[1]);
  compute();
  std::string before = published();
  ASSERT_TRUE(nominee(school.homeroom[1]).eligible);
  ASSERT_TRUE(rate(school.homeroom[1], "committee", "10"));
  school.amend<model::CoVisitor>([&](model::CoVisitor& one) { return one.confirmed_at.reset(), one.teacher_id == school.homeroom[1].id; });
  school.amend<model::Teacher>([&](model::Teacher& one) { return one.duty = model::Duty::kLeft, one.id == school.homeroom[2].id; });
  school.clock->advance(400 * kDay);
  EXPECT_EQ(published(), before);
  compute();
  EXPECT_NE(published(), before);
  EXPECT_FALSE(nominee(school.homeroom[1]).eligible);
}

TEST_F(Award_S82_D3, IsForCommitteeHrAndHead) {
  compute();
  for (const model::Actor& reader : {school.committee, school.hr, school.head}) EXPECT_EQ(awards(reader).nominees.size(), 12u);
  for (const model::Actor& other : {school.office, school.leader(), school.editor, school.auditor}) EXPECT_EQ(refusal(award_list(school.ports, other, run)), kNoSuchThing);
}

using Appraisal_R4 = Appraising;

TEST_F(Appraisal_R4, ComputingCutShortIsFinishedByComputingAgain) {
  expect_safe_to_repeat(
      [](TestSchool& fresh) {
        fresh.announce_campaign();
        // Two teachers are enough: each line written is a call that may fail.
        std::set<std::string> two = {fresh.homeroom[0].id.value, fresh.homeroom[1].id.value};
        fresh.amend<model::Teacher>([&](model::Teacher& one) { return one.duty = model::Duty::kLeft, two.count(one.id.value) == 0; });
      },
      [](TestSchool& fresh) {
        auto opened = open_appraisal(fresh.ports, fresh.committee, fresh.campaign);
        return opened && compute_scores(fresh.ports, fresh.committee, opened->id);
      });
}

}  // namespace
}  // namespace shide::workflow
