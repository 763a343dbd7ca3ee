#include "workflow/record.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "visit/record_merge.h"

namespace shide::workflow {

using model::Actor;
using model::CoVisitor;
using model::DataKind;
using model::Demand;
using model::Place;
using model::RecordState;
using model::Visit;
using model::VisitPhoto;
using model::VisitRecord;
using model::VisitState;
using ports::Query;
using ports::Unit;

namespace {

// Only those who go may write; for others the visit does not exist.
Result<Dossier> load_to_write(Unit& unit, const Actor& actor, const Id<Visit>& id) {
  SHIDE_TRY(dossier, load_dossier(unit, actor, id));
  if (!dossier.in_team) return not_found();
  return dossier;
}

bool is_editable(const std::optional<VisitRecord>& record) {
  return !record || record->state == RecordState::kDraft || record->state == RecordState::kReturned;
}

constexpr std::size_t kDemandsAtOnce = 10;

template <class E>
Phrase word_of(const char* prefix, E value) {
  return {prefix + std::string(model::code_of(value))};
}

const Demand* with_id(const std::vector<Demand>& demands, const Id<Demand>& id) {
  auto found = std::find_if(demands.begin(), demands.end(), [&](const Demand& one) { return one.id == id; });
  return found == demands.end() ? nullptr : &*found;
}

// What cannot be written any more: the record is handed in, or the demand is already with who answers it.
void compare_demands(StaleEdit& edit, const std::vector<Demand>& stored, const std::vector<Demand>& typed) {
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const Demand* before = with_id(stored, typed[i].id);
    std::string at = "demands." + std::to_string(i) + ".";
    edit.compare(at + "text", before ? before->text : "", typed[i].text);
    if (before) edit.compare(at + "topic", word_of("demand_topic.", before->topic), word_of("demand_topic.", typed[i].topic));
  }
}

Result<std::vector<Demand>> check_demands(const std::vector<DemandForm>& forms, Time now) {
  FieldCheck check;
  std::vector<Demand> demands;
  if (forms.size() > kDemandsAtOnce) check.problem("demands", {"demand.too_many", {{"max", kDemandsAtOnce}}});
  for (std::size_t i = 0; i < forms.size() && i < kDemandsAtOnce; ++i) {
    const DemandForm& form = forms[i];
    if (trim(form.text).empty()) continue;
    std::string at = "demands." + std::to_string(i) + ".";
    Demand demand;
    demand.id.value = form.id.empty() ? new_uuid(now) : form.id;
    if (!is_uuid(demand.id.value)) check.problem(at + "id", {"field.not_offered"});
    demand.text = check.text(at + "text", form.text, {1, 500});
    auto topic = model::from_code<model::DemandTopic>(form.topic);
    if (!topic) check.problem(at + "topic", {"demand.topic_missing"});
    demand.topic = topic.value_or(model::DemandTopic::kOther);
    demand.urgency = form.urgent ? model::Urgency::kUrgent : model::Urgency::kNormal;
    demand.heard_at = check.optional_time(at + "heard_at", form.heard_at).value_or(now);
    if (demand.heard_at > now) check.problem(at + "heard_at", {"demand.heard_late"});
    demand.heard_early_reason = check.line(at + "heard_early_reason", form.heard_early_reason, {0, 200});
    demand.recorded_at = now;
    demands.push_back(std::move(demand));
  }
  if (!check.fine()) return check.error();
  return demands;
}

// The same words on the same topic are the same demand: a phone that lost the answer sends them again without an id.
bool is_same(const Demand& stored, const Demand& typed) { return stored.id == typed.id || (stored.text == typed.text && stored.topic == typed.topic); }

// What a demand says may be mended until somebody owes its answer; what happened to it since stays.
Result<void> save_demands(Unit& unit, const Dossier& dossier, const std::vector<Demand>& demands) {
  for (Demand demand : demands) {
    auto before = std::find_if(dossier.demands.begin(), dossier.demands.end(), [&](const Demand& one) { return is_same(one, demand); });
    if (before != dossier.demands.end()) {
      Demand stored = *before;
      if (stored.state != model::DemandState::kRecorded) {
        StaleEdit late;
        compare_demands(late, {stored}, {demand});
        if (late.differs()) return late.error({"demand.with_owner"});
        continue;
      }
      stored.text = demand.text;
      stored.topic = demand.topic;
      stored.urgency = demand.urgency;
      stored.heard_early_reason = demand.heard_early_reason;
      SHIDE_CHECK(unit.of<Demand>().save(stored));
      continue;
    }
    demand.school_id = dossier.visit.school_id;
    demand.place = dossier.visit.place;
    if (dossier.record && dossier.record->visited_at && demand.heard_at > *dossier.record->visited_at) demand.heard_at = *dossier.record->visited_at;
    SHIDE_CHECK(unit.of<Demand>().save(demand));
  }
  return {};
}

Result<void> save_attendance(Unit& unit, CoVisitor& one, bool came) {
  if (came == (one.attendance != model::Attendance::kAbsent)) return {};
  one.attendance = came ? model::Attendance::kPlanned : model::Attendance::kAbsent;
  if (!came) one.confirmed_at.reset();
  SHIDE_CHECK(unit.of<CoVisitor>().save(one));
  return unit.audit(one, "attendance");
}

// The record states who really came (D4).
Result<void> save_absent(Unit& unit, std::vector<CoVisitor>& team, const std::optional<std::vector<std::string>>& absent) {
  if (!absent) return {};
  for (CoVisitor& one : team) {
    bool came = std::find(absent->begin(), absent->end(), one.teacher_id.value) == absent->end();
    SHIDE_CHECK(save_attendance(unit, one, came));
  }
  return {};
}

const VisitPhoto* in_slot(const std::vector<VisitPhoto>& photos, std::int64_t slot) {
  auto found = std::find_if(photos.begin(), photos.end(), [&](const VisitPhoto& one) { return one.slot == slot; });
  return found == photos.end() ? nullptr : &*found;
}

const VisitPhoto* with_source(const std::vector<VisitPhoto>& photos, const std::string& source_sha256) {
  auto found = std::find_if(photos.begin(), photos.end(), [&](const VisitPhoto& one) { return one.source_sha256 == source_sha256; });
  return found == photos.end() ? nullptr : &*found;
}

// The wanted slot if nothing stands in it, else the first free one; 0 when all are taken.
std::int64_t free_slot(const Dossier& dossier, std::int64_t wanted) {
  if (!in_slot(dossier.photos, wanted)) return wanted;
  for (std::int64_t slot = 1; slot <= dossier.campaign.photos_required; ++slot) {
    if (!in_slot(dossier.photos, slot)) return slot;
  }
  return 0;
}

Error too_many_photos(const model::Campaign& campaign) {
  Phrase full{"record.third_photo", {{"max", campaign.photos_required}}};
  return Error{ErrorCode::kInvalid, full}.with("photo", full);
}

Result<CoVisitor> own_place_in_team(Unit& unit, const Actor& actor, const Id<Visit>& id) {
  return unit.of<CoVisitor>().first(Query<CoVisitor>{}.where(&Place::visit_id, id).where(&CoVisitor::teacher_id, actor.teacher),
                                    privacy::reach(actor, DataKind::kVisit));
}

}  // namespace

Result<SavedRecord> save_record(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::int64_t expected_version,
                                const visit::RecordForm& form, const std::vector<DemandForm>& demand_forms) {
  Time now = ports.clock->now();
  VisitRecord typed;
  Result<void> filled = visit::fill_record(typed, form, now);
  Result<std::vector<Demand>> demands = check_demands(demand_forms, now);
  if (!filled || !demands) {
    Error error{ErrorCode::kInvalid, {"error.invalid"}};
    for (const Error* one : {filled.if_error(), demands.if_error()}) {
      if (one) error.problems.insert(error.problems.end(), one->problems.begin(), one->problems.end());
    }
    error.phrase.args.push_back({"count", error.problems.size()});
    return error;
  }
  return ports.store->transact(actor, "save_record", [&](Unit& unit) -> Result<SavedRecord> {
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    VisitRecord record = dossier.record.value_or(VisitRecord{});
    VisitRecord wanted = typed;
    if (!demands->empty() || !dossier.demands.empty()) wanted.no_demand.clear();  // the family's words are there
    if (!is_editable(dossier.record)) {
      visit::merge(wanted, record, form.seen);  // what the writer left alone is no difference; every other word is told
      StaleEdit edit = visit::merge(wanted, record, {});
      compare_demands(edit, dossier.demands, *demands);
      if (edit.differs()) return edit.error({"record.already_submitted"});
      return SavedRecord{record, dossier.missing()};
    }
    bool is_late = record.version != expected_version;
    if (is_late) {
      StaleEdit edit = visit::merge(wanted, record, form.seen);
      if (edit.differs()) return edit.error();
    }
    visit::take_written(record, wanted);
    record.id.value = id.value;
    record.school_id = dossier.visit.school_id;
    record.place = dossier.visit.place;
    record.saved_at = now;
    record.saved_by = actor.teacher;
    SHIDE_CHECK(unit.of<VisitRecord>().save(record));
    dossier.record = record;
    bool absent_is_theirs = is_late && form.absent && visit::is_as_seen(form.seen, "absent", join(*form.absent, " "));
    if (!absent_is_theirs) SHIDE_CHECK(save_absent(unit, dossier.team, form.absent));
    SHIDE_CHECK(save_demands(unit, dossier, *demands));
    if (record.visited_at && dossier.visit.visited_at != record.visited_at) {
      dossier.visit.visited_at = record.visited_at;
      if (dossier.visit.state != VisitState::kRecorded) dossier.visit.state = VisitState::kVisited;
      SHIDE_CHECK(unit.of<Visit>().save(dossier.visit));
    }
    SHIDE_CHECK(unit.audit(record, "draft"));
    SHIDE_TRY(after, load_dossier(unit, actor, id));
    return SavedRecord{*after.record, after.missing()};
  });
}

Result<VisitPhoto> add_photo(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::int64_t slot, std::string_view bytes, Occupied occupied) {
  SHIDE_TRY(before, dossier(ports, actor, id));
  if (!before.in_team) return not_found();
  // The same file sent twice: the first answer again, wherever it stands by now.
  const VisitPhoto* same = with_source(before.photos, sha256_hex(bytes));
  if (same && (same->slot == slot || occupied == Occupied::kTakeFreeSlot)) return *same;
  if (!is_editable(before.record)) return Error{ErrorCode::kInvalid, {"record.already_submitted"}};
  if (slot < 1 || slot > before.campaign.photos_required) return too_many_photos(before.campaign);
  SHIDE_TRY(clean, ports.photo_reader->read(bytes));
  // Durable first, then referred to: an orphan is swept, a missing photo could not be mended.
  SHIDE_CHECK(ports.photo_vault->put(clean.sha256, clean.jpeg));
  Time now = ports.clock->now();
  Id<VisitPhoto> new_photo = new_id<VisitPhoto>(now);
  return ports.store->transact(actor, "add_photo", [&](Unit& unit) -> Result<VisitPhoto> {
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    if (!is_editable(dossier.record)) return Error{ErrorCode::kInvalid, {"record.already_submitted"}};
    std::int64_t place = occupied == Occupied::kTakeFreeSlot ? free_slot(dossier, slot) : slot;
    if (place == 0) return too_many_photos(dossier.campaign);
    VisitPhoto photo;
    photo.id = new_photo;
    if (const VisitPhoto* held = in_slot(dossier.photos, place)) {
      photo = *held;
      if (photo.sha256 == clean.sha256) return photo;
    }
    photo.school_id = dossier.visit.school_id;
    photo.place = dossier.visit.place;
    photo.slot = place;
    photo.sha256 = clean.sha256;
    photo.source_sha256 = clean.source_sha256;
    photo.luma_grid = clean.luma_grid;
    photo.width = clean.width;
    photo.height = clean.height;
    photo.added_by = actor.teacher;
    photo.added_at = now;
    SHIDE_CHECK(unit.of<VisitPhoto>().save(photo));
    SHIDE_CHECK(unit.audit(photo, "sha256"));
    return photo;
  });
}

Result<void> remove_photo(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::int64_t slot) {
  return ports.store->transact(actor, "remove_photo", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    if (!is_editable(dossier.record)) return Error{ErrorCode::kInvalid, {"record.already_submitted"}};
    const VisitPhoto* held = in_slot(dossier.photos, slot);
    if (!held) return not_found();
    SHIDE_CHECK(unit.of<VisitPhoto>().erase(*held));
    return unit.audit(*held, "sha256");
  });
}

Result<std::string> photo_bytes(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::int64_t slot, std::string_view reason) {
  auto find = [&](Unit& unit, const model::Reach& reach) {
    return unit.of<VisitPhoto>().first(Query<VisitPhoto>{}.where(&Place::visit_id, id).where(&VisitPhoto::slot, slot), reach);
  };
  Result<VisitPhoto> photo = ports.store->read(actor, [&](Unit& unit) { return find(unit, privacy::reach(actor, DataKind::kPhoto)); });
  if (!photo && character_count(reason) >= 2) {
    photo = ports.store->transact(actor, "reveal_photo", [&](Unit& unit) -> Result<VisitPhoto> {
      SHIDE_TRY(found, find(unit, privacy::reach_with_reason(actor, DataKind::kPhoto, reason)));
      SHIDE_CHECK(unit.audit(found, "sha256", first_characters(reason, 100)));
      return found;
    });
  }
  if (auto* error = photo.if_error()) return std::move(*error);
  return ports.photo_vault->get(photo->sha256);
}

Result<CoVisitor> confirm_record(ports::Ports& ports, const Actor& actor, const Id<Visit>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "confirm_record", [&](Unit& unit) -> Result<CoVisitor> {
    SHIDE_TRY(own, own_place_in_team(unit, actor, id));
    if (own.confirmed_at) return own;
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    if (!dossier.record || !dossier.record->visited_at) return Error{ErrorCode::kInvalid, {"record.nothing_to_confirm"}};
    own.confirmed_at = now;
    own.attendance = model::Attendance::kCame;
    SHIDE_CHECK(unit.of<CoVisitor>().save(own));
    SHIDE_CHECK(unit.audit(own, "confirmed_at"));
    // An accepted record enters the archives of whoever confirms later, too.
    if (dossier.record->state == RecordState::kAccepted) SHIDE_CHECK(unit.enqueue("record.confirmed", id.value));
    return own;
  });
}

Result<void> set_attendance(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, const Id<model::Teacher>& teacher, bool came) {
  return ports.store->transact(actor, "set_attendance", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    if (!is_editable(dossier.record)) return Error{ErrorCode::kInvalid, {"record.already_submitted"}};
    auto found = std::find_if(dossier.team.begin(), dossier.team.end(), [&](const CoVisitor& one) { return one.teacher_id == teacher; });
    if (found == dossier.team.end()) return not_found();
    return save_attendance(unit, *found, came);
  });
}

Result<VisitRecord> submit_record(ports::Ports& ports, const Actor& actor, const Id<Visit>& id) {
  Time now = ports.clock->now();
  return ports.store->transact(actor, "submit_record", [&](Unit& unit) -> Result<VisitRecord> {
    SHIDE_TRY(dossier, load_to_write(unit, actor, id));
    if (!is_editable(dossier.record)) return *dossier.record;
    if (auto missing = dossier.missing(); !missing.empty()) {
      Error error{ErrorCode::kInvalid, {"record.incomplete", {{"count", missing.size()}}}};
      error.problems = std::move(missing);
      return error;
    }
    VisitRecord record = *dossier.record;
    record.state = RecordState::kSubmitted;
    record.submitted_at = now;
    record.submitted_by = actor.teacher;
    record.review_reason.clear();
    SHIDE_CHECK(unit.of<VisitRecord>().save(record));
    dossier.visit.state = VisitState::kRecorded;
    dossier.visit.visited_at = record.visited_at;
    SHIDE_CHECK(unit.of<Visit>().save(dossier.visit));
    // Handing in the record passes its demands on (S44): the answering office has them from now.
    for (Demand& demand : dossier.demands) {
      if (demand.passed_on_at) continue;
      demand.passed_on_at = now;
      SHIDE_CHECK(unit.of<Demand>().save(demand));
    }
    SHIDE_CHECK(unit.audit(record, "state submitted_at"));
    SHIDE_CHECK(unit.enqueue("record.submitted", id.value));
    return record;
  });
}

}  // namespace shide::workflow
