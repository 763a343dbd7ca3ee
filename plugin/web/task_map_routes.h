// /campaigns/{id}/tasks: how far each grade is at each gate, and who owes what by when (S64).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> task_map_routes(ports::Ports& ports);

}  // namespace shide::web
