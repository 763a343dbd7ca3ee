// Annex 3 on its way out of the house: one record whole, to be printed, signed, or filled in away from the page (S102..S110, D9).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/documents.h"
#include "workflow/visit.h"

namespace shide::workflow {

struct RecordOnPaper {
  Dossier dossier;
  std::vector<ports::Picture> photos;  // by slot
};

/// Who may take the whole of it out: those who read the record in full anyway. The team says no reason, everybody else does.
bool may_take_out_record(const Dossier& dossier);
bool needs_reason_to_take_out(const Dossier& dossier);

/// kNotFound for who may not; kInvalid at "reason" without one that is needed. What was taken out, by whom and why stands in the
/// audit log. A visit without a record gives what the roster knows.
Result<RecordOnPaper> take_out_record(ports::Ports& ports, const model::Actor& actor, const Id<model::Visit>& id, std::string_view reason);

}  // namespace shide::workflow
