// /new-year: the student office looks at what a new school year would be, then begins it.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> new_year_routes(ports::Ports& ports);

}  // namespace shide::web
