// Posts of the public face: composed from redacted text only, approved by four eyes, published after a last look, withdrawn at
// once (D1, S75, S98).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct PostForm {
  std::string id;                      // of a new one, too: sent twice it makes one post; empty: made here
  std::string kind;                    // digest, single_note, thanks, answer
  std::string title, quote, body, source, grade_name;
  std::vector<std::string> visits;     // ids of redacted records it is drawn from
  std::int64_t version = 0;            // the one that was seen
};

/// Keeps a draft; an existing one only for its author. kInvalid names every place where somebody could still be recognised;
/// nothing is kept then. kStale holds both versions by field when the post was changed meanwhile, or is past editing.
Result<model::Post> compose_post(ports::Ports& ports, const model::Actor& actor, const PostForm& form);
Result<model::Post> request_review(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);
/// By somebody other than the author, not of the visit; for a single note the school's decision is named.
Result<model::Post> approve_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view school_decision);
Result<model::Post> reject_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view reason);
/// A misfiled post goes where it belongs; what is said in it stays as approved (S4).
Result<model::Post> move_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view shelf);
/// Where the editor of a portal that loads no code put a copy of a published or withdrawn post (D10): an http or https address, or
/// empty when it is gone. Of a withdrawn post it opens the task to take it down.
Result<model::Post> note_copy(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view address);
/// Beats everything under way: gone from our pages with the answer, from copies by the next job. A copy that only a person can
/// take down becomes a task of the same working day.
Result<model::Post> withdraw_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view reason);
/// The same as part of the caller's transaction, by whom the caller has let do it; a post that is withdrawn already stays as it is.
Result<void> take_back(ports::Unit& unit, model::Post& post, std::string_view reason, Time now);

/// Drafts, reviews and published posts for editor, office and head.
Result<std::vector<model::Post>> posts_at_work(ports::Ports& ports, const model::Actor& actor);
Result<model::Post> post_at_work(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);

/// Published posts, newest first; kNotFound for anything else.
Result<std::vector<model::Post>> published_posts(ports::Ports& ports, const model::Actor& actor, std::int64_t limit);
Result<model::Post> open_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);
/// Somebody read it. A count that cannot be kept breaks nothing (S9).
void count_view(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);

/// The last look, with the register of this moment; within the caller's unit. kInvalid when Clearance refuses.
Result<model::ClearedPost> clear_now(ports::Unit& unit, const model::Post& post);
/// After an approval: clears, publishes on our own pages, and asks for the copy outside. A job's step. When Clearance refuses, the post
/// goes back to review.
Result<void> publish_post(ports::Ports& ports, const Id<model::School>& school, const Id<model::Post>& id);
/// After a withdrawn consent: every post drawn from that visit alone.
Result<void> withdraw_posts_of_visit(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

}  // namespace shide::workflow
