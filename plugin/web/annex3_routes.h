// /visits/{id}/annex3: the record in the plan's own table, for the printer, as a PDF, or as a .docx to go on with elsewhere.
// /papers: what comes back filled in, one or many at once. What was read of each is shown first, and written when its teacher says so.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> annex3_routes(ports::Ports& ports);

}  // namespace shide::web
