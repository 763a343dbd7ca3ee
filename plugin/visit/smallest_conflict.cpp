#include "visit/smallest_conflict.h"

#include <algorithm>
#include <numeric>

namespace shide::visit {
namespace {

bool meets(const RuleNumbers& chosen, const RuleNumbers& way_out) {
  return std::any_of(way_out.begin(), way_out.end(), [&](std::size_t rule) { return std::find(chosen.begin(), chosen.end(), rule) != chosen.end(); });
}

/// A smallest set with a rule of each way out, if it has fewer than `limit`: take one rule after the other of a way not met yet.
class HittingSet {
 public:
  HittingSet(const std::vector<RuleNumbers>& ways_out, std::size_t limit) : ways_out_(ways_out), limit_(limit) {}

  std::optional<RuleNumbers> find() {
    for (std::size_t size = 0; size < limit_; ++size) {
      RuleNumbers chosen;
      if (extend(chosen, size)) {
        std::sort(chosen.begin(), chosen.end());
        return chosen;
      }
    }
    return {};
  }
  /// Too many tries: there may be one that was not found.
  bool gave_up() const { return tries_ >= kMostTries; }

 private:
  static constexpr std::size_t kMostTries = 200'000;

  bool extend(RuleNumbers& chosen, std::size_t size) {
    if (gave_up()) return false;
    ++tries_;
    auto open = std::find_if(ways_out_.begin(), ways_out_.end(), [&](const RuleNumbers& one) { return !meets(chosen, one); });
    if (open == ways_out_.end()) return true;
    if (chosen.size() == size) return false;
    for (std::size_t rule : *open) {
      chosen.push_back(rule);
      if (extend(chosen, size)) return true;
      chosen.pop_back();
    }
    return false;
  }

  const std::vector<RuleNumbers>& ways_out_;
  std::size_t limit_;
  std::size_t tries_ = 0;
};

RuleNumbers without(const RuleNumbers& rules, std::size_t rule) {
  RuleNumbers rest = rules;
  rest.erase(std::remove(rest.begin(), rest.end(), rule), rest.end());
  return rest;
}

}  // namespace

Conflict smallest_conflict(std::size_t count, const std::function<std::optional<bool>(const RuleNumbers&)>& can_keep) {
  constexpr std::size_t kMostWaysOut = 200;
  Conflict conflict;
  conflict.rules.resize(count);
  std::iota(conflict.rules.begin(), conflict.rules.end(), std::size_t{0});
  RuleNumbers all = conflict.rules;
  for (std::size_t i = count; i-- > 0;) {  // the last first: what is general stands in front and stays longest
    std::optional<bool> kept = can_keep(without(conflict.rules, i));
    if (!kept) conflict.smallest = false;
    else if (!*kept) conflict.rules = without(conflict.rules, i);
  }
  std::vector<RuleNumbers> ways_out;
  while (conflict.smallest) {
    HittingSet hitting(ways_out, conflict.rules.size());
    std::optional<RuleNumbers> chosen = hitting.find();
    if (!chosen) {
      conflict.smallest = !hitting.gave_up();
      return conflict;
    }
    std::optional<bool> kept = can_keep(*chosen);
    if (kept && !*kept) {
      conflict.rules = *chosen;
      return conflict;
    }
    RuleNumbers held = *chosen, way_out;
    for (std::size_t rule : all) {
      if (!kept) break;
      if (std::find(held.begin(), held.end(), rule) != held.end()) continue;
      RuleNumbers more = held;
      more.insert(std::upper_bound(more.begin(), more.end(), rule), rule);
      kept = can_keep(more);
      if (kept && *kept) held = more;
      else way_out.push_back(rule);
    }
    if (!kept || ways_out.size() == kMostWaysOut) conflict.smallest = false;
    ways_out.push_back(way_out);
  }
  return conflict;
}

}  // namespace shide::visit
