// Every wish gets an owner, a date and an answer, and the answer goes back; what needs more becomes a rectification item that
// somebody other than its owner signs off.
#include "workflow/demand.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/overview.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;
using model::DemandState;
using model::GuardianReply;

/// One demand of the first family, passed on with the record on Sunday evening.
class Ledger : public ::testing::Test {
 protected:
  Ledger() {
    school.start_visiting();
    school.hand_in(0);
    id = school.rows<model::Demand>().front().id;
  }
  Result<model::Demand> assign(const model::Actor& actor, const char* owner = "总务处") { return assign_demand(school.ports, actor, id, owner); }
  Result<model::Demand> answer(const model::Actor& actor, const char* words = "开学起，课后服务到六点一刻。") { return answer_demand(school.ports, actor, id, words); }
  Result<model::Demand> carry(const model::Actor& actor, GuardianReply reply = GuardianReply::kSatisfied) { return carry_back(school.ports, actor, id, reply); }
  model::Actor homeroom() { return school.as(school.homeroom[0]); }
  DemandRow seen_by(const model::Actor& actor) {
    auto rows = demands(school.ports, actor, "2020-2021");
    return rows && !rows->empty() ? rows->front() : DemandRow{};
  }
  TestSchool school;
  Id<model::Demand> id;
};

using Demand_S44_S96_S108_R11 = Ledger;

TEST_F(Demand_S44_S96_S108_R11, GoesFromItsFamilyToAnOwnerADateAnAnswerAndBack) {
  auto assigned = assign(school.office);
  ASSERT_TRUE(assigned);
  EXPECT_EQ(assigned->owner_name, "总务处");
  EXPECT_EQ(to_text(*assigned->due_on), "2021-01-29") << "five working days after Sunday the 24th";
  EXPECT_EQ(answer(school.office)->state, DemandState::kAnswered);
  auto closed = carry(homeroom());
  EXPECT_EQ(closed->state, DemandState::kClosed);
  EXPECT_EQ(closed->reply, GuardianReply::kSatisfied);
  EXPECT_EQ(closed->carried_back_at, school.clock->now());
}

TEST_F(Demand_S44_S96_S108_R11, ClosingNeedsTheAnswersWords) {
  EXPECT_THAT(fields(answer(school.office, " ")), ElementsAre("answer"));
  EXPECT_EQ(refusal(carry(homeroom())), "demand.no_answer_yet");
  EXPECT_THAT(fields(assign(school.office, "")), ElementsAre("owner"));
}

TEST_F(Demand_S44_S96_S108_R11, TheSameAgainIsTheFirstAnswerAndAnotherIsRefused) {
  ASSERT_TRUE(answer(school.office));
  Time first = *school.rows<model::Demand>().front().answered_at;
  school.clock->advance(kHour);
  EXPECT_EQ(answer(school.office)->answered_at, first);
  EXPECT_EQ(refusal(answer(school.office, "另一个答复。")), "error.done_before");
  EXPECT_EQ(refusal(assign(school.office)), "error.done_before");
  ASSERT_TRUE(carry(homeroom()));
  EXPECT_EQ(carry(school.as(school.companion[0]), GuardianReply::kNotSatisfied)->reply, GuardianReply::kSatisfied) << "asked once";
}

using Demand_D9 = Ledger;

TEST_F(Demand_D9, TheOfficeNamesWhoOwesItAndAnswersForThem) {
  for (const model::Actor& other : {homeroom(), school.leader(), school.head, school.committee, school.hr, school.editor}) {
    EXPECT_EQ(refusal(assign(other)), kNoSuchThing);
    EXPECT_EQ(refusal(answer(other)), kNoSuchThing);
  }
}

TEST_F(Demand_D9, OnlyWhoWasThereCarriesTheAnswerBack) {
  ASSERT_TRUE(answer(school.office));
  for (const model::Actor& other : {school.as(school.homeroom[1]), school.office, school.head}) EXPECT_EQ(refusal(carry(other)), kNoSuchThing);
  EXPECT_TRUE(carry(school.as(school.companion[0])));
}

TEST_F(Demand_D9, WordsAreReadByNeedAndOthersCount) {
  EXPECT_NE(seen_by(homeroom()).demand.text, "");
  EXPECT_NE(seen_by(school.office).demand.text, "");
  EXPECT_NE(seen_by(school.head).demand.text, "");
  for (const model::Actor& other : {school.as(school.homeroom[1]), school.hr, school.editor, school.committee, school.auditor}) EXPECT_TRUE(seen_by(other).demand.id.empty());
  school.hand_in(1);
  model::Demand other = school.rows<model::Demand>().front();
  for (const model::Visit& visit : school.rows<model::Visit>()) {
    if (visit.id == school.visits[1]) other.place = visit.place;
  }
  id = school.add(other).id;
  auto rows = *demands(school.ports, school.leader(), "2020-2021");
  auto masked = std::find_if(rows.begin(), rows.end(), [&](const DemandRow& row) { return row.demand.id == id; });
  ASSERT_NE(masked, rows.end());
  EXPECT_EQ(masked->demand.text, "") << "the grade leader sees that it stands, and where";
  EXPECT_EQ(refusal(demand(school.ports, school.leader(), id)), kNoSuchThing);
}

using Demand_S96 = Ledger;

TEST_F(Demand_S96, PastItsDateItReachesTheOfficeAndTheHead) {
  ASSERT_TRUE(assign(school.office));
  EXPECT_FALSE(seen_by(school.office).overdue);
  school.clock->advance(time_of(*make_date(2021, 1, 30), 8) - school.clock->now());
  EXPECT_TRUE(seen_by(school.office).overdue);
  for (const model::Actor& reader : {school.office, school.head}) {
    auto view = overview(school.ports, reader);
    EXPECT_EQ(view->demand_figures.overdue, 1);
    ASSERT_EQ(view->open_demands.size(), 1u);
    EXPECT_EQ(view->open_demands.front().age, 7);
  }
}

TEST_F(Demand_S96, SoDoesOneThatNobodyWasEverNamedFor) {
  school.clock->advance(time_of(*make_date(2021, 1, 30), 8) - school.clock->now());
  EXPECT_EQ(overview(school.ports, school.office)->demand_figures.overdue, 1);
}

TEST_F(Demand_S96, OpenOnesStandFirstTheOldestAboveAll) {
  model::Demand older = school.rows<model::Demand>().front(), answered = older;
  older.heard_at = older.heard_at + -5 * kDay;
  answered.heard_at = older.heard_at + -kDay;
  answered.state = DemandState::kAnswered;
  for (const model::Demand& one : {older, answered}) school.add(one);
  auto rows = *demands(school.ports, school.office, "2020-2021");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].age, 6);
  EXPECT_EQ(rows[1].demand.id, id);
  EXPECT_EQ(rows[2].demand.state, DemandState::kAnswered);
}

class Mending : public Ledger {
 protected:
  RectificationForm form(const std::string& owner, const std::string& item = "01770000-0000-7000-8000-000000000001") {
    return {item, id.value, "课后服务五点半结束，双职工接不上。", "延长到六点一刻，安排值班。", "开学第一周起每天有人。", owner, "2021-02-20"};
  }
  Result<model::Rectification> open(const model::Actor& actor, const std::string& owner = "head") { return open_rectification(school.ports, actor, form(owner)); }
  Result<model::Rectification> submit(const model::Actor& actor, const Id<model::Rectification>& item) {
    return submit_rectification(school.ports, actor, item, "两名老师轮流值班，已公布。");
  }
};

using Rectification_S85 = Mending;

TEST_F(Rectification_S85, IsOpenedFromADemandDoneByItsOwnerAndSignedOffByAnother) {
  auto item = open(school.office);
  ASSERT_TRUE(item);
  EXPECT_EQ(item->demand_id, id);
  EXPECT_EQ(item->grade_group_id, school.grade_group.value);
  EXPECT_EQ(item->owner_name, school.head.name);
  EXPECT_EQ(refusal(sign_off(school.ports, school.office, item->id)), "rectification.not_submitted");
  EXPECT_EQ(submit(school.head, item->id)->state, model::RectificationState::kSubmitted);
  EXPECT_EQ(refusal(sign_off(school.ports, school.head, item->id)), "rectification.own");
  auto signed_off = sign_off(school.ports, school.office, item->id);
  EXPECT_EQ(signed_off->state, model::RectificationState::kSignedOff);
  EXPECT_EQ(signed_off->verified_by_name, school.office.name);
}

TEST_F(Rectification_S85, HasContentOwnerStandardMeasureAndDeadline) {
  RectificationForm empty;
  empty.id = form("head").id;
  EXPECT_THAT(fields(open_rectification(school.ports, school.office, empty)), ElementsAre("problem", "measure", "standard", "due_on"));
  RectificationForm past = form("head");
  past.due_on = "2021-01-23";
  past.demand_id = "x";
  EXPECT_THAT(problems(open_rectification(school.ports, school.office, past)), ElementsAre("due_on: rectification.due_past", "demand_id: field.not_offered"));
  EXPECT_THAT(problems(open(school.office, "nobody")), ElementsAre("owner_login: field.not_offered"));
  EXPECT_THAT(school.rows<model::Rectification>(), IsEmpty());
}

TEST_F(Rectification_S85, TheSamePageSentTwiceOpensOneItem) {
  EXPECT_EQ(open(school.office)->id, open(school.office)->id);
  RectificationForm other = form("head");
  other.measure = "延长到六点。";
  EXPECT_EQ(refusal(open_rectification(school.ports, school.office, other)), "error.duplicate");
  EXPECT_TRUE(open_rectification(school.ports, school.office, form("head", "01770000-0000-7000-8000-000000000002")));
  EXPECT_EQ(school.rows<model::Rectification>().size(), 2u);
}

TEST_F(Rectification_S85, SignedOffItIsFinished) {
  auto item = open(school.office);
  ASSERT_TRUE(submit(school.head, item->id));
  ASSERT_TRUE(sign_off(school.ports, school.office, item->id));
  Time first = *school.rows<model::Rectification>().front().verified_at;
  school.clock->advance(kHour);
  EXPECT_EQ(sign_off(school.ports, school.committee, item->id)->verified_at, first);
  EXPECT_EQ(refusal(submit(school.head, item->id)), "error.done_before");
}

using Rectification_S85_D9 = Mending;

TEST_F(Rectification_S85_D9, OfficeAndHeadOpenTheOwnerSubmitsAndTheOwnerOnly) {
  for (const model::Actor& other : {homeroom(), school.leader(), school.committee, school.hr, school.editor}) EXPECT_EQ(refusal(open(other)), kNoSuchThing);
  auto item = open(school.head, "student_office");
  ASSERT_TRUE(item);
  for (const model::Actor& other : {school.head, school.committee, homeroom()}) EXPECT_EQ(refusal(submit(other, item->id)), kNoSuchThing);
  EXPECT_TRUE(submit(school.office, item->id));
  EXPECT_EQ(refusal(sign_off(school.ports, school.leader(), item->id)), kNoSuchThing) << "sees it, does not sign";
  EXPECT_TRUE(sign_off(school.ports, school.committee, item->id));
}

TEST_F(Rectification_S85_D9, ATeacherSeesTheOwnItemsOnly) {
  ASSERT_TRUE(open(school.office, school.homeroom[0].staff_number));
  EXPECT_EQ(rectifications(school.ports, homeroom(), "2020-2021")->size(), 1u);
  EXPECT_THAT(*rectifications(school.ports, school.as(school.homeroom[1]), "2020-2021"), IsEmpty());
  EXPECT_EQ(rectifications(school.ports, school.leader(), "2020-2021")->size(), 1u) << "of the own grade";
}

TEST_F(Rectification_S85_D9, OwnersAreOfferedByNameToWhoMayChoose) {
  EXPECT_EQ(refusal(possible_owners(school.ports, homeroom())), kNoSuchThing);
  auto offered = *possible_owners(school.ports, school.office);
  auto has = [&](const char* login) { return std::any_of(offered.begin(), offered.end(), [&](const PossibleOwner& one) { return one.login == login; }); };
  EXPECT_TRUE(has("head"));
  EXPECT_TRUE(has("0300"));
  EXPECT_FALSE(has("hr"));
  EXPECT_FALSE(has("auditor"));
}

using FollowUp_R4 = Mending;

TEST_F(FollowUp_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  auto demand_of = [](TestSchool& fresh) { return fresh.rows<model::Demand>().front().id; };
  auto heard = [](TestSchool& fresh) {
    fresh.start_visiting();
    fresh.hand_in(0);
  };
  expect_safe_to_repeat(heard, [&](TestSchool& fresh) { return assign_demand(fresh.ports, fresh.office, demand_of(fresh), "总务处").ok(); });
  expect_safe_to_repeat(heard, [&](TestSchool& fresh) { return answer_demand(fresh.ports, fresh.office, demand_of(fresh), "可以。").ok(); });
  expect_safe_to_repeat(heard, [&](TestSchool& fresh) {
    return open_rectification(fresh.ports, fresh.office, {"01770000-0000-7000-8000-000000000001", demand_of(fresh).value, "五点半结束", "延长", "每天有人", "head", "2021-02-20"}).ok();
  });
}

}  // namespace
}  // namespace shide::workflow
