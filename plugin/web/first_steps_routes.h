// /begin: what a school has entered and what is next, on its first afternoon and after every interruption.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

inline constexpr const char* kBeginPath = "/begin";

std::vector<Route> first_steps_routes(ports::Ports& ports);

}  // namespace shide::web
