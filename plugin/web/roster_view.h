// The roster of a grade group (annex 2) as its template asks for it: the lines with their teams, what is missing, the next step.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "web/call.h"
#include "workflow/roster.h"

namespace shide::web {

/// `problems` of a refusal stand in the line of their class ("team.<class id>").
nlohmann::json roster_view(const Call& call, const workflow::RosterSheet& sheet, const std::vector<Problem>& problems);

/// The places beside the homeroom teacher: one select each, as many as the campaign allows, and more where `team` has more.
nlohmann::json companion_selects(const Call& call, const workflow::RosterSheet& sheet, const workflow::RosterRow& row, const std::vector<std::string>& team);

/// The teams a form sends, "team.<class id>" for each place.
workflow::TypedTeams teams_in(const Form& form);

}  // namespace shide::web
