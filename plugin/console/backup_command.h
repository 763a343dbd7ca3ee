// shidectl backup DIR and restore DIR: a consistent copy of the database taken while the section runs, every photo, and a
// manifest with their hashes (backup.h).
//
// Configuration and keys are not in it: they are files of their own. A PostgreSQL database is copied by pg_dump; the command
// says so, and what to copy beside it.
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFine; kFoundWrong when DIR is not empty; kCouldNot when something could not be read or written.
int backup_command(const Arguments& arguments, Streams& streams, Environment& environment);

/// kFine; kFoundWrong when the backup is broken, or a database or photos are there already: nothing is overwritten.
int restore_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
