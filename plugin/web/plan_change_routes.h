// What becomes of an announced plan: its versions with what each changed, new days, suspending and calling off; and the note that tells
// everybody once (S19, S20, S57, S64).
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "ports/ports.h"
#include "web/call.h"

namespace shide::web {

/// {{#PLAN_NEWS}}{{>plan_news}}{{/PLAN_NEWS}}: the newest change this reader was not told of, or null. `back`: the page it stands on.
Result<nlohmann::json> plan_news(ports::Ports& ports, Call& call, const std::string& back);

std::vector<Route> plan_change_routes(ports::Ports& ports);

}  // namespace shide::web
