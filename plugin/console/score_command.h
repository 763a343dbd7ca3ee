// shidectl score --rules FILE [--lang zh|en]: facts in, one object a person out, as JSON Lines.
#pragma once

#include "console/streams.h"

namespace shide::console {

/// kFine; kFoundWrong if the rules are refused (file:line on err) or a line was bad (its number on err, the others are
/// scored); kWrongUsage; kCouldNot if the rule file cannot be read. Nothing personal is written to err.
int score_command(const Arguments& arguments, Streams& streams);

}  // namespace shide::console
