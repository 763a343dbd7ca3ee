// shidectl demo [--today TIME]: fills an empty, migrated store with the demo school and writes demo.json beside it; a store that
// holds a school is left alone.
#pragma once

#include "console/program.h"

namespace shide::console {

int demo_command(const Arguments& arguments, Streams& streams, Environment& environment);

/// shidectl worker [--once]: does what is due, job by job, until nothing is left.
int worker_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
