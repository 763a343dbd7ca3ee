// Leadership's one screen, the ledger of demands, rectification, questions of form and reported gifts (S83..S88, S96, S97).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> overview_routes(ports::Ports& ports);

}  // namespace shide::web
