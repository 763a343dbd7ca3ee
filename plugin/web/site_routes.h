// The way through the school's own site and back: sent there with a nonce, received with its ticket, linked once, signed out in both
// directions. What is said between us: adapters/site_bridge.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> site_routes(ports::Ports& ports);

}  // namespace shide::web
