// The public face: plan, stages, figures, posts with title, source, publisher, date and views, and the Atom feed (D1, S1..S9).
#pragma once

#include <vector>

#include "ports/ports.h"
#include "web/application.h"
#include "web/router.h"

namespace shide::web {

/// `public_base_url` makes the feed's addresses; empty: from the Host header. `theme_origins`: see web/theme.h.
std::vector<Route> public_routes(ports::Ports& ports, const std::string& public_base_url, const std::vector<std::string>& theme_origins);

}  // namespace shide::web
