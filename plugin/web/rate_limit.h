// How often one account may ask for something costly, remembered by this process alone: it protects the machine, it proves nothing.
//
//     RateLimit limit(30, 10 * kMinute);     if (auto wait = limit.wait("account", now); wait > 0) ... come again in `wait`
#pragma once

#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace shide::web {

/// Thread-safe.
class RateLimit {
 public:
  RateLimit(std::size_t most, std::int64_t window) : most_(most), window_(window) {}

  /// Counts the asking and returns 0, or returns the microseconds to wait and counts nothing.
  std::int64_t wait(std::string_view who, Time now);

 private:
  const std::size_t most_;
  const std::int64_t window_;  // microseconds
  std::mutex guard_;
  std::unordered_map<std::string, std::deque<Time>> asked_;  // the times within the window, the oldest first
};

}  // namespace shide::web
