// shidectl doctor: is this installation in order? One JSON object for each thing looked at, with what to do when it is not.
//
//     {"check":"database","ok":true}
//     {"check":"disk","ok":false,"do":"..."}
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFine; kFoundWrong when something wants a hand; kCouldNot, by the caller, when the configuration cannot be read.
int doctor_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
