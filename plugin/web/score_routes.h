// A score that explains itself line by line, the committee's list, and award candidates by eligibility (S81, S82, D3).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> score_routes(ports::Ports& ports);

}  // namespace shide::web
