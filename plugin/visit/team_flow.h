// People into teams at the least cost, where nothing but room and permission counts: the part of allocation that is easy.
//
// Each person has one place, a team or nowhere; the next seat of a team costs at least as much as the one before. That is a
// transportation problem with convex costs, solved exactly by successive shortest paths (Ahuja, Magnanti, Orlin, "Network
// Flows", 1993, sections 9.7 and 14.5): one person more at a time, moving others along where that is cheaper.
// Time: people x teams^2 for a few rounds each. Pure; the same input gives the same answer.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace shide::visit {

/// What a placing costs: first how many promises it breaks (somebody nowhere, a team too small), then how little it is liked.
struct PlaceCost {
  std::int64_t broken = 0;
  std::int64_t liked_less = 0;
  auto operator<=>(const PlaceCost&) const = default;
  PlaceCost operator+(const PlaceCost& other) const { return {broken + other.broken, liked_less + other.liked_less}; }
  PlaceCost operator-(const PlaceCost& other) const { return {broken - other.broken, liked_less - other.liked_less}; }
};

struct TeamRoom {
  std::int64_t at_least = 0;  // seats that must be taken
  std::int64_t at_most = 0;
};

struct FlowProblem {
  std::vector<TeamRoom> rooms;
  std::vector<std::vector<std::int64_t>> cost;  // [person][team]
  std::vector<PlaceCost> cost_nowhere;          // [person]
  std::int64_t cost_per_companion = 0;          // the k-th seat costs k times this: even teams
};

/// [person][team]: may be placed there.
using Permissions = std::vector<std::vector<char>>;

struct Placing {
  std::vector<std::size_t> team_of;  // by person; the number of teams: nowhere
  PlaceCost cost;
};

/// The cheapest placing. Everything promised is kept by some placing exactly when `cost.broken` is 0.
Placing place_at_least_cost(const FlowProblem& problem, const Permissions& may);

}  // namespace shide::visit
