#include "analysis/overlap.h"

namespace shide::analysis {
namespace {

bool contradict(const Presence& a, const Presence& b) {
  if (a.teacher != b.teacher || a.visit == b.visit) return false;
  if (a.gathering && b.gathering) return false;
  return to_text_minutes(a.began) == to_text_minutes(b.began);
}

}  // namespace

std::vector<Overlap> find_overlaps(const std::vector<Presence>& presences) {
  std::vector<Overlap> found;
  for (std::size_t i = 0; i < presences.size(); ++i) {
    for (std::size_t j = i + 1; j < presences.size(); ++j) {
      if (!contradict(presences[i], presences[j])) continue;
      found.push_back({i, j, {"overlap.same_minute", {{"time", to_text_minutes(presences[i].began)}}}});
    }
  }
  return found;
}

}  // namespace shide::analysis
