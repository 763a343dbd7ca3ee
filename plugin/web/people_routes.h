// /people: the colleagues' accounts and their sign-in slips, for the IT administrator.
#pragma once

#include <string>
#include <vector>

#include "web/router.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

/// `public_base_url` is the address a slip names; without one it is the address the administrator came by.
std::vector<Route> people_routes(ports::Ports& ports, const std::string& public_base_url);

}  // namespace shide::web
