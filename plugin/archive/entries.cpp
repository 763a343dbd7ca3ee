#include "archive/entries.h"

#include "base/digest.h"
#include "base/phrase.h"

namespace shide::archive {

using model::ArchiveEntry;
using model::ArchiveKind;

std::vector<ArchiveEntry> entries_of(const FinishedVisit& visit, const model::Teacher& teacher, bool homeroom) {
  std::vector<ArchiveEntry> entries;
  std::string month = month_text(date_of(visit.visited_at));
  std::string mode(model::code_of(visit.mode));
  for (ArchiveKind archive : {ArchiveKind::kEthics, ArchiveKind::kProfessional}) {
    std::string prefix = "archive." + std::string(model::code_of(archive)) + ".";
    ArchiveEntry entry;
    entry.school_id = teacher.school_id;
    entry.archive = archive;
    entry.teacher_id = teacher.id;
    entry.staff_number = teacher.staff_number;
    entry.staff_name = teacher.name;
    entry.school_year = visit.school_year;
    entry.calendar_year = month.substr(0, 4);
    entry.kind = "home_visit";
    entry.title = format_phrase({prefix + "title", {{"campaign", visit.campaign_title}}});
    entry.text = format_phrase({prefix + "text", {{"month", month}, {"mode", Phrase{"visit_mode." + mode}},
                                                  {"part", Phrase{homeroom ? "archive.part.homeroom" : "archive.part.companion"}}}});
    entry.event_month = month;
    entry.mode = mode;
    entry.source_id = visit.id.value;
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string hash_of(const ArchiveEntry& entry) {
  std::string bytes;
  // Each part with its length, so that no two different entries read the same.
  auto add = [&](std::string_view part) { bytes += std::to_string(part.size()) + ":" + std::string(part) + "\n"; };
  add(entry.previous_hash);
  add(std::to_string(entry.sequence));
  add(model::code_of(entry.archive));
  for (const std::string* part : {&entry.school_id.value, &entry.teacher_id.value, &entry.staff_number, &entry.staff_name, &entry.school_year,
                                  &entry.calendar_year, &entry.kind, &entry.title, &entry.text, &entry.event_month, &entry.mode, &entry.source_id}) {
    add(*part);
  }
  add(std::to_string(entry.filed_at.microseconds));
  return sha256_hex(bytes);
}

void append(ArchiveEntry& entry, const std::optional<ArchiveEntry>& last) {
  entry.sequence = last ? last->sequence + 1 : 1;
  entry.previous_hash = last ? last->hash : "";
  entry.hash = hash_of(entry);
}

std::vector<std::int64_t> chain_breaks(const std::vector<ArchiveEntry>& entries) {
  std::vector<std::int64_t> breaks;
  std::string previous;
  std::int64_t expected = 1;
  for (const ArchiveEntry& entry : entries) {
    if (entry.sequence != expected || entry.previous_hash != previous || entry.hash != hash_of(entry)) breaks.push_back(entry.sequence);
    previous = entry.hash;
    expected = entry.sequence + 1;
  }
  return breaks;
}

}  // namespace shide::archive
