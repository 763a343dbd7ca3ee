// shidectl migrate [--dry-run]: brings the database to this release, one numbered step of schema/sql after another.
//
//     {"number":1,"name":"0001_school","state":"taken"}        "missing" with --dry-run, "standing" for those taken before
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFine; kFoundWrong when a step that was taken has another text now; kCouldNot when the database does not answer.
int migrate_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
