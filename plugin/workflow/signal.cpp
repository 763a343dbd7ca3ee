#include "workflow/signal.h"

#include <algorithm>
#include <map>

#include "analysis/overlap.h"
#include "analysis/photo_reuse.h"
#include "base/field_check.h"
#include "base/stale_edit.h"
#include "privacy/reach.h"
#include "workflow/job.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::FormalismSignal;
using model::Place;
using model::SignalKind;
using model::SignalState;
using model::VisitPhoto;
using model::VisitRecord;
using ports::Query;
using ports::Unit;

namespace {

analysis::PhotoFingerprint fingerprint(const VisitPhoto& photo) {
  return {photo.place.visit_id, photo.sha256, photo.source_sha256, photo.luma_grid};
}

// What is asked: of whom, about which visit, and the other one, which the question must not tell of.
struct Question {
  SignalKind kind = SignalKind::kSamePhoto;
  Place place;
  std::string other_visit;
  Id<model::Teacher> asked;
  Phrase because;
};
using Questions = std::vector<Question>;

Result<Questions> reused_photos(Unit& unit, const Id<model::School>& school, const Id<model::Visit>& visit) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "find_signals"); };
  SHIDE_TRY(photos, unit.of<VisitPhoto>().list(Query<VisitPhoto>{}, all(DataKind::kPhoto)));
  Questions questions;
  auto ask = [&](const VisitPhoto& photo, const VisitPhoto& other, const Phrase& because) -> Result<void> {
    Result<VisitRecord> record = unit.of<VisitRecord>().load({photo.place.visit_id}, all(DataKind::kRecordText));
    if (!record && record.error().code != ErrorCode::kNotFound) return record.error();
    // Who has not handed the record in may still take the photo out.
    if (record && !record->submitted_by.empty()) questions.push_back({SignalKind::kSamePhoto, photo.place, other.place.visit_id, record->submitted_by, because});
    return {};
  };
  for (const VisitPhoto& own : photos) {
    if (own.place.visit_id != visit.value) continue;
    for (const VisitPhoto& other : photos) {
      auto reuse = analysis::compare_photos(fingerprint(own), fingerprint(other));
      if (!reuse) continue;
      SHIDE_CHECK(ask(own, other, reuse->because));
      SHIDE_CHECK(ask(other, own, reuse->because));
    }
  }
  return questions;
}

// Records handed in that tell of the same minute; the one looked at among them.
Result<std::vector<VisitRecord>> records_of_that_minute(Unit& unit, const model::Reach& texts, const Id<model::Visit>& visit) {
  SHIDE_TRY(own, unit.of<VisitRecord>().load({visit.value}, texts));
  if (!own.visited_at) return std::vector<VisitRecord>{};
  Time minute = *own.visited_at + -(own.visited_at->microseconds % kMinute);
  SHIDE_TRY(records, unit.of<VisitRecord>().list(Query<VisitRecord>{}.where_at_least(&VisitRecord::visited_at, minute)
      .where_less(&VisitRecord::visited_at, minute + kMinute), texts));
  std::erase_if(records, [](const VisitRecord& record) { return record.submitted_by.empty(); });
  return std::move(records);
}

Result<Questions> overlapping_visits(Unit& unit, const Id<model::School>& school, const Id<model::Visit>& visit) {
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "find_signals"); };
  SHIDE_TRY(records, records_of_that_minute(unit, all(DataKind::kRecordText), visit));
  std::vector<analysis::Presence> presences;
  std::vector<Place> places;
  for (const VisitRecord& record : records) {
    SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}.where(&Place::visit_id, record.id.value), all(DataKind::kVisit)));
    for (const model::CoVisitor& one : team) {
      if (one.attendance == model::Attendance::kAbsent) continue;
      presences.push_back({record.id.value, one.teacher_id.value, *record.visited_at, record.mode == model::VisitMode::kGathering});
      places.push_back(record.place);
    }
  }
  // Records come in the order of their visits, so of each pair the later visit is asked about, whichever was handed in first.
  Questions questions;
  for (const analysis::Overlap& overlap : analysis::find_overlaps(presences)) {
    questions.push_back({SignalKind::kOverlap, places[overlap.second], presences[overlap.first].visit, {presences[overlap.second].teacher}, overlap.because});
  }
  return questions;
}

Result<bool> was_asked(Unit& unit, const model::Reach& signals, const Question& question) {
  SHIDE_TRY(count, unit.of<FormalismSignal>().count(Query<FormalismSignal>{}.where(&Place::visit_id, question.place.visit_id)
      .where(&FormalismSignal::other_visit_id, question.other_visit).where(&FormalismSignal::kind, question.kind)
      .where(&FormalismSignal::asked_teacher_id, question.asked), signals));
  return count > 0;
}

Result<int> ask(Unit& unit, const Id<model::School>& school, const Questions& questions, const std::vector<Id<FormalismSignal>>& ids, Time now) {
  std::size_t asked = 0;
  for (const Question& question : questions) {
    SHIDE_TRY(before, was_asked(unit, privacy::reach_for_job(school, DataKind::kSignal, "find_signals"), question));
    if (before || asked >= ids.size()) continue;
    FormalismSignal signal;
    signal.id = ids[asked++];
    signal.school_id = school;
    signal.place = question.place;
    signal.kind = question.kind;
    signal.other_visit_id = question.other_visit;
    signal.evidence = format_phrase(question.because);
    signal.asked_teacher_id = question.asked;
    signal.asked_at = now;
    SHIDE_CHECK(unit.of<FormalismSignal>().save(signal));
    SHIDE_CHECK(unit.audit(signal, "asked_at"));
  }
  return static_cast<int>(asked);
}

bool decides(const Actor& actor) { return actor.has(model::Role::kEthicsCommittee) || actor.has(model::Role::kHead); }

Result<bool> was_there(Unit& unit, const Actor& actor, const std::string& visit) {
  if (actor.teacher.empty() || visit.empty()) return false;
  SHIDE_TRY(count, unit.of<model::CoVisitor>().count(Query<model::CoVisitor>{}.where(&Place::visit_id, visit)
      .where(&model::CoVisitor::teacher_id, actor.teacher), privacy::reach_for_job(actor.school, DataKind::kVisit, "decide_signal")));
  return count > 0;
}

}  // namespace

Result<int> find_signals(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit) {
  Time now = ports.clock->now();
  std::vector<Id<FormalismSignal>> ids(32);
  for (auto& id : ids) id = new_id<FormalismSignal>(now);
  return ports.store->transact(job_actor(school, "find_signals"), "find_signals", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(questions, reused_photos(unit, school, visit));
    SHIDE_TRY(overlaps, overlapping_visits(unit, school, visit));
    questions.insert(questions.end(), overlaps.begin(), overlaps.end());
    return ask(unit, school, questions, ids, now);
  });
}

Result<std::vector<SignalRow>> signals(ports::Ports& ports, const Actor& actor) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<SignalRow>> {
    SHIDE_TRY(found, unit.of<FormalismSignal>().list(Query<FormalismSignal>{}, privacy::reach(actor, DataKind::kSignal)));
    std::vector<SignalRow> rows;
    for (FormalismSignal& signal : found) {
      SignalRow row{std::move(signal), "", "", false, false};
      SHIDE_TRY(teacher, unit.of<model::Teacher>().load(row.signal.asked_teacher_id));
      SHIDE_TRY(group, unit.of<model::GradeGroup>().load({row.signal.place.grade_group_id}));
      SHIDE_TRY(own, was_there(unit, actor, row.signal.place.visit_id));
      SHIDE_TRY(other, was_there(unit, actor, row.signal.other_visit_id));
      row.teacher_name = teacher.name;
      row.grade_name = group.name;
      bool decided = row.signal.state == SignalState::kDecided;
      row.may_reply = !decided && row.signal.asked_teacher_id == actor.teacher && !actor.teacher.empty();
      row.may_decide = !decided && decides(actor) && !own && !other;
      rows.push_back(std::move(row));
    }
    return rows;
  });
}

Result<void> reply_to_signal(ports::Ports& ports, const Actor& actor, const Id<FormalismSignal>& id, std::string_view reply) {
  FieldCheck check;
  std::string said = check.text("reply", reply, {2, 500});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "reply_to_signal", [&](Unit& unit) -> Result<void> {
    // The teacher's own view hides the other side, so the row is loaded whole by the verb itself.
    SHIDE_TRY(signal, unit.of<FormalismSignal>().load(id, privacy::reach_for_job(actor.school, DataKind::kSignal, "reply_to_signal")));
    if (signal.asked_teacher_id != actor.teacher || actor.teacher.empty()) return not_found();
    if (signal.state == SignalState::kDecided) {
      StaleEdit edit;
      edit.compare("reply", signal.reply, said);
      if (edit.differs()) return edit.error({"error.done_before"});
      return {};
    }
    signal.state = SignalState::kReplied;
    signal.reply = said;
    signal.replied_at = now;
    SHIDE_CHECK(unit.of<FormalismSignal>().save(signal));
    return unit.audit(signal, "reply");
  });
}

Result<FormalismSignal> decide_signal(ports::Ports& ports, const Actor& actor, const Id<FormalismSignal>& id, const DecisionForm& form) {
  if (!decides(actor)) return not_found();
  FieldCheck check;
  auto decision = model::from_code<model::SignalDecision>(form.decision);
  if (!decision || *decision == model::SignalDecision::kNone) check.problem("decision", {"field.not_offered"});
  std::string reason = check.text("reason", form.reason, {2, 500});
  bool found_true = decision == model::SignalDecision::kTrue;
  std::string document = check.line("document", form.document, {found_true ? 1u : 0u, 60});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "decide_signal", [&](Unit& unit) -> Result<FormalismSignal> {
    SHIDE_TRY(signal, unit.of<FormalismSignal>().load(id, privacy::reach(actor, DataKind::kSignal)));
    SHIDE_TRY(own, was_there(unit, actor, signal.place.visit_id));
    SHIDE_TRY(other, was_there(unit, actor, signal.other_visit_id));
    if (own || other) return Error{ErrorCode::kInvalid, {"signal.own"}};
    if (signal.state == SignalState::kDecided) {
      StaleEdit edit;
      auto word = [](model::SignalDecision made) { return Phrase{"signal_decision." + std::string(model::code_of(made))}; };
      edit.compare("decision", word(signal.decision), word(*decision));
      edit.compare("reason", signal.decision_reason, reason);
      if (edit.differs()) return edit.error({"error.done_before"});
      return signal;
    }
    signal.state = SignalState::kDecided;
    signal.decision = *decision;
    signal.decision_reason = reason;
    signal.document = document;
    signal.decided_by = actor.account;
    signal.decided_by_name = actor.name;
    signal.decided_at = now;
    SHIDE_CHECK(unit.of<FormalismSignal>().save(signal));
    SHIDE_CHECK(unit.audit(signal, "decision decided_at", reason));
    return signal;
  });
}

}  // namespace shide::workflow
