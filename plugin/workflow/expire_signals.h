// A question of form that nobody answers, or nobody decides, is deleted after its time and filed nowhere (D8).
#pragma once

#include "base/result.h"
#include "base/time.h"
#include "ports/ports.h"

namespace shide::workflow {

/// How long a question waits for its answer, and again for the decision.
inline constexpr std::int64_t kQuestionWaits = 30 * kDay;

/// Deletes the questions whose time is over; what was decided stays. Answers how many.
Result<int> expire_signals(ports::Ports& ports);

}  // namespace shide::workflow
