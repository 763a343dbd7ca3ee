// Figures as they may leave the school: no count under five, also not by subtraction (D9).
//
//     outward_counts({31, 2, 3})  ->  total 36, parts {31, -, -}        2 + 3 are five together, and nobody can tell them apart
//     outward_counts({31, 5, 2})  ->  total 38, parts {31, -, -}        one count alone would follow from the others
//     outward_counts({2, 1})      ->  nothing at all
//
// The parts add up to the total and tell of different people or things. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace shide::privacy {

struct OutwardCounts {
  std::optional<std::int64_t> total;
  std::vector<std::optional<std::int64_t>> parts;  // in the order given; nothing: not told
};

OutwardCounts outward_counts(const std::vector<std::int64_t>& parts);

}  // namespace shide::privacy
