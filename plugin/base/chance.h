// Numbers that nobody can foretell, or that a test can: the same seed gives the same numbers.
#pragma once

#include <cstdint>
#include <mutex>
#include <random>

namespace shide {

/// For spreading things in time, never for secrets. Thread-safe.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  /// Any number of low..high, both included; low <= high.
  std::int64_t between(std::int64_t low, std::int64_t high) {
    std::lock_guard lock(mutex_);
    return low + static_cast<std::int64_t>(engine_() % (static_cast<std::uint64_t>(high - low) + 1));
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace shide
