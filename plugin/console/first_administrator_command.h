// shidectl first-administrator [--url URL]: the one-time link of an installation that nobody administers yet, alone on a line.
//
//     http://127.0.0.1:8090/shide/setup/kV3...        asking again makes another, and the earlier one is void
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFine; kFoundWrong once there is an administrator; kCouldNot when the database does not answer. Without --url the address
/// is section.public_base_url, or the one shided listens on.
int first_administrator_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
