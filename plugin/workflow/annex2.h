// Annex 2 on its way out of the house: the roster of a grade group with what its reader may have, under one reason (S99, S100, D9).
#pragma once

#include <string_view>

#include "base/result.h"
#include "workflow/roster_sheet.h"

namespace shide::workflow {

/// For the student office with telephones, for the grade's leader with masked ones. kInvalid at "reason" without one; what was
/// taken out, by whom and why stands in the audit log.
Result<RosterSheet> take_out_roster(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, std::string_view reason);

}  // namespace shide::workflow
