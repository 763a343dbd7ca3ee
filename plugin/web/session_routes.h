// Signing in and out, the password, and who one is: pages and API.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"

namespace shide::web {

/// For a form whose session has ended: the page to sign in, which carries what was typed on to where it was going.
Response sign_in_again(Call& call, bool demo);

std::vector<Route> session_routes(ports::Ports& ports, bool demo);

}  // namespace shide::web
