// One visit from the teachers' side: prepared, agreed with the family, declined, and what is told apart from the record.
#include "workflow/visit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"

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
using model::VisitState;

const Id<model::GiftReport> kReport{"01770000-0000-7000-8000-000000000001"}, kAnother{"01770000-0000-7000-8000-000000000002"};

class Visiting : public ::testing::Test {
 protected:
  Visiting() { school.start_visiting(); }
  model::Actor homeroom() { return school.as(school.homeroom[0]); }
  model::Actor companion() { return school.as(school.companion[0]); }
  model::Actor stranger() { return school.as(school.homeroom[1]); }
  std::int64_t version() {
    auto seen = dossier(school.ports, homeroom(), school.visits[0])->preparation;
    return seen ? seen->version : 0;
  }
  model::Visit visit() { return dossier(school.ports, homeroom(), school.visits[0])->visit; }
  Result<model::Preparation> prepare(const std::string& text, bool seal) { return save_preparation(school.ports, homeroom(), school.visits[0], version(), text, seal); }
  Result<model::Visit> arrange(const AppointmentForm& form) { return arrange_visit(school.ports, homeroom(), school.visits[0], form); }
  Result<model::Visit> answer(VisitState state) { return note_family_answer(school.ports, homeroom(), school.visits[0], state); }
  TestSchool school;
};

using Dossier_R14_D9 = Visiting;

TEST_F(Dossier_R14_D9, AVisitOfAnotherTeamDoesNotExist) {
  for (const model::Actor& other : {stranger(), school.editor, school.hr, school.auditor, school.it_admin, school.committee, school.head}) {
    EXPECT_EQ(refusal(dossier(school.ports, other, school.visits[0])), kNoSuchThing);
  }
  EXPECT_EQ(refusal(dossier(school.ports, homeroom(), {new_uuid(school.clock->now())})), kNoSuchThing);
  EXPECT_EQ(refusal(dossier(school.ports, homeroom(), {"' or 1=1"})), kNoSuchThing);
}

TEST_F(Dossier_R14_D9, ATeacherFindsTheOwnVisitsOfTheCampaign) {
  auto mine = my_visits(school.ports, companion(), school.campaign);
  ASSERT_EQ(mine->size(), 1u);
  EXPECT_EQ(mine->front().visit.id, school.visits[0]);
  EXPECT_TRUE(mine->front().in_team);
  EXPECT_THAT(*my_visits(school.ports, companion(), {new_uuid(school.clock->now())}), IsEmpty());
  EXPECT_THAT(*my_visits(school.ports, school.office, school.campaign), IsEmpty());
}

using Team_S77_S102_S103 = Visiting;

TEST_F(Team_S77_S102_S103, EveryoneIsNamedTheHomeroomTeacherFirst) {
  auto seen = dossier(school.ports, companion(), school.visits[0]);
  ASSERT_EQ(seen->teachers.size(), 2u);
  EXPECT_EQ(seen->teachers[0].name, school.homeroom[0].name);
  EXPECT_EQ(seen->teachers[1].name, school.companion[0].name);
}

TEST_F(Team_S77_S102_S103, TheHeadOfAnnexThreeIsFilledForThoseWhoGo) {
  auto seen = *dossier(school.ports, companion(), school.visits[0]);
  EXPECT_EQ(seen.school_class.name, "三(1)班");
  EXPECT_EQ(seen.student->name, "丁小满");
  EXPECT_EQ(seen.guardian->name, "丁建平");
  EXPECT_EQ(seen.guardian->phone, "13800000020");
}

TEST_F(Team_S77_S102_S103, TheReviewerIsTheLeaderUnlessSheGoesHerself) {
  EXPECT_FALSE(dossier(school.ports, homeroom(), school.visits[0])->reviewer);
  EXPECT_EQ(dossier(school.ports, school.as(school.homeroom[1]), school.visits[1])->reviewer->id, school.companion[0].id);
}

using Preparation_S71_S89_S106 = Visiting;

TEST_F(Preparation_S71_S89_S106, IsSharedUntilItIsSealedByTime) {
  ASSERT_TRUE(prepare("优点：爱提问。", false));
  EXPECT_TRUE(save_preparation(school.ports, companion(), school.visits[0], version(), "优点：爱提问。想问：谁陪写作业。", false));
  auto sealed = prepare("优点：爱提问。想问：谁陪写作业。", true);
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->sealed_at, school.clock->now());
  EXPECT_EQ(visit().state, VisitState::kPrepared);
  EXPECT_EQ(school.rows<model::Preparation>().size(), 1u);
}

TEST_F(Preparation_S71_S89_S106, SealedItIsNotRewritten) {
  Time sealed = *prepare("优点：爱提问。", true)->sealed_at;
  school.clock->advance(kDay);
  EXPECT_THAT(problems(prepare("优点：爱提问，也爱笑。", true)), ElementsAre("preparation: field.both"));
  EXPECT_EQ(prepare("优点：爱提问。", true)->sealed_at, sealed) << "the same words again: the first answer, the first time";
}

TEST_F(Preparation_S71_S89_S106, NothingCannotBeSealed) {
  EXPECT_THAT(problems(prepare("  \n ", true)), ElementsAre("preparation: field.empty"));
  EXPECT_TRUE(prepare("", false));
}

TEST_F(Preparation_S71_S89_S106, OnlyThoseWhoGoPrepare) {
  for (const model::Actor& other : {stranger(), school.office, school.head}) {
    EXPECT_EQ(refusal(save_preparation(school.ports, other, school.visits[0], 0, "替他们写", true)), kNoSuchThing);
  }
}

TEST_F(Preparation_S71_S89_S106, TheGradeLeaderSeesThatItIsDoneNotWhat) {
  ASSERT_TRUE(save_preparation(school.ports, school.as(school.homeroom[1]), school.visits[1], 0, "优点：爱提问。", true));
  auto seen = dossier(school.ports, school.leader(), school.visits[1]);
  ASSERT_TRUE(seen->preparation);
  EXPECT_TRUE(seen->preparation->sealed_at);
  EXPECT_EQ(seen->preparation->text, "");
}

using Appointment_S90_D7 = Visiting;

TEST_F(Appointment_S90_D7, KeepsTimeModeAndWhatTheFamilyAgreedTo) {
  ASSERT_TRUE(arrange({"2021-01-23 15:00", "home", "paper", "granted", "refused"}));
  EXPECT_EQ(visit().appointment_at, time_of(*make_date(2021, 1, 23), 15));
  EXPECT_EQ(visit().mode_planned, model::VisitMode::kHome);
  std::map<model::ConsentScope, model::ConsentAnswer> answers;
  for (const model::Consent& one : school.rows<model::Consent>()) {
    answers[one.scope] = one.answer;
    EXPECT_EQ(one.means, model::ConsentMeans::kPaper);
    EXPECT_EQ(one.noted_by, homeroom().account);
  }
  EXPECT_EQ(answers, (std::map<model::ConsentScope, model::ConsentAnswer>{{model::ConsentScope::kRecord, model::ConsentAnswer::kGranted},
                                                                          {model::ConsentScope::kPhoto, model::ConsentAnswer::kRefused}}));
}

TEST_F(Appointment_S90_D7, AskedAgainTheLastWordCounts) {
  ASSERT_TRUE(arrange({"2021-01-23 15:00", "home", "spoken", "granted", "granted"}));
  EXPECT_EQ(arrange({"2021-01-24 09:00", "school", "spoken", "", "refused"}).error().code, ErrorCode::kStale) << "from a page that did not show the first";
  ASSERT_TRUE(arrange({"2021-01-24 09:00", "school", "spoken", "", "refused", visit().version}));
  auto consents = school.rows<model::Consent>();
  ASSERT_EQ(consents.size(), 2u);
  for (const model::Consent& one : consents) {
    bool photo = one.scope == model::ConsentScope::kPhoto;
    EXPECT_EQ(one.answer, photo ? model::ConsentAnswer::kRefused : model::ConsentAnswer::kGranted) << "what was not asked stays";
  }
  EXPECT_EQ(visit().mode_planned, model::VisitMode::kSchool);
}

TEST_F(Appointment_S90_D7, WithoutATimeOrAModeThereIsNone) {
  EXPECT_THAT(problems(arrange({"", "", "hearsay", "", ""})), ElementsAre("at: field.empty", "mode: field.not_offered", "means: field.not_offered"));
  EXPECT_THAT(problems(arrange({"2021-02-30 15:00", "home", "", "", ""})), ElementsAre("at: field.no_such_time"));
  EXPECT_THAT(school.rows<model::Consent>(), IsEmpty());
}

TEST_F(Appointment_S90_D7, IsMadeByTheTeamAndStandsOnceTheRecordIsHandedIn) {
  AppointmentForm form{"2021-01-23 15:00", "home", "", "", ""};
  EXPECT_EQ(refusal(arrange_visit(school.ports, stranger(), school.visits[0], form)), kNoSuchThing);
  EXPECT_EQ(refusal(arrange_visit(school.ports, school.office, school.visits[0], form)), kNoSuchThing);
  school.hand_in(0);
  EXPECT_EQ(refusal(arrange({"2021-01-23 14:00", "home", "", "", ""})), "error.done_before") << "kept or not is read from it";
}

using FamilyAnswer_D7_R15 = Visiting;

TEST_F(FamilyAnswer_D7_R15, AFamilyMayDeclineAndIsOfferedAnotherWay) {
  EXPECT_EQ(answer(VisitState::kDeclined)->state, VisitState::kDeclined);
  EXPECT_EQ(answer(VisitState::kDeclined)->state, VisitState::kDeclined) << "twice is once";
  ASSERT_TRUE(arrange({"2021-01-24 10:00", "phone", "", "", ""}));
  EXPECT_EQ(visit().state, VisitState::kAssigned);
  EXPECT_EQ(answer(VisitState::kUnreachable)->state, VisitState::kUnreachable);
}

TEST_F(FamilyAnswer_D7_R15, NothingElseIsAnAnswer) {
  EXPECT_THAT(problems(answer(VisitState::kVisited)), ElementsAre("answer: field.not_offered"));
  EXPECT_EQ(refusal(note_family_answer(school.ports, stranger(), school.visits[0], VisitState::kDeclined)), kNoSuchThing);
}

TEST_F(FamilyAnswer_D7_R15, AVisitThatTookPlaceWasNotDeclined) {
  school.prepare(0);
  school.write_record(0);
  EXPECT_EQ(refusal(answer(VisitState::kDeclined)), "error.done_before");
}

class Contacts : public Visiting {
 protected:
  Result<model::Guardian> reveal(const model::Actor& actor, const char* reason) { return reveal_guardian(school.ports, actor, school.visits[1], reason); }
  std::vector<model::AuditEvent> reveals() {
    auto events = school.rows<model::AuditEvent>();
    std::erase_if(events, [](const model::AuditEvent& event) { return event.verb != "reveal_guardian"; });
    return events;
  }
};

using Contact_S101_D9 = Contacts;

TEST_F(Contact_S101_D9, IsShownToOfficeAndHeadAfterAReasonThatIsKept) {
  EXPECT_THAT(fields(reveal(school.office, "")), ElementsAre("reason"));
  EXPECT_EQ(reveal(school.office, "家长来电未留号")->phone, "13800000021");
  EXPECT_EQ(reveal(school.head, "家长来电未留号")->phone, "13800000021");
  ASSERT_EQ(reveals().size(), 2u);
  EXPECT_EQ(reveals()[0].reason, "家长来电未留号");
  EXPECT_EQ(reveals()[0].fields.find("138"), std::string::npos) << "the log holds no contact";
}

TEST_F(Contact_S101_D9, AReasonOpensNothingToOthers) {
  for (const model::Actor& other : {school.editor, school.hr, school.committee, school.auditor, school.it_admin, school.as(school.homeroom[0])}) {
    EXPECT_EQ(refusal(reveal(other, "想知道")), kNoSuchThing);
  }
  EXPECT_EQ(reveal(school.leader(), "想知道")->phone, "138****0021");
}

class Gifts : public Visiting {
 protected:
  Result<model::GiftReport> report(const std::string& text = "家长留下一箱橙子，已托门卫退回。", Id<model::GiftReport> id = kReport) { return report_gift(school.ports, homeroom(), school.visits[0], id, text); }
  Result<model::GiftReport> handle(const model::Actor& actor, const Id<model::GiftReport>& id, const char* outcome = "已核实，退回属实") {
    return handle_gift(school.ports, actor, id, outcome);
  }
};

using Gift_S97 = Gifts;

TEST_F(Gift_S97, IsToldByTheTeamAndReachesWhoDecides) {
  auto told = report();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->state, model::GiftState::kReported);
  for (const model::Actor& reader : {school.office, school.committee, school.head}) EXPECT_EQ(gift_reports(school.ports, reader)->size(), 1u);
  for (const model::Actor& other : {stranger(), school.hr, school.editor, school.auditor}) EXPECT_THAT(*gift_reports(school.ports, other), IsEmpty());
  EXPECT_EQ(refusal(report_gift(school.ports, stranger(), school.visits[0], kReport, "听说收了礼")), kNoSuchThing);
  EXPECT_THAT(fields(report("")), ElementsAre("text"));
}

TEST_F(Gift_S97, SentTwiceIsOneReportOtherWordsNeedAnotherId) {
  auto first = report();
  EXPECT_EQ(report()->id, first->id);
  EXPECT_EQ(refusal(report("家长又要请吃饭，谢绝了。")), "error.duplicate");
  EXPECT_NE(report("家长又要请吃饭，谢绝了。", kAnother)->id, first->id);
}

TEST_F(Gift_S97, IsHandledOnceWithItsOutcome) {
  auto told = report();
  EXPECT_THAT(fields(handle(school.office, told->id, "")), ElementsAre("outcome"));
  EXPECT_EQ(handle(school.office, told->id)->outcome, "已核实，退回属实");
  EXPECT_TRUE(handle(school.office, told->id));
  EXPECT_EQ(refusal(handle(school.committee, told->id, "另一个说法")), "error.done_before");
}

TEST_F(Gift_S97, NobodyHandlesWhatConcernsTheirOwnVisit) {
  auto told = report();
  for (const model::Actor& other : {homeroom(), school.leader(), school.head, school.hr}) EXPECT_EQ(refusal(handle(other, told->id)), kNoSuchThing);
  for (const model::Teacher& teacher : {school.homeroom[0], school.companion[0]}) {
    EXPECT_EQ(refusal(handle(school.also(teacher, model::Role::kEthicsCommittee), told->id)), kNoSuchThing) << "of the team (D9)";
  }
  EXPECT_TRUE(handle(school.also(school.homeroom[1], model::Role::kEthicsCommittee), told->id));
}

using PublishConsent_D1_D7 = Visiting;

TEST_F(PublishConsent_D1_D7, IsAskedApartNotedByTheTeamAndCanBeTakenBack) {
  auto note = [&](const model::Actor& actor, model::ConsentAnswer answer) {
    return note_publish_consent(school.ports, actor, school.visits[0], answer, model::ConsentMeans::kPaper);
  };
  EXPECT_EQ(refusal(note(stranger(), model::ConsentAnswer::kGranted)), kNoSuchThing);
  EXPECT_EQ(refusal(note(school.editor, model::ConsentAnswer::kGranted)), kNoSuchThing);
  EXPECT_EQ(note(homeroom(), model::ConsentAnswer::kGranted)->answer, model::ConsentAnswer::kGranted);
  auto withdrawn = note(companion(), model::ConsentAnswer::kWithdrawn);
  EXPECT_EQ(withdrawn->withdrawn_at, school.clock->now());
  EXPECT_FALSE(note(homeroom(), model::ConsentAnswer::kGranted)->withdrawn_at) << "given again";
  EXPECT_EQ(school.rows<model::Consent>().size(), 1u);
}

using Visit_R4 = Visiting;

TEST_F(Visit_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  auto ready = [](TestSchool& fresh) { fresh.start_visiting(); };
  auto writer = [](TestSchool& fresh) { return fresh.as(fresh.homeroom[0]); };
  expect_safe_to_repeat(ready, [&](TestSchool& fresh) { return save_preparation(fresh.ports, writer(fresh), fresh.visits[0], 0, "优点：爱提问。", true).ok(); });
  expect_safe_to_repeat(ready, [&](TestSchool& fresh) {
    return arrange_visit(fresh.ports, writer(fresh), fresh.visits[0], {"2021-01-23 15:00", "home", "paper", "granted", "refused"}).ok();
  });
  expect_safe_to_repeat(ready, [&](TestSchool& fresh) { return note_family_answer(fresh.ports, writer(fresh), fresh.visits[0], VisitState::kDeclined).ok(); });
  expect_safe_to_repeat(ready, [&](TestSchool& fresh) { return report_gift(fresh.ports, writer(fresh), fresh.visits[0], kReport, "一箱橙子，已退回。").ok(); });
}

}  // namespace
}  // namespace shide::workflow
