// The roster of a grade group (annex 2) as its template asks for it: the lines with their teams, what is missing, the next step.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "web/call.h"
#include "workflow/roster.h"

namespace shide::web {

/// `problems` of a refusal stand in the line of their class ("team.<class id>").
nlohmann::json roster_view(const Call& call, const workflow::RosterSheet& sheet, const std::vector<Problem>& problems);

}  // namespace shide::web
