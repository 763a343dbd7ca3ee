// Who did what, when and why, for the auditor (D9): everything, or what was only looked at, at night, taken away, or about one child. The
// log itself holds ids only; names of staff are put to them here, and a reason that somebody typed is shown without what would
// tell a child. The auditor names a child by its student number, and is told no name.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

constexpr std::size_t kAuditRowsShown = 100;

enum class AuditView {
  kDone,   // what people and programs did, without mere looking
  kLooks,  // what of children and archives was read
  kNight,  // the same between 22:00 and 6:00, of the last kNightsBack nights
  kTaken,  // what was taken away as a file
};
constexpr int kNightsBack = 92;

struct AuditFilter {
  AuditView view = AuditView::kDone;
  std::string person;       // part of a name of the staff, or a whole login; empty: everybody
  std::string who;          // the id of an account; empty: everybody
  std::string object;       // the id of what it was done to
  std::string student_number;  // of a child: everything about it and its visits, looks and changes alike
  std::optional<Date> day;  // empty: the latest
  bool software = false;    // also what the software does by itself, which follows from what people did
  std::int64_t before = 0;  // only entries of a smaller sequence: the next page
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

struct AuditPage {
  std::vector<AuditRow> rows;  // the newest first, at most kAuditRowsShown
  std::int64_t next = 0;       // `before` of the page of older ones; 0 when there is none
};

/// Without what the software only does to go on running. kInvalid at "student_number" for one that nobody has. Asking about a child is
/// itself an entry.
Result<AuditPage> audit_log(ports::Ports& ports, const model::Actor& actor, const AuditFilter& filter);

/// One entry.
Result<AuditRow> audit_entry(ports::Ports& ports, const model::Actor& actor, const Id<model::AuditEvent>& id);

struct Reader {
  Id<model::Account> account;
  std::string name;
  std::int64_t children = 0;  // different visits and pupils
  std::int64_t looks = 0;
  std::int64_t at_night = 0;
  Time last;
};
struct Readers {
  std::vector<Reader> list;  // who read of most children first
  bool is_partial = false;   // more was read than is counted in one go: choose a shorter time
};
constexpr std::int64_t kLooksCounted = 50'000;

/// Who looked at how much, from the first day to the last.
Result<Readers> readers(ports::Ports& ports, const model::Actor& actor, Date from, Date to);

}  // namespace shide::workflow
