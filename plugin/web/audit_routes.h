// The auditor's page of the audit log: who did what, when and why (D9).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> audit_routes(ports::Ports& ports);

}  // namespace shide::web
