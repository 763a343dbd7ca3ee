#include "visit/team_search.h"

#include <algorithm>

namespace shide::visit {
namespace {

using People = std::vector<std::size_t>;

class TeamSearch {
 public:
  TeamSearch(const TeamProblem& problem, Search wanted, std::int64_t& work) : problem_(problem), wanted_(wanted), work_(work) { find_circles(); }

  TeamAnswer run() {
    for (const Days& days : problem_.days_of_team) {
      if (days.none()) return {};
    }
    Node root{problem_.may, problem_.days_of_team, {}};
    for (std::size_t team = 0; team < teams(); ++team) keep_who_can_go(root, team);
    root.bound = bound(root.may);
    branch(root);
    return {best_, finished_};
  }

 private:
  struct Node {
    Permissions may;
    std::vector<Days> days;        // of each team
    std::optional<Placing> bound;  // nothing: no placing below here, or no work left
  };
  /// What may not stand as it is: two who shall not meet, or a team without a day in common.
  struct Clash {
    std::size_t team = 0;
    People pair;
    std::optional<std::size_t> day;  // that most of the team can go
  };

  std::size_t teams() const { return problem_.flow.rooms.size(); }
  bool must(std::size_t person) const { return problem_.flow.cost_nowhere[person].broken > 0; }
  bool avoid(std::size_t one, std::size_t other) const {
    const People& list = problem_.avoids[one];
    return std::find(list.begin(), list.end(), other) != list.end();
  }

  // Circles of people who all avoid one another and all need a place, grown from each of them.
  void find_circles() {
    for (std::size_t person = 0; person < problem_.avoids.size(); ++person) {
      if (!must(person)) continue;
      People circle = {person};
      for (std::size_t other : problem_.avoids[person]) {
        if (must(other) && std::all_of(circle.begin(), circle.end(), [&](std::size_t one) { return avoid(one, other); })) circle.push_back(other);
      }
      std::sort(circle.begin(), circle.end());
      if (circle.size() > 1 && std::find(circles_.begin(), circles_.end(), circle) == circles_.end()) circles_.push_back(circle);
    }
  }

  // A team of its own for each of the circle: augmenting paths (Kuhn).
  bool can_part(const People& circle, const Permissions& may) const {
    std::vector<std::optional<std::size_t>> holder(teams());
    for (std::size_t person : circle) {
      std::vector<char> seen(teams());
      if (!seat(person, may, holder, seen)) return false;
    }
    return true;
  }
  bool seat(std::size_t person, const Permissions& may, std::vector<std::optional<std::size_t>>& holder, std::vector<char>& seen) const {
    for (std::size_t team = 0; team < teams(); ++team) {
      if (!may[person][team] || seen[team]) continue;
      seen[team] = 1;
      if (holder[team] && !seat(*holder[team], may, holder, seen)) continue;
      holder[team] = person;
      return true;
    }
    return false;
  }

  std::optional<Placing> bound(const Permissions& may) {
    std::int64_t price = static_cast<std::int64_t>((may.size() + 1) * (teams() + 1));
    if (work_ < price) {
      finished_ = false;
      return {};
    }
    work_ -= price;
    for (const People& circle : circles_) {
      if (!can_part(circle, may)) return {};
    }
    Placing placing = place_at_least_cost(problem_.flow, may);
    if (placing.cost.broken > 0) return {};
    return placing;
  }

  bool is_hopeless(const Node& node) const { return !node.bound || (best_ && node.bound->cost >= best_->cost); }
  bool is_over() const { return !finished_ || (best_ && wanted_ == Search::kAnyPlacing); }

  void branch(const Node& node) {
    if (is_over() || is_hopeless(node)) return;
    std::optional<Clash> clash = clash_in(node);
    if (!clash) {
      best_ = node.bound;
      return;
    }
    // Two branches that leave nothing out and have nothing in common.
    Node one = node, other = node;
    if (clash->day) {
      one.days[clash->team] = Days{}.set(*clash->day);
      other.days[clash->team].reset(*clash->day);
      keep_who_can_go(one, clash->team);
      keep_who_can_go(other, clash->team);
    } else {
      one.may[clash->pair.front()][clash->team] = 0;
      stay(other.may, clash->pair.front(), clash->team);
    }
    one.bound = bound(one.may);
    other.bound = other.days[clash->team].none() ? std::nullopt : bound(other.may);
    bool other_first = other.bound && (!one.bound || other.bound->cost < one.bound->cost);
    branch(other_first ? other : one);
    branch(other_first ? one : other);
  }

  void keep_who_can_go(Node& node, std::size_t team) const {
    for (std::size_t person = 0; person < node.may.size(); ++person) {
      if ((problem_.days_of_person[person] & node.days[team]).none()) node.may[person][team] = 0;
    }
  }

  void stay(Permissions& may, std::size_t person, std::size_t team) const {
    for (std::size_t other = 0; other < teams(); ++other) {
      if (other != team) may[person][other] = 0;
    }
    for (std::size_t other : problem_.avoids[person]) may[other][team] = 0;
  }

  std::optional<Clash> clash_in(const Node& node) const {
    std::vector<People> members(teams() + 1);
    for (std::size_t person = 0; person < node.bound->team_of.size(); ++person) members[node.bound->team_of[person]].push_back(person);
    for (std::size_t team = 0; team < teams(); ++team) {
      for (std::size_t one : members[team]) {
        for (std::size_t other : members[team]) {
          if (one < other && avoid(one, other)) return Clash{team, {one, other}, {}};
        }
      }
    }
    for (std::size_t team = 0; team < teams(); ++team) {
      Days days = node.days[team];
      for (std::size_t person : members[team]) days &= problem_.days_of_person[person];
      if (days.none()) return Clash{team, {}, day_of_most(node.days[team], members[team])};
    }
    return {};
  }
  std::size_t day_of_most(const Days& days, const People& people) const {
    std::size_t best = 0;
    std::ptrdiff_t most = -1;
    for (std::size_t day = 0; day < days.size(); ++day) {
      if (!days[day]) continue;
      auto going = std::count_if(people.begin(), people.end(), [&](std::size_t person) { return problem_.days_of_person[person][day]; });
      if (going <= most) continue;
      best = day;
      most = going;
    }
    return best;
  }

  const TeamProblem& problem_;
  Search wanted_;
  std::int64_t& work_;
  bool finished_ = true;
  std::optional<Placing> best_;
  std::vector<People> circles_;
};

}  // namespace

TeamAnswer search_teams(const TeamProblem& problem, Search wanted, std::int64_t& work) { return TeamSearch(problem, wanted, work).run(); }

}  // namespace shide::visit
