// Each stored noun's fields, once: name in the database, member, and what a masked reader sees of it. The SQL store, the
// in-memory store and the audit read this list, so a field cannot be forgotten in one of them.
//
//     Table<Guardian>::name   ->  "guardians"
//     Table<Guardian>::kind   ->  DataKind::kGuardianContact
//     Table<Guardian>::fields ->  (field("name", &Guardian::name, Mask::kName), ...)
//
// `id`, `school_id` and `version` belong to every row and are not listed, nor are the four of `Place`: see shape.h.
#pragma once

#include <tuple>

#include "model/archive.h"
#include "model/campaign.h"
#include "model/followup.h"
#include "model/reach.h"
#include "model/school.h"
#include "model/section.h"
#include "model/trail.h"
#include "model/visit.h"

namespace shide::model {

/// What a reader with Level::kMasked gets: the value; 王**; 138****0000; or nothing (empty, null).
enum class Mask { kShow, kName, kPhone, kHide };

template <class T, class M>
struct Field {
  const char* name;
  M T::*member;
  Mask mask;
};
template <class T, class M>
constexpr Field<T, M> field(const char* name, M T::*member, Mask mask = Mask::kShow) {
  return {name, member, mask};
}

/// Which column a grant of scope kOwnSelf or kOwnVisits compares; see Table<T>::own.
enum class Own {
  kNobody,     // no own rows
  kTeacher,    // column teacher_id is the actor's
  kOwner,      // column owner_id is the actor's account
  kVisit,      // column visit_id is a visit with the actor in its team
  kVisitId     // column id is such a visit: the visits table itself
};

template <class T>
struct Table;

/// True for nouns that stand in a Place: their four columns come first.
template <class T>
concept Placed = requires(T row) { row.place.visit_id; };

#define SHIDE_TABLE(TYPE, NAME, KIND, OWN)                        \
  template <>                                                     \
  struct Table<TYPE> {                                            \
    using Type = TYPE;                                            \
    static constexpr const char* name = NAME;                     \
    static constexpr DataKind kind = DataKind::KIND;              \
    static constexpr Own own = Own::OWN;                          \
    static constexpr auto make();                                 \
    static const auto& fields();                                  \
  };                                                              \
  constexpr auto Table<TYPE>::make()

#define SHIDE_TABLE_END(TYPE)                       \
  inline const auto& Table<TYPE>::fields() {        \
    static constexpr auto list = make();            \
    return list;                                    \
  }

SHIDE_TABLE(School, "schools", kNone, kNobody) {
  using T = School;
  return std::tuple{field("name", &T::name), field("short_name", &T::short_name), field("site_name", &T::site_name),
                    field("site_url", &T::site_url), field("district_name", &T::district_name), field("breadcrumb", &T::breadcrumb),
                    field("section_name", &T::section_name), field("demo", &T::demo)};
}
SHIDE_TABLE_END(School)

SHIDE_TABLE(GradeGroup, "grade_groups", kNone, kNobody) {
  using T = GradeGroup;
  return std::tuple{field("school_year", &T::school_year), field("name", &T::name), field("kind", &T::kind), field("grade", &T::grade),
                    field("leader_id", &T::leader_id)};
}
SHIDE_TABLE_END(GradeGroup)

SHIDE_TABLE(SchoolClass, "classes", kNone, kNobody) {
  using T = SchoolClass;
  return std::tuple{field("school_year", &T::school_year), field("name", &T::name), field("grade_group_id", &T::grade_group_id),
                    field("homeroom_teacher_id", &T::homeroom_teacher_id), field("pupil_count", &T::pupil_count)};
}
SHIDE_TABLE_END(SchoolClass)

SHIDE_TABLE(Teacher, "teachers", kNone, kNobody) {
  using T = Teacher;
  return std::tuple{field("staff_number", &T::staff_number), field("name", &T::name), field("subject", &T::subject),
                    field("grade_group_id", &T::grade_group_id), field("duty", &T::duty)};
}
SHIDE_TABLE_END(Teacher)

SHIDE_TABLE(TeachingAssignment, "teaching_assignments", kNone, kNobody) {
  using T = TeachingAssignment;
  return std::tuple{field("school_year", &T::school_year), field("teacher_id", &T::teacher_id), field("class_id", &T::class_id),
                    field("kind", &T::kind), field("subject", &T::subject)};
}
SHIDE_TABLE_END(TeachingAssignment)

SHIDE_TABLE(Student, "students", kRegister, kNobody) {
  using T = Student;
  return std::tuple{field("student_number", &T::student_number, Mask::kHide), field("name", &T::name, Mask::kName)};
}
SHIDE_TABLE_END(Student)

SHIDE_TABLE(Account, "accounts", kAccount, kNobody) {
  using T = Account;
  return std::tuple{field("login", &T::login), field("name", &T::name), field("password_hash", &T::password_hash, Mask::kHide),
                    field("roles", &T::roles), field("teacher_id", &T::teacher_id), field("must_change_password", &T::must_change_password),
                    field("failures", &T::failures), field("locked_until", &T::locked_until), field("disabled", &T::disabled)};
}
SHIDE_TABLE_END(Account)

SHIDE_TABLE(Session, "sessions", kAccount, kNobody) {
  using T = Session;
  return std::tuple{field("token_hash", &T::token_hash), field("csrf", &T::csrf), field("account_id", &T::account_id),
                    field("created_at", &T::created_at), field("seen_at", &T::seen_at), field("expires_at", &T::expires_at)};
}
SHIDE_TABLE_END(Session)

SHIDE_TABLE(ApiToken, "api_tokens", kAccount, kNobody) {
  using T = ApiToken;
  return std::tuple{field("token_hash", &T::token_hash), field("name", &T::name), field("scopes", &T::scopes),
                    field("created_at", &T::created_at), field("expires_at", &T::expires_at), field("revoked_at", &T::revoked_at)};
}
SHIDE_TABLE_END(ApiToken)

SHIDE_TABLE(SetupLink, "setup_links", kAccount, kNobody) {
  using T = SetupLink;
  return std::tuple{field("token_hash", &T::token_hash), field("expires_at", &T::expires_at)};
}
SHIDE_TABLE_END(SetupLink)

SHIDE_TABLE(Campaign, "campaigns", kNone, kNobody) {
  using T = Campaign;
  return std::tuple{field("school_year", &T::school_year), field("term", &T::term), field("title", &T::title),
                    field("other_title", &T::other_title), field("theme", &T::theme), field("purpose", &T::purpose),
                    field("plan_text", &T::plan_text), field("issued_by", &T::issued_by), field("issued_on", &T::issued_on),
                    field("publisher", &T::publisher), field("source", &T::source), field("visit_from", &T::visit_from),
                    field("visit_to", &T::visit_to), field("tentative", &T::tentative), field("tentative_note", &T::tentative_note),
                    field("roster_due", &T::roster_due), field("upload_due", &T::upload_due),
                    field("photos_required", &T::photos_required), field("team_min", &T::team_min), field("team_max", &T::team_max),
                    field("homeroom_counts", &T::homeroom_counts), field("per_class", &T::per_class),
                    field("code_version", &T::code_version), field("state", &T::state), field("announced_at", &T::announced_at)};
}
SHIDE_TABLE_END(Campaign)

SHIDE_TABLE(BasisDocument, "basis_documents", kNone, kNobody) {
  using T = BasisDocument;
  return std::tuple{field("campaign_id", &T::campaign_id), field("position", &T::position), field("title", &T::title),
                    field("issuer", &T::issuer), field("number", &T::number)};
}
SHIDE_TABLE_END(BasisDocument)

SHIDE_TABLE(Stage, "stages", kNone, kNobody) {
  using T = Stage;
  return std::tuple{field("campaign_id", &T::campaign_id), field("position", &T::position), field("title", &T::title),
                    field("description", &T::description), field("starts_on", &T::from), field("ends_on", &T::to)};
}
SHIDE_TABLE_END(Stage)

SHIDE_TABLE(CodeAcceptance, "code_acceptances", kNone, kNobody) {
  using T = CodeAcceptance;
  return std::tuple{field("campaign_id", &T::campaign_id), field("teacher_id", &T::teacher_id), field("code_version", &T::code_version),
                    field("accepted_at", &T::accepted_at)};
}
SHIDE_TABLE_END(CodeAcceptance)

SHIDE_TABLE(Roster, "rosters", kNone, kNobody) {
  using T = Roster;
  return std::tuple{field("campaign_id", &T::campaign_id), field("grade_group_id", &T::grade_group_id),
                    field("school_year", &T::school_year), field("state", &T::state), field("submitted_at", &T::submitted_at),
                    field("submitted_by", &T::submitted_by), field("decided_at", &T::decided_at), field("decided_by", &T::decided_by),
                    field("send_back_reason", &T::send_back_reason)};
}
SHIDE_TABLE_END(Roster)

SHIDE_TABLE(Visit, "visits", kVisit, kVisitId) {
  using T = Visit;
  return std::tuple{field("campaign_id", &T::campaign_id), field("student_id", &T::student_id),
                    field("homeroom_teacher_id", &T::homeroom_teacher_id), field("state", &T::state),
                    field("appointment_at", &T::appointment_at), field("mode_planned", &T::mode_planned), field("visited_at", &T::visited_at)};
}
SHIDE_TABLE_END(Visit)

SHIDE_TABLE(VisitedStudent, "visited_students", kStudentName, kVisit) {
  using T = VisitedStudent;
  return std::tuple{field("student_id", &T::student_id), field("name", &T::name, Mask::kName), field("gender", &T::gender)};
}
SHIDE_TABLE_END(VisitedStudent)

SHIDE_TABLE(Guardian, "guardians", kGuardianContact, kVisit) {
  using T = Guardian;
  return std::tuple{field("student_id", &T::student_id), field("name", &T::name, Mask::kName), field("relation", &T::relation),
                    field("is_guardian", &T::is_guardian), field("phone", &T::phone, Mask::kPhone), field("address", &T::address, Mask::kHide)};
}
SHIDE_TABLE_END(Guardian)

SHIDE_TABLE(CareNote, "care_notes", kCareCategory, kVisit) {
  using T = CareNote;
  return std::tuple{field("student_id", &T::student_id), field("categories", &T::categories)};
}
SHIDE_TABLE_END(CareNote)

SHIDE_TABLE(CoVisitor, "co_visitors", kVisit, kVisit) {
  using T = CoVisitor;
  return std::tuple{field("teacher_id", &T::teacher_id), field("is_homeroom", &T::is_homeroom), field("attendance", &T::attendance),
                    field("confirmed_at", &T::confirmed_at)};
}
SHIDE_TABLE_END(CoVisitor)

SHIDE_TABLE(Preparation, "preparations", kRecordText, kVisit) {
  using T = Preparation;
  return std::tuple{field("text", &T::text, Mask::kHide), field("sealed_at", &T::sealed_at), field("sealed_by", &T::sealed_by)};
}
SHIDE_TABLE_END(Preparation)

SHIDE_TABLE(VisitRecord, "visit_records", kRecordText, kVisit) {
  using T = VisitRecord;
  return std::tuple{field("state", &T::state), field("visited_at", &T::visited_at), field("mode", &T::mode),
                    field("narrative", &T::narrative, Mask::kHide), field("reflection", &T::reflection, Mask::kHide),
                    field("topics", &T::topics), field("alone_reason", &T::alone_reason),
                    field("outside_window_reason", &T::outside_window_reason),
                    field("late_preparation_reason", &T::late_preparation_reason), field("photo_waiver", &T::photo_waiver),
                    field("no_demand", &T::no_demand), field("saved_at", &T::saved_at), field("saved_by", &T::saved_by),
                    field("submitted_at", &T::submitted_at), field("submitted_by", &T::submitted_by),
                    field("reviewed_at", &T::reviewed_at), field("reviewed_by", &T::reviewed_by),
                    field("review_reason", &T::review_reason), field("preparation_mark", &T::preparation_mark),
                    field("quality_marks", &T::quality_marks)};
}
SHIDE_TABLE_END(VisitRecord)

SHIDE_TABLE(VisitPhoto, "visit_photos", kPhoto, kVisit) {
  using T = VisitPhoto;
  return std::tuple{field("slot", &T::slot), field("sha256", &T::sha256), field("source_sha256", &T::source_sha256),
                    field("luma_grid", &T::luma_grid), field("width", &T::width), field("height", &T::height),
                    field("added_by", &T::added_by), field("added_at", &T::added_at)};
}
SHIDE_TABLE_END(VisitPhoto)

SHIDE_TABLE(Demand, "demands", kDemand, kVisit) {
  using T = Demand;
  return std::tuple{field("topic", &T::topic), field("urgency", &T::urgency), field("text", &T::text, Mask::kHide), field("state", &T::state),
                    field("heard_at", &T::heard_at), field("heard_early_reason", &T::heard_early_reason), field("recorded_at", &T::recorded_at),
                    field("passed_on_at", &T::passed_on_at), field("owner_name", &T::owner_name), field("owner_id", &T::owner_id),
                    field("due_on", &T::due_on), field("answer", &T::answer, Mask::kHide), field("answered_at", &T::answered_at),
                    field("carried_back_at", &T::carried_back_at), field("reply", &T::reply)};
}
SHIDE_TABLE_END(Demand)

SHIDE_TABLE(Consent, "consents", kConsent, kVisit) {
  using T = Consent;
  return std::tuple{field("student_id", &T::student_id), field("scope", &T::scope), field("answer", &T::answer), field("means", &T::means),
                    field("given_at", &T::given_at), field("noted_by", &T::noted_by), field("withdrawn_at", &T::withdrawn_at)};
}
SHIDE_TABLE_END(Consent)

SHIDE_TABLE(GiftReport, "gift_reports", kGiftReport, kVisit) {
  using T = GiftReport;
  return std::tuple{field("reported_by", &T::reported_by), field("text", &T::text, Mask::kHide), field("reported_at", &T::reported_at),
                    field("state", &T::state), field("outcome", &T::outcome, Mask::kHide), field("handled_by", &T::handled_by),
                    field("handled_at", &T::handled_at)};
}
SHIDE_TABLE_END(GiftReport)

SHIDE_TABLE(RedactedRecord, "redacted_records", kRedactedRecord, kVisit) {
  using T = RedactedRecord;
  return std::tuple{field("month", &T::month), field("grade_name", &T::grade_name), field("teachers", &T::teachers),
                    field("narrative", &T::narrative, Mask::kHide), field("reflection", &T::reflection, Mask::kHide),
                    field("doubts", &T::doubts), field("doubt_list", &T::doubt_list, Mask::kHide), field("cut_list", &T::cut_list, Mask::kHide),
                    field("source_sha256", &T::source_sha256, Mask::kHide), field("filed_at", &T::filed_at)};
}
SHIDE_TABLE_END(RedactedRecord)

SHIDE_TABLE(Post, "posts", kNone, kNobody) {
  using T = Post;
  return std::tuple{field("kind", &T::kind), field("state", &T::state), field("school_year", &T::school_year), field("title", &T::title),
                    field("body", &T::body), field("source", &T::source), field("publisher", &T::publisher), field("author_id", &T::author_id),
                    field("grade_name", &T::grade_name), field("visit_ids", &T::visit_ids), field("visit_count", &T::visit_count),
                    field("quote", &T::quote), field("published_at", &T::published_at), field("views", &T::views),
                    field("withdrawn_reason", &T::withdrawn_reason), field("review_reason", &T::review_reason)};
}
SHIDE_TABLE_END(Post)

SHIDE_TABLE(Approval, "approvals", kNone, kNobody) {
  using T = Approval;
  return std::tuple{field("post_id", &T::post_id), field("text_sha256", &T::text_sha256), field("approved_by", &T::approved_by),
                    field("approved_at", &T::approved_at), field("consent_id", &T::consent_id), field("school_decision", &T::school_decision)};
}
SHIDE_TABLE_END(Approval)

SHIDE_TABLE(FormalismSignal, "formalism_signals", kSignal, kVisit) {
  using T = FormalismSignal;
  return std::tuple{field("kind", &T::kind), field("other_visit_id", &T::other_visit_id, Mask::kHide), field("evidence", &T::evidence),
                    field("state", &T::state), field("asked_teacher_id", &T::asked_teacher_id), field("asked_at", &T::asked_at),
                    field("reply", &T::reply), field("replied_at", &T::replied_at), field("decision", &T::decision),
                    field("decision_reason", &T::decision_reason), field("document", &T::document), field("decided_by", &T::decided_by),
                    field("decided_by_name", &T::decided_by_name), field("decided_at", &T::decided_at)};
}
SHIDE_TABLE_END(FormalismSignal)

SHIDE_TABLE(Rectification, "rectifications", kRectification, kOwner) {
  using T = Rectification;
  return std::tuple{field("school_year", &T::school_year), field("grade_group_id", &T::grade_group_id), field("demand_id", &T::demand_id),
                    field("problem", &T::problem), field("measure", &T::measure), field("standard", &T::standard),
                    field("owner_id", &T::owner_id), field("owner_name", &T::owner_name), field("opened_by", &T::opened_by),
                    field("opened_at", &T::opened_at), field("due_on", &T::due_on), field("state", &T::state), field("outcome", &T::outcome),
                    field("submitted_at", &T::submitted_at), field("verified_by", &T::verified_by),
                    field("verified_by_name", &T::verified_by_name), field("verified_at", &T::verified_at)};
}
SHIDE_TABLE_END(Rectification)

SHIDE_TABLE(ArchiveEntry, "archive_entries", kArchive, kTeacher) {
  using T = ArchiveEntry;
  return std::tuple{field("archive", &T::archive), field("teacher_id", &T::teacher_id), field("staff_number", &T::staff_number),
                    field("staff_name", &T::staff_name), field("school_year", &T::school_year), field("calendar_year", &T::calendar_year),
                    field("kind", &T::kind), field("title", &T::title), field("text", &T::text), field("event_month", &T::event_month),
                    field("mode", &T::mode), field("source_id", &T::source_id), field("sequence", &T::sequence),
                    field("previous_hash", &T::previous_hash), field("hash", &T::hash), field("filed_at", &T::filed_at)};
}
SHIDE_TABLE_END(ArchiveEntry)

SHIDE_TABLE(Appraisal, "appraisals", kNone, kNobody) {
  using T = Appraisal;
  return std::tuple{field("campaign_id", &T::campaign_id), field("school_year", &T::school_year), field("title", &T::title),
                    field("rule_set_key", &T::rule_set_key), field("rule_set_version", &T::rule_set_version),
                    field("rule_set_sha256", &T::rule_set_sha256), field("rule_set_text", &T::rule_set_text), field("state", &T::state),
                    field("computed_at", &T::computed_at), field("computed_by", &T::computed_by)};
}
SHIDE_TABLE_END(Appraisal)

SHIDE_TABLE(Rating, "ratings", kScore, kTeacher) {
  using T = Rating;
  return std::tuple{field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id), field("component", &T::component),
                    field("value", &T::value)};
}
SHIDE_TABLE_END(Rating)

SHIDE_TABLE(Score, "scores", kScore, kTeacher) {
  using T = Score;
  return std::tuple{field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id), field("staff_number", &T::staff_number),
                    field("staff_name", &T::staff_name), field("total", &T::total), field("grade", &T::grade), field("missing", &T::missing),
                    field("vetoes", &T::vetoes), field("barred_until", &T::barred_until), field("facts", &T::facts)};
}
SHIDE_TABLE_END(Score)

SHIDE_TABLE(ScoreLine, "score_lines", kScore, kTeacher) {
  using T = ScoreLine;
  return std::tuple{field("score_id", &T::score_id), field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id),
                    field("position", &T::position), field("criterion", &T::criterion), field("points", &T::points), field("because", &T::because),
                    field("state", &T::state)};
}
SHIDE_TABLE_END(ScoreLine)

SHIDE_TABLE(AuditEvent, "audit_events", kAudit, kNobody) {
  using T = AuditEvent;
  return std::tuple{field("at", &T::at), field("actor", &T::actor), field("roles", &T::roles), field("verb", &T::verb),
                    field("object_kind", &T::object_kind), field("object_id", &T::object_id), field("fields", &T::fields),
                    field("reason", &T::reason)};
}
SHIDE_TABLE_END(AuditEvent)

SHIDE_TABLE(OutboxEvent, "outbox_events", kNone, kNobody) {
  using T = OutboxEvent;
  return std::tuple{field("topic", &T::topic), field("object_id", &T::object_id), field("state", &T::state), field("created_at", &T::created_at),
                    field("attempts", &T::attempts), field("next_attempt_at", &T::next_attempt_at), field("done_at", &T::done_at),
                    field("last_error", &T::last_error)};
}
SHIDE_TABLE_END(OutboxEvent)

SHIDE_TABLE(Lease, "leases", kNone, kNobody) {
  using T = Lease;
  return std::tuple{field("name", &T::name), field("holder", &T::holder), field("expires_at", &T::expires_at)};
}
SHIDE_TABLE_END(Lease)

#undef SHIDE_TABLE
#undef SHIDE_TABLE_END

/// Every stored noun, for those who must not forget one.
template <class Visitor>
void for_each_table(Visitor&& visit) {
  visit.template operator()<School>();
  visit.template operator()<GradeGroup>();
  visit.template operator()<SchoolClass>();
  visit.template operator()<Teacher>();
  visit.template operator()<TeachingAssignment>();
  visit.template operator()<Student>();
  visit.template operator()<Account>();
  visit.template operator()<Session>();
  visit.template operator()<ApiToken>();
  visit.template operator()<SetupLink>();
  visit.template operator()<Campaign>();
  visit.template operator()<BasisDocument>();
  visit.template operator()<Stage>();
  visit.template operator()<CodeAcceptance>();
  visit.template operator()<Roster>();
  visit.template operator()<Visit>();
  visit.template operator()<VisitedStudent>();
  visit.template operator()<Guardian>();
  visit.template operator()<CareNote>();
  visit.template operator()<CoVisitor>();
  visit.template operator()<Preparation>();
  visit.template operator()<VisitRecord>();
  visit.template operator()<VisitPhoto>();
  visit.template operator()<Demand>();
  visit.template operator()<Consent>();
  visit.template operator()<GiftReport>();
  visit.template operator()<RedactedRecord>();
  visit.template operator()<Post>();
  visit.template operator()<Approval>();
  visit.template operator()<FormalismSignal>();
  visit.template operator()<Rectification>();
  visit.template operator()<ArchiveEntry>();
  visit.template operator()<Appraisal>();
  visit.template operator()<Rating>();
  visit.template operator()<Score>();
  visit.template operator()<ScoreLine>();
  visit.template operator()<AuditEvent>();
  visit.template operator()<OutboxEvent>();
  visit.template operator()<Lease>();
}

}  // namespace shide::model
