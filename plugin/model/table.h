// Every stored noun, once: its table, what kind of protected data it holds, and whose own rows there are.
//
//     Table<Guardian>::name  ->  "guardians"
//     Table<Guardian>::kind  ->  DataKind::kGuardianContact
//
// Its columns stand in model/fields.h; stores see both as a TableShape (model/shape.h). A new noun is a line here, a list
// there, and a step of schema/sql.
#pragma once

#include "model/archive.h"
#include "model/campaign.h"
#include "model/followup.h"
#include "model/reach.h"
#include "model/school.h"
#include "model/section.h"
#include "model/trail.h"
#include "model/visit.h"

namespace shide::model {

/// Which column a grant of scope kOwnSelf or kOwnVisits compares.
enum class Own {
  kNobody,     // no own rows
  kTeacher,    // column teacher_id is the actor's
  kOwner,      // column owner_id is the actor's account
  kVisit,      // column visit_id is a visit with the actor in its team
  kVisitId     // column id is such a visit: the visits table itself
};

/// EACH(type, table, kind, own)
#define SHIDE_TABLES(EACH) \
  EACH(School, "schools", kNone, kNobody) \
  EACH(GradeGroup, "grade_groups", kNone, kNobody) \
  EACH(SchoolClass, "classes", kNone, kNobody) \
  EACH(Teacher, "teachers", kNone, kNobody) \
  EACH(TeachingAssignment, "teaching_assignments", kNone, kNobody) \
  EACH(Student, "students", kRegister, kNobody) \
  EACH(ClassMembership, "class_memberships", kRegister, kNobody) \
  EACH(TeacherPost, "teacher_posts", kNone, kNobody) \
  EACH(Account, "accounts", kAccount, kNobody) \
  EACH(SignInSlip, "sign_in_slips", kAccount, kNobody) \
  EACH(SecondFactor, "second_factors", kAccount, kNobody) \
  EACH(RecoveryCode, "recovery_codes", kAccount, kNobody) \
  EACH(UnknownLogin, "unknown_logins", kAccount, kNobody) \
  EACH(Session, "sessions", kAccount, kNobody) \
  EACH(ApiToken, "api_tokens", kAccount, kNobody) \
  EACH(SetupLink, "setup_links", kAccount, kNobody) \
  EACH(SiteLink, "site_links", kAccount, kNobody) \
  EACH(UsedTicket, "used_tickets", kAccount, kNobody) \
  EACH(ThemeShell, "theme_shells", kNone, kNobody) \
  EACH(Campaign, "campaigns", kNone, kNobody) \
  EACH(BasisDocument, "basis_documents", kNone, kNobody) \
  EACH(Stage, "stages", kNone, kNobody) \
  EACH(PlanRevision, "plan_revisions", kNone, kNobody) \
  EACH(RevisionReading, "revision_readings", kNone, kNobody) \
  EACH(CodeAcceptance, "code_acceptances", kNone, kNobody) \
  EACH(Roster, "rosters", kNone, kNobody) \
  EACH(TeamRule, "team_rules", kTeamRule, kNobody) \
  EACH(TeamWish, "team_wishes", kNone, kNobody) \
  EACH(Visit, "visits", kVisit, kVisitId) \
  EACH(VisitedStudent, "visited_students", kStudentName, kVisit) \
  EACH(Guardian, "guardians", kGuardianContact, kVisit) \
  EACH(CareNote, "care_notes", kCareCategory, kVisit) \
  EACH(CoVisitor, "co_visitors", kVisit, kVisit) \
  EACH(HandOver, "hand_overs", kNone, kNobody) \
  EACH(Preparation, "preparations", kRecordText, kVisit) \
  EACH(VisitRecord, "visit_records", kRecordText, kVisit) \
  EACH(VisitPhoto, "visit_photos", kPhoto, kVisit) \
  EACH(Demand, "demands", kDemand, kVisit) \
  EACH(Consent, "consents", kConsent, kVisit) \
  EACH(GiftReport, "gift_reports", kGiftReport, kVisit) \
  EACH(RedactedRecord, "redacted_records", kRedactedRecord, kVisit) \
  EACH(Post, "posts", kNone, kNobody) \
  EACH(Approval, "approvals", kNone, kNobody) \
  EACH(PublicTask, "public_tasks", kNone, kNobody) \
  EACH(PostCopy, "post_copies", kNone, kNobody) \
  EACH(Delivery, "deliveries", kNone, kNobody) \
  EACH(CopyHost, "copy_hosts", kNone, kNobody) \
  EACH(FormalismSignal, "formalism_signals", kSignal, kVisit) \
  EACH(Rectification, "rectifications", kRectification, kOwner) \
  EACH(ArchiveEntry, "archive_entries", kArchive, kTeacher) \
  EACH(Appraisal, "appraisals", kNone, kNobody) \
  EACH(Rating, "ratings", kScore, kTeacher) \
  EACH(Score, "scores", kScore, kTeacher) \
  EACH(ScoreLine, "score_lines", kScore, kTeacher) \
  EACH(AwardCheck, "award_checks", kScore, kTeacher) \
  EACH(AuditEvent, "audit_events", kAudit, kNobody) \
  EACH(AuditHead, "audit_heads", kAudit, kNobody) \
  EACH(OutboxEvent, "outbox_events", kNone, kNobody) \
  EACH(Lease, "leases", kNone, kNobody)

template <class T>
struct Table;

#define SHIDE_TABLE(TYPE, NAME, KIND, OWN)              \
  template <>                                           \
  struct Table<TYPE> {                                  \
    static constexpr const char* name = NAME;           \
    static constexpr DataKind kind = DataKind::KIND;    \
    static constexpr Own own = Own::OWN;                \
  };
SHIDE_TABLES(SHIDE_TABLE)
#undef SHIDE_TABLE

/// True for nouns that stand in a Place: their four columns come first.
template <class T>
concept Placed = requires(T row) { row.place.visit_id; };

/// Calls visit.operator()<T>() for each, for those who must not forget one.
template <class Visitor>
void for_each_table(Visitor&& visit) {
#define SHIDE_VISIT(TYPE, NAME, KIND, OWN) visit.template operator()<TYPE>();
  SHIDE_TABLES(SHIDE_VISIT)
#undef SHIDE_VISIT
}

}  // namespace shide::model
