// Which visits one teacher cannot have made both as they are told: two that began at the same minute. A finding is a question to
// the teacher, never a verdict (D8).
//
//     find_overlaps({{"v1", "t", 15:00}, {"v2", "t", 15:00}, {"v2", "u", 15:00}})  ->  {{0, 1, because "overlap.same_minute"}}
//
// Exact, and only that: the hour of a visit, how long it took and how soon the next one followed say nothing (D8). Families met
// together at one gathering contradict nothing. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/phrase.h"
#include "base/time.h"

namespace shide::analysis {

/// That this teacher was at this visit, as the record tells it.
struct Presence {
  std::string visit;
  std::string teacher;
  Time began;
  bool gathering = false;
};

struct Overlap {
  std::size_t first = 0;   // index into what was given, first < second
  std::size_t second = 0;
  Phrase because;          // a question for the teacher, without anything about either family
  bool operator==(const Overlap&) const = default;
};

/// Every pair, in the order given.
std::vector<Overlap> find_overlaps(const std::vector<Presence>& presences);

}  // namespace shide::analysis
