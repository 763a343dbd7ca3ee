// Who did what, when and why: the latest entries of the audit log for the auditor (D9). The log itself holds ids only; names of staff are
// put to them here, and a reason that somebody typed is shown without what would tell a child.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

constexpr std::int64_t kAuditRowsShown = 100;

struct AuditFilter {
  std::string person;       // part of a name of the staff, or a whole login; empty: everybody
  std::optional<Date> day;  // empty: the latest
  bool software = false;    // also what the software does by itself, which follows from what people did
};

enum class AuditActor { kPerson, kProgram, kSoftware, kPublic };

struct AuditRow {
  model::AuditEvent event;
  AuditActor actor = AuditActor::kPerson;
  std::string name;         // of the person or the program; empty for the software and the public
  std::string about;        // whose account it was done to, if one's
  std::string reason;       // redacted
  bool reason_withheld = false;  // redaction is in doubt about it
};

/// The newest first, at most kAuditRowsShown; without what the software only does to go on running. For the auditor.
Result<std::vector<AuditRow>> audit_log(ports::Ports& ports, const model::Actor& actor, const AuditFilter& filter);

}  // namespace shide::workflow
