// `shidectl audit export | keys | new-key ID --until DAY`: the log for whoever checks it elsewhere, and the keys that sign its heads.
#pragma once

#include "console/program.h"

namespace shide::console {

int audit_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
