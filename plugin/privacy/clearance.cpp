#include "privacy/clearance.h"

#include "base/digest.h"
#include "base/text.h"

namespace shide::privacy {

using model::Post;
using model::PostKind;

namespace {

Error refused(const char* code) { return {ErrorCode::kInvalid, {code}}; }

// The yearly list thanks teachers by name, unlinked to any visit (D1); elsewhere a teacher's name gives the class, and so the child.
NoteContext context_of(const Post& post) {
  NoteContext context;
  context.byline = post.kind == PostKind::kThanks ? Byline::kTeachers : Byline::kNone;
  return context;
}

void add_problems(std::vector<Problem>& problems, const char* path, const std::string& text, const Register& known, const NoteContext& context) {
  std::u32string characters = to_code_points(text);
  for (const Cut& cut : remaining_identifiers(text, known, context)) {
    std::string words = to_utf8(std::u32string_view(characters).substr(cut.start, cut.end - cut.start));
    problems.push_back({path, {"clearance.still_there", {{"kind", Phrase{"redact.kind." + std::string(kind_name(cut.kind))}}, {"words", words}}}});
  }
}

Result<void> check_people(const ClearanceRequest& request) {
  if (!request.approval) return refused("clearance.no_approval");
  if (request.approval->approved_by == request.post.author_id) return refused("clearance.own_approval");
  if (request.approval->text_sha256 != text_sha256(request.post)) return refused("clearance.text_changed");
  return {};
}

Result<void> check_sources(const ClearanceRequest& request) {
  const Post& post = request.post;
  if (post.kind == PostKind::kDigest && post.visit_count < kLeastVisitsOfDigest) return refused("clearance.few_visits");
  if (post.kind != PostKind::kSingleNote) return {};
  bool granted = request.consent && request.consent->scope == model::ConsentScope::kPublish &&
                 request.consent->answer == model::ConsentAnswer::kGranted && !request.consent->withdrawn_at;
  if (!granted) return refused("clearance.no_consent");
  if (request.approval->consent_id != request.consent->id) return refused("clearance.no_consent");
  if (request.approval->school_decision.empty()) return refused("clearance.no_decision");
  return {};
}

}  // namespace

std::string text_sha256(const Post& post) { return sha256_hex(post.title + "\n\n" + post.quote + "\n\n" + post.body); }

std::vector<Problem> post_problems(const Post& post, const Register& known) {
  std::vector<Problem> problems;
  if (post.kind == PostKind::kPlan) return problems;
  if (known.knows_no_pupil()) return {{"body", {"clearance.no_register"}}};
  NoteContext context = context_of(post);
  add_problems(problems, "title", post.title, known, context);
  add_problems(problems, "quote", post.quote, known, context);
  add_problems(problems, "body", post.body, known, context);
  return problems;
}

Result<model::ClearedPost> Clearance::clear(const ClearanceRequest& request, const Register& known) {
  const Post& post = request.post;
  if (post.state == model::PostState::kWithdrawn) return refused("clearance.withdrawn");
  // The plan is signed by the student office and holds nothing about a visit.
  if (post.kind != PostKind::kPlan) {
    SHIDE_CHECK(check_people(request));
    SHIDE_CHECK(check_sources(request));
  }
  if (auto problems = post_problems(post, known); !problems.empty()) {
    Error error = refused("clearance.not_clean");
    // Only how many: the words themselves stay out of errors that may be logged.
    error.phrase.args.push_back({"count", problems.size()});
    return error;
  }
  return model::ClearedPost(post, text_sha256(post));
}

}  // namespace shide::privacy
