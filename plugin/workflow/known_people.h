// The register of one school as redaction needs it: all pupils and classes, guardians and addresses of the chosen ones, staff.
#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "privacy/redact.h"

namespace shide::workflow {

/// The same as lists, for a caller who adds to them.
Result<privacy::KnownPeople> people_of_school(ports::Unit& unit, const Id<model::School>& school);

/// Read by the software itself, inside the caller's transaction; nothing of it leaves but the redaction.
Result<privacy::Register> known_people(ports::Unit& unit, const Id<model::School>& school);

/// The pupil and guardian of one visit, so that their short forms are found too.
Result<privacy::NoteContext> note_context(ports::Unit& unit, const Id<model::School>& school, const Id<model::Visit>& visit, privacy::Byline byline);

}  // namespace shide::workflow
