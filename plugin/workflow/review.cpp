// The reading of a record by someone who was not there. Declared in workflow/record.h.
#include <algorithm>

#include "base/field_check.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/known_people.h"
#include "workflow/record.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::RecordState;
using model::Visit;
using model::VisitRecord;
using ports::Query;
using ports::Unit;

namespace {

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }

bool leads(const Actor& actor, const Dossier& dossier) { return actor.grade_groups.count(dossier.visit.place.grade_group_id) > 0; }

// The grade leader reads the own grade; where the leader was there, the student office does (D9).
bool may_review(const Actor& actor, const Dossier& dossier) {
  if (dossier.named) return false;
  return dossier.reviewer ? leads(actor, dossier) : is_office(actor);
}

bool wants_second_reading(const Actor& actor, const Dossier& dossier) {
  if (dossier.named || !is_office(actor) || !dossier.record || dossier.record->state != RecordState::kAccepted) return false;
  return split(dossier.record->quality_marks, ' ').size() < 2 && dossier.record->reviewed_by != actor.account;
}

Result<VisitRecord> load_whole(Unit& unit, const Actor& actor, const Id<Visit>& id, const char* verb) {
  return unit.of<VisitRecord>().load({id.value}, privacy::reach_for_job(actor.school, DataKind::kRecordText, verb));
}

std::int64_t mark_in(FieldCheck& check, const char* path, std::string_view raw, std::int64_t high) {
  if (trim(raw).empty()) check.problem(path, {"record.mark_missing"});
  return trim(raw).empty() ? 0 : check.number(path, raw, 0, high);
}

}  // namespace

Result<ReviewSheet> review_sheet(ports::Ports& ports, const Actor& actor, const Id<Visit>& id) {
  return ports.store->transact(actor, "read_record", [&](Unit& unit) -> Result<ReviewSheet> {
    ReviewSheet sheet;
    SHIDE_TRY(dossier, load_dossier(unit, actor, id));
    if (!may_review(actor, dossier) && !wants_second_reading(actor, dossier)) return not_found();
    SHIDE_TRY(record, load_whole(unit, actor, id, "review_record"));
    SHIDE_TRY(preparations, unit.of<model::Preparation>().list(Query<model::Preparation>{}.where(&model::Place::visit_id, id),
                                                               privacy::reach_for_job(actor.school, DataKind::kRecordText, "review_record")));
    sheet.preparation = preparations.empty() ? "" : preparations.front().text;
    sheet.narrative = record.narrative;
    sheet.reflection = record.reflection;
    if (!is_office(actor)) {
      // Own grade, names masked (domain 5): the reader judges the visit, not the family.
      SHIDE_TRY(known, known_people(unit, actor.school));
      SHIDE_TRY(context, note_context(unit, actor.school, id, privacy::Byline::kTeachers));
      for (std::string* text : {&sheet.preparation, &sheet.narrative, &sheet.reflection}) *text = privacy::redact(*text, known, context).text;
    }
    dossier.record = record;
    sheet.dossier = std::move(dossier);
    SHIDE_CHECK(unit.audit(record, "read"));
    return sheet;
  });
}

Result<std::vector<Dossier>> waiting_for_review(ports::Ports& ports, const Actor& actor, const Id<model::Campaign>& campaign) {
  if (!is_office(actor) && actor.grade_groups.empty()) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<Dossier>> {
    SHIDE_TRY(records, unit.of<VisitRecord>().list(Query<VisitRecord>{}.where_one_of(&VisitRecord::state,
        std::vector<RecordState>{RecordState::kSubmitted, RecordState::kAccepted}).order_by(&VisitRecord::submitted_at), privacy::reach(actor, DataKind::kRecordText)));
    std::vector<Dossier> waiting;
    for (const VisitRecord& record : records) {
      SHIDE_TRY(dossier, load_dossier(unit, actor, {record.id.value}));
      if (dossier.visit.campaign_id != campaign) continue;
      bool first = record.state == RecordState::kSubmitted && may_review(actor, dossier);
      if (first || wants_second_reading(actor, dossier)) waiting.push_back(std::move(dossier));
    }
    return waiting;
  });
}

Result<VisitRecord> review_record(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, const ReviewForm& form) {
  FieldCheck check;
  std::string reason;
  std::int64_t preparation = -1, quality = 0;
  if (form.accept) {
    preparation = mark_in(check, "preparation_mark", form.preparation_mark, 2);
    quality = mark_in(check, "quality_mark", form.quality_mark, 25);
  } else {
    reason = check.text("reason", form.reason, {0, 500});
    if (reason.empty()) check.problem("reason", {"record.reason_missing"});
  }
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "review_record", [&](Unit& unit) -> Result<VisitRecord> {
    SHIDE_TRY(dossier, load_dossier(unit, actor, id));
    if (dossier.named) return Error{ErrorCode::kInvalid, {"record.own_visit"}};
    if (!may_review(actor, dossier)) return not_found();
    SHIDE_TRY(record, load_whole(unit, actor, id, "review_record"));
    if (form.accept && record.state == RecordState::kAccepted) return record;
    if (!form.accept && record.state == RecordState::kReturned && record.review_reason == reason) return record;
    if (record.state != RecordState::kSubmitted) return Error{ErrorCode::kInvalid, {"record.not_submitted"}};
    record.state = form.accept ? RecordState::kAccepted : RecordState::kReturned;
    record.reviewed_at = now;
    record.reviewed_by = actor.account;
    record.review_reason = reason;
    if (form.accept) {
      record.preparation_mark = preparation;
      record.quality_marks = std::to_string(quality);
    }
    SHIDE_CHECK(unit.of<VisitRecord>().save(record));
    SHIDE_CHECK(unit.audit(record, form.accept ? "state preparation_mark quality_marks" : "state review_reason"));
    if (form.accept) SHIDE_CHECK(unit.enqueue("record.accepted", id.value));
    return record;
  });
}

Result<VisitRecord> second_reading(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::string_view quality_mark) {
  FieldCheck check;
  std::int64_t quality = mark_in(check, "quality_mark", quality_mark, 25);
  if (!check.fine()) return check.error();
  return ports.store->transact(actor, "second_reading", [&](Unit& unit) -> Result<VisitRecord> {
    SHIDE_TRY(dossier, load_dossier(unit, actor, id));
    SHIDE_TRY(record, load_whole(unit, actor, id, "second_reading"));
    bool read_twice = !dossier.in_team && is_office(actor) && record.quality_marks.ends_with(" " + std::to_string(quality));
    if (read_twice) return record;  // sent twice: the first answer again
    if (!wants_second_reading(actor, dossier)) return not_found();
    record.quality_marks += " " + std::to_string(quality);
    SHIDE_CHECK(unit.of<VisitRecord>().save(record));
    SHIDE_CHECK(unit.audit(record, "quality_marks"));
    return record;
  });
}

}  // namespace shide::workflow
