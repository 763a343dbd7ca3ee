// From an accepted record to the archives of its confirmed teachers, without retyping (S79, S80); reading by HR and by
// oneself (S111).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Enters the visit into both archives of every teacher who came, confirmed, and has no entry of it yet. A job's step.
/// Answers how many entries were made; running it again makes none.
Result<int> enter_archives(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

struct ArchiveFilter {
  std::string archive;        // "ethics", "professional" or ""
  std::string staff;          // staff number
  std::string school_year;    // 2020-2021
  std::string calendar_year;  // 2021
  std::string after;          // cursor: id of the last entry seen
  std::int64_t limit = 100;   // at most 500
  bool taken = false;         // as a file, which the log tells apart
};

struct ArchivePage {
  std::vector<model::ArchiveEntry> entries;
  std::string next;  // cursor, empty at the end
};

/// Within the actor's Reach: HR and the head all, a teacher the own. Reading by HR is audited.
Result<ArchivePage> archive_entries(ports::Ports& ports, const model::Actor& actor, const ArchiveFilter& filter);

/// Staff of the school with the number of their entries, for HR's page.
struct ArchiveOwner {
  model::Teacher teacher;
  std::int64_t ethics = 0, professional = 0;
};
Result<std::vector<ArchiveOwner>> archive_owners(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::workflow
