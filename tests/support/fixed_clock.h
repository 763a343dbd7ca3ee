// A clock that stands still until a test moves it: Sunday 2021-01-24 20:30 in Shanghai, as in the demo school.
#pragma once

#include <atomic>

#include "base/time.h"

namespace shide::testing {

class FixedClock : public Clock {
 public:
  explicit FixedClock(Time now = {1611491400000000}) : now_(now.microseconds) {}
  Time now() const override { return {now_.load()}; }
  void advance(std::int64_t microseconds) { now_ += microseconds; }

 private:
  std::atomic<std::int64_t> now_;
};

}  // namespace shide::testing
