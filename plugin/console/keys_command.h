// shidectl keys: the school keys, how long they are good for, and how many data keys each wraps. shidectl rekey: a new school key
// and new data keys, while the section goes on running. shidectl erase: one pupil's data keys destroyed.
//
//     shidectl keys                                   {"id":"20261127-9f3c21","made":"2026-11-27","expires":"2028-11-27","wraps":1437}
//     shidectl rekey                                  (also: shidectl keys rotate)
//     shidectl erase --student 20200311 --reason R    tells what stays
#pragma once

#include "console/program.h"

namespace shide::console {

int keys_command(const Arguments& arguments, Streams& streams, Environment& environment);
int rekey_command(const Arguments& arguments, Streams& streams, Environment& environment);
int erase_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
