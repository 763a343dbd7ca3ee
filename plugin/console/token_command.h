// shidectl token list | add | revoke: tokens for programs, HR's above all, one JSON object a line.
//
//     token add --scope archive:read [--name HR] [--days 365]      {"id":"...","name":"HR","scopes":"archive:read",...,"token":"..."}
//     token revoke ID
#pragma once

#include "console/program.h"

namespace shide::console {

/// The token itself is printed once, by `add`. Exit codes as of `user`.
int token_command(const Arguments& arguments, Streams& streams, Environment& environment);

}  // namespace shide::console
