#include "workflow/section.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/reach.h"
#include "workflow/job.h"
#include "workflow/known_people.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::Place;
using model::RedactedRecord;
using ports::Query;
using ports::Unit;

namespace {

void append_lists(nlohmann::json& cuts, nlohmann::json& doubts, const char* field, const privacy::Redaction& redaction) {
  for (const privacy::Cut& cut : redaction.cuts) {
    cuts.push_back({{"field", field}, {"start", cut.start}, {"end", cut.end}, {"kind", privacy::kind_name(cut.kind)}, {"replacement", cut.replacement}});
  }
  for (const privacy::Doubt& doubt : redaction.left) {
    doubts.push_back({{"field", field}, {"start", doubt.start}, {"end", doubt.end}, {"kind", privacy::kind_name(doubt.kind)}, {"reason", format_phrase(doubt.reason)}});
  }
}

Result<std::string> teacher_names(Unit& unit, const model::Reach& visits, const Id<model::Visit>& visit) {
  SHIDE_TRY(team, unit.of<model::CoVisitor>().list(Query<model::CoVisitor>{}.where(&Place::visit_id, visit), visits));
  std::stable_sort(team.begin(), team.end(), [](const auto& a, const auto& b) { return a.is_homeroom > b.is_homeroom; });
  std::vector<std::string> names;
  for (const auto& one : team) {
    if (one.attendance == model::Attendance::kAbsent) continue;
    SHIDE_TRY(teacher, unit.of<model::Teacher>().load(one.teacher_id));
    names.push_back(teacher.name);
  }
  return join(names, " ");
}

Result<std::string> reviewer_name(Unit& unit, const model::Reach& accounts, const model::VisitRecord& record) {
  if (record.reviewed_by.empty()) return std::string();
  SHIDE_TRY(reviewer, unit.of<model::Account>().load(record.reviewed_by, accounts));
  return reviewer.name;
}

}  // namespace

Result<void> file_in_section(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit_id) {
  Time now = ports.clock->now();
  Id<RedactedRecord> id{visit_id.value};
  auto all = [&](DataKind kind) { return privacy::reach_for_job(school, kind, "file_in_section"); };
  return ports.store->transact(job_actor(school, "file_in_section"), "file_in_section", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(record, unit.of<model::VisitRecord>().load({visit_id.value}, all(DataKind::kRecordText)));
    if (record.state != model::RecordState::kAccepted || !record.visited_at) return {};
    SHIDE_TRY(known, known_people(unit, school));
    std::string source = sha256_hex(record.narrative + "\n\n" + record.reflection + "\n\n" + known.hash());
    Result<RedactedRecord> before = unit.of<RedactedRecord>().load(id, all(DataKind::kRedactedRecord));
    if (before && before->source_sha256 == source) return {};
    if (!before && before.error().code != ErrorCode::kNotFound) return before.error();
    SHIDE_TRY(context, note_context(unit, school, visit_id, privacy::Byline::kNone));
    privacy::Redaction narrative = privacy::redact(record.narrative, known, context);
    privacy::Redaction reflection = privacy::redact(record.reflection, known, context);
    nlohmann::json cuts = nlohmann::json::array(), doubts = nlohmann::json::array();
    append_lists(cuts, doubts, "narrative", narrative);
    append_lists(cuts, doubts, "reflection", reflection);
    SHIDE_TRY(group, unit.of<model::GradeGroup>().load({record.place.grade_group_id}));
    SHIDE_TRY(teachers, teacher_names(unit, all(DataKind::kVisit), visit_id));
    SHIDE_TRY(reviewer, reviewer_name(unit, all(DataKind::kAccount), record));
    RedactedRecord filed = before ? *before : RedactedRecord{};
    filed.id = id;
    filed.school_id = school;
    filed.place = record.place;
    filed.month = month_text(date_of(*record.visited_at));
    filed.grade_name = group.name;
    filed.teachers = teachers;
    filed.mode = record.mode;
    filed.reviewer = reviewer;
    filed.narrative = narrative.text;
    filed.reflection = reflection.text;
    filed.doubts = static_cast<std::int64_t>(doubts.size());
    filed.doubt_list = doubts.dump();
    filed.cut_list = cuts.dump();
    filed.source_sha256 = source;
    filed.filed_at = now;
    SHIDE_CHECK(unit.of<RedactedRecord>().save(filed));
    return unit.audit(filed, "narrative reflection");
  });
}

Result<std::vector<RedactedRecord>> staff_view(ports::Ports& ports, const Actor& actor, const std::string& school_year) {
  model::Reach reach = privacy::reach(actor, DataKind::kRedactedRecord);
  if (reach.empty()) return not_for_this_role();
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<RedactedRecord>().list(Query<RedactedRecord>{}.where(&Place::school_year, school_year).order_by(&RedactedRecord::filed_at, true), reach);
  });
}

Result<OpenNote> open_note(ports::Ports& ports, const Actor& actor, const Id<RedactedRecord>& id) {
  SHIDE_TRY(record, redacted_record(ports, actor, id));
  if (record.level != model::Level::kFull) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<OpenNote> {
    OpenNote note{.record = record};
    SHIDE_TRY(demands, unit.of<model::Demand>().list(Query<model::Demand>{}.where(&Place::visit_id, id.value), privacy::reach(actor, DataKind::kDemand)));
    std::copy_if(demands.begin(), demands.end(), std::back_inserter(note.demands), [](const auto& one) { return one.level == model::Level::kFull; });
    return note;
  });
}

Result<RedactedRecord> redacted_record(ports::Ports& ports, const Actor& actor, const Id<RedactedRecord>& id) {
  return ports.store->transact(actor, "read_redacted", [&](Unit& unit) -> Result<RedactedRecord> {
    SHIDE_TRY(record, unit.of<RedactedRecord>().load(id, privacy::reach(actor, DataKind::kRedactedRecord)));
    SHIDE_CHECK(unit.audit(record, "read"));
    return record;
  });
}

Result<RedactedRecord> settle_doubts(ports::Ports& ports, const Actor& actor, const Id<RedactedRecord>& id, std::int64_t expected_version, std::string_view narrative,
                                     std::string_view reflection, std::string_view keep_reason) {
  if (!actor.has(model::Role::kStudentOffice)) return not_found();
  FieldCheck check;
  std::string new_narrative = check.text("narrative", narrative, {1, 6000});
  std::string new_reflection = check.text("reflection", reflection, {1, 4000});
  std::string reason = check.line("keep_reason", keep_reason, {0, 200});
  if (!check.fine()) return check.error();
  return ports.store->transact(actor, "settle_doubts", [&](Unit& unit) -> Result<RedactedRecord> {
    SHIDE_TRY(record, unit.of<RedactedRecord>().load(id, privacy::reach(actor, DataKind::kRedactedRecord)));
    StaleEdit edit;
    edit.compare("narrative", record.narrative, new_narrative);
    edit.compare("reflection", record.reflection, new_reflection);
    if (record.version != expected_version && edit.differs()) return edit.error();
    if (record.doubts == 0 && !edit.differs()) return record;  // sent twice: the first answer again
    SHIDE_TRY(known, known_people(unit, actor.school));
    SHIDE_TRY(context, note_context(unit, actor.school, {id.value}, privacy::Byline::kNone));
    FieldCheck still;
    bool doubtful = false;
    auto scan = [&](const char* path, const std::string& text) {
      privacy::Redaction again = privacy::redact(text, known, context);
      for (const privacy::Cut& cut : again.cuts) {
        still.problem(path, {"clearance.kind_still_there", {{"kind", Phrase{"redact.kind." + std::string(privacy::kind_name(cut.kind))}}}});
      }
      doubtful = doubtful || !again.left.empty();
    };
    scan("narrative", new_narrative);
    scan("reflection", new_reflection);
    if (doubtful && character_count(reason) < 2) still.problem("keep_reason", {"section.keep_reason"});
    if (!still.fine()) return still.error();
    record.narrative = new_narrative;
    record.reflection = new_reflection;
    record.doubts = 0;
    record.doubt_list = "[]";
    SHIDE_CHECK(unit.of<RedactedRecord>().save(record));
    SHIDE_CHECK(unit.audit(record, "narrative reflection doubts", reason));
    return record;
  });
}

}  // namespace shide::workflow
