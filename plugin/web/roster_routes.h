// Annex 2: choosing the pupil, the grade's sheet with its teams, handing in, accepting, sending back; and the roster API.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> roster_routes(ports::Ports& ports);

}  // namespace shide::web
