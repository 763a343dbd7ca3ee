// Signing in and out, the password, and who one is: pages and API.
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/router.h"
#include "workflow/sign_in.h"

namespace shide::web {

/// For a form whose session has ended: the page to sign in, which carries what was typed on to where it was going.
Response sign_in_again(Call& call, bool demo);

/// Where somebody's work is.
std::string home_of(const model::Actor& actor);

/// After a sign-in: on to `wanted` when that is a page of ours, else where the reader's work is; first to what the session still lacks.
Response enter(Call& call, const workflow::SignedIn& signed_in, std::string_view wanted);

std::vector<Route> session_routes(ports::Ports& ports, bool demo);

}  // namespace shide::web
