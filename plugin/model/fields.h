// Each stored noun's fields, once: name in the database, member, what a masked reader sees of it, and whether it stands sealed
// in a database (what tells of a child, a family, or what was said at home; PIPL 51). The SQL store, the in-memory store and the
// audit read this list through shape.h, so a field cannot be forgotten in one of them.
//
//     fields<Guardian>()  ->  (sealed("name", &Guardian::name, Mask::kName), field("relation", &Guardian::relation), ...)
//
// `id`, `school_id` and `version` belong to every row and are not listed, nor are the four of `Place`. Included by shape.cpp
// alone: these tuples are dear to compile.
#pragma once

#include <tuple>
#include <type_traits>

#include "model/shape.h"

namespace shide::model {

template <class T, class M>
struct Field {
  const char* name;
  M T::*member;
  Mask mask;
  bool sealed;
};
template <class T, class M>
constexpr Field<T, M> field(const char* name, M T::*member, Mask mask = Mask::kShow) {
  return {name, member, mask, false};
}
/// Encrypted in a database; only texts can be. Comparing or sorting by it reads every row that is left by the other conditions.
template <class T, class M>
constexpr Field<T, M> sealed(const char* name, M T::*member, Mask mask = Mask::kShow) {
  static_assert(!std::is_integral_v<M> && !std::is_enum_v<M>);
  return {name, member, mask, true};
}

template <class T>
constexpr auto fields();

template <>
constexpr auto fields<School>() {
  using T = School;
  return std::tuple{field("name", &T::name), field("short_name", &T::short_name), field("site_name", &T::site_name),
                    field("site_url", &T::site_url), field("district_name", &T::district_name), field("breadcrumb", &T::breadcrumb),
                    field("section_name", &T::section_name), field("demo", &T::demo)};
}

template <>
constexpr auto fields<GradeGroup>() {
  using T = GradeGroup;
  return std::tuple{field("school_year", &T::school_year), field("name", &T::name), field("kind", &T::kind), field("grade", &T::grade),
                    field("leader_id", &T::leader_id)};
}

template <>
constexpr auto fields<SchoolClass>() {
  using T = SchoolClass;
  return std::tuple{field("school_year", &T::school_year), field("name", &T::name), field("grade_group_id", &T::grade_group_id),
                    field("homeroom_teacher_id", &T::homeroom_teacher_id), field("pupil_count", &T::pupil_count)};
}

template <>
constexpr auto fields<Teacher>() {
  using T = Teacher;
  return std::tuple{field("staff_number", &T::staff_number), field("name", &T::name), field("subject", &T::subject),
                    field("grade_group_id", &T::grade_group_id), field("duty", &T::duty)};
}

template <>
constexpr auto fields<TeachingAssignment>() {
  using T = TeachingAssignment;
  return std::tuple{field("school_year", &T::school_year), field("teacher_id", &T::teacher_id), field("class_id", &T::class_id),
                    field("kind", &T::kind), field("subject", &T::subject)};
}

template <>
constexpr auto fields<Student>() {
  using T = Student;
  return std::tuple{field("student_number", &T::student_number, Mask::kHide), sealed("name", &T::name, Mask::kName)};
}

template <>
constexpr auto fields<ClassMembership>() {
  using T = ClassMembership;
  return std::tuple{field("student_id", &T::student_id), field("starts_on", &T::from), field("ends_on", &T::to)};
}

template <>
constexpr auto fields<TeacherPost>() {
  using T = TeacherPost;
  return std::tuple{field("school_year", &T::school_year), field("teacher_id", &T::teacher_id), field("kind", &T::kind),
                    field("grade_group_id", &T::grade_group_id), field("class_id", &T::class_id), field("starts_on", &T::from), field("ends_on", &T::to)};
}

template <>
constexpr auto fields<Account>() {
  using T = Account;
  return std::tuple{field("login", &T::login), field("name", &T::name), field("password_hash", &T::password_hash, Mask::kHide),
                    field("roles", &T::roles), field("teacher_id", &T::teacher_id), field("must_change_password", &T::must_change_password),
                    field("failures", &T::failures), field("locked_until", &T::locked_until), field("disabled", &T::disabled),
                    field("second_factor_at", &T::second_factor_at)};
}

template <>
constexpr auto fields<SecondFactor>() {
  using T = SecondFactor;
  return std::tuple{field("account_id", &T::account_id), sealed("secret", &T::secret, Mask::kHide), field("made_at", &T::made_at),
                    field("last_step", &T::last_step)};
}

template <>
constexpr auto fields<RecoveryCode>() {
  using T = RecoveryCode;
  return std::tuple{field("account_id", &T::account_id), field("code_hash", &T::code_hash)};
}

template <>
constexpr auto fields<SignInSlip>() {
  using T = SignInSlip;
  return std::tuple{field("code_hash", &T::code_hash), field("account_id", &T::account_id), field("made_at", &T::made_at),
                    field("expires_at", &T::expires_at)};
}

template <>
constexpr auto fields<UnknownLogin>() {
  using T = UnknownLogin;
  return std::tuple{field("login_hash", &T::login_hash), field("failures", &T::failures), field("locked_until", &T::locked_until),
                    field("refused_at", &T::refused_at)};
}

template <>
constexpr auto fields<Session>() {
  using T = Session;
  return std::tuple{field("token_hash", &T::token_hash), field("csrf", &T::csrf), field("account_id", &T::account_id),
                    field("created_at", &T::created_at), field("seen_at", &T::seen_at), field("expires_at", &T::expires_at),
                    field("site_session", &T::site_session), field("second_factor_at", &T::second_factor_at)};
}

template <>
constexpr auto fields<SiteLink>() {
  using T = SiteLink;
  return std::tuple{field("site_user", &T::site_user), field("account_id", &T::account_id), field("linked_at", &T::linked_at)};
}

template <>
constexpr auto fields<UsedTicket>() {
  using T = UsedTicket;
  return std::tuple{field("nonce", &T::nonce), field("site_user", &T::site_user), field("site_session", &T::site_session), field("used_at", &T::used_at)};
}

template <>
constexpr auto fields<ThemeShell>() {
  using T = ThemeShell;
  return std::tuple{field("stylesheets", &T::stylesheets), field("style", &T::style), field("top", &T::top), field("bottom", &T::bottom),
                    field("body_class", &T::body_class), field("problem", &T::problem), field("fetched_at", &T::fetched_at), field("tried_at", &T::tried_at)};
}

template <>
constexpr auto fields<ApiToken>() {
  using T = ApiToken;
  return std::tuple{field("token_hash", &T::token_hash), field("name", &T::name), field("scopes", &T::scopes),
                    field("created_at", &T::created_at), field("expires_at", &T::expires_at), field("revoked_at", &T::revoked_at)};
}

template <>
constexpr auto fields<SetupLink>() {
  using T = SetupLink;
  return std::tuple{field("token_hash", &T::token_hash), field("expires_at", &T::expires_at)};
}

template <>
constexpr auto fields<Campaign>() {
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

template <>
constexpr auto fields<BasisDocument>() {
  using T = BasisDocument;
  return std::tuple{field("campaign_id", &T::campaign_id), field("position", &T::position), field("title", &T::title),
                    field("issuer", &T::issuer), field("number", &T::number)};
}

template <>
constexpr auto fields<Stage>() {
  using T = Stage;
  return std::tuple{field("campaign_id", &T::campaign_id), field("position", &T::position), field("title", &T::title),
                    field("description", &T::description), field("starts_on", &T::from), field("ends_on", &T::to)};
}

template <>
constexpr auto fields<PlanRevision>() {
  using T = PlanRevision;
  return std::tuple{field("campaign_id", &T::campaign_id), field("number", &T::number), field("step", &T::step), field("reason", &T::reason),
                    field("document", &T::document), field("state_before", &T::state_before), field("plan", &T::plan),
                    field("made_at", &T::made_at), field("made_by", &T::made_by), field("made_by_name", &T::made_by_name)};
}

template <>
constexpr auto fields<RevisionReading>() {
  using T = RevisionReading;
  return std::tuple{field("revision_id", &T::revision_id), field("account_id", &T::account_id), field("read_at", &T::read_at)};
}

template <>
constexpr auto fields<CodeAcceptance>() {
  using T = CodeAcceptance;
  return std::tuple{field("campaign_id", &T::campaign_id), field("teacher_id", &T::teacher_id), field("code_version", &T::code_version),
                    field("accepted_at", &T::accepted_at)};
}

template <>
constexpr auto fields<Roster>() {
  using T = Roster;
  return std::tuple{field("campaign_id", &T::campaign_id), field("grade_group_id", &T::grade_group_id),
                    field("school_year", &T::school_year), field("state", &T::state), field("submitted_at", &T::submitted_at),
                    field("submitted_by", &T::submitted_by), field("decided_at", &T::decided_at), field("decided_by", &T::decided_by),
                    sealed("send_back_reason", &T::send_back_reason), field("seat_asked_at", &T::seat_asked_at),
                    field("seats_granted", &T::seats_granted)};
}

template <>
constexpr auto fields<TeamRule>() {
  using T = TeamRule;
  return std::tuple{field("campaign_id", &T::campaign_id), field("grade_group_id", &T::grade_group_id), field("kind", &T::kind),
                    field("teacher_id", &T::teacher_id), field("other_id", &T::other_id), field("from_day", &T::from), field("to_day", &T::to)};
}

template <>
constexpr auto fields<TeamWish>() {
  using T = TeamWish;
  return std::tuple{field("campaign_id", &T::campaign_id), field("class_id", &T::class_id), field("teacher_id", &T::teacher_id),
                    field("state", &T::state), field("asked_at", &T::asked_at), field("answered_at", &T::answered_at)};
}

template <>
constexpr auto fields<HandOver>() {
  using T = HandOver;
  return std::tuple{field("campaign_id", &T::campaign_id), field("visit_id", &T::visit_id), field("class_id", &T::class_id),
                    field("from_id", &T::from_id), field("to_id", &T::to_id), field("state", &T::state), field("asked_at", &T::asked_at),
                    field("answered_at", &T::answered_at)};
}

template <>
constexpr auto fields<Visit>() {
  using T = Visit;
  return std::tuple{field("campaign_id", &T::campaign_id), field("student_id", &T::student_id),
                    field("homeroom_teacher_id", &T::homeroom_teacher_id), field("state", &T::state),
                    field("appointment_at", &T::appointment_at), field("mode_planned", &T::mode_planned), field("visited_at", &T::visited_at),
                    field("replaces_id", &T::replaces_id)};
}

template <>
constexpr auto fields<VisitedStudent>() {
  using T = VisitedStudent;
  return std::tuple{field("student_id", &T::student_id), sealed("name", &T::name, Mask::kName), sealed("gender", &T::gender)};
}

template <>
constexpr auto fields<Guardian>() {
  using T = Guardian;
  return std::tuple{field("student_id", &T::student_id), sealed("name", &T::name, Mask::kName), field("relation", &T::relation),
                    field("is_guardian", &T::is_guardian), sealed("phone", &T::phone, Mask::kPhone), sealed("address", &T::address, Mask::kHide)};
}

template <>
constexpr auto fields<CareNote>() {
  using T = CareNote;
  return std::tuple{field("student_id", &T::student_id), sealed("categories", &T::categories)};
}

template <>
constexpr auto fields<CoVisitor>() {
  using T = CoVisitor;
  return std::tuple{field("teacher_id", &T::teacher_id), field("is_homeroom", &T::is_homeroom), field("attendance", &T::attendance),
                    field("confirmed_at", &T::confirmed_at)};
}

template <>
constexpr auto fields<Preparation>() {
  using T = Preparation;
  return std::tuple{sealed("text", &T::text, Mask::kHide), field("sealed_at", &T::sealed_at), field("sealed_by", &T::sealed_by)};
}

template <>
constexpr auto fields<VisitRecord>() {
  using T = VisitRecord;
  return std::tuple{field("state", &T::state), field("visited_at", &T::visited_at), field("mode", &T::mode),
                    sealed("narrative", &T::narrative, Mask::kHide), sealed("reflection", &T::reflection, Mask::kHide),
                    field("topics", &T::topics), sealed("alone_reason", &T::alone_reason),
                    sealed("outside_window_reason", &T::outside_window_reason),
                    sealed("late_preparation_reason", &T::late_preparation_reason), sealed("photo_waiver", &T::photo_waiver),
                    field("no_demand", &T::no_demand), field("saved_at", &T::saved_at), field("saved_by", &T::saved_by),
                    field("submitted_at", &T::submitted_at), field("submitted_by", &T::submitted_by),
                    field("reviewed_at", &T::reviewed_at), field("reviewed_by", &T::reviewed_by),
                    sealed("review_reason", &T::review_reason), field("preparation_mark", &T::preparation_mark),
                    field("quality_marks", &T::quality_marks)};
}

template <>
constexpr auto fields<VisitPhoto>() {
  using T = VisitPhoto;
  return std::tuple{field("slot", &T::slot), field("sha256", &T::sha256), field("source_sha256", &T::source_sha256),
                    field("luma_grid", &T::luma_grid), field("width", &T::width), field("height", &T::height),
                    field("added_by", &T::added_by), field("added_at", &T::added_at)};
}

template <>
constexpr auto fields<Demand>() {
  using T = Demand;
  return std::tuple{field("topic", &T::topic), field("urgency", &T::urgency), sealed("text", &T::text, Mask::kHide), field("state", &T::state),
                    field("heard_at", &T::heard_at), sealed("heard_early_reason", &T::heard_early_reason), field("recorded_at", &T::recorded_at),
                    field("passed_on_at", &T::passed_on_at), field("owner_name", &T::owner_name), field("owner_id", &T::owner_id),
                    field("due_on", &T::due_on), sealed("answer", &T::answer, Mask::kHide), field("answered_at", &T::answered_at),
                    field("carried_back_at", &T::carried_back_at), field("reply", &T::reply)};
}

template <>
constexpr auto fields<Consent>() {
  using T = Consent;
  return std::tuple{field("student_id", &T::student_id), field("scope", &T::scope), field("answer", &T::answer), field("means", &T::means),
                    field("given_at", &T::given_at), field("noted_by", &T::noted_by), field("withdrawn_at", &T::withdrawn_at),
                    field("guardian_id", &T::guardian_id), field("wording", &T::wording)};
}

template <>
constexpr auto fields<GiftReport>() {
  using T = GiftReport;
  return std::tuple{field("reported_by", &T::reported_by), sealed("text", &T::text, Mask::kHide), field("reported_at", &T::reported_at),
                    field("state", &T::state), sealed("outcome", &T::outcome, Mask::kHide), field("handled_by", &T::handled_by),
                    field("handled_at", &T::handled_at)};
}

template <>
constexpr auto fields<RedactedRecord>() {
  using T = RedactedRecord;
  return std::tuple{field("month", &T::month), field("grade_name", &T::grade_name), field("teachers", &T::teachers),
                    field("mode", &T::mode), field("reviewer", &T::reviewer), sealed("narrative", &T::narrative, Mask::kHide), sealed("reflection", &T::reflection, Mask::kHide),
                    field("doubts", &T::doubts), sealed("doubt_list", &T::doubt_list, Mask::kHide), sealed("cut_list", &T::cut_list, Mask::kHide),
                    field("source_sha256", &T::source_sha256, Mask::kHide), field("filed_at", &T::filed_at)};
}

template <>
constexpr auto fields<Post>() {
  using T = Post;
  return std::tuple{field("kind", &T::kind), field("state", &T::state), field("school_year", &T::school_year), field("title", &T::title),
                    field("body", &T::body), field("source", &T::source), field("publisher", &T::publisher), field("author_id", &T::author_id),
                    field("grade_name", &T::grade_name), field("visit_ids", &T::visit_ids), field("visit_count", &T::visit_count),
                    field("quote", &T::quote), field("published_at", &T::published_at), field("views", &T::views),
                    field("withdrawn_reason", &T::withdrawn_reason), field("review_reason", &T::review_reason),
                    field("shelf", &T::shelf), field("copy_address", &T::copy_address)};
}

template <>
constexpr auto fields<PublicTask>() {
  using T = PublicTask;
  return std::tuple{field("kind", &T::kind), field("post_id", &T::post_id), field("address", &T::address), field("found", &T::found),
                    field("opened_at", &T::opened_at), field("due_at", &T::due_at), field("outcome", &T::outcome),
                    field("closed_by", &T::closed_by), field("closed_by_name", &T::closed_by_name), field("closed_at", &T::closed_at)};
}

template <>
constexpr auto fields<PostCopy>() {
  using T = PostCopy;
  return std::tuple{field("post_id", &T::post_id), field("host", &T::host), field("reference", &T::reference), field("address", &T::address),
                    field("state", &T::state), field("digest", &T::digest), field("seen_at", &T::seen_at), field("views", &T::views),
                    field("look_at", &T::look_at)};
}

template <>
constexpr auto fields<Delivery>() {
  using T = Delivery;
  return std::tuple{field("copy_id", &T::copy_id), field("kind", &T::kind), field("state", &T::state), field("created_at", &T::created_at),
                    field("attempts", &T::attempts), field("next_attempt_at", &T::next_attempt_at),
                    field("under_way_until", &T::under_way_until), field("done_at", &T::done_at), field("problem", &T::problem)};
}

template <>
constexpr auto fields<CopyHost>() {
  using T = CopyHost;
  return std::tuple{field("host", &T::host), field("silences", &T::silences), field("silent_since", &T::silent_since),
                    field("rests_until", &T::rests_until), field("problem", &T::problem)};
}

template <>
constexpr auto fields<Approval>() {
  using T = Approval;
  return std::tuple{field("post_id", &T::post_id), field("text_sha256", &T::text_sha256), field("approved_by", &T::approved_by),
                    field("approved_at", &T::approved_at), field("consent_id", &T::consent_id), field("school_decision", &T::school_decision)};
}

template <>
constexpr auto fields<FormalismSignal>() {
  using T = FormalismSignal;
  return std::tuple{field("kind", &T::kind), field("other_visit_id", &T::other_visit_id, Mask::kHide), sealed("evidence", &T::evidence),
                    field("state", &T::state), field("asked_teacher_id", &T::asked_teacher_id), field("asked_at", &T::asked_at),
                    sealed("reply", &T::reply), field("replied_at", &T::replied_at), field("decision", &T::decision),
                    sealed("decision_reason", &T::decision_reason), field("document", &T::document), field("decided_by", &T::decided_by),
                    field("decided_by_name", &T::decided_by_name), field("decided_at", &T::decided_at)};
}

template <>
constexpr auto fields<Rectification>() {
  using T = Rectification;
  return std::tuple{field("school_year", &T::school_year), field("grade_group_id", &T::grade_group_id), field("demand_id", &T::demand_id),
                    sealed("problem", &T::problem), sealed("measure", &T::measure), sealed("standard", &T::standard),
                    field("owner_id", &T::owner_id), field("owner_name", &T::owner_name), field("opened_by", &T::opened_by),
                    field("opened_at", &T::opened_at), field("due_on", &T::due_on), field("state", &T::state), sealed("outcome", &T::outcome),
                    field("submitted_at", &T::submitted_at), field("verified_by", &T::verified_by),
                    field("verified_by_name", &T::verified_by_name), field("verified_at", &T::verified_at)};
}

template <>
constexpr auto fields<ArchiveEntry>() {
  using T = ArchiveEntry;
  return std::tuple{field("archive", &T::archive), field("teacher_id", &T::teacher_id), field("staff_number", &T::staff_number),
                    field("staff_name", &T::staff_name), field("school_year", &T::school_year), field("calendar_year", &T::calendar_year),
                    field("kind", &T::kind), field("title", &T::title), field("text", &T::text), field("event_month", &T::event_month),
                    field("mode", &T::mode), field("source_id", &T::source_id), field("sequence", &T::sequence),
                    field("previous_hash", &T::previous_hash), field("hash", &T::hash), field("filed_at", &T::filed_at)};
}

template <>
constexpr auto fields<Appraisal>() {
  using T = Appraisal;
  return std::tuple{field("campaign_id", &T::campaign_id), field("school_year", &T::school_year), field("title", &T::title),
                    field("rule_set_key", &T::rule_set_key), field("rule_set_version", &T::rule_set_version),
                    field("rule_set_sha256", &T::rule_set_sha256), field("rule_set_text", &T::rule_set_text), field("state", &T::state),
                    field("computed_at", &T::computed_at), field("computed_by", &T::computed_by)};
}

template <>
constexpr auto fields<Rating>() {
  using T = Rating;
  return std::tuple{field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id), field("component", &T::component),
                    field("value", &T::value)};
}

template <>
constexpr auto fields<Score>() {
  using T = Score;
  return std::tuple{field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id), field("staff_number", &T::staff_number),
                    field("staff_name", &T::staff_name), field("total", &T::total), field("grade", &T::grade), field("missing", &T::missing),
                    field("vetoes", &T::vetoes), field("barred_until", &T::barred_until), field("facts", &T::facts),
                    field("grade_after_quota", &T::grade_after_quota), field("quota_because", &T::quota_because)};
}

template <>
constexpr auto fields<ScoreLine>() {
  using T = ScoreLine;
  return std::tuple{field("score_id", &T::score_id), field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id),
                    field("position", &T::position), field("criterion", &T::criterion), field("points", &T::points), field("because", &T::because),
                    field("state", &T::state)};
}

template <>
constexpr auto fields<AwardCheck>() {
  using T = AwardCheck;
  return std::tuple{field("score_id", &T::score_id), field("appraisal_id", &T::appraisal_id), field("teacher_id", &T::teacher_id),
                    field("position", &T::position), field("passed", &T::passed), field("because", &T::because)};
}

template <>
constexpr auto fields<AuditEvent>() {
  using T = AuditEvent;
  return std::tuple{field("at", &T::at), field("actor", &T::actor), field("roles", &T::roles), field("verb", &T::verb),
                    field("object_kind", &T::object_kind), field("object_id", &T::object_id), field("fields", &T::fields),
                    field("reason", &T::reason), field("reason_salt", &T::reason_salt, Mask::kHide), field("sequence", &T::sequence)};
}

template <>
constexpr auto fields<AuditHead>() {
  using T = AuditHead;
  return std::tuple{field("size", &T::size), field("root", &T::root), field("signed_at", &T::signed_at), field("key_id", &T::key_id),
                    field("signature", &T::signature), field("deposited_at", &T::deposited_at)};
}

template <>
constexpr auto fields<OutboxEvent>() {
  using T = OutboxEvent;
  return std::tuple{field("topic", &T::topic), field("object_id", &T::object_id), field("state", &T::state), field("created_at", &T::created_at),
                    field("attempts", &T::attempts), field("next_attempt_at", &T::next_attempt_at), field("done_at", &T::done_at),
                    field("last_error", &T::last_error)};
}

template <>
constexpr auto fields<Lease>() {
  using T = Lease;
  return std::tuple{field("name", &T::name), field("holder", &T::holder), field("expires_at", &T::expires_at)};
}

}  // namespace shide::model
