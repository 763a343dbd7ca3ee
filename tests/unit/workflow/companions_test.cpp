// Asked and answered between two colleagues: coming along with a class, taking a place; and another pupil after a family's no.
#include "workflow/companions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/allocation.h"
#include "workflow/roster.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using model::AskState;
using model::VisitState;
using testing::expect_safe_to_repeat;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

class Wishes : public ::testing::Test {
 protected:
  Wishes() {
    school.announce_campaign();
    school.choose_everywhere();
    model::GradeGroup group;
    group.school_year = "2020-2021";
    group.name = "艺体综合组";
    group.kind = model::GradeGroupKind::kArtsSports;
    group = school.add(group);
    arts.name = "白露";
    arts.staff_number = "0901";
    arts.grade_group_id = group.id;
    arts = school.add(arts);
    for (int i : {0, 3}) {
      model::TeachingAssignment one;
      one.school_year = "2020-2021";
      one.teacher_id = arts.id;
      one.class_id = school.classes[static_cast<std::size_t>(i)].id;
      one.kind = i == 0 ? model::AssignmentKind::kLesson : model::AssignmentKind::kClub;
      school.add(one);
    }
  }
  Result<model::TeamWish> ask(int index) { return ask_to_join(school.ports, school.as(arts), school.classes[static_cast<std::size_t>(index)].id); }
  Result<model::TeamWish> answer(int index, const Id<model::TeamWish>& id, bool yes) { return answer_wish(school.ports, school.as(school.homeroom[static_cast<std::size_t>(index)]), id, yes); }
  CoVisitorSheet seen_by(const model::Teacher& teacher) { return *co_visitor_sheet(school.ports, school.as(teacher)); }
  TestSchool school;
  model::Teacher arts;
};

using Wishes_S60_S61_S62 = Wishes;

TEST_F(Wishes_S60_S61_S62, AClassTaughtOrAClubMayBeAskedAndNoOther) {
  std::vector<std::string> offered;
  CoVisitorSheet sheet = seen_by(arts);
  for (const WishView& one : sheet.may_ask) offered.push_back(one.school_class.name + (one.club ? " club" : ""));
  EXPECT_THAT(offered, ElementsAre("三(1)班", "三(4)班 club"));
  EXPECT_THAT(problems(ask(1)), ElementsAre("class_id: companions.not_taught"));
  EXPECT_EQ(refusal(ask_to_join(school.ports, school.as(school.companion[1]), school.classes[0].id)), kNoSuchThing) << "only arts and sports choose";
}

TEST_F(Wishes_S60_S61_S62, TheHomeroomTeacherAnswersAndAYesSettlesTheOtherWish) {
  auto first = ask(0), second = ask(3);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(ask(0)->id, first->id) << "asked twice is asked once";
  EXPECT_EQ(seen_by(school.homeroom[0]).waiting(), 1u);
  EXPECT_EQ(*waiting_colleagues(school.ports, school.as(school.homeroom[0]), school.campaign), 1u);
  EXPECT_EQ(refusal(answer(1, first->id, true)), kNoSuchThing);
  ASSERT_TRUE(answer(0, first->id, true));
  ASSERT_TRUE(answer(0, first->id, true)) << "said twice is said once";
  std::vector<AskState> states;
  for (const auto& one : school.rows<model::TeamWish>()) states.push_back(one.state);
  EXPECT_THAT(states, UnorderedElementsAre(AskState::kAccepted, AskState::kWithdrawn));
  EXPECT_EQ(refusal(answer(3, second->id, true)), "companions.not_asked");
  EXPECT_THAT(problems(ask(3)), ElementsAre("class_id: companions.has_one"));
}

TEST_F(Wishes_S60_S61_S62, ANoLeavesTheOtherClassAndMayBeAskedAgain) {
  auto wish = ask(0);
  ASSERT_TRUE(answer(0, wish->id, false));
  EXPECT_EQ(ask(0)->state, AskState::kAsked);
  ASSERT_TRUE(withdraw_wish(school.ports, school.as(arts), wish->id));
  EXPECT_EQ(refusal(withdraw_wish(school.ports, school.as(school.companion[1]), wish->id)), kNoSuchThing);
  EXPECT_EQ(refusal(answer(0, wish->id, true)), "companions.not_asked");
}

TEST_F(Wishes_S60_S61_S62, NotAfterTheRosterWasHandedIn) {
  school.hand_in_roster();
  EXPECT_EQ(refusal(ask(0)), "roster.not_open");
}

class HandedOver : public ::testing::Test {
 protected:
  HandedOver() { school.start_visiting(); }
  /// The companion of class 1 asks the one of class 2.
  Result<model::HandOver> ask(const model::Teacher& by, const model::Teacher& to) {
    return hand_over(school.ports, school.as(by), school.visits[1], school.companion[1].id, to.id);
  }
  Result<model::HandOver> ask() { return ask(school.companion[1], school.companion[2]); }
  std::vector<std::string> team() {
    std::vector<std::string> ids;
    for (const auto& one : school.rows<model::CoVisitor>()) {
      if (one.place.visit_id == school.visits[1].value) ids.push_back(one.teacher_id.value);
    }
    return ids;
  }
  TestSchool school;
};

using HandOver_S48_S77 = HandedOver;

TEST_F(HandOver_S48_S77, AYesMovesThePlaceAndWhatItsHolderMaySee) {
  auto asked = ask();
  ASSERT_TRUE(asked) << refusal(asked);
  EXPECT_EQ(ask()->id, asked->id);
  EXPECT_THAT(team(), UnorderedElementsAre(school.homeroom[1].id.value, school.companion[1].id.value)) << "silence is not consent";
  EXPECT_EQ(refusal(dossier(school.ports, school.as(school.companion[2]), school.visits[1])), kNoSuchThing);
  EXPECT_THAT(co_visitor_sheet(school.ports, school.as(school.companion[2]))->asked, SizeIs(1));
  EXPECT_EQ(refusal(answer_hand_over(school.ports, school.as(school.companion[3]), asked->id, true)), kNoSuchThing);
  for (int time = 0; time < 2; ++time) ASSERT_TRUE(answer_hand_over(school.ports, school.as(school.companion[2]), asked->id, true));
  EXPECT_THAT(team(), UnorderedElementsAre(school.homeroom[1].id.value, school.companion[2].id.value));
  EXPECT_TRUE(dossier(school.ports, school.as(school.companion[2]), school.visits[1])->in_team);
  EXPECT_EQ(refusal(dossier(school.ports, school.as(school.companion[1]), school.visits[1])), kNoSuchThing) << "the ill colleague sees it no more";
}

TEST_F(HandOver_S48_S77, ANoLeavesEverythingAndAnotherMayBeAsked) {
  auto asked = ask();
  EXPECT_THAT(problems(ask(school.companion[1], school.companion[3])), ElementsAre("to_id: companions.asked_already"));
  ASSERT_TRUE(answer_hand_over(school.ports, school.as(school.companion[2]), asked->id, false));
  EXPECT_THAT(team(), Contains(school.companion[1].id.value));
  auto again = ask(school.companion[1], school.companion[3]);
  ASSERT_TRUE(again);
  ASSERT_TRUE(withdraw_hand_over(school.ports, school.as(school.companion[1]), again->id));
  EXPECT_EQ(refusal(answer_hand_over(school.ports, school.as(school.companion[3]), again->id, true)), "companions.not_asked");
}

TEST_F(HandOver_S48_S77, TheGradeLeaderAsksForWhoCannotAskAnyMoreAndNobodyElseDoes) {
  EXPECT_TRUE(ask(school.companion[0], school.companion[2])) << "companion 0 leads the grade";
  TestSchool other;
  other.start_visiting();
  EXPECT_EQ(refusal(hand_over(other.ports, other.as(other.companion[3]), other.visits[1], other.companion[1].id, other.companion[2].id)), kNoSuchThing);
  EXPECT_EQ(refusal(hand_over(other.ports, other.as(other.homeroom[1]), other.visits[1], other.homeroom[1].id, other.companion[2].id)), kNoSuchThing)
      << "the homeroom teacher leads the visit";
  EXPECT_THAT(problems(hand_over(other.ports, other.as(other.companion[1]), other.visits[1], other.companion[1].id, other.homeroom[1].id)), ElementsAre("to_id: companions.choose"));
}

TEST_F(HandOver_S48_S77, TheLeadersRulesHoldWithoutBeingTold) {
  TestSchool other;
  other.announce_campaign();
  other.choose_everywhere();
  ASSERT_TRUE(add_team_rule(other.ports, other.leader(), other.roster, {"not_with", other.homeroom[1].id.value, other.companion[2].id.value, "", ""}));
  other.hand_in_roster();
  auto refused = hand_over(other.ports, other.as(other.companion[1]), other.visits[1], other.companion[1].id, other.companion[2].id);
  EXPECT_THAT(problems(refused), ElementsAre("to_id: companions.ask_leader"));
}

TEST_F(HandOver_S48_S77, NotAfterTheVisit) {
  auto asked = ask();
  school.finish(1);
  EXPECT_EQ(refusal(answer_hand_over(school.ports, school.as(school.companion[2]), asked->id, true)), "companions.too_late");
  EXPECT_EQ(refusal(ask(school.companion[1], school.companion[3])), "error.done_before");
}

using HandOver_R4 = HandedOver;

TEST_F(HandOver_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  auto ready = [](TestSchool& fresh) { fresh.start_visiting(); };
  auto asks = [](TestSchool& fresh) { return hand_over(fresh.ports, fresh.as(fresh.companion[1]), fresh.visits[1], fresh.companion[1].id, fresh.companion[2].id).ok(); };
  expect_safe_to_repeat(ready, asks);
  expect_safe_to_repeat([&](TestSchool& fresh) { ready(fresh), asks(fresh); }, [](TestSchool& fresh) {
    return answer_hand_over(fresh.ports, fresh.as(fresh.companion[2]), fresh.rows<model::HandOver>().front().id, true).ok();
  });
}

// ── another pupil after a family's no (domain 4, D7) ──

class Substituted : public HandedOver {
 protected:
  Result<model::Visit> choose(int pupil) {
    const model::Student& student = school.students[static_cast<std::size_t>(pupil)];
    return choose_student(school.ports, school.as(school.homeroom[1]), school.campaign, school.classes[1].id, {student.id.value, "1", "丁建平", "father", "13800000020", "", {}});
  }
};

using Substitution_S47_D7 = Substituted;

TEST_F(Substitution_S47_D7, AFamilysNoMakesRoomForAnotherPupilWithTheSameCompanions) {
  EXPECT_EQ(refusal(choose(3)), "roster.not_open");
  ASSERT_TRUE(note_family_answer(school.ports, school.as(school.homeroom[1]), school.visits[1], VisitState::kDeclined));
  auto visit = choose(3);
  ASSERT_TRUE(visit) << refusal(visit);
  EXPECT_NE(visit->id, school.visits[1]);
  EXPECT_EQ(visit->replaces_id, school.visits[1].value);
  EXPECT_EQ(visit->state, VisitState::kAssigned) << "the roster stands";
  auto old = dossier(school.ports, school.office, school.visits[1]);
  EXPECT_EQ(old->visit.state, VisitState::kSubstituted);
  auto fresh = dossier(school.ports, school.as(school.companion[1]), visit->id);
  ASSERT_TRUE(fresh);
  EXPECT_THAT(fresh->team, SizeIs(2));
  EXPECT_THAT(*my_visits(school.ports, school.as(school.companion[1]), school.campaign), SizeIs(1)) << "one visit to do";
  EXPECT_EQ(roster_sheet(school.ports, school.office, school.roster)->rows[1].student->name, school.students[3].name);
  EXPECT_EQ(choose(3)->id, visit->id) << "chosen twice is one visit";
}

TEST_F(Substitution_S47_D7, UnreachableMakesRoomTooAndNobodyIsBlamed) {
  ASSERT_TRUE(note_family_answer(school.ports, school.as(school.homeroom[1]), school.visits[1], VisitState::kUnreachable));
  EXPECT_TRUE(choose(3));
}

}  // namespace
}  // namespace shide::workflow
