// Everybody into a team: the proposal beside the present teams, moved by hand, taken as a whole; and the rules it respects.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> allocation_routes(ports::Ports& ports);

}  // namespace shide::web
