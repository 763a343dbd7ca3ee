// 发前一查: paste a text, drop a document or photos, and see what gives a child away before it is posted anywhere. Stores nothing: what
// was sent is answered and forgotten, the cleaned photos stand in the page itself. Serves D1, D12.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> check_routes(ports::Ports& ports);

}  // namespace shide::web
