// One's own account: where one is signed in, and how that ends.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> account_routes(ports::Ports& ports);

}  // namespace shide::web
