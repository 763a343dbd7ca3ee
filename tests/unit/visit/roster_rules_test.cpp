// When a roster is whole: two classes, three teachers and the campaign's bounds.
#include "visit/roster_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace shide::visit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AnnexTwo : public ::testing::Test {
 protected:
  AnnexTwo() {
    for (const char* name : {"yu", "ye", "gu", "bai"}) {
      model::Teacher teacher;
      teacher.id.value = teacher.name = name;
      teachers.push_back(teacher);
    }
  }
  RosterLine line(const char* name, std::vector<std::string> team, bool has_student = true) {
    RosterLine one;
    one.school_class.id.value = one.school_class.name = name;
    one.school_class.homeroom_teacher_id.value = team.empty() ? "nobody of the grade" : team.front();
    one.has_student = has_student;
    for (const std::string& id : team) one.team.push_back({id});
    return one;
  }
  static std::vector<std::string> told(const std::vector<Problem>& problems) {
    std::vector<std::string> list;
    for (const Problem& one : problems) list.push_back(one.path + ": " + one.phrase.code);
    return list;
  }
  model::Campaign campaign;  // 2 to 3, the homeroom teacher counted
  std::vector<model::Teacher> teachers;
};

using AnnexTwo_S48_S76_D4 = AnnexTwo;

TEST_F(AnnexTwo_S48_S76_D4, TwoOrThreeAreATeamWithTheHomeroomTeacherCounted) {
  EXPECT_THAT(told(team_problems(line("3-1", {"yu"}), campaign)), ElementsAre("team.3-1: roster.team_small"));
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye"}), campaign)), IsEmpty());
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye", "gu"}), campaign)), IsEmpty());
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye", "gu", "bai"}), campaign)), ElementsAre("team.3-1: roster.team_large"));
}

TEST_F(AnnexTwo_S48_S76_D4, OrBesideTheHomeroomTeacherWhereTheSchoolReadsItSo) {
  campaign.homeroom_counts = false;
  EXPECT_EQ(counted_team(line("3-1", {"yu", "ye", "gu", "bai"}), campaign), 3u);
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye"}), campaign)), ElementsAre("team.3-1: roster.team_small"));
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye", "gu", "bai"}), campaign)), IsEmpty());
}

TEST_F(AnnexTwo_S48_S76_D4, TheTextNamesTheClassTheBoundsAndTheCount) {
  std::string text = render(team_problems(line("三(5)班", {"yu"}), campaign).front().phrase, Language::kChinese);
  EXPECT_EQ(text, "每组2到3人。三(5)班现在1人，请补一位。");
}

using AnnexTwo_S21 = AnnexTwo;

TEST_F(AnnexTwo_S21, TheHomeroomTeacherBelongsToTheTeam) {
  RosterLine without = line("3-1", {"yu", "ye"});
  without.school_class.homeroom_teacher_id.value = "gu";
  EXPECT_THAT(told(team_problems(without, campaign)), ElementsAre("team.3-1: roster.homeroom_missing"));
}

using AnnexTwo_S77 = AnnexTwo;

TEST_F(AnnexTwo_S77, NobodyIsNamedTwice) {
  EXPECT_THAT(told(team_problems(line("3-1", {"yu", "ye", "ye"}), campaign)), ElementsAre("team.3-1: roster.team_twice"));
}

using AnnexTwo_S22_S58_D5 = AnnexTwo;

TEST_F(AnnexTwo_S22_S58_D5, NobodyInPostIsLeftOut) {
  std::vector<RosterLine> lines = {line("3-1", {"yu", "ye"}), line("3-2", {"gu", "ye"})};
  auto out = left_out(lines, teachers);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out.front().name, "bai");
  EXPECT_THAT(told(missing_in_roster(lines, teachers, campaign)), ElementsAre("teacher.bai: roster.teacher_left_out"));
}

TEST_F(AnnexTwo_S22_S58_D5, WhoIsExcusedOwesNoVisit) {
  std::vector<RosterLine> lines = {line("3-1", {"yu", "ye"}), line("3-2", {"gu", "ye"})};
  for (model::Duty duty : {model::Duty::kOnLeave, model::Duty::kSeconded, model::Duty::kPregnancy, model::Duty::kIllness, model::Duty::kLeft}) {
    teachers.back().duty = duty;
    EXPECT_THAT(missing_in_roster(lines, teachers, campaign), IsEmpty()) << model::code_of(duty);
  }
}

using AnnexTwo_S47 = AnnexTwo;

TEST_F(AnnexTwo_S47, AClassWithoutAPupilIsNamedAndItsTeamNotAskedFor) {
  std::vector<RosterLine> lines = {line("3-1", {"yu", "ye", "gu"}), line("3-2", {"bai"}, false)};
  EXPECT_THAT(told(missing_in_roster(lines, teachers, campaign)), ElementsAre("student.3-2: roster.student_missing"));
}

using NextFreePlace_S58 = AnnexTwo;

TEST_F(NextFreePlace_S58, IsATeamThatIsTooSmallThenAClassTheyTeach) {
  std::vector<RosterLine> lines = {line("3-1", {"yu", "gu"}), line("3-2", {"ye"})};
  auto place = next_free_place(lines, teachers, campaign, {{"3-1", {{"bai"}}}});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->class_id.value, "3-2");
  EXPECT_EQ(place->teacher_id.value, "bai");
  EXPECT_FALSE(place->teaches);
  EXPECT_TRUE(place->completes);
  lines[1] = line("3-2", {"ye", "gu"});
  place = next_free_place(lines, teachers, campaign, {{"3-1", {{"bai"}}}});
  ASSERT_TRUE(place);
  EXPECT_EQ(place->class_id.value, "3-1");
  EXPECT_TRUE(place->teaches);
}

TEST_F(NextFreePlace_S58, CompletesOnlyWhenNothingElseIsMissing) {
  auto place = next_free_place({line("3-1", {"yu", "gu"}), line("3-2", {"ye"}, false)}, teachers, campaign, {});
  ASSERT_TRUE(place);
  EXPECT_FALSE(place->completes);
}

TEST_F(NextFreePlace_S58, IsNoneWhenNobodyIsLeftOutOrNoTeamHasRoom) {
  EXPECT_FALSE(next_free_place({line("3-1", {"yu", "gu"}), line("3-2", {"ye", "bai"})}, teachers, campaign, {}));
  EXPECT_FALSE(next_free_place({line("3-1", {"yu", "gu", "ye"})}, teachers, campaign, {}));
  EXPECT_FALSE(next_free_place({line("3-1", {"yu"}, false)}, teachers, campaign, {})) << "no pupil, no team";
}

}  // namespace
}  // namespace shide::visit
