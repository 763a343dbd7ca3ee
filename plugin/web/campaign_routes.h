// The student office writes and announces the plan; everybody reads it.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> campaign_routes(ports::Ports& ports);

}  // namespace shide::web
