#include "visit/team_flow.h"

#include <algorithm>
#include <optional>

namespace shide::visit {
namespace {

class Flow {
 public:
  Flow(const FlowProblem& problem, const Permissions& may)
      : problem_(problem), may_(may), teams_(problem.rooms.size()), members_(teams_ + 1), moves_(teams_ + 1, std::vector<Move>(teams_ + 1)) {}

  Placing run() {
    for (std::size_t person = 0; person < may_.size(); ++person) add(person);
    return answer();
  }

 private:
  /// The cheapest way to move somebody from one team to another.
  struct Move {
    bool possible = false;
    PlaceCost cost;
    std::size_t person = 0;
  };
  /// How a place is reached by a chain of moves that starts with the new person.
  struct Reached {
    std::optional<PlaceCost> cost;
    std::size_t from = 0, person = 0;
    bool first = false;
  };

  bool allowed(std::size_t person, std::size_t place) const { return place == teams_ || may_[person][place]; }
  PlaceCost cost_of(std::size_t person, std::size_t place) const {
    return place == teams_ ? problem_.cost_nowhere[person] : PlaceCost{0, problem_.cost[person][place]};
  }
  bool has_seat(std::size_t place) const {
    return place == teams_ || static_cast<std::int64_t>(members_[place].size()) < problem_.rooms[place].at_most;
  }
  PlaceCost next_seat(std::size_t place) const {
    if (place == teams_) return {};
    auto taken = static_cast<std::int64_t>(members_[place].size());
    return {taken < problem_.rooms[place].at_least ? -1 : 0, taken * problem_.cost_per_companion};
  }

  void add(std::size_t person) {
    std::vector<Reached> reached = reach_from(person);
    std::optional<std::size_t> end;
    PlaceCost best;
    for (std::size_t place = 0; place <= teams_; ++place) {
      if (!reached[place].cost || !has_seat(place)) continue;
      PlaceCost cost = *reached[place].cost + next_seat(place);
      if (end && cost >= best) continue;
      end = place;
      best = cost;
    }
    follow(reached, *end);  // nowhere is always reached
  }

  // Bellman and Ford: costs may be negative, but no cycle is, since what stands is cheapest.
  std::vector<Reached> reach_from(std::size_t person) const {
    std::vector<Reached> reached(teams_ + 1);
    for (std::size_t place = 0; place <= teams_; ++place) {
      if (allowed(person, place)) reached[place] = {cost_of(person, place), place, person, true};
    }
    bool shorter = true;
    for (std::size_t round = 0; shorter && round <= teams_; ++round) {
      shorter = false;
      for (std::size_t from = 0; from <= teams_; ++from) {
        if (!reached[from].cost) continue;
        for (std::size_t to = 0; to <= teams_; ++to) {
          const Move& move = moves_[from][to];
          if (!move.possible) continue;
          PlaceCost cost = *reached[from].cost + move.cost;
          if (reached[to].cost && cost >= *reached[to].cost) continue;
          reached[to] = {cost, from, move.person, false};
          shorter = true;
        }
      }
    }
    return reached;
  }

  void follow(const std::vector<Reached>& reached, std::size_t end) {
    std::vector<std::size_t> changed;
    for (std::size_t place = end;; place = reached[place].from) {
      changed.push_back(place);
      members_[place].push_back(reached[place].person);
      if (reached[place].first) break;
      auto& left = members_[reached[place].from];
      left.erase(std::find(left.begin(), left.end(), reached[place].person));
    }
    for (std::size_t place : changed) renew_moves(place);
  }

  void renew_moves(std::size_t from) {
    for (std::size_t to = 0; to <= teams_; ++to) {
      Move& move = moves_[from][to];
      move.possible = false;
      if (to == from) continue;
      for (std::size_t person : members_[from]) {
        if (!allowed(person, to)) continue;
        PlaceCost cost = cost_of(person, to) - cost_of(person, from);
        if (move.possible && std::pair(cost, person) >= std::pair(move.cost, move.person)) continue;
        move = {true, cost, person};
      }
    }
  }

  Placing answer() const {
    Placing placing{std::vector<std::size_t>(may_.size(), teams_), {}};
    for (std::size_t place = 0; place <= teams_; ++place) {
      for (std::size_t person : members_[place]) {
        placing.team_of[person] = place;
        placing.cost = placing.cost + cost_of(person, place);
      }
      if (place == teams_) continue;
      auto size = static_cast<std::int64_t>(members_[place].size());
      placing.cost = placing.cost + PlaceCost{std::max<std::int64_t>(0, problem_.rooms[place].at_least - size), size * (size - 1) / 2 * problem_.cost_per_companion};
    }
    return placing;
  }

  const FlowProblem& problem_;
  const Permissions& may_;
  std::size_t teams_;
  std::vector<std::vector<std::size_t>> members_;  // by place; the last is nowhere
  std::vector<std::vector<Move>> moves_;
};

}  // namespace

Placing place_at_least_cost(const FlowProblem& problem, const Permissions& may) { return Flow(problem, may).run(); }

}  // namespace shide::visit
