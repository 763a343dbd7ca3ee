// The district's page: sums of the school's campaign, without pupils and without small counts (D9).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> district_routes(ports::Ports& ports);

}  // namespace shide::web
