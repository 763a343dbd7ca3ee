// /students/{id}/timeline: what the school and one family have had to do with each other, brothers and sisters together.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> timeline_routes(ports::Ports& ports);

}  // namespace shide::web
