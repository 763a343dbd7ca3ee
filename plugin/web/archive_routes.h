// The two archives: HR's list and files, a teacher's own, and the API that HR systems pull from (S79, S80, S111).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> archive_routes(ports::Ports& ports);

}  // namespace shide::web
