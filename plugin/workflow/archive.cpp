#include "workflow/archive.h"

#include <algorithm>
#include <map>

#include "archive/entries.h"
#include "privacy/reach.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::Actor;
using model::ArchiveEntry;
using model::DataKind;
using model::Place;
using ports::Query;
using ports::Unit;

namespace {

Result<std::optional<ArchiveEntry>> last_entry(Unit& unit, const model::Reach& all, const ArchiveEntry& like) {
  SHIDE_TRY(rows, unit.of<ArchiveEntry>().list(Query<ArchiveEntry>{}.where(&ArchiveEntry::teacher_id, like.teacher_id)
      .where(&ArchiveEntry::archive, like.archive).order_by(&ArchiveEntry::sequence, true).limit(1), all));
  return rows.empty() ? std::optional<ArchiveEntry>{} : std::optional<ArchiveEntry>{rows.front()};
}

Result<bool> is_entered(Unit& unit, const model::Reach& all, const ArchiveEntry& entry) {
  SHIDE_TRY(count, unit.of<ArchiveEntry>().count(Query<ArchiveEntry>{}.where(&ArchiveEntry::teacher_id, entry.teacher_id)
      .where(&ArchiveEntry::archive, entry.archive).where(&ArchiveEntry::source_id, entry.source_id), all));
  return count > 0;
}

/// Whose entries were asked for, as the log may keep it: an id, never what was typed, for somebody may type a name.
Result<std::string> subject_of(Unit& unit, const std::string& staff_number) {
  if (staff_number.empty()) return std::string("all");
  Result<model::Teacher> teacher = unit.of<model::Teacher>().first(Query<model::Teacher>{}.where(&model::Teacher::staff_number, staff_number));
  if (teacher) return teacher->id.value;
  return teacher.error().code == ErrorCode::kNotFound ? Result<std::string>("nobody") : teacher.error();
}

}  // namespace

Result<int> enter_archives(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit_id) {
  Time now = ports.clock->now();
  std::vector<Id<ArchiveEntry>> ids(16);
  for (auto& id : ids) id = new_id<ArchiveEntry>(now);
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "enter_archives"); };
  return ports.store->transact(job_actor(school, "enter_archives"), "enter_archives", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(visit, unit.of<model::Visit>().load(visit_id, all(DataKind::kVisit)));
    SHIDE_TRY(record, unit.of<model::VisitRecord>().load({visit_id.value}, all(DataKind::kRecordText)));
    if (record.state != model::RecordState::kAccepted || !record.visited_at || !record.mode) return 0;
    SHIDE_TRY(campaign, unit.of<model::Campaign>().load(visit.campaign_id));
    archive::FinishedVisit finished{visit.id, campaign.title, campaign.school_year, *record.visited_at, *record.mode};
    SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}.where(&Place::visit_id, visit_id), all(DataKind::kVisit)));
    int made = 0;
    for (const model::CoVisitor& one : team) {
      if (!one.confirmed_at || one.attendance == model::Attendance::kAbsent) continue;
      SHIDE_TRY(teacher, unit.of<model::Teacher>().load(one.teacher_id));
      for (ArchiveEntry& entry : archive::entries_of(finished, teacher, one.is_homeroom)) {
        SHIDE_TRY(entered, is_entered(unit, all(DataKind::kArchive), entry));
        if (entered || made >= static_cast<int>(ids.size())) continue;
        SHIDE_TRY(last, last_entry(unit, all(DataKind::kArchive), entry));
        entry.id = ids[static_cast<std::size_t>(made)];
        entry.filed_at = now;
        archive::append(entry, last);
        SHIDE_CHECK(unit.of<ArchiveEntry>().save(entry));
        SHIDE_CHECK(unit.audit(entry, "filed_at"));
        ++made;
      }
    }
    return made;
  });
}

Result<ArchivePage> archive_entries(ports::Ports& ports, const Actor& actor, const ArchiveFilter& filter) {
  model::Reach reach = privacy::reach(actor, DataKind::kArchive);
  if (reach.empty()) return not_for_this_role();
  Query<ArchiveEntry> query;
  if (!filter.archive.empty()) {
    auto archive = model::from_code<model::ArchiveKind>(filter.archive);
    if (!archive) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("archive", {"field.not_offered"});
    query.where(&ArchiveEntry::archive, *archive);
  }
  if (!filter.staff.empty()) query.where(&ArchiveEntry::staff_number, filter.staff);
  if (!filter.school_year.empty()) query.where(&ArchiveEntry::school_year, filter.school_year);
  if (!filter.calendar_year.empty()) query.where(&ArchiveEntry::calendar_year, filter.calendar_year);
  if (!filter.after.empty() && !is_uuid(filter.after)) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("after", {"field.no_cursor"});
  std::int64_t limit = std::clamp<std::int64_t>(filter.limit, 1, 500);
  query.after(filter.after).limit(limit + 1);
  // Reading archives by others than oneself is written down (R14).
  return ports.store->transact(actor, filter.taken ? "take_archives" : "read_archives", [&](Unit& unit) -> Result<ArchivePage> {
    ArchivePage page;
    SHIDE_TRY(entries, unit.of<ArchiveEntry>().list(query, reach));
    page.entries = std::move(entries);
    if (static_cast<std::int64_t>(page.entries.size()) > limit) {
      page.entries.pop_back();
      page.next = page.entries.back().id.value;
    }
    SHIDE_TRY(subject, subject_of(unit, filter.staff));
    SHIDE_CHECK(unit.audit("archive_entries", subject, "read", ""));
    return page;
  });
}

Result<std::vector<ArchiveOwner>> archive_owners(ports::Ports& ports, const Actor& actor) {
  model::Reach reach = privacy::reach(actor, DataKind::kArchive);
  bool whole_school = std::any_of(reach.grants().begin(), reach.grants().end(), [](const model::Grant& grant) { return grant.scope == model::Scope::kSchool; });
  if (!whole_school) return not_for_this_role();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<ArchiveOwner>> {
    SHIDE_TRY(teachers, unit.of<model::Teacher>().list(Query<model::Teacher>{}.order_by(&model::Teacher::staff_number)));
    SHIDE_TRY(entries, unit.of<ArchiveEntry>().list(Query<ArchiveEntry>{}, reach));
    std::map<std::string, ArchiveOwner> owners;
    for (const model::Teacher& teacher : teachers) owners[teacher.id.value].teacher = teacher;
    for (const ArchiveEntry& entry : entries) {
      ArchiveOwner& owner = owners[entry.teacher_id.value];
      ++(entry.archive == model::ArchiveKind::kEthics ? owner.ethics : owner.professional);
    }
    std::vector<ArchiveOwner> list;
    for (const model::Teacher& teacher : teachers) list.push_back(owners[teacher.id.value]);
    return list;
  });
}

}  // namespace shide::workflow
