// Allocation: examples a grade leader would know, and thousands of small random grades against trying everything.
#include "visit/allocation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace shide::visit {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using Claim = TeacherToPlace::Claim;
using Outcome = Allocation::Outcome;

ClassToVisit class_named(const std::string& name, const std::string& homeroom) {
  ClassToVisit one;
  one.id.value = one.name = name;
  one.homeroom.value = one.homeroom_name = homeroom;
  return one;
}

TeacherToPlace teacher_named(const std::string& name, std::set<std::string> teaches = {}) {
  TeacherToPlace one;
  one.id.value = one.name = name;
  for (const std::string& id : teaches) one.teaches.insert({id});
  return one;
}

NotWith apart(const std::string& one, const std::string& other) { return {{one}, {other}, one, other}; }

std::vector<std::string> told(const Allocation& allocation) {
  std::vector<std::string> list;
  for (const Phrase& phrase : allocation.conflict) {
    std::string text = phrase.code.substr(std::string("allocation.rule_").size());
    for (const PhraseArgument& argument : phrase.args) {
      if (argument.name == "teacher" || argument.name == "one" || argument.name == "other" || argument.name == "class") text += " " + argument.text;
    }
    list.push_back(text);
  }
  return list;
}

/// "yu ye gu" for the team of that class.
std::string team_of(const Allocation& allocation, const std::string& class_id, std::int64_t pupil = 1) {
  std::string text;
  for (const AllocatedTeam& team : allocation.teams) {
    if (team.class_id.value != class_id || team.pupil != pupil) continue;
    for (const auto& member : team.members) text += (text.empty() ? "" : " ") + member.value;
  }
  return text;
}

class Allocation_S58 : public ::testing::Test {
 protected:
  Allocation_S58() {
    grade.classes = {class_named("3-1", "yu"), class_named("3-2", "he")};
    grade.teachers = {teacher_named("gu", {"3-1"}), teacher_named("ye", {"3-2"}), teacher_named("bai", {"3-1"}), teacher_named("mo", {"3-2"})};
    grade.days = 2;
  }
  GradeToAllocate grade;
};

TEST_F(Allocation_S58, EverybodyHasATeamAndThoseWhoTeachTheClassComeFirst) {
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_EQ(team_of(allocation, "3-1"), "yu bai gu");
  EXPECT_EQ(team_of(allocation, "3-2"), "he mo ye");
  EXPECT_TRUE(allocation.best);
  EXPECT_THAT(broken_by(grade, allocation.teams), IsEmpty());
}

TEST_F(Allocation_S58, IsExactWhereAGreedyHandGetsStuck) {
  // gu may go anywhere, ye only away from the homeroom teacher of 3-2: giving gu the place in 3-1 first would leave ye without.
  grade.team_max = 2;
  grade.teachers = {teacher_named("gu", {"3-1"}), teacher_named("ye", {"3-2"})};
  grade.not_with = {apart("ye", "he")};
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_EQ(team_of(allocation, "3-1"), "yu ye");
  EXPECT_EQ(team_of(allocation, "3-2"), "he gu");
}

TEST_F(Allocation_S58, TwoWhoShallNotGoTogetherDoNot) {
  grade.not_with = {apart("gu", "bai")};
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(broken_by(grade, allocation.teams), IsEmpty());
}

TEST_F(Allocation_S58, ATeamHasADayInCommon) {
  grade.away = {{{"gu"}, "gu", {0}}, {{"bai"}, "bai", {1}}};
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(broken_by(grade, allocation.teams), IsEmpty());
  grade.classes[0].day = 0;
  allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(team_of(allocation, "3-2"), ::testing::HasSubstr("gu")) << "gu is away on the day of 3-1";
}

TEST_F(Allocation_S58, ThreeWhoAvoidOneAnotherNeedThreeTeamsAndTheRulesAreNamed) {
  grade.not_with = {apart("gu", "ye"), apart("ye", "bai"), apart("gu", "bai")};
  Allocation allocation = allocate(grade);
  EXPECT_EQ(allocation.outcome, Outcome::kImpossible);
  EXPECT_TRUE(allocation.conflict_smallest);
  EXPECT_THAT(told(allocation), UnorderedElementsAre("everybody", "not_with bai gu", "not_with bai ye", "not_with gu ye"));
}

TEST_F(Allocation_S58, AHomeroomTeacherWhoIsAwayThroughoutIsSaidInTwoRules) {
  grade.away = {{{"he"}, "he", {0, 1}}};
  Allocation allocation = allocate(grade);
  EXPECT_EQ(allocation.outcome, Outcome::kImpossible);
  EXPECT_THAT(told(allocation), ElementsAre("homeroom", "away he"));
}

TEST_F(Allocation_S58, TooFewPeopleIsSaidAsTheSmallestTeam) {
  grade.teachers = {teacher_named("gu")};
  Allocation allocation = allocate(grade);
  EXPECT_EQ(allocation.outcome, Outcome::kImpossible);
  EXPECT_THAT(told(allocation), ElementsAre("at_least"));
}

using Allocation_S48_D4 = Allocation_S58;

TEST_F(Allocation_S48_D4, WhereTeachersOutnumberPlacesASecondPupilIsProposedInAsFewClassesAsWillDo) {
  grade.teachers.push_back(teacher_named("lin"));
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(told(allocation), ElementsAre("everybody", "at_most")) << "why it is needed";
  EXPECT_THAT(allocation.second_pupils, SizeIs(1));
  EXPECT_THAT(allocation.teams_of_four, IsEmpty());
  EXPECT_THAT(allocation.teams, SizeIs(3));
}

TEST_F(Allocation_S48_D4, AndATeamOfFourOnlyWhereNoClassCanTakeASecondPupil) {
  grade.teachers.push_back(teacher_named("lin"));
  for (ClassToVisit& one : grade.classes) one.may_take_second = false;
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(allocation.second_pupils, IsEmpty());
  EXPECT_THAT(allocation.teams_of_four, SizeIs(1));
}

using Allocation_S60_S61_S62 = Allocation_S58;

TEST_F(Allocation_S60_S61_S62, AnAgreementHoldsAndOthersOfArtsAndSportsGoOnlyWhereTheyTeach) {
  grade.teachers.pop_back();
  TeacherToPlace agreed = teacher_named("art", {"3-1", "3-2"}), free = teacher_named("pe", {"3-1"});
  agreed.claim = free.claim = Claim::kWelcome;
  agreed.only_taught = free.only_taught = true;
  agreed.agreed = Id<model::SchoolClass>{"3-2"};
  grade.teachers.push_back(agreed);
  grade.teachers.push_back(free);
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_THAT(team_of(allocation, "3-2"), ::testing::HasSubstr("art"));
  EXPECT_THAT(allocation.welcome_without, ElementsAre(Id<model::Teacher>{"pe"})) << "four places, and the three of the grade come first";
}

TEST_F(Allocation_S60_S61_S62, WhoMayHelpIsAskedOnlyWhereATeamWouldBeTooSmallTheLeastLoadedFirst) {
  grade.teachers = {teacher_named("gu")};
  for (const auto& [name, load] : {std::pair{"art", 2}, {"pe", 1}}) {
    grade.teachers.push_back(teacher_named(name));
    grade.teachers.back().claim = Claim::kHelper;
    grade.teachers.back().load = load;
  }
  Allocation allocation = allocate(grade);
  ASSERT_EQ(allocation.outcome, Outcome::kFull);
  EXPECT_EQ(team_of(allocation, "3-1").size() + team_of(allocation, "3-2").size(), std::string("yu gu").size() + std::string("he pe").size());
}

TEST_F(Allocation_S58, ALimitThatIsHitIsSaid) {
  grade.work = 10;
  EXPECT_EQ(allocate(grade).outcome, Outcome::kUndecided);
}

TEST_F(Allocation_S58, WhatAHandBreaksIsNamed) {
  grade.not_with = {apart("gu", "bai")};
  grade.away = {{{"ye"}, "ye", {0}}, {{"mo"}, "mo", {1}}};
  grade.teachers[1].only_taught = true;
  grade.teachers[1].agreed = Id<model::SchoolClass>{"3-2"};
  std::vector<AllocatedTeam> teams = {{{"3-1"}, 1, {{"yu"}, {"gu"}, {"bai"}}}, {{"3-2"}, 1, {{"he"}, {"ye"}, {"mo"}}}};
  auto codes = [&] {
    std::vector<std::string> list;
    for (const Problem& one : broken_by(grade, teams)) list.push_back(one.path + " " + one.phrase.code.substr(std::string("allocation.broken_").size()));
    return list;
  };
  EXPECT_THAT(codes(), UnorderedElementsAre("team.3-1 not_with", "team.3-2 days"));
  std::swap(teams[0].members[1], teams[1].members[1]);
  EXPECT_THAT(codes(), UnorderedElementsAre("team.3-2 agreed", "team.3-1 only_taught"));
}

// ── against trying everything ──

/// A rule as a bit, in the words of told().
using Rules = std::set<std::string>;

struct Liking {
  std::int64_t unwelcomed = 0, borrowed = 0, not_taught = 0, crowded = 0, moved = 0;
  auto operator<=>(const Liking&) const = default;
};

class EveryWay {
 public:
  explicit EveryWay(const GradeToAllocate& grade) : grade_(grade) {}

  Rules all_rules() const {
    Rules rules = {"everybody", "at_most", "at_least", "homeroom"};
    for (const auto& one : grade_.teachers) {
      if (one.agreed) rules.insert("agreed " + one.name + " " + one.agreed->value);
      if (one.only_taught) rules.insert("only_taught " + one.name);
    }
    for (const auto& one : grade_.classes) {
      if (one.day) rules.insert("class_day " + one.name);
    }
    for (const auto& one : grade_.away) rules.insert("away " + one.name);
    for (const auto& one : grade_.not_with) rules.insert("not_with " + std::min(one.one_name, one.other_name) + " " + std::max(one.one_name, one.other_name));
    return rules;
  }

  std::optional<Liking> best(const Rules& rules) {
    rules_ = &rules;
    best_.reset();
    place_.assign(grade_.teachers.size(), grade_.classes.size());
    go(0);
    return best_;
  }

  /// How much a finished allocation is liked, reckoned anew from its teams.
  Liking liking_of(const Allocation& allocation) const {
    std::vector<std::size_t> place(grade_.teachers.size(), grade_.classes.size());
    for (const AllocatedTeam& team : allocation.teams) {
      for (std::size_t i = 0; i < grade_.teachers.size(); ++i) {
        bool in = std::find(team.members.begin(), team.members.end(), grade_.teachers[i].id) != team.members.end();
        for (std::size_t c = 0; in && c < grade_.classes.size(); ++c) {
          if (grade_.classes[c].id == team.class_id) place[i] = c;
        }
      }
    }
    return liking(place);
  }

 private:
  bool on(const std::string& rule) const { return rules_->count(rule) > 0; }

  void go(std::size_t person) {
    if (person == place_.size()) {
      if (!fits()) return;
      Liking liking = this->liking(place_);
      if (!best_ || liking < *best_) best_ = liking;
      return;
    }
    for (place_[person] = 0; place_[person] <= grade_.classes.size(); ++place_[person]) go(person + 1);
  }

  bool fits() const {
    std::size_t nowhere = grade_.classes.size();
    std::int64_t leader = grade_.homeroom_counts ? 1 : 0;
    for (std::size_t i = 0; i < place_.size(); ++i) {
      const TeacherToPlace& one = grade_.teachers[i];
      if (place_[i] == nowhere && one.claim == Claim::kOwed && on("everybody")) return false;
      if (one.agreed && on("agreed " + one.name + " " + one.agreed->value) && (place_[i] == nowhere || grade_.classes[place_[i]].id != *one.agreed)) return false;
      if (one.only_taught && on("only_taught " + one.name) && place_[i] != nowhere && !one.teaches.count(grade_.classes[place_[i]].id)) return false;
    }
    for (std::size_t c = 0; c < grade_.classes.size(); ++c) {
      std::set<std::string> members;
      if (on("homeroom")) members.insert(grade_.classes[c].homeroom.value);
      std::int64_t companions = 0;
      for (std::size_t i = 0; i < place_.size(); ++i) {
        if (place_[i] != c) continue;
        members.insert(grade_.teachers[i].id.value);
        ++companions;
      }
      if (on("at_least") && companions + leader < grade_.team_min) return false;
      if (on("at_most") && companions + leader > grade_.team_max) return false;
      for (const auto& pair : grade_.not_with) {
        std::string rule = "not_with " + std::min(pair.one_name, pair.other_name) + " " + std::max(pair.one_name, pair.other_name);
        if (on(rule) && members.count(pair.one.value) && members.count(pair.other.value)) return false;
      }
      bool any_day = false;
      for (std::size_t day = 0; day < grade_.days; ++day) {
        bool all = !(grade_.classes[c].day && on("class_day " + grade_.classes[c].name) && *grade_.classes[c].day != day);
        for (const Away& away : grade_.away) {
          if (on("away " + away.name) && members.count(away.teacher.value) && away.days.count(day)) all = false;
        }
        any_day = any_day || all;
      }
      if (!any_day) return false;
    }
    return true;
  }

  Liking liking(const std::vector<std::size_t>& place) const {
    Liking liking;
    std::map<std::size_t, std::int64_t> sizes;
    for (std::size_t i = 0; i < place.size(); ++i) {
      const TeacherToPlace& one = grade_.teachers[i];
      if (place[i] == grade_.classes.size()) {
        liking.unwelcomed += one.claim == Claim::kWelcome;
        continue;
      }
      const auto& id = grade_.classes[place[i]].id;
      if (one.claim == Claim::kHelper) liking.borrowed += 1 + one.load;
      liking.not_taught += !one.teaches.count(id);
      liking.crowded += sizes[place[i]]++;
      liking.moved += one.present != id;
    }
    return liking;
  }

  const GradeToAllocate& grade_;
  const Rules* rules_ = nullptr;
  std::vector<std::size_t> place_;
  std::optional<Liking> best_;
};

class RandomGrades {
 public:
  explicit RandomGrades(unsigned seed) : random_(seed) {}

  GradeToAllocate next() {
    GradeToAllocate grade;
    std::size_t classes = 2 + below(2), people = 2 + below(5);
    grade.days = 1 + below(2);
    grade.team_max = 2 + static_cast<std::int64_t>(below(2));
    grade.team_min = 1 + static_cast<std::int64_t>(below(2));
    grade.homeroom_counts = below(4) > 0;
    for (std::size_t c = 0; c < classes; ++c) {
      grade.classes.push_back(class_named("c" + std::to_string(c), "h" + std::to_string(c)));
      grade.classes.back().may_take_second = false;
      if (below(5) == 0) grade.classes.back().day = below(grade.days);
    }
    for (std::size_t p = 0; p < people; ++p) grade.teachers.push_back(teacher(p, classes));
    std::size_t pairs = below(5);
    std::set<std::pair<std::string, std::string>> used;
    for (std::size_t i = 0; i < pairs; ++i) {
      std::string one = somebody(grade), other = somebody(grade);
      if (one < other && used.insert({one, other}).second) grade.not_with.push_back(apart(one, other));
    }
    std::set<std::string> away;
    for (std::size_t i = below(3); i > 0; --i) {
      std::string name = somebody(grade);
      if (away.insert(name).second) grade.away.push_back({{name}, name, {below(grade.days)}});
    }
    return grade;
  }
  std::size_t below(std::size_t limit) { return random_() % limit; }
  void shuffle(GradeToAllocate& grade) {
    std::shuffle(grade.classes.begin(), grade.classes.end(), random_);
    std::shuffle(grade.teachers.begin(), grade.teachers.end(), random_);
    std::shuffle(grade.not_with.begin(), grade.not_with.end(), random_);
    std::shuffle(grade.away.begin(), grade.away.end(), random_);
  }

 private:
  TeacherToPlace teacher(std::size_t number, std::size_t classes) {
    TeacherToPlace one = teacher_named("t" + std::to_string(number));
    one.claim = std::array{Claim::kOwed, Claim::kOwed, Claim::kWelcome, Claim::kHelper}[below(4)];
    one.load = static_cast<std::int64_t>(below(3));
    for (std::size_t c = 0; c < classes; ++c) {
      if (below(2)) one.teaches.insert({"c" + std::to_string(c)});
    }
    one.only_taught = below(4) == 0;
    if (below(5) == 0) one.agreed = Id<model::SchoolClass>{"c" + std::to_string(below(classes))};
    if (below(2)) one.present = Id<model::SchoolClass>{"c" + std::to_string(below(classes))};
    return one;
  }
  std::string somebody(const GradeToAllocate& grade) {
    std::size_t who = below(grade.teachers.size() + grade.classes.size());
    return who < grade.teachers.size() ? grade.teachers[who].id.value : grade.classes[who - grade.teachers.size()].homeroom.value;
  }
  std::mt19937 random_;
};

TEST(AllocationAgainstEveryWay_S58, FindsABestOneExactlyWhenThereIsAny) {
  RandomGrades grades(20210120);
  int full = 0, none = 0;
  for (int i = 0; i < 1500; ++i) {
    GradeToAllocate grade = grades.next();
    EveryWay every(grade);
    std::optional<Liking> best = every.best(every.all_rules());
    Allocation allocation = allocate(grade);
    if (!best) {
      // Larger teams may still be proposed; that is another question.
      EXPECT_TRUE(allocation.outcome == Outcome::kImpossible || !allocation.teams_of_four.empty()) << "grade " << i;
      EXPECT_THAT(allocation.conflict, ::testing::Not(IsEmpty())) << "grade " << i;
      ++none;
      continue;
    }
    ++full;
    ASSERT_EQ(allocation.outcome, Outcome::kFull) << "grade " << i;
    EXPECT_TRUE(allocation.best && allocation.conflict.empty() && allocation.teams_of_four.empty()) << "grade " << i;
    EXPECT_EQ(every.liking_of(allocation), *best) << "grade " << i;
    EXPECT_THAT(broken_by(grade, allocation.teams), IsEmpty()) << "grade " << i;
  }
  EXPECT_GT(full, 300);
  EXPECT_GT(none, 300);
}

TEST(AllocationAgainstEveryWay_S58, NamesAsFewRulesAsCanBeNamed) {
  RandomGrades grades(20210121);
  int seen = 0;
  for (int i = 0; i < 2000 && seen < 150; ++i) {
    GradeToAllocate grade = grades.next();
    if (grade.teachers.size() > 4) continue;
    EveryWay every(grade);
    Rules all = every.all_rules();
    if (all.size() > 11 || every.best(all)) continue;
    Allocation allocation = allocate(grade);
    if (allocation.outcome != Outcome::kImpossible) continue;
    // A seat more in every team was tried before it was called impossible, and what is named is impossible even then.
    GradeToAllocate roomier = grade;
    ++roomier.team_max;
    bool crowded = EveryWay(roomier).best(all) == std::nullopt;
    std::vector<std::string> names = told(allocation);
    Rules named(names.begin(), names.end());
    EXPECT_TRUE(allocation.conflict_smallest) << "grade " << i;
    EXPECT_FALSE(every.best(named)) << "grade " << i << ": these can be kept together";
    EXPECT_TRUE(crowded) << "grade " << i;
    std::vector<std::string> list(all.begin(), all.end());
    std::size_t smallest = list.size();
    GradeToAllocate& asked = named.count("at_most") ? roomier : grade;
    for (unsigned bits = 0; bits < (1u << list.size()); ++bits) {
      if (static_cast<std::size_t>(__builtin_popcount(bits)) >= smallest) continue;
      Rules some;
      for (std::size_t rule = 0; rule < list.size(); ++rule) {
        if (bits & (1u << rule)) some.insert(list[rule]);
      }
      if (!EveryWay(asked).best(some)) smallest = some.size();
    }
    EXPECT_EQ(named.size(), smallest) << "grade " << i;
    ++seen;
  }
  EXPECT_GE(seen, 80);
}

TEST(AllocationAgainstEveryWay_S58, TheOrderOfTheInputDoesNotMatter) {
  RandomGrades grades(20210122);
  for (int i = 0; i < 200; ++i) {
    GradeToAllocate grade = grades.next(), other = grade;
    grades.shuffle(other);
    Allocation one = allocate(grade), two = allocate(other);
    EXPECT_EQ(one.outcome, two.outcome);
    EXPECT_EQ(told(one), told(two));
    for (const ClassToVisit& school_class : grade.classes) EXPECT_EQ(team_of(one, school_class.id.value), team_of(two, school_class.id.value));
  }
}

}  // namespace
}  // namespace shide::visit
