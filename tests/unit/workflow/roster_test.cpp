// Annex 2: who is visited, by whom, and the roster's way from the grade to the office and back.
#include "workflow/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/record.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::expect_safe_to_repeat;
using testing::fields;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;

ChosenStudentForm form_for(const model::Student& student) { return {student.id.value, "1", "丁建平", "father", "13800000020", "", {}}; }

std::map<std::string, std::vector<std::string>> pairs_of(const TestSchool& school) {
  std::map<std::string, std::vector<std::string>> teams;
  for (int i = 0; i < TestSchool::kClasses; ++i) teams[school.classes[i].id.value] = {school.companion[i].id.value};
  return teams;
}

class Choosing : public ::testing::Test {
 protected:
  Choosing() { school.announce_campaign(); }
  Result<model::Visit> choose(const ChosenStudentForm& form) {
    return choose_student(school.ports, school.as(school.homeroom[0]), school.campaign, school.classes[0].id, form);
  }
  TestSchool school;
};

using Roster_S23_S47 = Choosing;

TEST_F(Roster_S23_S47, APupilOfAnotherClassIsRefusedBesideTheField) {
  EXPECT_THAT(problems(choose(form_for(school.students[2]))), ElementsAre("student_id: roster.other_class"));
  EXPECT_THAT(school.rows<model::Visit>(), IsEmpty());
}

TEST_F(Roster_S23_S47, ASecondChoiceReplacesTheFirst) {
  ASSERT_TRUE(choose(form_for(school.students[0])));
  ASSERT_TRUE(choose(form_for(school.students[1])));
  ASSERT_EQ(school.rows<model::Visit>().size(), 1u) << "one pupil a class";
  EXPECT_EQ(school.rows<model::VisitedStudent>().front().name, school.students[1].name);
  EXPECT_EQ(school.rows<model::Guardian>().size(), 1u);
  EXPECT_EQ(school.rows<model::CoVisitor>().size(), 1u);
}

using Roster_R5 = Choosing;

TEST_F(Roster_R5, WhatWasPreparedForOnePupilNeverStandsInAnothersVisit) {
  auto visit = choose(form_for(school.students[0]));
  model::Actor writer = school.as(school.homeroom[0]);
  ASSERT_TRUE(save_preparation(school.ports, writer, visit->id, 0, "想问：谁陪写作业。", true));
  ASSERT_TRUE(arrange_visit(school.ports, writer, visit->id, {"2021-01-23 15:00", "home", "spoken", "granted", "granted"}));
  ChosenStudentForm mended = form_for(school.students[0]);
  mended.phone = "13800000099";
  ASSERT_TRUE(choose(mended));
  EXPECT_EQ(school.rows<model::Preparation>().size(), 1u) << "a corrected telephone number costs no work";
  ASSERT_TRUE(choose(form_for(school.students[1])));
  EXPECT_THAT(school.rows<model::Preparation>(), IsEmpty());
  EXPECT_THAT(school.rows<model::Consent>(), IsEmpty()) << "another family has not been asked";
  EXPECT_EQ(dossier(school.ports, school.office, visit->id)->visit.state, model::VisitState::kChosen);
  EXPECT_FALSE(dossier(school.ports, school.office, visit->id)->visit.appointment_at);
}

TEST_F(Roster_R5, ARecordThatWasBegunKeepsItsPupil) {
  auto visit = choose(form_for(school.students[0]));
  visit::RecordForm begun;
  begun.narrative = "只写了一半";
  ASSERT_TRUE(save_record(school.ports, school.as(school.homeroom[0]), visit->id, 0, begun, {}));
  EXPECT_THAT(problems(choose(form_for(school.students[1]))), ElementsAre("student_id: roster.record_begun"));
  EXPECT_EQ(school.rows<model::VisitedStudent>().front().name, school.students[0].name);
}

using Roster_S21_S46 = Choosing;

TEST_F(Roster_S21_S46, OnlyTheHomeroomTeacherChooses) {
  ChosenStudentForm form = form_for(school.students[0]);
  for (const model::Actor& other : {school.as(school.companion[0]), school.as(school.homeroom[1]), school.office, school.head}) {
    EXPECT_EQ(refusal(choose_student(school.ports, other, school.campaign, school.classes[0].id, form)), kNoSuchThing);
  }
}

TEST_F(Roster_S21_S46, AndSeesTheNamesOfTheOwnClassOnly) {
  EXPECT_EQ(students_of_class(school.ports, school.as(school.homeroom[0]), school.classes[0].id)->size(), 2u);
  EXPECT_THAT(*students_of_class(school.ports, school.as(school.homeroom[1]), school.classes[0].id), IsEmpty());
  EXPECT_THAT(*students_of_class(school.ports, school.hr, school.classes[0].id), IsEmpty());
}

using Roster_S24_S31 = Choosing;

TEST_F(Roster_S24_S31, APupilMayHaveSeveralCareCategoriesOrNone) {
  ASSERT_TRUE(choose(form_for(school.students[0])));
  EXPECT_THAT(school.rows<model::CareNote>(), IsEmpty());
  ChosenStudentForm form = form_for(school.students[0]);
  form.care_categories = {"migrant_family", "economic_hardship"};
  ASSERT_TRUE(choose(form));
  EXPECT_EQ(school.rows<model::CareNote>().front().categories,
            (std::set<model::CareCategory>{model::CareCategory::kEconomicHardship, model::CareCategory::kMigrantFamily}));
}

TEST_F(Roster_S24_S31, WhyAPupilWasChosenIsSeenByNeedOnly) {
  school.choose_everywhere();
  auto care_seen_by = [&](const model::Actor& actor) {
    auto seen = dossier(school.ports, actor, school.visits[1]);
    return seen && seen->care && !seen->care->categories.empty();
  };
  EXPECT_TRUE(care_seen_by(school.as(school.homeroom[1])));
  EXPECT_TRUE(care_seen_by(school.office));
  EXPECT_FALSE(care_seen_by(school.leader())) << "a grade leader counts them";
  EXPECT_FALSE(care_seen_by(school.head));
}

using Roster_S100_D7_D12 = Choosing;

TEST_F(Roster_S100_D7_D12, EachWrongFieldIsNamed) {
  ChosenStudentForm form{"x", "1", "", "uncle", "12", "", {"orphan"}};
  EXPECT_THAT(problems(choose(form)), ElementsAre("student_id: roster.student_choose", "guardian_name: field.empty", "relation: field.not_offered",
                                                  "phone: roster.phone_wrong", "care_categories: field.not_offered"));
}

TEST_F(Roster_S100_D7_D12, ANumberIsTakenInTheFormsPeopleWriteIt) {
  for (const auto& [typed, kept] : std::map<std::string, std::string>{{"138 0000-0020", "13800000020"}, {"１３８００００００２０", "13800000020"}, {"0519-8630000", "05198630000"}}) {
    ChosenStudentForm form = form_for(school.students[0]);
    form.phone = typed;
    ASSERT_TRUE(choose(form)) << typed;
    EXPECT_EQ(school.rows<model::Guardian>().front().phone, kept);
  }
}

TEST_F(Roster_S100_D7_D12, ACarerIsNoLegalGuardian) {
  ChosenStudentForm form = form_for(school.students[0]);
  form.relation = "carer";
  ASSERT_TRUE(choose(form));
  EXPECT_FALSE(school.rows<model::Guardian>().front().is_guardian);
  form.relation = "grandparent";
  ASSERT_TRUE(choose(form));
  EXPECT_TRUE(school.rows<model::Guardian>().front().is_guardian);
}

class Teams : public Choosing {
 protected:
  Teams() { school.choose_everywhere(); }
  Result<model::Roster> set(const std::map<std::string, std::vector<std::string>>& teams, std::int64_t version = 1) {
    return set_teams(school.ports, school.leader(), school.roster, version, teams);
  }
  /// A teacher of arts and sports, who teaches `school_class` if it is given.
  model::Teacher arts_teacher(const char* name, std::optional<model::SchoolClass> school_class, model::AssignmentKind kind = model::AssignmentKind::kLesson) {
    model::Teacher one;
    one.name = one.staff_number = name;
    one.grade_group_id.value = new_uuid(school.clock->now());
    model::Teacher teacher = school.add(one);
    if (!school_class) return teacher;
    model::TeachingAssignment assignment;
    assignment.school_year = "2020-2021";
    assignment.teacher_id = teacher.id;
    assignment.class_id = school_class->id;
    assignment.kind = kind;
    school.add(assignment);
    return teacher;
  }
};

using Roster_S48_D4 = Teams;

TEST_F(Roster_S48_D4, ATeamOfFourIsRefusedAndNothingIsSaved) {
  auto teams = pairs_of(school);
  for (int i : {1, 2}) teams[school.classes[0].id.value].push_back(school.companion[i].id.value);
  EXPECT_THAT(problems(set(teams)), ElementsAre("team." + school.classes[0].id.value + ": roster.team_large"));
  EXPECT_EQ(school.rows<model::CoVisitor>().size(), 6u) << "the right five were not saved either: the page is still open";
}

TEST_F(Roster_S48_D4, TheHomeroomTeacherNeedNotBeTypedAndCannotBeLeftOut) {
  ASSERT_TRUE(set(pairs_of(school)));
  auto teams = pairs_of(school);
  teams[school.classes[0].id.value].push_back(school.homeroom[0].id.value);
  ASSERT_TRUE(set(teams, 2));
  EXPECT_EQ(school.rows<model::CoVisitor>().size(), 12u);
}

TEST_F(Roster_S48_D4, AStalePageIsRefused) {
  ASSERT_TRUE(set(pairs_of(school)));
  auto teams = pairs_of(school);
  teams[school.classes[1].id.value] = {school.companion[2].id.value};
  EXPECT_EQ(set(teams, 1).error().code, ErrorCode::kStale);
}

TEST_F(Roster_S48_D4, WhoLeavesATeamIsNoCoVisitorAnyMore) {
  ASSERT_TRUE(set(pairs_of(school)));
  auto teams = pairs_of(school);
  teams[school.classes[1].id.value] = {school.companion[2].id.value};
  ASSERT_TRUE(set(teams, 2));
  EXPECT_EQ(refusal(dossier(school.ports, school.as(school.companion[1]), school.visits[1])), kNoSuchThing);
  EXPECT_TRUE(dossier(school.ports, school.as(school.companion[2]), school.visits[1]));
}

using Roster_S53_S54_D9 = Teams;

TEST_F(Roster_S53_S54_D9, TheGradeLeaderCompilesTheOwnGradeAndNobodyElseDoes) {
  model::Actor other_leader = school.as(school.homeroom[0]);
  other_leader.roles.insert(model::Role::kGradeLeader);
  other_leader.grade_groups = {new_uuid(school.clock->now())};
  for (const model::Actor& other : {school.office, school.head, other_leader, school.as(school.homeroom[0]), school.hr}) {
    EXPECT_EQ(refusal(set_teams(school.ports, other, school.roster, 1, pairs_of(school))), kNoSuchThing);
    EXPECT_EQ(refusal(submit_roster(school.ports, other, school.roster)), kNoSuchThing);
  }
  EXPECT_EQ(refusal(roster_sheet(school.ports, other_leader, school.roster)), kNoSuchThing);
  EXPECT_THAT(*roster_sheets(school.ports, other_leader, school.campaign), IsEmpty());
  EXPECT_EQ(roster_sheets(school.ports, school.office, school.campaign)->size(), 1u);
}

using Roster_S60_S61_S62_S63_D5 = Teams;

TEST_F(Roster_S60_S61_S62_S63_D5, ArtsAndSportsJoinWhereTheyTeachOrLeadAClub) {
  model::Teacher by_class = arts_teacher("黎歌", school.classes[0]), by_club = arts_teacher("田野", school.classes[1], model::AssignmentKind::kClub);
  auto sheet = roster_sheet(school.ports, school.leader(), school.roster);
  ASSERT_EQ(sheet->joining.size(), 2u);
  auto teams = pairs_of(school);
  teams[school.classes[0].id.value].push_back(by_class.id.value);
  teams[school.classes[1].id.value].push_back(by_club.id.value);
  EXPECT_TRUE(set(teams));
}

TEST_F(Roster_S60_S61_S62_S63_D5, WhoNeitherTeachesThereNorBelongsToTheGradeIsAStranger) {
  model::Teacher stranger = arts_teacher("鲁冰", {});
  auto teams = pairs_of(school);
  teams[school.classes[0].id.value].push_back(stranger.id.value);
  EXPECT_THAT(problems(set(teams)), ElementsAre("team." + school.classes[0].id.value + ": roster.stranger"));
}

using Roster_S22_S48_S54_S58 = Teams;

TEST_F(Roster_S22_S48_S54_S58, NamesEveryClassWithoutATeamAndEveryTeacherLeftOut) {
  auto submitted = submit_roster(school.ports, school.leader(), school.roster);
  EXPECT_THAT(fields(submitted), Contains("team." + school.classes[0].id.value));
  EXPECT_THAT(fields(submitted), Contains("teacher." + school.companion[1].id.value));
  EXPECT_EQ(school.rows<model::Roster>().front().state, model::RosterState::kOpen);
}

using Roster_S99_S100_S101 = Teams;

TEST_F(Roster_S99_S100_S101, AClassThatWaitsForItsHomeroomTeacherIsNamedAndTheSheetStands) {
  model::SchoolClass waiting = school.classes[0];
  waiting.name = "三(9)班";
  waiting.homeroom_teacher_id = {};
  waiting = school.add(waiting);
  auto sheet = roster_sheet(school.ports, school.leader(), school.roster);
  ASSERT_TRUE(sheet);
  std::vector<std::string> codes;
  for (const Problem& one : sheet->missing) codes.push_back(one.path + " " + one.phrase.code);
  EXPECT_THAT(codes, Contains("student." + waiting.id.value + " roster.no_homeroom"));
}

TEST_F(Roster_S99_S100_S101, IsOneSheetAGradeWithItsClassesInOrder) {
  auto sheet = roster_sheet(school.ports, school.leader(), school.roster);
  ASSERT_TRUE(sheet);
  ASSERT_EQ(sheet->rows.size(), 6u);
  for (int i = 0; i < TestSchool::kClasses; ++i) EXPECT_EQ(sheet->rows[i].school_class.name, school.classes[i].name);
  EXPECT_EQ(sheet->grade_group.name, "三年级组");
  EXPECT_EQ(sheet->rows[1].student->gender, "1");
}

TEST_F(Roster_S99_S100_S101, TheGradeLeaderSeesNamesAndMaskedPhones) {
  auto sheet = roster_sheet(school.ports, school.leader(), school.roster);
  EXPECT_EQ(sheet->rows[1].student->name, "周可欣") << "class 2: the leader is not in that team";
  EXPECT_EQ(sheet->rows[1].guardian->phone, "138****0021");
  EXPECT_EQ(sheet->rows[1].guardian->address, "");
}

class HandedIn : public Teams {
 protected:
  HandedIn() {
    EXPECT_TRUE(set(pairs_of(school)));
    EXPECT_TRUE(submit_roster(school.ports, school.leader(), school.roster));
  }
};

using Roster_S55_S56 = HandedIn;

TEST_F(Roster_S55_S56, TheOfficeSendsBackWithAReasonAndTheLeaderHandsInAgain) {
  EXPECT_THAT(fields(send_back_roster(school.ports, school.office, school.roster, "")), ElementsAre("reason"));
  ASSERT_TRUE(send_back_roster(school.ports, school.office, school.roster, "三(5)班的电话少一位"));
  EXPECT_EQ(roster_sheet(school.ports, school.leader(), school.roster)->roster.send_back_reason, "三(5)班的电话少一位");
  EXPECT_EQ(refusal(accept_roster(school.ports, school.office, school.roster)), "roster.not_submitted");
  ASSERT_TRUE(submit_roster(school.ports, school.leader(), school.roster));
  EXPECT_EQ(accept_roster(school.ports, school.office, school.roster)->state, model::RosterState::kAccepted);
  EXPECT_EQ(roster_sheet(school.ports, school.leader(), school.roster)->roster.send_back_reason, "");
}

TEST_F(Roster_S55_S56, HandedInItIsClosedToTheGrade) {
  ChosenStudentForm form = form_for(school.students[1]);
  EXPECT_EQ(refusal(choose(form)), "roster.not_open");
  auto teams = pairs_of(school);
  teams[school.classes[1].id.value] = {school.companion[2].id.value};
  EXPECT_EQ(refusal(set(teams, 3)), "roster.not_open");
}

TEST_F(Roster_S55_S56, HandingInAndAcceptingTwiceGiveTheFirstAnswer) {
  Time first = *school.rows<model::Roster>().front().submitted_at;
  school.clock->advance(kHour);
  EXPECT_EQ(submit_roster(school.ports, school.leader(), school.roster)->submitted_at, first);
  Time accepted = *accept_roster(school.ports, school.office, school.roster)->decided_at;
  school.clock->advance(kHour);
  EXPECT_EQ(accept_roster(school.ports, school.office, school.roster)->decided_at, accepted);
  EXPECT_EQ(refusal(send_back_roster(school.ports, school.office, school.roster, "太晚了")), "roster.not_submitted");
}

TEST_F(Roster_S55_S56, AcceptedItAssignsEveryVisit) {
  ASSERT_TRUE(accept_roster(school.ports, school.office, school.roster));
  for (const model::Visit& visit : school.rows<model::Visit>()) EXPECT_EQ(visit.state, model::VisitState::kAssigned);
}

TEST_F(Roster_S55_S56, LateIsShownNeverRefused) {
  EXPECT_FALSE(roster_sheet(school.ports, school.office, school.roster)->late);
  ASSERT_TRUE(send_back_roster(school.ports, school.office, school.roster, "电话少一位"));
  school.clock->advance(time_of(*make_date(2021, 1, 21)) - school.clock->now());
  ASSERT_TRUE(submit_roster(school.ports, school.leader(), school.roster));
  EXPECT_TRUE(roster_sheet(school.ports, school.office, school.roster)->late) << "after 24:00 of the 20th";
}

using Roster_D9 = HandedIn;

TEST_F(Roster_D9, OnlyTheOfficeAcceptsAndNobodyTheirOwn) {
  for (const model::Actor& other : {school.leader(), school.head, school.committee, school.as(school.homeroom[0])}) {
    EXPECT_EQ(refusal(accept_roster(school.ports, other, school.roster)), kNoSuchThing);
    EXPECT_EQ(refusal(send_back_roster(school.ports, other, school.roster, "不行")), kNoSuchThing);
  }
  EXPECT_EQ(refusal(accept_roster(school.ports, school.also(school.companion[0], model::Role::kStudentOffice), school.roster)), "roster.own");
  EXPECT_TRUE(accept_roster(school.ports, school.office, school.roster));
}

using Roster_R4 = Teams;

TEST_F(Roster_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  expect_safe_to_repeat([](TestSchool& fresh) { fresh.announce_campaign(); },
                        [](TestSchool& fresh) {
                          ChosenStudentForm form{fresh.students[0].id.value, "1", "丁建平", "father", "13800000020", "", {"disability"}};
                          return choose_student(fresh.ports, fresh.as(fresh.homeroom[0]), fresh.campaign, fresh.classes[0].id, form).ok();
                        });
  auto chosen = [](TestSchool& fresh) {
    fresh.announce_campaign();
    fresh.choose_everywhere();
  };
  auto set = [](TestSchool& fresh) {
    return set_teams(fresh.ports, fresh.leader(), fresh.roster, fresh.rows<model::Roster>().front().version, pairs_of(fresh)).ok();
  };
  auto submit = [](TestSchool& fresh) { return submit_roster(fresh.ports, fresh.leader(), fresh.roster).ok(); };
  auto teamed = [&](TestSchool& fresh) { chosen(fresh), set(fresh); };
  expect_safe_to_repeat(chosen, set);
  expect_safe_to_repeat(teamed, submit);
  expect_safe_to_repeat([&](TestSchool& fresh) { teamed(fresh), submit(fresh); },
                        [](TestSchool& fresh) { return accept_roster(fresh.ports, fresh.office, fresh.roster).ok(); });
}

}  // namespace
}  // namespace shide::workflow
