#include "workflow/signal.h"

#include <algorithm>
#include <map>

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
using model::SignalState;
using model::VisitPhoto;
using model::VisitRecord;
using ports::Query;
using ports::Unit;

namespace {

analysis::PhotoFingerprint fingerprint(const VisitPhoto& photo) {
  return {photo.place.visit_id, photo.sha256, photo.source_sha256, photo.luma_grid};
}

// One side of a pair: the visit asked about, and the one it must not be told of.
struct Question {
  VisitPhoto photo;
  std::string other_visit;
  Phrase because;
};

Result<std::vector<Question>> reused_with(Unit& unit, const model::Reach& photos_reach, const Id<model::Visit>& visit) {
  SHIDE_TRY(photos, unit.of<VisitPhoto>().list(Query<VisitPhoto>{}, photos_reach));
  std::vector<Question> questions;
  for (const VisitPhoto& own : photos) {
    if (own.place.visit_id != visit.value) continue;
    for (const VisitPhoto& other : photos) {
      auto reuse = analysis::compare_photos(fingerprint(own), fingerprint(other));
      if (!reuse) continue;
      questions.push_back({own, other.place.visit_id, reuse->because});
      questions.push_back({other, own.place.visit_id, reuse->because});
    }
  }
  return questions;
}

bool decides(const Actor& actor) { return actor.has(model::Role::kEthicsCommittee) || actor.has(model::Role::kHead); }

Result<bool> was_there(Unit& unit, const Actor& actor, const std::string& visit) {
  if (actor.teacher.empty() || visit.empty()) return false;
  SHIDE_TRY(count, unit.of<model::CoVisitor>().count(Query<model::CoVisitor>{}.where(&Place::visit_id, visit)
      .where(&model::CoVisitor::teacher_id, actor.teacher), privacy::reach_for_job(actor.school, DataKind::kVisit, "decide_signal")));
  return count > 0;
}

}  // namespace

Result<int> find_reused_photos(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit) {
  Time now = ports.clock->now();
  std::vector<Id<FormalismSignal>> ids(32);
  for (auto& id : ids) id = new_id<FormalismSignal>(now);
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "find_reused_photos"); };
  return ports.store->transact(job_actor(school, "find_reused_photos"), "find_reused_photos", [&](Unit& unit) -> Result<int> {
    SHIDE_TRY(questions, reused_with(unit, all(DataKind::kPhoto), visit));
    int asked = 0;
    for (const Question& question : questions) {
      if (asked >= static_cast<int>(ids.size())) break;
      SHIDE_TRY(before, unit.of<FormalismSignal>().count(Query<FormalismSignal>{}.where(&Place::visit_id, question.photo.place.visit_id)
          .where(&FormalismSignal::other_visit_id, question.other_visit).where(&FormalismSignal::kind, model::SignalKind::kSamePhoto), all(DataKind::kSignal)));
      Result<VisitRecord> record = unit.of<VisitRecord>().load({question.photo.place.visit_id}, all(DataKind::kRecordText));
      if (before > 0 || !record || record->submitted_by.empty()) continue;
      FormalismSignal signal;
      signal.id = ids[static_cast<std::size_t>(asked++)];
      signal.school_id = school;
      signal.place = question.photo.place;
      signal.other_visit_id = question.other_visit;
      signal.evidence = format_phrase(question.because);
      signal.asked_teacher_id = record->submitted_by;
      signal.asked_at = now;
      SHIDE_CHECK(unit.of<FormalismSignal>().save(signal));
      SHIDE_CHECK(unit.audit(signal, "asked_at"));
    }
    return asked;
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
      row.teacher_name = teacher.name;
      row.grade_name = group.name;
      bool decided = row.signal.state == SignalState::kDecided;
      row.may_reply = !decided && row.signal.asked_teacher_id == actor.teacher && !actor.teacher.empty();
      row.may_decide = !decided && decides(actor) && !own;
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
