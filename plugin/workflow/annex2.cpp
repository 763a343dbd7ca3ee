#include "workflow/annex2.h"

#include "base/field_check.h"
#include "privacy/reach.h"

namespace shide::workflow {

using model::Guardian;
using ports::Query;
using ports::Unit;

Result<RosterSheet> take_out_roster(ports::Ports& ports, const model::Actor& actor, const Id<model::Roster>& id, std::string_view reason) {
  FieldCheck check;
  std::string said = check.line("reason", reason, {2, 100});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "take_out_roster", [&](Unit& unit) -> Result<RosterSheet> {
    SHIDE_TRY(roster, load_roster(unit, actor, id));
    SHIDE_TRY(sheet, load_roster_sheet(unit, actor, roster, now));
    for (RosterRow& row : sheet.rows) {
      if (!row.visit) continue;
      SHIDE_TRY(guardians, unit.of<Guardian>().list(Query<Guardian>{}.where(&model::Place::visit_id, row.visit->id),
                                                    privacy::reach_with_reason(actor, model::DataKind::kGuardianContact, said)));
      if (!guardians.empty()) row.guardian = guardians.front();
    }
    SHIDE_CHECK(unit.audit(roster, "annex2 phone", said));
    return sheet;
  });
}

}  // namespace shide::workflow
