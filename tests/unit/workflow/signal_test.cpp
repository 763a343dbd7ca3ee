// A suspicion is a question: asked of the teacher alone, answered, decided by a named person who was not there (D8, D9).
#include "workflow/signal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/appraisal.h"
#include "workflow/record.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::refusal;
using testing::TestSchool;
using model::FormalismSignal;
using model::SignalKind;
using model::SignalState;

/// The records of classes 1 and 2 hold the same photo; both are handed in.
void hand_in_one_photo_twice(TestSchool& school) {
  school.start_visiting();
  for (int i : {1, 2}) {
    school.prepare(i);
    school.write_record(i);
    (void)add_photo(school.ports, school.as(school.homeroom[i]), school.visits[i], 2, "JPEG:street without lamps");
    school.submit(i);
  }
}

class Questions : public ::testing::Test {
 protected:
  /// The question about the visit of class `index`.
  FormalismSignal question(int index) {
    for (const FormalismSignal& one : school.rows<FormalismSignal>()) {
      if (one.place.visit_id == school.visits[index].value) return one;
    }
    return {};
  }
  Result<void> reply(const model::Actor& actor, const FormalismSignal& signal, const char* words = "同一个相册里选错了一张。") {
    return reply_to_signal(school.ports, actor, signal.id, words);
  }
  Result<FormalismSignal> decide(const model::Actor& actor, const FormalismSignal& signal, const DecisionForm& form = {"explained", "说明成立", ""}) {
    return decide_signal(school.ports, actor, signal.id, form);
  }
  TestSchool school;
};

class SamePhoto : public Questions {
 protected:
  SamePhoto() {
    hand_in_one_photo_twice(school);
    school.run_jobs();
  }
};

using Signal_S86_S87_R6_R7_D8 = SamePhoto;

TEST_F(Signal_S86_S87_R6_R7_D8, TheSamePhotoInTwoVisitsIsAskedOfEachWriter) {
  ASSERT_THAT(school.rows<FormalismSignal>(), SizeIs(2));
  EXPECT_EQ(question(1).asked_teacher_id, school.homeroom[1].id);
  EXPECT_EQ(question(2).asked_teacher_id, school.homeroom[2].id);
  EXPECT_EQ(question(1).other_visit_id, school.visits[2].value);
  EXPECT_EQ(question(1).state, SignalState::kAsked);
}

TEST_F(Signal_S86_S87_R6_R7_D8, LookingAgainAsksNothingTwice) {
  for (int i : {1, 2}) EXPECT_EQ(*find_signals(school.ports, school.school_id, school.visits[i]), 0);
  EXPECT_THAT(school.rows<FormalismSignal>(), SizeIs(2));
}

TEST_F(Signal_S86_S87_R6_R7_D8, TheTeacherSeesTheOwnSideAndNothingOfTheOther) {
  auto rows = *signals(school.ports, school.as(school.homeroom[1]));
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].signal.other_visit_id, "");
  EXPECT_TRUE(rows[0].may_reply);
  EXPECT_FALSE(rows[0].may_decide);
  std::string text = render(parse_phrase(rows[0].signal.evidence), Language::kChinese);
  EXPECT_THAT(text, HasSubstr("请您说一句"));
  for (const auto& student : school.students) EXPECT_THAT(text, Not(HasSubstr(student.name)));
  for (const auto& teacher : school.homeroom) EXPECT_THAT(text, Not(HasSubstr(teacher.name)));
}

TEST_F(Signal_S86_S87_R6_R7_D8, OthersHaveNoQuestionToSee) {
  for (const model::Actor& other : {school.as(school.homeroom[3]), school.hr, school.editor, school.auditor}) EXPECT_THAT(*signals(school.ports, other), IsEmpty());
  EXPECT_THAT(*signals(school.ports, school.office), SizeIs(2));
}

TEST_F(Signal_S86_S87_R6_R7_D8, IsAnsweredByTheOneWhoWasAsked) {
  EXPECT_EQ(refusal(reply(school.as(school.homeroom[2]), question(1))), kNoSuchThing);
  EXPECT_EQ(refusal(reply(school.office, question(1))), kNoSuchThing);
  EXPECT_THAT(fields(reply(school.as(school.homeroom[1]), question(1), "")), ElementsAre("reply"));
  ASSERT_TRUE(reply(school.as(school.homeroom[1]), question(1)));
  EXPECT_EQ(question(1).state, SignalState::kReplied);
  EXPECT_EQ(question(1).reply, "同一个相册里选错了一张。");
}

TEST_F(Signal_S86_S87_R6_R7_D8, IsDecidedOnceByANamedPersonWithAReason) {
  EXPECT_THAT(fields(decide(school.committee, question(1), {"", "", ""})), ElementsAre("decision", "reason"));
  EXPECT_THAT(fields(decide(school.committee, question(1), {"none", "不必", ""})), ElementsAre("decision"));
  EXPECT_THAT(fields(decide(school.committee, question(1), {"true", "核对属实", ""})), ElementsAre("document")) << "a finding has a number";
  ASSERT_TRUE(decide(school.committee, question(1)));
  EXPECT_EQ(question(1).decided_by_name, school.committee.name);
  EXPECT_EQ(refusal(decide(school.head, question(1), {"true", "改判", "1号"})), "error.done_before");
  EXPECT_EQ(refusal(reply(school.as(school.homeroom[1]), question(1))), "error.done_before");
}

using Signal_D9 = SamePhoto;

TEST_F(Signal_D9, OfficeLeaderAndTeachersDoNotDecide) {
  for (const model::Actor& other : {school.office, school.leader(), school.as(school.homeroom[1]), school.hr}) EXPECT_EQ(refusal(decide(other, question(1))), kNoSuchThing);
}

TEST_F(Signal_D9, NobodyDecidesWhoWasAtEitherVisit) {
  for (const model::Teacher& teacher : {school.homeroom[1], school.companion[1], school.homeroom[2], school.companion[2]}) {
    model::Actor decider = school.also(teacher, model::Role::kEthicsCommittee);
    EXPECT_EQ(refusal(decide(decider, question(1))), "signal.own");
    auto seen = *signals(school.ports, decider);
    for (const SignalRow& row : seen) EXPECT_FALSE(row.may_decide);
  }
  model::Actor outside = school.also(school.homeroom[3], model::Role::kEthicsCommittee);
  auto seen = *signals(school.ports, outside);
  for (const SignalRow& row : seen) EXPECT_TRUE(row.may_decide);
  EXPECT_TRUE(decide(outside, question(1)));
}

class Consequences : public SamePhoto {
 protected:
  Consequences() {
    for (int i : {1, 2}) school.accept(i);
    school.run_jobs();
  }
  /// What scoring knows of the teacher of class `index`.
  std::string facts(int index) {
    auto run = open_appraisal(school.ports, school.committee, school.campaign);
    EXPECT_TRUE(compute_scores(school.ports, school.committee, run->id));
    for (const model::Score& score : school.rows<model::Score>()) {
      if (score.teacher_id == school.homeroom[index].id) return score.facts;
    }
    return {};
  }
};

using Signal_S81_S86_D8 = Consequences;

TEST_F(Signal_S81_S86_D8, ReachesScoringOnlyWhenFoundTrue) {
  EXPECT_THAT(facts(1), Not(HasSubstr("f_copied_record"))) << "asked";
  ASSERT_TRUE(reply(school.as(school.homeroom[1]), question(1)));
  EXPECT_THAT(facts(1), Not(HasSubstr("f_copied_record"))) << "answered";
  ASSERT_TRUE(decide(school.committee, question(2), {"needs_supplement", "补一张", ""}));
  EXPECT_THAT(facts(2), Not(HasSubstr("f_copied_record"))) << "to be supplemented";
  ASSERT_TRUE(decide(school.committee, question(1), {"true", "核对属实", "青小师德2021-1号"}));
  EXPECT_THAT(facts(1), HasSubstr("f_copied_record"));
  EXPECT_THAT(facts(1), HasSubstr("青小师德2021-1号"));
  EXPECT_THAT(facts(2), Not(HasSubstr("f_copied_record"))) << "the other writer is another question";
}

/// One teacher stands in the teams of classes 1 and 2, and both records tell of Saturday 15:00.
class SameMinute : public Questions {
 protected:
  SameMinute() {
    school.start_visiting();
    for (int i : {1, 2}) school.prepare(i);
    for (int i : {1, 2}) school.write_record(i);
    join(2, school.companion[1]);
  }
  void join(int index, const model::Teacher& teacher) {
    model::CoVisitor one;
    one.place = dossier(school.ports, school.as(school.homeroom[index]), school.visits[index])->visit.place;
    one.teacher_id = teacher.id;
    one.attendance = model::Attendance::kCame;
    school.add(one);
  }
  void hand_both_in() {
    for (int i : {1, 2}) school.submit(i);
    school.run_jobs();
  }
};

using Signal_S77_S87_D8 = SameMinute;

TEST_F(Signal_S77_S87_D8, OneTeacherInTwoVisitsOfOneMinuteIsAskedOnce) {
  hand_both_in();
  ASSERT_THAT(school.rows<FormalismSignal>(), SizeIs(1));
  FormalismSignal signal = school.rows<FormalismSignal>().front();
  EXPECT_EQ(signal.kind, SignalKind::kOverlap);
  EXPECT_EQ(signal.asked_teacher_id, school.companion[1].id);
  EXPECT_NE(signal.place.visit_id, signal.other_visit_id);
  for (int i : {2, 1}) EXPECT_EQ(*find_signals(school.ports, school.school_id, school.visits[i]), 0) << "whichever is looked at";
}

TEST_F(Signal_S77_S87_D8, NothingIsAskedWhileOneIsStillADraft) {
  school.submit(1);
  school.run_jobs();
  EXPECT_THAT(school.rows<FormalismSignal>(), IsEmpty());
}

TEST_F(Signal_S77_S87_D8, WhoDidNotComeIsNotInTwoPlaces) {
  ASSERT_TRUE(set_attendance(school.ports, school.as(school.homeroom[1]), school.visits[1], school.companion[1].id, false));
  visit::RecordForm form = TestSchool::full_form("周可欣");
  form.alone_reason = "同行老师去了另一家";
  ASSERT_TRUE(save_record(school.ports, school.as(school.homeroom[1]), school.visits[1], 1, form, {}));
  hand_both_in();
  EXPECT_THAT(school.rows<FormalismSignal>(), IsEmpty());
}

TEST_F(Signal_S77_S87_D8, FoundTrueItSaysThatAVisitWasNotMade) {
  hand_both_in();
  for (int i : {1, 2}) school.accept(i);
  ASSERT_TRUE(decide(school.committee, school.rows<FormalismSignal>().front(), {"true", "本人确认没有去", "青小师德2021-2号"}));
  auto run = open_appraisal(school.ports, school.committee, school.campaign);
  ASSERT_TRUE(compute_scores(school.ports, school.committee, run->id));
  for (const model::Score& score : school.rows<model::Score>()) {
    bool asked = score.teacher_id == school.companion[1].id;
    EXPECT_EQ(score.facts.find("f_invented_visit") != std::string::npos, asked) << score.staff_number;
  }
}

using Signal_R4 = Questions;

TEST_F(Signal_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  expect_safe_to_repeat(hand_in_one_photo_twice, [](TestSchool& fresh) { return find_signals(fresh.ports, fresh.school_id, fresh.visits[1]).ok(); });
  auto asked = [](TestSchool& fresh) {
    hand_in_one_photo_twice(fresh);
    fresh.run_jobs();
  };
  expect_safe_to_repeat(asked, [](TestSchool& fresh) {
    for (const FormalismSignal& one : fresh.rows<FormalismSignal>()) {
      if (one.asked_teacher_id == fresh.homeroom[1].id) return reply_to_signal(fresh.ports, fresh.as(fresh.homeroom[1]), one.id, "选错了一张。").ok();
    }
    return false;
  });
}

}  // namespace
}  // namespace shide::workflow
