// /setup/{token}: the page behind the one-time link, where the first administrator names the school.
#pragma once

#include <string_view>
#include <vector>

#include "web/router.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

/// The only page with something to say before there is a school.
inline constexpr std::string_view kSetupPattern = "/setup/{token}";

std::vector<Route> setup_routes(ports::Ports& ports);

}  // namespace shide::web
