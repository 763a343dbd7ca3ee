// The committee's page for what people judged, grade group by grade group (S81).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> rating_routes(ports::Ports& ports);

}  // namespace shide::web
