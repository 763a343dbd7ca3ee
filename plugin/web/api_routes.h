// What the interface for programs says about itself, and whether we are alive.
#pragma once

#include <vector>

#include "web/router.h"

namespace shide::web {

/// GET /health (alive, nothing asked of the database) and GET /api/v1/openapi.json.
std::vector<Route> api_routes();

}  // namespace shide::web
