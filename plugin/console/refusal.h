// How a command ends when a verb answers an Error.
#pragma once

#include "console/program.h"

namespace shide::console {

/// Tells it; kCouldNot when waiting may help or the fault is ours, kFoundWrong for what the data or the input are to blame for.
int refuse(const Error& error, Streams& streams);

/// The same before there is a school, which is told in words of its own.
int refuse_school(const Error& error, Streams& streams);

}  // namespace shide::console
