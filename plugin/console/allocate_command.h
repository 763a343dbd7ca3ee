// shidectl allocate: the grades of a school in, one JSON object a line; their teams out. Needs neither configuration nor database.
//
//     {"id":"qy","grade_groups":[{"name":"三年级组","classes":[...],"teachers":[...]}]}
//       -> {"id":"qy","grade_groups":[{"name":"三年级组","outcome":"full","teams":[...],"left":[],"conflict":[]}]}
//
// schema/api/allocation.schema.json describes both, with an example.
#pragma once

#include "console/streams.h"

namespace shide::console {

/// Arguments: [--lang zh|en], the language of the rules that are named. kFine, kFoundWrong after a bad line or a grade without a
/// full allocation, kWrongUsage.
int allocate_command(const Arguments& arguments, Streams& streams);

}  // namespace shide::console
