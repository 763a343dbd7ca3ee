// The editor's desk: composing posts, saying yes or no to them, moving and withdrawing them, and what has to go from outside.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> editor_routes(ports::Ports& ports);

}  // namespace shide::web
