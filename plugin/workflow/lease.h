// Who does a job, and when it was last done: so that two workers do not share it, and none does it too often.
#pragma once

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// The lease of the job: true for who holds it for the next minute.
Result<bool> hold_lease(ports::Ports& ports, std::string_view job, std::string_view holder);

/// True once in every `period` microseconds, for whoever asks first.
Result<bool> take_turn(ports::Ports& ports, const Id<model::School>& school, std::string_view job, std::int64_t period);

}  // namespace shide::workflow
