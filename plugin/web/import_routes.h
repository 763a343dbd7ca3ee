// Lists brought along as spreadsheets: /people/import for the IT administrator, /classes/import for the student office. The dry run's
// page carries the list itself to its confirmation, so that nothing of it is kept before somebody said yes.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> import_routes(ports::Ports& ports);

}  // namespace shide::web
