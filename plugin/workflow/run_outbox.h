// Does once what follows from a verb: archives, staff view, questions, publishing, withdrawing. Run by one holder at a time.
#pragma once

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Takes up to `limit` due events, withdrawals first, and answers how many were done. A step that fails is tried again after
/// 1 s, 2 s, ... at most 1 h, and is dead after 72 h; every step may run twice without doing anything twice.
Result<int> run_outbox(ports::Ports& ports, int limit = 100);

}  // namespace shide::workflow
