#include "workflow/visit.h"

#include <algorithm>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/plan_changes.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::Consent;
using model::CoVisitor;
using model::DataKind;
using model::GiftReport;
using model::Guardian;
using model::Place;
using model::Preparation;
using model::Teacher;
using model::Visit;
using model::VisitState;
using ports::Query;
using ports::Unit;

namespace {

template <class T>
Result<std::vector<T>> of_visit(Unit& unit, const Actor& actor, const Visit& visit) {
  return unit.of<T>().list(Query<T>{}.where(&Place::visit_id, visit.id), privacy::reach(actor, model::Table<T>::kind));
}

template <class T>
Result<std::optional<T>> one_of_visit(Unit& unit, const Actor& actor, const Visit& visit) {
  SHIDE_TRY(rows, of_visit<T>(unit, actor, visit));
  return rows.empty() ? std::optional<T>{} : std::optional<T>{std::move(rows.front())};
}

bool has_member(const std::vector<CoVisitor>& team, const Id<Teacher>& teacher) {
  return !teacher.empty() && std::any_of(team.begin(), team.end(), [&](const CoVisitor& one) { return one.teacher_id == teacher; });
}

// Loads a visit and makes sure that the actor is one of those who go.
Result<Visit> load_own(Unit& unit, const Actor& actor, const Id<Visit>& id) {
  SHIDE_TRY(visit, unit.of<Visit>().load(id, privacy::reach(actor, DataKind::kVisit)));
  SHIDE_TRY(team, of_visit<CoVisitor>(unit, actor, visit));
  std::erase_if(team, [](const CoVisitor& one) { return one.attendance == model::Attendance::kAbsent; });
  if (!has_member(team, actor.teacher)) return not_found();
  return visit;
}

/// Whose word it is. A carer knows the child best and may tell of it, but cannot agree to its being told to everybody (D7).
Result<Id<model::Guardian>> guardian_of(Unit& unit, const Actor& actor, const Visit& visit, const Consent& consent) {
  SHIDE_TRY(contacts, unit.of<model::Guardian>().list(Query<model::Guardian>{}.where(&Place::visit_id, visit.id), privacy::reach(actor, DataKind::kGuardianContact)));
  for (const model::Guardian& one : contacts) {
    if (one.is_guardian) return one.id;
  }
  bool agrees_to_publish = consent.scope == model::ConsentScope::kPublish && consent.answer == model::ConsentAnswer::kGranted;
  if (agrees_to_publish && !contacts.empty()) return Error{ErrorCode::kInvalid, {"consent.only_a_guardian"}};
  return Id<model::Guardian>{};
}

Result<void> save_consent(Unit& unit, const Actor& actor, const Visit& visit, Consent consent) {
  SHIDE_TRY(guardian, guardian_of(unit, actor, visit, consent));
  consent.guardian_id = guardian;
  consent.wording = consent_wording(consent.scope);
  SHIDE_TRY(before, unit.of<Consent>().list(Query<Consent>{}.where(&Place::visit_id, visit.id).where(&Consent::scope, consent.scope),
                                            privacy::reach(actor, DataKind::kConsent)));
  if (!before.empty()) {
    Consent stored = before.front();
    stored.answer = consent.answer;
    stored.means = consent.means;
    stored.given_at = consent.given_at;
    stored.noted_by = consent.noted_by;
    stored.withdrawn_at = consent.withdrawn_at;
    stored.guardian_id = consent.guardian_id;
    if (consent.answer != model::ConsentAnswer::kWithdrawn) stored.wording = consent.wording;
    return unit.of<Consent>().save(stored);
  }
  consent.school_id = visit.school_id;
  consent.place = visit.place;
  consent.student_id = visit.student_id;
  return unit.of<Consent>().save(consent);
}

}  // namespace

std::string consent_wording(model::ConsentScope scope) {
  std::vector<const char*> asked = {"arrange.record_consent", "arrange.consent_what"};
  if (scope == model::ConsentScope::kPhoto) asked = {"arrange.photo_consent", "arrange.consent_what"};
  if (scope == model::ConsentScope::kPublish) asked = {"my.publish", "my.publish_what"};
  std::string words;
  for (const char* code : asked) words += render({code}, Language::kChinese) + "\n";
  return sha256_hex(words).substr(0, 12);
}

visit::RecordCircumstances Dossier::circumstances() const {
  bool photos_refused = std::any_of(consents.begin(), consents.end(), [](const Consent& consent) {
    return consent.scope == model::ConsentScope::kPhoto && consent.answer != model::ConsentAnswer::kGranted;
  });
  return {campaign, preparation.value_or(Preparation{}), team, photos.size(), demands.size(), photos_refused, was_in_window};
}

std::vector<Problem> Dossier::missing() const { return visit::missing_parts(record.value_or(model::VisitRecord{}), circumstances()); }

Result<Dossier> load_dossier(Unit& unit, const Actor& actor, const Id<Visit>& id) {
  Dossier dossier;
  SHIDE_TRY(visit, unit.of<Visit>().load(id, privacy::reach(actor, DataKind::kVisit)));
  dossier.visit = visit;
  SHIDE_TRY(campaign, unit.of<Campaign>().load(visit.campaign_id));
  dossier.campaign = campaign;
  SHIDE_TRY(school_class, unit.of<model::SchoolClass>().load({visit.place.class_id}));
  dossier.school_class = school_class;
  SHIDE_TRY(group, unit.of<model::GradeGroup>().load({visit.place.grade_group_id}));
  dossier.grade_group = group;
  SHIDE_TRY(student, one_of_visit<model::VisitedStudent>(unit, actor, visit));
  dossier.student = student;
  SHIDE_TRY(guardian, one_of_visit<Guardian>(unit, actor, visit));
  dossier.guardian = guardian;
  SHIDE_TRY(care, one_of_visit<model::CareNote>(unit, actor, visit));
  dossier.care = care;
  SHIDE_TRY(team, of_visit<CoVisitor>(unit, actor, visit));
  std::stable_sort(team.begin(), team.end(), [](const CoVisitor& a, const CoVisitor& b) { return a.is_homeroom > b.is_homeroom; });
  dossier.team = team;
  for (const CoVisitor& one : team) {
    SHIDE_TRY(teacher, unit.of<Teacher>().load(one.teacher_id));
    dossier.teachers.push_back(teacher);
    if (one.teacher_id != actor.teacher) continue;
    dossier.named = true;
    dossier.in_team = one.attendance != model::Attendance::kAbsent;
  }
  SHIDE_TRY(preparation, one_of_visit<Preparation>(unit, actor, visit));
  dossier.preparation = preparation;
  SHIDE_TRY(record, one_of_visit<model::VisitRecord>(unit, actor, visit));
  dossier.record = record;
  if (record && record->visited_at) {
    SHIDE_TRY(was_in_window, workflow::was_in_window(unit, campaign, date_of(*record->visited_at)));
    dossier.was_in_window = was_in_window;
  }
  SHIDE_TRY(photos, of_visit<model::VisitPhoto>(unit, actor, visit));
  std::sort(photos.begin(), photos.end(), [](const auto& a, const auto& b) { return a.slot < b.slot; });
  dossier.photos = photos;
  SHIDE_TRY(photo_count, unit.of<model::VisitPhoto>().count(Query<model::VisitPhoto>{}.where(&Place::visit_id, visit.id), privacy::reach(actor, DataKind::kPhoto)));
  dossier.photo_count = photo_count;
  SHIDE_TRY(demands, of_visit<model::Demand>(unit, actor, visit));
  dossier.demands = demands;
  SHIDE_TRY(consents, of_visit<Consent>(unit, actor, visit));
  dossier.consents = consents;
  bool leader_in_team = std::any_of(team.begin(), team.end(), [&](const CoVisitor& one) { return one.teacher_id == group.leader_id; });
  if (!group.leader_id.empty() && !leader_in_team) {
    SHIDE_TRY(leader, unit.of<Teacher>().load(group.leader_id));
    dossier.reviewer = leader;
  }
  return dossier;
}

Result<Dossier> dossier(ports::Ports& ports, const Actor& actor, const Id<Visit>& id) {
  return ports.store->read(actor, [&](Unit& unit) { return load_dossier(unit, actor, id); });
}

Result<std::vector<Dossier>> my_visits(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign) {
  if (actor.teacher.empty()) return std::vector<Dossier>{};
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<Dossier>> {
    SHIDE_TRY(mine, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&CoVisitor::teacher_id, actor.teacher), privacy::reach(actor, DataKind::kVisit)));
    std::vector<Dossier> list;
    for (const CoVisitor& one : mine) {
      SHIDE_TRY(visit, unit.of<Visit>().load({one.place.visit_id}, privacy::reach(actor, DataKind::kVisit)));
      if (visit.campaign_id != campaign || visit.state == VisitState::kSubstituted) continue;
      SHIDE_TRY(dossier, load_dossier(unit, actor, visit.id));
      list.push_back(std::move(dossier));
    }
    return list;
  });
}

Result<Preparation> save_preparation(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::int64_t expected_version, std::string_view text, bool seal) {
  FieldCheck check;
  std::string cleaned = check.text("preparation", text, {seal ? 1u : 0u, 2000});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  Id<Preparation> new_preparation = new_id<Preparation>(now);
  return ports.store->transact(actor, "save_preparation", [&](Unit& unit) -> Result<Preparation> {
    SHIDE_TRY(visit, load_own(unit, actor, id));
    SHIDE_TRY(before, one_of_visit<Preparation>(unit, actor, visit));
    Preparation preparation = before.value_or(Preparation{});
    StaleEdit edit;
    edit.compare("preparation", preparation.text, cleaned);
    if (preparation.sealed_at) {
      if (edit.differs()) return edit.error({"record.sealed"});
      return preparation;
    }
    if (preparation.version != expected_version && edit.differs()) return edit.error();
    if (!before) {
      preparation.id = new_preparation;
      preparation.school_id = visit.school_id;
      preparation.place = visit.place;
    }
    preparation.text = cleaned;
    if (seal) {
      preparation.sealed_at = now;
      preparation.sealed_by = actor.teacher;
      if (visit.state == VisitState::kAssigned || visit.state == VisitState::kChosen) {
        visit.state = VisitState::kPrepared;
        SHIDE_CHECK(unit.of<Visit>().save(visit));
      }
    }
    SHIDE_CHECK(unit.of<Preparation>().save(preparation));
    SHIDE_CHECK(unit.audit(preparation, seal ? "text sealed_at" : "text"));
    return preparation;
  });
}

Result<Visit> arrange_visit(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, const AppointmentForm& form) {
  FieldCheck check;
  std::optional<Time> at = check.optional_time("at", form.at);
  if (!at && check.fine("at")) check.problem("at", {"field.empty"});
  auto mode = model::from_code<model::VisitMode>(form.mode);
  if (!mode) check.problem("mode", {"field.not_offered"});
  auto means = model::from_code<model::ConsentMeans>(form.means.empty() ? "spoken" : form.means);
  if (!means) check.problem("means", {"field.not_offered"});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  std::vector<Consent> consents;
  auto add = [&](model::ConsentScope scope, const std::string& answer) {
    auto known = model::from_code<model::ConsentAnswer>(answer);
    if (!known) return;
    Consent consent;
    consent.id = new_id<Consent>(now);
    consent.scope = scope;
    consent.answer = *known;
    consent.means = *means;
    consent.given_at = now;
    consent.noted_by = actor.account;
    consents.push_back(consent);
  };
  add(model::ConsentScope::kRecord, form.record_consent);
  add(model::ConsentScope::kPhoto, form.photo_consent);
  return ports.store->transact(actor, "arrange_visit", [&](Unit& unit) -> Result<Visit> {
    SHIDE_TRY(visit, load_own(unit, actor, id));
    if (visit.state == VisitState::kRecorded) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    SHIDE_TRY(campaign, unit.of<Campaign>().load(visit.campaign_id));
    SHIDE_CHECK(must_run(campaign));
    if (visit.appointment_at && visit.mode_planned && visit.version != form.version) {
      auto word = [](model::VisitMode planned) { return Phrase{"visit_mode." + std::string(model::code_of(planned))}; };
      StaleEdit edit;
      edit.compare("at", to_text_minutes(*visit.appointment_at), to_text_minutes(*at));
      edit.compare("mode", word(*visit.mode_planned), word(*mode));
      if (edit.differs()) return edit.error();
    }
    visit.appointment_at = at;
    visit.mode_planned = mode;
    if (visit.state == VisitState::kDeclined || visit.state == VisitState::kUnreachable) visit.state = VisitState::kAssigned;
    SHIDE_CHECK(unit.of<Visit>().save(visit));
    for (const Consent& consent : consents) SHIDE_CHECK(save_consent(unit, actor, visit, consent));
    SHIDE_CHECK(unit.audit(visit, "appointment_at mode_planned consents"));
    return visit;
  });
}

Result<Visit> note_family_answer(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, VisitState answer) {
  if (answer != VisitState::kDeclined && answer != VisitState::kUnreachable) {
    return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("answer", {"field.not_offered"});
  }
  return ports.store->transact(actor, "note_family_answer", [&](Unit& unit) -> Result<Visit> {
    SHIDE_TRY(visit, load_own(unit, actor, id));
    if (visit.state == VisitState::kVisited || visit.state == VisitState::kRecorded) return Error{ErrorCode::kInvalid, {"error.done_before"}};
    if (visit.state == answer) return visit;
    visit.state = answer;
    SHIDE_CHECK(unit.of<Visit>().save(visit));
    SHIDE_CHECK(unit.audit(visit, "state"));
    return visit;
  });
}

Result<Consent> note_publish_consent(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, model::ConsentAnswer answer, model::ConsentMeans means) {
  Time now = ports.clock->now();
  Id<Consent> new_consent = new_id<Consent>(now);
  return ports.store->transact(actor, "note_publish_consent", [&](Unit& unit) -> Result<Consent> {
    SHIDE_TRY(visit, load_own(unit, actor, id));
    Consent consent;
    consent.id = new_consent;
    consent.scope = model::ConsentScope::kPublish;
    consent.answer = answer;
    consent.means = means;
    consent.given_at = now;
    consent.noted_by = actor.account;
    if (answer == model::ConsentAnswer::kWithdrawn) consent.withdrawn_at = now;
    SHIDE_CHECK(save_consent(unit, actor, visit, consent));
    SHIDE_CHECK(unit.audit(visit, "consent.publish"));
    // A withdrawn consent takes a published note down (D1).
    if (answer != model::ConsentAnswer::kGranted) SHIDE_CHECK(unit.enqueue("consent.withdrawn", visit.id.value));
    return unit.of<Consent>().first(Query<Consent>{}.where(&Place::visit_id, visit.id).where(&Consent::scope, model::ConsentScope::kPublish),
                                    privacy::reach(actor, DataKind::kConsent));
  });
}

Result<Guardian> reveal_guardian(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, std::string_view reason) {
  FieldCheck check;
  std::string said = check.line("reason", reason, {2, 100});
  if (!check.fine()) return check.error();
  return ports.store->transact(actor, "reveal_guardian", [&](Unit& unit) -> Result<Guardian> {
    SHIDE_TRY(guardian, unit.of<Guardian>().first(Query<Guardian>{}.where(&Place::visit_id, id),
                                                  privacy::reach_with_reason(actor, DataKind::kGuardianContact, said)));
    SHIDE_CHECK(unit.audit(guardian, "phone", said));
    return guardian;
  });
}

Result<GiftReport> report_gift(ports::Ports& ports, const Actor& actor, const Id<Visit>& id, const Id<GiftReport>& new_report, std::string_view text) {
  FieldCheck check;
  if (!is_uuid(new_report.value)) check.problem("report_id", {"field.not_offered"});
  std::string said = check.text("text", text, {2, 500});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "report_gift", [&](Unit& unit) -> Result<GiftReport> {
    SHIDE_TRY(visit, load_own(unit, actor, id));
    Result<GiftReport> before = unit.of<GiftReport>().load(new_report, privacy::reach_for_job(actor.school, DataKind::kGiftReport, "report_gift"));
    if (before && before->reported_by == actor.teacher && before->text == said) return before;
    if (before) return Error{ErrorCode::kDuplicate, {"error.duplicate"}};
    if (before.error().code != ErrorCode::kNotFound) return before;
    GiftReport report;
    report.id = new_report;
    report.school_id = visit.school_id;
    report.place = visit.place;
    report.reported_by = actor.teacher;
    report.text = said;
    report.reported_at = now;
    SHIDE_CHECK(unit.of<GiftReport>().save(report));
    SHIDE_CHECK(unit.audit(report, "text"));
    return report;
  });
}

Result<std::vector<GiftReport>> gift_reports(ports::Ports& ports, const Actor& actor) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<GiftReport>().list(Query<GiftReport>{}.newest_first(), privacy::reach(actor, DataKind::kGiftReport));
  });
}

Result<GiftReport> handle_gift(ports::Ports& ports, const Actor& actor, const Id<GiftReport>& id, std::string_view outcome) {
  if (!actor.has(model::Role::kStudentOffice) && !actor.has(model::Role::kEthicsCommittee)) return not_found();
  FieldCheck check;
  std::string said = check.text("outcome", outcome, {2, 500});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "handle_gift", [&](Unit& unit) -> Result<GiftReport> {
    SHIDE_TRY(report, unit.of<GiftReport>().load(id, privacy::reach(actor, DataKind::kGiftReport)));
    SHIDE_TRY(team, unit.of<CoVisitor>().list(Query<CoVisitor>{}.where(&Place::visit_id, report.place.visit_id),
                                              privacy::reach_for_job(actor.school, DataKind::kVisit, "handle_gift")));
    // Nobody decides about themselves or a co-visitor (D9).
    if (has_member(team, actor.teacher)) return not_found();
    if (report.state == model::GiftState::kHandled) {
      StaleEdit edit;
      edit.compare("outcome", report.outcome, said);
      if (edit.differs()) return edit.error({"error.done_before"});
      return report;
    }
    report.state = model::GiftState::kHandled;
    report.outcome = said;
    report.handled_by = actor.account;
    report.handled_at = now;
    SHIDE_CHECK(unit.of<GiftReport>().save(report));
    SHIDE_CHECK(unit.audit(report, "state outcome"));
    return report;
  });
}

}  // namespace shide::workflow
