// A published post for a portal that loads no code (D10): each part ready to paste, the same as one file, a checklist for that
// portal's editor, and the address where the copy stands, so that a withdrawal reaches it.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> bundle_routes(ports::Ports& ports);

}  // namespace shide::web
