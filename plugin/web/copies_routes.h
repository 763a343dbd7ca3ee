// The copies of posts on the school's own site, for the desk: how each stands, and what a person decides about it.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> copies_routes(ports::Ports& ports);

}  // namespace shide::web
