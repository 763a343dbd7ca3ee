// /rosters/{id}/annex2: annex 2 in the school's own layout, for the printer (and as a PDF through it) or as a spreadsheet.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> annex2_routes(ports::Ports& ports);

}  // namespace shide::web
