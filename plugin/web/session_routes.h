// Signing in and out, the password, and who one is: pages and API.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> session_routes(ports::Ports& ports, bool demo);

}  // namespace shide::web
