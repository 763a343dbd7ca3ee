// The staff view of accepted records, and settling their doubts (D1, S74, S98).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> section_routes(ports::Ports& ports);

}  // namespace shide::web
