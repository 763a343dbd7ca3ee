// shidectl verify: is everything still what it was when it was stored? One JSON object for each thing that is broken, the sums
// at the end on stderr.
//
//     {"object":"visit_photos","id":"018f...","what":"..."}
#pragma once

#include "console/program.h"

namespace shide::console {

/// kFine; kFoundWrong when something is broken; kCouldNot when the database or the photos could not be read.
int verify_command(const Arguments& arguments, Streams& streams, Environment& environment);

/// `--export FILE --key FILE [--head FILE]`, the latter two as often as wanted: a log that left the school, with nothing but itself and
/// the public keys. A head that was kept elsewhere must be one of this log.
int verify_export_command(const Arguments& arguments, Streams& streams);

}  // namespace shide::console
