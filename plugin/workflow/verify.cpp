#include "workflow/verify.h"

#include <map>
#include <set>

#include "archive/entries.h"
#include "privacy/reach.h"
#include "workflow/audit_tree.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::ArchiveEntry;
using model::VisitPhoto;
using ports::Query;
using ports::Unit;

namespace {

// Every school of the database at once.
model::Actor verifier() { return job_actor({}, "verify"); }
model::Reach all_of(model::DataKind kind) { return privacy::reach_for_job({}, kind, "verify"); }

Result<void> check_database(ports::Ports& ports, Verification& found) {
  Result<std::vector<std::string>> faults = ports.store->faults();
  if (!faults && faults.error().code != ErrorCode::kInternal) return faults.error();
  // A file too broken for its own check is the worst of its answers, not a failure to look.
  if (!faults) faults = std::vector<std::string>{faults.error().detail};
  for (const std::string& fault : *faults) found.damages.push_back({"database", "", {"verify.database", {{"fault", fault}}}});
  return {};
}

Result<void> check_logs(ports::Ports& ports, Verification& found) {
  SHIDE_TRY(schools, ports.store->read(verifier(), [](Unit& unit) { return unit.of<model::School>().list({}); }));
  for (const model::School& school : schools) {
    Result<audit::LogReport> report = check_log(ports, school.id);
    // Keys that cannot be trusted check nothing, and that is to be told beside what else is found.
    if (auto* error = report.if_error(); error && error->code == ErrorCode::kConfiguration) {
      found.damages.push_back({"audit_heads", "", error->phrase});
      continue;
    }
    if (auto* error = report.if_error()) return std::move(*error);
    found.logged += report->entries;
    found.heads += report->heads;
    for (const Phrase& fault : report->faults) found.damages.push_back({"audit_events", school.id.value, fault});
    for (const Phrase& notice : report->notices) found.notices.push_back(notice);
  }
  return {};
}

Result<void> check_archives(ports::Ports& ports, Verification& found) {
  SHIDE_TRY(entries, ports.store->read(verifier(), [](Unit& unit) {
    return unit.of<ArchiveEntry>().list(Query<ArchiveEntry>{}.order_by(&ArchiveEntry::sequence), all_of(model::DataKind::kArchive));
  }));
  std::map<std::pair<std::string, model::ArchiveKind>, std::vector<ArchiveEntry>> chains;
  for (const ArchiveEntry& one : entries) chains[{one.teacher_id.value, one.archive}].push_back(one);
  for (const auto& [owner, chain] : chains) {
    for (std::int64_t sequence : archive::chain_breaks(chain)) {
      for (const ArchiveEntry& one : chain) {
        if (one.sequence == sequence) found.damages.push_back({"archive_entries", one.id.value, {"verify.chain", {{"sequence", sequence}}}});
      }
    }
  }
  found.entries = entries.size();
  return {};
}

/// Nothing when the bytes are those of their name.
Result<Phrase> damage_of(ports::PhotoVault& vault, const std::string& sha256) {
  Result<std::string> bytes = vault.get(sha256);
  if (bytes) return Phrase{};
  if (bytes.error().code == ErrorCode::kNotFound) return Phrase{"verify.photo_missing"};
  if (bytes.error().code == ErrorCode::kInternal) return Phrase{"verify.photo_changed"};
  return bytes.error();
}

Result<void> check_photos(ports::Ports& ports, const std::function<void(std::size_t, std::size_t)>& progress, Verification& found) {
  SHIDE_TRY(photos, ports.store->read(verifier(), [](Unit& unit) { return unit.of<VisitPhoto>().list({}, all_of(model::DataKind::kPhoto)); }));
  for (const VisitPhoto& one : photos) {
    SHIDE_TRY(damage, damage_of(*ports.photo_vault, one.sha256));
    if (!damage.empty()) found.damages.push_back({"visit_photos", one.id.value, damage});
    ++found.photos;
    if (progress) progress(found.photos, photos.size());
  }
  return {};
}

}  // namespace

Result<Verification> verify(ports::Ports& ports, const std::function<void(std::size_t, std::size_t)>& progress) {
  SHIDE_CHECK(ports.store->ready());
  Verification found;
  SHIDE_CHECK(check_database(ports, found));
  SHIDE_CHECK(check_logs(ports, found));
  SHIDE_CHECK(check_archives(ports, found));
  SHIDE_CHECK(check_photos(ports, progress, found));
  return found;
}

}  // namespace shide::workflow
