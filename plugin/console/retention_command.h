// shidectl retention: the register of what was destroyed, one JSON object a line, the newest first; with --due, what is over and goes
// with the next round of the worker.
//
//     shidectl retention          {"at":"2021-02-23T03:00:00+08:00","what":"destroy_contact","object":"guardians","id":"018f...","until":"2021-02-22"}
//     shidectl retention --due    {"what":"destroy_photo","id":"018f...","until":"2021-01-31"}
#pragma once

#include "console/program.h"

namespace shide::console {

int retention_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
