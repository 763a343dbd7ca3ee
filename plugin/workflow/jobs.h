// What is done without anybody asking, one line a job, in their order. The door's tick and `shidectl worker` both read this list.
#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct Job {
  std::string_view name;                // of its lease, too: a job runs in one process at a time
  Result<int> (*run)(ports::Ports&);    // does some of what is due; answers how much, 0 when nothing is left
};

std::span<const Job> jobs();

}  // namespace shide::workflow
