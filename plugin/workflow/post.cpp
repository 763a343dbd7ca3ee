#include "workflow/post.h"

#include <set>

#include "base/field_check.h"
#include "base/stale_edit.h"
#include "base/text.h"
#include "privacy/clearance.h"
#include "privacy/reach.h"
#include "workflow/copies.h"
#include "workflow/job.h"
#include "workflow/known_people.h"
#include "workflow/public_tasks.h"

namespace shide::workflow {

using model::Actor;
using model::DataKind;
using model::Place;
using model::Post;
using model::PostKind;
using model::PostState;
using model::RedactedRecord;
using model::Shelf;
using ports::Query;
using ports::Unit;

namespace {

bool edits(const Actor& actor) { return actor.has(model::Role::kUnionEditor) || actor.has(model::Role::kStudentOffice); }
bool approves(const Actor& actor) { return actor.has(model::Role::kStudentOffice) || actor.has(model::Role::kHead); }
bool works_on_posts(const Actor& actor) { return edits(actor) || approves(actor); }

/// The redacted records a post says it is drawn from; each must exist and be free of open doubts.
Result<std::vector<RedactedRecord>> sources_of(Unit& unit, const Actor& actor, const std::vector<std::string>& ids) {
  std::set<std::string> different(ids.begin(), ids.end());
  std::vector<RedactedRecord> sources;
  for (const std::string& id : different) {
    Result<RedactedRecord> record = unit.of<RedactedRecord>().load({id}, privacy::reach(actor, DataKind::kRedactedRecord));
    if (!record || record->level != model::Level::kFull) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("visits", {"section.source_gone"});
    if (record->doubts > 0) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("visits", {"section.source_doubtful"});
    sources.push_back(*record);
  }
  return sources;
}

std::string ids_of(const std::vector<RedactedRecord>& sources) {
  std::vector<std::string> ids;
  for (const RedactedRecord& source : sources) ids.push_back(source.id.value);
  return join(ids, " ");
}

Result<Post> check_post(const PostForm& form) {
  FieldCheck check;
  Post post;
  auto kind = model::from_code<PostKind>(form.kind);
  if (!kind || *kind == PostKind::kPlan) check.problem("kind", {"field.not_offered"});
  if (!form.id.empty() && !is_uuid(form.id)) check.problem("id", {"field.not_offered"});
  post.kind = kind.value_or(PostKind::kDigest);
  post.title = check.line("title", form.title, {2, 80});
  post.quote = check.text("quote", form.quote, {0, 200});
  post.body = check.text("body", form.body, {2, 8000});
  post.source = check.line("source", form.source, {0, 40});
  post.grade_name = check.line("grade_name", form.grade_name, {0, 20});
  if (!check.fine()) return check.error();
  return post;
}

StaleEdit compare(const Post& stored, const Post& typed, const std::vector<RedactedRecord>& sources) {
  StaleEdit edit;
  edit.compare("title", stored.title, typed.title);
  edit.compare("quote", stored.quote, typed.quote);
  edit.compare("body", stored.body, typed.body);
  edit.compare("source", stored.source, typed.source);
  edit.compare("visits", stored.visit_ids, ids_of(sources));
  return edit;
}

bool is_editable(const Post& post) { return post.state == PostState::kDraft || post.state == PostState::kInReview || post.state == PostState::kRejected; }

Result<void> check_sources(const Post& post, std::size_t count) {
  bool digest = post.kind == PostKind::kDigest, single = post.kind == PostKind::kSingleNote;
  if (digest && count < static_cast<std::size_t>(privacy::kLeastVisitsOfDigest)) {
    return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("visits", {"clearance.few_visits"});
  }
  if (single && count != 1) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("visits", {"section.one_source"});
  return {};
}

Result<std::optional<model::Consent>> publish_consent(Unit& unit, const Id<model::School>& school, const std::string& visit) {
  SHIDE_TRY(consents, unit.of<model::Consent>().list(Query<model::Consent>{}.where(&Place::visit_id, visit)
      .where(&model::Consent::scope, model::ConsentScope::kPublish), privacy::reach_for_job(school, DataKind::kConsent, "publish")));
  return consents.empty() ? std::optional<model::Consent>{} : std::optional<model::Consent>{consents.front()};
}

Result<std::optional<model::Approval>> latest_approval(Unit& unit, const Id<Post>& post) {
  SHIDE_TRY(approvals, unit.of<model::Approval>().list(Query<model::Approval>{}.where(&model::Approval::post_id, post).newest_first().limit(1)));
  return approvals.empty() ? std::optional<model::Approval>{} : std::optional<model::Approval>{approvals.front()};
}

Result<bool> took_part(Unit& unit, const Actor& actor, const Post& post) {
  if (actor.teacher.empty()) return false;
  for (std::string_view visit : split(post.visit_ids, ' ')) {
    if (visit.empty()) continue;
    SHIDE_TRY(count, unit.of<model::CoVisitor>().count(Query<model::CoVisitor>{}.where(&Place::visit_id, visit)
        .where(&model::CoVisitor::teacher_id, actor.teacher), privacy::reach_for_job(actor.school, DataKind::kVisit, "approve_post")));
    if (count > 0) return true;
  }
  return false;
}

}  // namespace

Result<Post> compose_post(ports::Ports& ports, const Actor& actor, const PostForm& form) {
  if (!edits(actor)) return not_found();
  SHIDE_TRY(typed, check_post(form));
  Time now = ports.clock->now();
  Id<Post> id = form.id.empty() ? new_id<Post>(now) : Id<Post>{form.id};
  return ports.store->transact(actor, "compose_post", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(sources, sources_of(unit, actor, form.visits));
    Result<Post> stored = unit.of<Post>().load(id);
    if (!stored && stored.error().code != ErrorCode::kNotFound) return stored;
    if (stored) {
      StaleEdit edit = compare(*stored, typed, sources);
      if (!edit.differs()) return stored;  // sent twice: the first answer again
      // Who has written a word of it could not approve it; so one person writes, and another says yes or sends it back (D1).
      if (stored->author_id != actor.account) return Error{ErrorCode::kInvalid, {"section.other_author"}};
      if (!is_editable(*stored)) return edit.error({"section.not_editable"});
      if (stored->version != form.version) return edit.error();
    }
    SHIDE_CHECK(check_sources(typed, sources.size()));
    SHIDE_TRY(known, known_people(unit, actor.school));
    if (auto problems = privacy::post_problems(typed, known); !problems.empty()) {
      Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", problems.size()}}}};
      error.problems = std::move(problems);
      return error;
    }
    Post post = typed;
    post.id = id;
    post.school_id = actor.school;
    post.version = stored ? stored->version : 0;
    post.author_id = stored ? stored->author_id : actor.account;
    // Publisher and date are the editor's (S7, S8).
    post.publisher = actor.name;
    post.shelf = stored ? stored->shelf : model::shelf_of(post.kind);
    if (stored) post.copy_address = stored->copy_address;
    post.visit_ids = ids_of(sources);
    post.visit_count = static_cast<std::int64_t>(sources.size());
    if (!sources.empty()) post.school_year = sources.front().place.school_year;
    if (post.grade_name.empty() && post.kind == PostKind::kDigest && !sources.empty()) post.grade_name = sources.front().grade_name;
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "title quote body visit_ids"));
    return post;
  });
}

Result<Post> request_review(ports::Ports& ports, const Actor& actor, const Id<Post>& id) {
  if (!edits(actor)) return not_found();
  return ports.store->transact(actor, "request_review", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.state == PostState::kInReview) return post;
    if (post.state != PostState::kDraft && post.state != PostState::kRejected) return Error{ErrorCode::kInvalid, {"section.not_editable"}};
    post.state = PostState::kInReview;
    post.review_reason.clear();
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "state"));
    return post;
  });
}

Result<Post> approve_post(ports::Ports& ports, const Actor& actor, const Id<Post>& id, std::string_view school_decision) {
  if (!approves(actor)) return not_found();
  FieldCheck check;
  std::string decision = check.line("school_decision", school_decision, {0, 80});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  Id<model::Approval> approval_id = new_id<model::Approval>(now);
  return ports.store->transact(actor, "approve_post", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.state == PostState::kApproved || post.state == PostState::kPublished) return post;
    if (post.state != PostState::kInReview) return Error{ErrorCode::kInvalid, {"section.not_in_review"}};
    SHIDE_TRY(own, took_part(unit, actor, post));
    if (post.author_id == actor.account || own) return Error{ErrorCode::kInvalid, {"clearance.own_approval"}};
    model::Approval approval;
    approval.id = approval_id;
    approval.school_id = actor.school;
    approval.post_id = post.id;
    approval.text_sha256 = privacy::text_sha256(post);
    approval.approved_by = actor.account;
    approval.approved_at = now;
    approval.school_decision = decision;
    std::optional<model::Consent> consent;
    if (post.kind == PostKind::kSingleNote) {
      if (decision.empty()) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("school_decision", {"clearance.no_decision"});
      SHIDE_TRY(found, publish_consent(unit, actor.school, post.visit_ids));
      consent = found;
      if (consent) approval.consent_id = consent->id;
    }
    // The same look as before publishing, so that an approval is never given in vain.
    SHIDE_TRY(known, known_people(unit, actor.school));
    SHIDE_TRY(cleared, privacy::Clearance::clear({post, approval, consent}, known));
    (void)cleared;
    SHIDE_CHECK(unit.of<model::Approval>().save(approval));
    post.state = PostState::kApproved;
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "state approval"));
    SHIDE_CHECK(unit.enqueue("post.approved", post.id.value));
    return post;
  });
}

Result<Post> reject_post(ports::Ports& ports, const Actor& actor, const Id<Post>& id, std::string_view reason) {
  if (!approves(actor)) return not_found();
  FieldCheck check;
  std::string said = check.text("reason", reason, {2, 300});
  if (!check.fine()) return check.error();
  return ports.store->transact(actor, "reject_post", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.state == PostState::kRejected && post.review_reason == said) return post;
    if (post.state != PostState::kInReview) return Error{ErrorCode::kInvalid, {"section.not_in_review"}};
    post.state = PostState::kRejected;
    post.review_reason = said;
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "state review_reason"));
    return post;
  });
}

Result<Post> move_post(ports::Ports& ports, const Actor& actor, const Id<Post>& id, std::string_view shelf) {
  if (!edits(actor)) return not_found();
  auto to = model::from_code<Shelf>(shelf);
  if (!to) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("shelf", {"field.not_offered"});
  Time now = ports.clock->now();
  return ports.store->transact(actor, "move_post", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.shelf == *to) return post;
    post.shelf = *to;
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "shelf"));
    SHIDE_CHECK(move_copy(unit, post, ports.publisher->host(), now));
    return post;
  });
}

Result<Post> note_copy(ports::Ports& ports, const Actor& actor, const Id<Post>& id, std::string_view address) {
  if (!edits(actor)) return not_found();
  FieldCheck check;
  std::string put = check.line("copy_address", address, {0, 500});
  bool is_web_address = put.starts_with("https://") || put.starts_with("http://");
  if (!put.empty() && (!is_web_address || put.find(' ') != std::string::npos)) check.problem("copy_address", {"editor.copy_address_web"});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "note_copy", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.state != PostState::kPublished && post.state != PostState::kWithdrawn) return not_found();
    if (post.copy_address == put) return post;
    post.copy_address = put;
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "copy_address"));
    if (post.state == PostState::kWithdrawn) SHIDE_CHECK(ask_for_take_down(unit, post, post.copy_address, now));
    return post;
  });
}

Result<Post> withdraw_post(ports::Ports& ports, const Actor& actor, const Id<Post>& id, std::string_view reason) {
  if (!works_on_posts(actor) && actor.job.empty()) return not_found();
  FieldCheck check;
  std::string said = check.text("reason", reason, {2, 300});
  if (!check.fine()) return check.error();
  Time now = ports.clock->now();
  return ports.store->transact(actor, "withdraw_post", [&](Unit& unit) -> Result<Post> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    SHIDE_CHECK(take_back(unit, post, said, now));
    return post;
  });
}

Result<void> take_back(Unit& unit, Post& post, std::string_view reason, Time now) {
  if (post.state == PostState::kWithdrawn) return {};
  post.state = PostState::kWithdrawn;
  post.withdrawn_reason = reason;
  SHIDE_CHECK(unit.of<Post>().save(post));
  SHIDE_CHECK(unit.audit(post, "state withdrawn_reason"));
  SHIDE_CHECK(unit.enqueue("post.withdrawn", post.id.value));
  return ask_for_take_down(unit, post, post.copy_address, now);
}

Result<std::vector<Post>> posts_at_work(ports::Ports& ports, const Actor& actor) {
  if (!works_on_posts(actor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) { return unit.of<Post>().list(Query<Post>{}.newest_first()); });
}

Result<Post> post_at_work(ports::Ports& ports, const Actor& actor, const Id<Post>& id) {
  if (!works_on_posts(actor)) return not_found();
  return ports.store->read(actor, [&](Unit& unit) { return unit.of<Post>().load(id); });
}

Result<std::vector<Post>> published_posts(ports::Ports& ports, const Actor& actor, std::int64_t limit) {
  return ports.store->read(actor, [&](Unit& unit) {
    return unit.of<Post>().list(Query<Post>{}.where(&Post::state, PostState::kPublished).order_by(&Post::published_at, true).limit(limit));
  });
}

Result<Post> open_post(ports::Ports& ports, const Actor& actor, const Id<Post>& id) {
  SHIDE_TRY(post, ports.store->read(actor, [&](Unit& unit) { return unit.of<Post>().load(id); }));
  return post.state == PostState::kPublished ? Result<Post>(post) : Result<Post>(not_found());
}

void count_view(ports::Ports& ports, const Actor& actor, const Id<Post>& id) {
  (void)ports.store->transact(actor, "open_post", [&](Unit& unit) { return unit.count_view(id); });
}

Result<model::ClearedPost> clear_now(Unit& unit, const Post& post) {
  SHIDE_TRY(approval, latest_approval(unit, post.id));
  SHIDE_TRY(consent, publish_consent(unit, post.school_id, post.kind == PostKind::kSingleNote ? post.visit_ids : std::string()));
  SHIDE_TRY(known, known_people(unit, post.school_id));
  return privacy::Clearance::clear({post, approval, consent}, known);
}

Result<void> publish_post(ports::Ports& ports, const Id<model::School>& school, const Id<Post>& id) {
  Actor actor = job_actor(school, "publish_post");
  struct Looked {
    Post post;
    std::optional<model::ClearedPost> cleared;
  };
  Result<Looked> looked = ports.store->read(actor, [&](Unit& unit) -> Result<Looked> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    if (post.state != PostState::kApproved) return Looked{post, {}};
    Result<model::ClearedPost> cleared = clear_now(unit, post);
    if (cleared) return Looked{post, *cleared};
    if (cleared.error().code != ErrorCode::kInvalid) return cleared.error();
    post.review_reason = format_phrase(cleared.error().phrase);
    return Looked{post, {}};
  });
  if (auto* error = looked.if_error()) return std::move(*error);
  if (looked->post.state != PostState::kApproved) return {};
  Time now = ports.clock->now();
  return ports.store->transact(actor, "publish_post", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(post, unit.of<Post>().load(id));
    // A withdrawal in the meantime wins.
    if (post.state != PostState::kApproved) return {};
    if (looked->cleared && looked->cleared->text_sha256() == privacy::text_sha256(post)) {
      post.state = PostState::kPublished;
      post.published_at = now;
      post.views = 0;
    } else {
      post.state = PostState::kInReview;
      post.review_reason = render(parse_phrase(looked->post.review_reason), Language::kChinese);
    }
    SHIDE_CHECK(unit.of<Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "state published_at"));
    return post.state == PostState::kPublished ? want_copy(unit, post, ports.publisher->host(), now) : Result<void>();
  });
}

Result<void> withdraw_posts_of_visit(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit) {
  Actor actor = job_actor(school, "withdraw_posts_of_visit");
  SHIDE_TRY(posts, ports.store->read(actor, [&](Unit& unit) {
    return unit.of<Post>().list(Query<Post>{}.where(&Post::kind, PostKind::kSingleNote).where(&Post::visit_ids, visit.value));
  }));
  for (const Post& post : posts) {
    SHIDE_TRY(gone, withdraw_post(ports, actor, post.id, render({"section.consent_withdrawn"}, Language::kChinese)));
    (void)gone;
  }
  return {};
}

}  // namespace shide::workflow
