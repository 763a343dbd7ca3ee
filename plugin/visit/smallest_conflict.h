// The fewest rules that cannot all be kept.
//
// `can_keep(rules)` tells whether all of them can be kept together; it must be monotone: fewer rules are never harder. First one
// rule after the other is left out where the rest still cannot be kept (deletion filter): a set from which nothing can be
// spared. Then it is made the smallest by number: a smallest set that meets every way out found so far is tried, and either it
// cannot be kept, or it shows another way out (Ignatiev, Previti, Liffiton, Marques-Silva, "Smallest MUS Extraction with Minimal
// Hitting Set Dualization", CP 2015).
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace shide::visit {

using RuleNumbers = std::vector<std::size_t>;  // ascending

struct Conflict {
  RuleNumbers rules;
  bool smallest = true;  // false: the question could not be followed to its end; it may hold a rule too many
};

/// `count` rules, numbered from 0, of which all together cannot be kept. `can_keep` answers nothing when it gave up.
Conflict smallest_conflict(std::size_t count, const std::function<std::optional<bool>(const RuleNumbers&)>& can_keep);

}  // namespace shide::visit
