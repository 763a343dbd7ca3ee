// /privacy: what the school keeps of a child and for how long, in plain words for families and children (children's rules 8 to 10,
// PIPL 17, 30, 31). /privacy/matrix: who sees what, made from the code, for everybody who works here (D9).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

std::vector<Route> privacy_routes(ports::Ports& ports);

}  // namespace shide::web
