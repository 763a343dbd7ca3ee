#include "visit/allocation.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "visit/smallest_conflict.h"
#include "visit/team_search.h"

namespace shide::visit {

using model::SchoolClass;
using model::Teacher;
using Claim = TeacherToPlace::Claim;
using Outcome = Allocation::Outcome;

namespace {

// How much less something is liked; each step outweighs all of the smaller ones together.
constexpr std::int64_t kMoved = 1, kCrowded = 1'000, kNotTaught = 100'000'000, kBorrowed = 100'000'000'000, kUnwelcomed = 1'000'000'000'000'000;

enum class RuleKind { kEverybody, kAtLeast, kAtMost, kHomeroom, kAgreed, kOnlyTaught, kClassDay, kAway, kNotWith };

/// A rule that can be named: general ones in front.
struct Rule {
  RuleKind kind;
  std::size_t index = 0;  // of the teacher, class, absence or pair
};

struct Bounds {
  std::int64_t least = 0, most = 0;  // companions beside the homeroom teacher
};

Bounds companions(const GradeToAllocate& grade) {
  std::int64_t leader = grade.homeroom_counts ? 1 : 0;
  return {std::max<std::int64_t>(0, grade.team_min - leader), std::max<std::int64_t>(0, grade.team_max - leader)};
}

Days all_days(const GradeToAllocate& grade) {
  Days days;
  for (std::size_t day = 0; day < std::clamp<std::size_t>(grade.days, 1, kMostDays); ++day) days.set(day);
  return days;
}

Days days_left(const GradeToAllocate& grade, const Away& away) {
  Days days = all_days(grade);
  for (std::size_t day : away.days) {
    if (day < kMostDays) days.reset(day);
  }
  return days;
}

/// One visit to be staffed.
struct Slot {
  std::size_t class_index = 0;
  std::int64_t pupil = 1;
  bool proposed = false;     // a second pupil nobody has chosen yet
  bool one_seat_more = false;
};

/// The grade in an order of its own, so that the order of the input does not matter.
class Planner {
 public:
  explicit Planner(const GradeToAllocate& given) : grade_(given), work_(given.work) {
    std::sort(grade_.classes.begin(), grade_.classes.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    auto leads = [&](const TeacherToPlace& teacher) {
      return std::any_of(grade_.classes.begin(), grade_.classes.end(), [&](const auto& one) { return one.homeroom == teacher.id; });
    };
    std::erase_if(grade_.teachers, leads);
    std::sort(grade_.teachers.begin(), grade_.teachers.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    std::sort(grade_.away.begin(), grade_.away.end(), [](const auto& a, const auto& b) { return a.teacher < b.teacher; });
    for (NotWith& pair : grade_.not_with) {
      if (pair.other < pair.one) pair = {pair.other, pair.one, pair.other_name, pair.one_name};
    }
    std::sort(grade_.not_with.begin(), grade_.not_with.end(), [](const auto& a, const auto& b) { return std::pair(a.one, a.other) < std::pair(b.one, b.other); });
    for (std::size_t i = 0; i < grade_.classes.size(); ++i) {
      for (std::int64_t pupil = 1; pupil <= std::max<std::int64_t>(1, grade_.classes[i].pupils); ++pupil) slots_.push_back({i, pupil});
    }
    list_rules();
  }

  Allocation plan() {
    Allocation allocation;
    if (grade_.teachers.size() > kMostTeachers || slots_.size() > kMostTeams) return allocation;
    std::optional<bool> possible = can_keep(all_rules(), slots_);
    if (possible && !*possible) possible = relieve(allocation);
    if (possible && *possible) take_best(allocation);
    else if (possible) allocation.outcome = Outcome::kImpossible;
    allocation.work_left = work_;
    return allocation;
  }

 private:
  void list_rules() {
    rules_ = {{RuleKind::kEverybody}, {RuleKind::kAtMost}, {RuleKind::kAtLeast}, {RuleKind::kHomeroom}};
    for (std::size_t i = 0; i < grade_.teachers.size(); ++i) {
      if (grade_.teachers[i].agreed) rules_.push_back({RuleKind::kAgreed, i});
    }
    for (std::size_t i = 0; i < grade_.teachers.size(); ++i) {
      if (grade_.teachers[i].only_taught) rules_.push_back({RuleKind::kOnlyTaught, i});
    }
    for (std::size_t i = 0; i < grade_.classes.size(); ++i) {
      if (grade_.classes[i].day) rules_.push_back({RuleKind::kClassDay, i});
    }
    for (std::size_t i = 0; i < grade_.away.size(); ++i) rules_.push_back({RuleKind::kAway, i});
    for (std::size_t i = 0; i < grade_.not_with.size(); ++i) rules_.push_back({RuleKind::kNotWith, i});
  }

  RuleNumbers all_rules() const {
    RuleNumbers all(rules_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return all;
  }

  // ── the grade under some of its rules, as the search asks for it ──

  TeamProblem problem_of(const RuleNumbers& kept, const std::vector<Slot>& slots) const {
    TeamProblem problem;
    std::size_t people = grade_.teachers.size();
    auto keeps = [&](RuleKind kind) { return std::any_of(kept.begin(), kept.end(), [&](std::size_t rule) { return rules_[rule].kind == kind; }); };
    Bounds bounds = companions(grade_);
    for (const Slot& slot : slots) {
      std::int64_t least = keeps(RuleKind::kAtLeast) && !slot.proposed ? bounds.least : 0;
      std::int64_t most = keeps(RuleKind::kAtMost) ? bounds.most + (slot.one_seat_more ? 1 : 0) : static_cast<std::int64_t>(people);
      problem.flow.rooms.push_back({least, most});
    }
    problem.flow.cost_per_companion = kCrowded;
    problem.may.assign(people, std::vector<char>(slots.size(), 1));
    problem.avoids.resize(people);
    problem.days_of_person.assign(people, all_days(grade_));
    problem.days_of_team.assign(slots.size(), all_days(grade_));
    for (const TeacherToPlace& teacher : grade_.teachers) add_costs(problem, teacher, slots, keeps(RuleKind::kEverybody));
    bool with_homeroom = keeps(RuleKind::kHomeroom);
    for (std::size_t rule : kept) apply(problem, rules_[rule], slots, with_homeroom);
    return problem;
  }

  void add_costs(TeamProblem& problem, const TeacherToPlace& teacher, const std::vector<Slot>& slots, bool everybody) const {
    std::int64_t borrowed = teacher.claim == Claim::kHelper ? kBorrowed * (1 + std::min<std::int64_t>(teacher.load, 9)) : 0;
    std::vector<std::int64_t> costs;
    for (const Slot& slot : slots) {
      const Id<SchoolClass>& id = grade_.classes[slot.class_index].id;
      costs.push_back(borrowed + (teacher.teaches.count(id) ? 0 : kNotTaught) + (teacher.present == id ? 0 : kMoved));
    }
    problem.flow.cost.push_back(std::move(costs));
    problem.flow.cost_nowhere.push_back({everybody && teacher.claim == Claim::kOwed, teacher.claim == Claim::kWelcome ? kUnwelcomed : 0});
  }

  void apply(TeamProblem& problem, const Rule& rule, const std::vector<Slot>& slots, bool with_homeroom) const {
    auto leads = [&](const Id<Teacher>& teacher, std::size_t slot) { return with_homeroom && grade_.classes[slots[slot].class_index].homeroom == teacher; };
    switch (rule.kind) {
      case RuleKind::kAgreed:
        problem.flow.cost_nowhere[rule.index].broken = 1;
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
          if (grade_.classes[slots[slot].class_index].id != *grade_.teachers[rule.index].agreed) problem.may[rule.index][slot] = 0;
        }
        break;
      case RuleKind::kOnlyTaught:
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
          if (!grade_.teachers[rule.index].teaches.count(grade_.classes[slots[slot].class_index].id)) problem.may[rule.index][slot] = 0;
        }
        break;
      case RuleKind::kClassDay:
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
          if (slots[slot].class_index == rule.index && slots[slot].pupil == 1) problem.days_of_team[slot] &= Days{}.set(std::min(*grade_.classes[rule.index].day, kMostDays - 1));
        }
        break;
      case RuleKind::kAway: {
        const Away& away = grade_.away[rule.index];
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
          if (leads(away.teacher, slot)) problem.days_of_team[slot] &= days_left(grade_, away);
        }
        if (auto person = person_of(away.teacher)) problem.days_of_person[*person] &= days_left(grade_, away);
        break;
      }
      case RuleKind::kNotWith: {
        const NotWith& pair = grade_.not_with[rule.index];
        auto one = person_of(pair.one), other = person_of(pair.other);
        if (one && other) {
          problem.avoids[*one].push_back(*other);
          problem.avoids[*other].push_back(*one);
        }
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
          if (one && leads(pair.other, slot)) problem.may[*one][slot] = 0;
          if (other && leads(pair.one, slot)) problem.may[*other][slot] = 0;
        }
        break;
      }
      case RuleKind::kEverybody:
      case RuleKind::kAtLeast:
      case RuleKind::kAtMost:
      case RuleKind::kHomeroom: break;
    }
  }

  std::optional<std::size_t> person_of(const Id<Teacher>& id) const {
    auto found = std::find_if(grade_.teachers.begin(), grade_.teachers.end(), [&](const auto& one) { return one.id == id; });
    if (found == grade_.teachers.end()) return {};
    return static_cast<std::size_t>(found - grade_.teachers.begin());
  }

  std::optional<bool> can_keep(const RuleNumbers& rules, const std::vector<Slot>& slots) {
    TeamAnswer answer = search_teams(problem_of(rules, slots), Search::kAnyPlacing, work_);
    if (answer.placing) return true;
    if (!answer.finished) return {};
    return false;
  }

  // ── when it cannot be ──

  /// What would make room (D4), or the rules to name. True when there is a way now.
  std::optional<bool> relieve(Allocation& allocation) {
    explain(allocation, slots_);
    bool crowded = std::any_of(conflict_.begin(), conflict_.end(), [&](std::size_t rule) { return rules_[rule].kind == RuleKind::kAtMost; });
    if (!crowded) return false;
    std::vector<Slot> with_seconds = slots_;
    for (std::size_t i = 0; i < grade_.classes.size(); ++i) {
      if (grade_.classes[i].pupils <= 1 && grade_.classes[i].may_take_second) with_seconds.push_back({i, 2, true, false});
    }
    std::vector<Slot> with_both = with_seconds;
    for (Slot& slot : with_both) slot.one_seat_more = true;
    for (std::vector<Slot>* slots : {&with_seconds, &with_both}) {
      std::optional<bool> possible = can_keep(all_rules(), *slots);
      if (possible && *possible) possible = spare(*slots);
      if (!possible || *possible) {
        if (possible) propose(allocation, *slots);
        return possible;
      }
    }
    explain(allocation, with_both);
    return false;
  }

  void explain(Allocation& allocation, const std::vector<Slot>& slots) {
    Conflict found = smallest_conflict(rules_.size(), [&](const RuleNumbers& rules) { return can_keep(rules, slots); });
    conflict_ = found.rules;
    allocation.conflict.clear();
    for (std::size_t rule : found.rules) allocation.conflict.push_back(phrase_of(rules_[rule], slots));
    allocation.conflict_smallest = found.smallest;
  }

  /// Takes back what is not needed, the seats first, and then holds the proposed teams to the size of a team.
  std::optional<bool> spare(std::vector<Slot>& slots) {
    for (std::size_t i = slots.size(); i-- > 0;) {
      if (!slots[i].one_seat_more) continue;
      slots[i].one_seat_more = false;
      std::optional<bool> possible = can_keep(all_rules(), slots);
      if (!possible || !*possible) slots[i].one_seat_more = true;
    }
    for (std::size_t i = slots.size(); i-- > 0;) {
      if (!slots[i].proposed) continue;
      std::vector<Slot> fewer = slots;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      std::optional<bool> possible = can_keep(all_rules(), fewer);
      if (possible && *possible) slots = fewer;
    }
    for (Slot& slot : slots) slot.proposed = false;
    return can_keep(all_rules(), slots);
  }

  void propose(Allocation& allocation, const std::vector<Slot>& slots) {
    for (std::size_t i = 0; i < slots.size(); ++i) {
      const Id<SchoolClass>& id = grade_.classes[slots[i].class_index].id;
      if (i >= slots_.size()) allocation.second_pupils.push_back(id);
      if (slots[i].one_seat_more) allocation.teams_of_four.push_back(id);
    }
    slots_ = slots;
  }

  Phrase phrase_of(const Rule& rule, const std::vector<Slot>& slots) const {
    switch (rule.kind) {
      case RuleKind::kEverybody: {
        auto owed = std::count_if(grade_.teachers.begin(), grade_.teachers.end(), [](const auto& one) { return one.claim == Claim::kOwed; });
        return {"allocation.rule_everybody", {{"count", static_cast<std::int64_t>(owed)}}};
      }
      case RuleKind::kAtLeast: return {"allocation.rule_at_least", {{"min", grade_.team_min}, {"teams", slots.size()}}};
      case RuleKind::kAtMost: {
        std::int64_t places = 0, seats_more = 0;
        for (const Slot& slot : slots) {
          places += companions(grade_).most + (slot.one_seat_more ? 1 : 0);
          seats_more = std::max<std::int64_t>(seats_more, slot.one_seat_more ? 1 : 0);
        }
        return {"allocation.rule_at_most", {{"max", grade_.team_max + seats_more}, {"teams", slots.size()}, {"places", places}}};
      }
      case RuleKind::kHomeroom: return {"allocation.rule_homeroom"};
      case RuleKind::kAgreed: return {"allocation.rule_agreed", {{"teacher", grade_.teachers[rule.index].name}, {"class", class_name(*grade_.teachers[rule.index].agreed)}}};
      case RuleKind::kOnlyTaught: return {"allocation.rule_only_taught", {{"teacher", grade_.teachers[rule.index].name}}};
      case RuleKind::kClassDay: return {"allocation.rule_class_day", {{"class", grade_.classes[rule.index].name}}};
      case RuleKind::kAway: return {"allocation.rule_away", {{"teacher", grade_.away[rule.index].name}}};
      case RuleKind::kNotWith: break;
    }
    return {"allocation.rule_not_with", {{"one", grade_.not_with[rule.index].one_name}, {"other", grade_.not_with[rule.index].other_name}}};
  }

  std::string class_name(const Id<SchoolClass>& id) const {
    auto found = std::find_if(grade_.classes.begin(), grade_.classes.end(), [&](const auto& one) { return one.id == id; });
    return found == grade_.classes.end() ? "" : found->name;
  }

  // ── when it can ──

  void take_best(Allocation& allocation) {
    TeamProblem problem = problem_of(all_rules(), slots_);
    std::int64_t left = std::max<std::int64_t>(0, work_);
    TeamAnswer answer = search_teams(problem, Search::kBestPlacing, left);
    allocation.best = answer.finished;
    if (!answer.placing) {  // the limit was hit before the first one: the one that was found before will do
      std::int64_t again = grade_.work;
      answer = search_teams(problem, Search::kAnyPlacing, again);
      allocation.best = false;
    }
    work_ = left;
    if (!answer.placing) return;
    allocation.outcome = Outcome::kFull;
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      const ClassToVisit& one = grade_.classes[slots_[slot].class_index];
      AllocatedTeam team{one.id, slots_[slot].pupil, {one.homeroom}};
      for (std::size_t person = 0; person < grade_.teachers.size(); ++person) {
        if (answer.placing->team_of[person] == slot) team.members.push_back(grade_.teachers[person].id);
      }
      allocation.teams.push_back(std::move(team));
    }
    for (std::size_t person = 0; person < grade_.teachers.size(); ++person) {
      bool nowhere = answer.placing->team_of[person] == slots_.size();
      if (nowhere && grade_.teachers[person].claim == Claim::kWelcome) allocation.welcome_without.push_back(grade_.teachers[person].id);
    }
  }

  GradeToAllocate grade_;
  std::int64_t work_;
  std::vector<Slot> slots_;
  std::vector<Rule> rules_;
  RuleNumbers conflict_;
};

// ── what a leader's hand breaks ──

/// Says what is wrong with teams as they were moved by hand.
class HandCheck {
 public:
  HandCheck(const GradeToAllocate& grade, const std::vector<AllocatedTeam>& teams) : grade_(grade), teams_(teams) {}

  std::vector<Problem> run() {
    for (const AllocatedTeam& team : teams_) check(team);
    for (const TeacherToPlace& teacher : grade_.teachers) check(teacher);
    return problems_;
  }

 private:
  void add(const AllocatedTeam& team, Phrase phrase) { problems_.push_back({"team." + team.class_id.value, std::move(phrase)}); }
  static bool has(const AllocatedTeam& team, const Id<Teacher>& id) { return std::find(team.members.begin(), team.members.end(), id) != team.members.end(); }

  void check(const AllocatedTeam& team) {
    auto school_class = std::find_if(grade_.classes.begin(), grade_.classes.end(), [&](const auto& one) { return one.id == team.class_id; });
    if (school_class == grade_.classes.end()) return;
    for (const NotWith& pair : grade_.not_with) {
      if (has(team, pair.one) && has(team, pair.other)) add(team, {"allocation.broken_not_with", {{"one", pair.one_name}, {"other", pair.other_name}}});
    }
    Days days = all_days(grade_);
    if (school_class->day && team.pupil == 1) days &= Days{}.set(std::min(*school_class->day, kMostDays - 1));
    std::vector<std::string> away_names;
    for (const Away& away : grade_.away) {
      if (!has(team, away.teacher)) continue;
      days &= days_left(grade_, away);
      away_names.push_back(away.name);
    }
    if (days.none()) {
      std::string names;
      for (const std::string& name : away_names) names += (names.empty() ? "" : " ") + name;
      add(team, {"allocation.broken_days", {{"class", school_class->name}, {"teachers", names}}});
    }
  }

  void check(const TeacherToPlace& teacher) {
    if (teacher.agreed) {
      bool there = std::any_of(teams_.begin(), teams_.end(), [&](const AllocatedTeam& team) { return team.class_id == *teacher.agreed && has(team, teacher.id); });
      auto school_class = std::find_if(grade_.classes.begin(), grade_.classes.end(), [&](const auto& one) { return one.id == *teacher.agreed; });
      if (!there && school_class != grade_.classes.end()) {
        problems_.push_back({"team." + school_class->id.value, {"allocation.broken_agreed", {{"teacher", teacher.name}, {"class", school_class->name}}}});
      }
    }
    for (const AllocatedTeam& team : teams_) {
      if (teacher.only_taught && has(team, teacher.id) && !teacher.teaches.count(team.class_id)) add(team, {"allocation.broken_only_taught", {{"teacher", teacher.name}}});
    }
  }

  const GradeToAllocate& grade_;
  const std::vector<AllocatedTeam>& teams_;
  std::vector<Problem> problems_;
};

}  // namespace

Allocation allocate(const GradeToAllocate& grade) {
  Allocation allocation = Planner(grade).plan();
  auto place_of = [&](const AllocatedTeam& team) {
    auto found = std::find_if(grade.classes.begin(), grade.classes.end(), [&](const auto& one) { return one.id == team.class_id; });
    return std::pair(found - grade.classes.begin(), team.pupil);
  };
  std::sort(allocation.teams.begin(), allocation.teams.end(), [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
  return allocation;
}

std::vector<Problem> broken_by(const GradeToAllocate& grade, const std::vector<AllocatedTeam>& teams) { return HandCheck(grade, teams).run(); }

}  // namespace shide::visit
