// The second factor: the page that asks for a code after the password, and the one of one's own account where it is set up and switched off.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ports/ports.h"
#include "web/call.h"

namespace shide::web {

/// In answer to a sign-in that opened half a session: on to the page that asks, or that page at once where typed words must be carried
/// along. `csrf` is the half session's; `wanted` a page of ours or "".
Response ask_for_code(Call& call, const std::string& csrf, std::string_view wanted);

std::vector<Route> second_factor_routes(ports::Ports& ports);

}  // namespace shide::web
