// The log of who did what as a tree whose head is signed each day and kept outside (RFC 6962; audit/canonical.h says which bytes), so
// that whoever holds an old head can tell whether anything below it was changed since.
//
// Nothing is signed in doubt: not a log that disagrees with an earlier head, not before the moment of the last one (a clock set back),
// not with a key that is over or a folder of keys that cannot be trusted (ports/seal.h).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log_check.h"
#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// The job: a head a school and day, and copies of those that are not outside yet. Answers how many heads were signed.
Result<int> sign_heads(ports::Ports& ports);

/// One now, whatever the day.
Result<model::AuditHead> sign_head(ports::Ports& ports, const Id<model::School>& school);

/// Reads the log of a school through, with its heads and, of the keys that are here, those that check.
Result<audit::LogReport> check_log(ports::Ports& ports, const Id<model::School>& school);

/// Signs a head over everything, then gives the lines of audit/log_file.h up to it: no name, no reason. For the auditor and the operator.
Result<audit::LogReport> export_log(ports::Ports& ports, const model::Actor& actor, const std::function<void(std::string_view)>& write);

/// What the auditor's page prints, and what is not as it should be.
struct SealState {
  std::optional<model::AuditHead> head;  // the newest
  std::string public_key;                // of the key that signed it; empty when it is not here
  std::int64_t since = 0;                // entries after it
  Phrase trouble;                        // why none is signed, or none kept outside; empty: all is well
};
Result<SealState> seal_state(ports::Ports& ports, const model::Actor& actor);

/// One entry with what shows that it is below the newest head: for whoever is handed the head and wants to check the entry alone.
struct EntryProof {
  audit::Entry entry;
  model::AuditHead head;
  audit::Proof proof;
};
/// kNotFound for an entry after the newest head.
Result<EntryProof> prove_entry(ports::Ports& ports, const model::Actor& actor, const Id<model::AuditEvent>& id);

}  // namespace shide::workflow
