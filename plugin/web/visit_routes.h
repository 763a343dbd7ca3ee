// A teacher's pages: my visits, the ten rules, preparing, arranging, writing, photos, confirming; and the record API.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> visit_routes(ports::Ports& ports);

}  // namespace shide::web
