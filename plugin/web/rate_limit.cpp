#include "web/rate_limit.h"

namespace shide::web {
namespace {

constexpr std::size_t kMostRemembered = 10'000;  // accounts; more than any school has

}  // namespace

std::int64_t RateLimit::wait(std::string_view who, Time now) {
  std::lock_guard lock(guard_);
  if (asked_.size() > kMostRemembered) asked_.clear();
  std::deque<Time>& times = asked_[std::string(who)];
  while (!times.empty() && times.front() + window_ <= now) times.pop_front();
  if (times.size() >= most_) return times.front() + window_ - now;
  times.push_back(now);
  return 0;
}

}  // namespace shide::web
