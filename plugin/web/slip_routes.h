// Sign-in slips: printed for many at once by the IT administrator, and /enter, where a code becomes a password (D13).
#pragma once

#include <string>
#include <vector>

#include "ports/ports.h"
#include "web/call.h"
#include "workflow/slips.h"

namespace shide::web {

/// The slips, to be printed: ten on a sheet of A4. `public_base_url` empty: the address of this request.
Result<Response> slips_page(Call& call, const std::string& public_base_url, const std::vector<workflow::Slip>& slips);

std::vector<Route> slip_routes(ports::Ports& ports, const std::string& public_base_url);

}  // namespace shide::web
