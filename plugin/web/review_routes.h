// The reading of records by someone who was not there.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> review_routes(ports::Ports& ports);

}  // namespace shide::web
