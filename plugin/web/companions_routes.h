// Who goes along, settled between two colleagues: coming along with a class, taking somebody's place; asked, answered.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> companions_routes(ports::Ports& ports);

}  // namespace shide::web
