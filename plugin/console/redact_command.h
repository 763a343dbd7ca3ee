// shidectl redact: notes in, redacted notes out, one JSON object a line. Needs neither configuration nor database.
//
//     {"id":"7","text":"王小明很好","known":{"students":["王小明"]}}
//       -> {"id":"7","text":"孩子很好","cuts":[{"start":0,"end":3,"kind":"student_name","replacement":"孩子","reason":"..."}],"left":[]}
#pragma once

#include "console/streams.h"

namespace shide::console {

/// Arguments: [--byline none|teachers]. `start` and `end` are code points of the text as received. kFine, kFoundWrong after
/// a line that had to be skipped (told on err with its number), kWrongUsage.
int redact_command(const Arguments& arguments, Streams& streams);

}  // namespace shide::console
