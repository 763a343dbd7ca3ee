// Allocation as a grade leader uses it: proposed, moved by hand, taken as a whole; the rules it respects, and who may see them.
#include "workflow/allocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/interrupted.h"
#include "support/refusal.h"
#include "workflow/companions.h"
#include "workflow/roster.h"
#include "workflow/visit.h"

namespace shide::workflow {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::expect_safe_to_repeat;
using testing::kNoSuchThing;
using testing::problems;
using testing::refusal;
using testing::TestSchool;
using Outcome = visit::Allocation::Outcome;

TypedTeams teams_of(const visit::Allocation& proposal) {
  TypedTeams teams;
  for (const visit::AllocatedTeam& one : proposal.teams) {
    for (std::size_t i = 1; i < one.members.size(); ++i) teams[one.class_id.value].push_back(one.members[i].value);
  }
  return teams;
}

class AllocatedGrade : public ::testing::Test {
 protected:
  AllocatedGrade() {
    school.announce_campaign();
    school.choose_everywhere();
  }
  AllocationSheet sheet(const model::Actor& actor) { return *allocation_sheet(school.ports, actor, school.roster); }
  AllocationSheet sheet() { return sheet(school.leader()); }
  Result<model::Roster> accept(const AllocationSheet& seen, const TypedTeams& teams) {
    return accept_allocation(school.ports, school.leader(), school.roster, seen.roster.roster.version, seen.fingerprint, teams);
  }
  Result<model::TeamRule> not_with(const model::Teacher& one, const model::Teacher& other) {
    return add_team_rule(school.ports, school.leader(), school.roster, {"not_with", one.id.value, other.id.value, "", ""});
  }
  Result<model::TeamRule> away(const model::Teacher& one, const std::string& from, const std::string& to) {
    return add_team_rule(school.ports, school.leader(), school.roster, {"away", one.id.value, "", from, to});
  }
  /// An arts teacher who teaches these classes.
  model::Teacher arts_teacher(const char* name, std::vector<int> taught, model::AssignmentKind kind = model::AssignmentKind::kLesson) {
    if (arts.empty()) {
      model::GradeGroup group;
      group.school_year = "2020-2021";
      group.name = "艺体综合组";
      group.kind = model::GradeGroupKind::kArtsSports;
      arts = school.add(group).id;
    }
    model::Teacher teacher;
    teacher.name = name;
    teacher.staff_number = std::string("09") + std::to_string(++count);
    teacher.grade_group_id = arts;
    teacher = school.add(teacher);
    for (int i : taught) {
      model::TeachingAssignment one;
      one.school_year = "2020-2021";
      one.teacher_id = teacher.id;
      one.class_id = school.classes[static_cast<std::size_t>(i)].id;
      one.kind = kind;
      school.add(one);
    }
    return teacher;
  }
  TestSchool school;
  Id<model::GradeGroup> arts;
  int count = 0;
};

using AllocatedGrade_S58 = AllocatedGrade;

TEST_F(AllocatedGrade_S58, EverybodyOfTheGradeGetsATeamAndItIsTakenAsAWhole) {
  AllocationSheet seen = sheet();
  ASSERT_EQ(seen.proposal.outcome, Outcome::kFull);
  ASSERT_TRUE(accept(seen, teams_of(seen.proposal)));
  EXPECT_THAT(sheet().roster.missing, IsEmpty());
  EXPECT_THAT(school.rows<model::CoVisitor>(), SizeIs(12));
  std::vector<std::string> verbs;
  for (const auto& event : school.rows<model::AuditEvent>()) verbs.push_back(event.verb);
  EXPECT_THAT(verbs, Contains("accept_allocation"));
  EXPECT_TRUE(submit_roster(school.ports, school.leader(), school.roster));
}

TEST_F(AllocatedGrade_S58, TakenTwiceItIsTakenOnce) {
  AllocationSheet seen = sheet();
  auto first = accept(seen, teams_of(seen.proposal)), second = accept(seen, teams_of(seen.proposal));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->version, second->version);
}

TEST_F(AllocatedGrade_S58, AProposalThatIsNoLongerTrueIsRefused) {
  model::Teacher seventh;
  seventh.name = "苗雨";
  seventh.staff_number = "0801";
  seventh.grade_group_id = school.grade_group;
  seventh = school.add(seventh);
  AllocationSheet seen = sheet();
  TypedTeams teams = teams_of(seen.proposal);
  ASSERT_TRUE(not_with(school.companion[0], school.companion[1]));
  EXPECT_EQ(refusal(accept(seen, teams)), "allocation.stale") << "a rule was added";
  seen = sheet();
  school.amend<model::Teacher>([&](model::Teacher& one) {
    bool it = one.id == seventh.id;
    if (it) one.duty = model::Duty::kIllness;
    return it;
  });
  EXPECT_EQ(refusal(accept(seen, teams_of(seen.proposal))), "allocation.stale") << "somebody fell ill";
  AllocationSheet open = sheet();
  TypedTeams some;
  some[school.classes[0].id.value] = {school.companion[0].id.value};
  ASSERT_TRUE(set_teams(school.ports, school.leader(), school.roster, open.roster.roster.version, some));
  EXPECT_EQ(refusal(accept(open, teams_of(open.proposal))), "allocation.stale") << "somebody set a team meanwhile";
}

TEST_F(AllocatedGrade_S58, WhatAHandBreaksIsSaidAndNotTaken) {
  ASSERT_TRUE(not_with(school.companion[0], school.companion[1]));
  AllocationSheet seen = sheet();
  TypedTeams teams;
  for (int i = 0; i < TestSchool::kClasses; ++i) teams[school.classes[i].id.value] = {};
  teams[school.classes[0].id.value] = {school.companion[0].id.value, school.companion[1].id.value};
  std::vector<std::string> said;
  for (const Problem& one : wrong_with(seen.roster, teams)) said.push_back(one.path + ": " + one.phrase.code);
  EXPECT_THAT(said, AllOf(Contains("team." + school.classes[0].id.value + ": allocation.broken_not_with"), Contains("team." + school.classes[1].id.value + ": roster.team_small"),
                          Contains("teacher." + school.companion[5].id.value + ": roster.teacher_left_out")));
  EXPECT_THAT(problems(accept(seen, teams)), Contains("team." + school.classes[0].id.value + ": allocation.broken_not_with"));
  TypedTeams one_team = {{school.classes[0].id.value, teams[school.classes[0].id.value]}};
  EXPECT_THAT(problems(set_teams(school.ports, school.leader(), school.roster, seen.roster.roster.version, one_team)),
              ElementsAre("team." + school.classes[0].id.value + ": allocation.broken_not_with")) << "the roster's own page respects it too";
}

TEST_F(AllocatedGrade_S58, ADayAwayMattersOnceTheFamilyHasAgreedOnADay) {
  ASSERT_TRUE(arrange_visit(school.ports, school.as(school.homeroom[0]), school.visits[0], {"2021-01-23 15:00", "home", "spoken", "granted", "granted"}));
  ASSERT_TRUE(away(school.companion[0], "2021-01-23", "2021-01-23"));
  AllocationSheet seen = sheet();
  ASSERT_EQ(seen.proposal.outcome, Outcome::kFull);
  for (const auto& team : seen.proposal.teams) {
    if (team.class_id != school.classes[0].id) continue;
    EXPECT_THAT(team.members, Not(Contains(school.companion[0].id)));
  }
}

TEST_F(AllocatedGrade_S58, WhereNothingWorksTheRulesAreNamedInWords) {
  ASSERT_TRUE(away(school.homeroom[2], "2021-01-20", "2021-01-30"));
  AllocationSheet seen = sheet();
  ASSERT_EQ(seen.proposal.outcome, Outcome::kImpossible);
  std::vector<std::string> said;
  for (const Phrase& one : seen.proposal.conflict) said.push_back(render(one, Language::kChinese));
  EXPECT_THAT(said, ElementsAre("班主任带队，去自己班的这一户", school.homeroom[2].name + "老师有不在的日子"));
}

using TeamRules_D5 = AllocatedGrade;

TEST_F(TeamRules_D5, OnlyTheGradeLeaderAndTheOfficeSeeThem) {
  auto rule = not_with(school.companion[0], school.companion[1]);
  ASSERT_TRUE(rule);
  EXPECT_THAT(sheet().roster.rules, SizeIs(1));
  EXPECT_THAT(sheet(school.office).roster.rules, SizeIs(1));
  for (const model::Actor& other : {school.as(school.companion[1]), school.as(school.homeroom[0]), school.head, school.committee, school.hr, school.auditor}) {
    EXPECT_EQ(refusal(allocation_sheet(school.ports, other, school.roster)), kNoSuchThing);
    EXPECT_EQ(refusal(add_team_rule(school.ports, other, school.roster, {"not_with", school.companion[2].id.value, school.companion[3].id.value, "", ""})), kNoSuchThing);
    EXPECT_EQ(refusal(remove_team_rule(school.ports, other, school.roster, rule->id)), kNoSuchThing);
  }
  EXPECT_EQ(refusal(remove_team_rule(school.ports, school.office, school.roster, rule->id)), kNoSuchThing) << "the office reads, the leader decides";
  for (const auto& event : school.rows<model::AuditEvent>()) {
    EXPECT_THAT(event.fields + event.reason, Not(::testing::HasSubstr(school.companion[1].id.value))) << "the log does not tell who";
  }
  EXPECT_TRUE(remove_team_rule(school.ports, school.leader(), school.roster, rule->id));
  EXPECT_TRUE(remove_team_rule(school.ports, school.leader(), school.roster, rule->id)) << "gone is gone";
  EXPECT_THAT(school.rows<model::TeamRule>(), IsEmpty());
}

TEST_F(TeamRules_D5, WhatIsTypedWrongIsSaidBesideItsField) {
  EXPECT_THAT(problems(add_team_rule(school.ports, school.leader(), school.roster, {"away", "nobody", "", "2021-02-30", "x"})),
              ElementsAre("teacher_id: allocation.choose_teacher", "from: field.no_such_day", "to: field.no_such_day"));
  EXPECT_THAT(problems(not_with(school.companion[0], school.companion[0])), ElementsAre("other_id: allocation.choose_another"));
  EXPECT_THAT(problems(away(school.companion[0], "2021-01-24", "2021-01-23")), ElementsAre("to: allocation.days_reversed"));
  EXPECT_THAT(problems(away(school.companion[0], "2021-03-01", "2021-03-02")), ElementsAre("from: allocation.days_outside"));
  auto first = not_with(school.companion[0], school.companion[1]), same = not_with(school.companion[1], school.companion[0]);
  ASSERT_TRUE(first && same);
  EXPECT_EQ(first->id, same->id);
}

using Seats_S48_D4 = AllocatedGrade;

TEST_F(Seats_S48_D4, OneSeatMoreIsAskedForAndGrantedNeverSilentlyTaken) {
  EXPECT_EQ(refusal(ask_for_seat(school.ports, school.leader(), school.roster)), "allocation.no_seat_needed");
  EXPECT_EQ(refusal(grant_seat(school.ports, school.office, school.roster)), "allocation.seat_not_asked");
  for (int i = 0; i < 7; ++i) {  // thirteen companions for twelve places
    model::Teacher more;
    more.name = "同事" + std::to_string(i);
    more.staff_number = "08" + std::to_string(i);
    more.grade_group_id = school.grade_group;
    school.add(more);
  }
  AllocationSheet seen = sheet();
  ASSERT_EQ(seen.proposal.outcome, Outcome::kFull);
  EXPECT_THAT(seen.proposal.teams_of_four, SizeIs(1));
  EXPECT_THAT(problems(accept(seen, teams_of(seen.proposal))), Contains(::testing::HasSubstr("roster.team_large"))) << "proposed is not granted";
  ASSERT_TRUE(ask_for_seat(school.ports, school.leader(), school.roster));
  EXPECT_EQ(refusal(grant_seat(school.ports, school.leader(), school.roster)), kNoSuchThing);
  EXPECT_EQ(refusal(grant_seat(school.ports, school.also(school.companion[0], model::Role::kStudentOffice), school.roster)), "allocation.own_seat");
  ASSERT_TRUE(grant_seat(school.ports, school.office, school.roster));
  seen = sheet();
  EXPECT_THAT(seen.proposal.teams_of_four, IsEmpty());
  EXPECT_TRUE(accept(seen, teams_of(seen.proposal)));
  EXPECT_THAT(sheet().roster.missing, IsEmpty());
}

using ArtsAndSports_S60_S61_S62_S63 = AllocatedGrade;

TEST_F(ArtsAndSports_S60_S61_S62_S63, WhoHasAgreedIsPlacedThereAndOthersChooseByThemselvesUntilThreeDaysBefore) {
  model::Teacher agreed = arts_teacher("白露", {0, 3}), free = arts_teacher("田野", {2}, model::AssignmentKind::kClub);
  auto wish = ask_to_join(school.ports, school.as(agreed), school.classes[3].id);
  ASSERT_TRUE(wish) << refusal(wish);
  ASSERT_TRUE(answer_wish(school.ports, school.as(school.homeroom[3]), wish->id, true));
  auto place = [&](const model::Teacher& teacher) {
    AllocationSheet seen = sheet();
    for (const auto& team : seen.proposal.teams) {
      if (std::find(team.members.begin(), team.members.end(), teacher.id) != team.members.end()) return team.class_id.value;
    }
    return std::string();
  };
  EXPECT_EQ(place(agreed), school.classes[3].id.value);
  school.clock->advance(time_of(*make_date(2021, 1, 14), 9) - school.clock->now());
  EXPECT_EQ(place(free), "") << "there is time to choose";
  school.clock->advance(time_of(*make_date(2021, 1, 17), 9) - school.clock->now());
  EXPECT_EQ(place(free), school.classes[2].id.value);
  std::vector<std::string> codes;
  for (const Problem& one : sheet().roster.missing) codes.push_back(one.phrase.code);
  EXPECT_THAT(codes, Contains("allocation.broken_agreed")) << "an agreement is kept before the roster is handed in";
}

using AllocatedGrade_R4 = AllocatedGrade;

TEST_F(AllocatedGrade_R4, EachStepCutShortIsFinishedByDoingItAgain) {
  auto ready = [](TestSchool& fresh) { fresh.announce_campaign(), fresh.choose_everywhere(); };
  expect_safe_to_repeat(ready, [](TestSchool& fresh) {
    return add_team_rule(fresh.ports, fresh.leader(), fresh.roster, {"not_with", fresh.companion[0].id.value, fresh.companion[1].id.value, "", ""}).ok();
  });
  expect_safe_to_repeat(ready, [](TestSchool& fresh) {
    auto seen = allocation_sheet(fresh.ports, fresh.leader(), fresh.roster);
    return seen && accept_allocation(fresh.ports, fresh.leader(), fresh.roster, seen->roster.roster.version, seen->fingerprint, teams_of(seen->proposal)).ok();
  });
}

}  // namespace
}  // namespace shide::workflow
