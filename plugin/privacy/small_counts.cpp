#include "privacy/small_counts.h"

#include <numeric>

namespace shide::privacy {
namespace {

constexpr std::int64_t kFewest = 5;

/// The parts that are not told, of which a reader learns the sum.
struct Hidden {
  std::size_t count = 0;
  std::int64_t sum = 0;
  bool tells() const { return count == 1 || (count > 0 && sum < kFewest); }
};

std::optional<std::int64_t>* smallest(std::vector<std::optional<std::int64_t>>& parts) {
  std::optional<std::int64_t>* found = nullptr;
  for (auto& part : parts) {
    if (part && (!found || *part < **found)) found = &part;
  }
  return found;
}

}  // namespace

OutwardCounts outward_counts(const std::vector<std::int64_t>& parts) {
  OutwardCounts shown;
  shown.parts.assign(parts.begin(), parts.end());
  Hidden hidden;
  for (;;) {
    std::optional<std::int64_t>* next = smallest(shown.parts);
    if (!next || (**next >= kFewest && !hidden.tells())) break;
    ++hidden.count;
    hidden.sum += **next;
    next->reset();
  }
  std::int64_t total = std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
  if (total >= kFewest) shown.total = total;
  return shown;
}

}  // namespace shide::privacy
