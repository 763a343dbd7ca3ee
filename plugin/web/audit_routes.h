// The auditor's pages: who did what and why, who looked at a child, at much, at night, what was taken away, each entry with its proof, and
// the signed head for printing (D9).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> audit_routes(ports::Ports& ports);

}  // namespace shide::web
