// /classes: the grade groups, classes and register of this school year, for the student office.
#pragma once

#include <vector>

#include "web/router.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

std::vector<Route> class_routes(ports::Ports& ports);

}  // namespace shide::web
