// The section: accepted records in the staff view, redacted; posts from redacted text only, by four eyes; published after a
// last look, withdrawn at once (D1, S74, S75, S98).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// Files the accepted record of a visit in the staff view. A job's step; made anew when text or register has changed.
Result<void> file_in_section(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

/// All staff see that it is filed; the text opens within one's Reach.
Result<std::vector<model::RedactedRecord>> staff_view(ports::Ports& ports, const model::Actor& actor, const std::string& school_year);
/// One for its page, with those of its demands that are open to this reader.
struct OpenNote {
  model::RedactedRecord record;
  std::vector<model::Demand> demands;
};
Result<OpenNote> open_note(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id);
Result<model::RedactedRecord> redacted_record(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id);

/// The student office settles doubts: rewords, or keeps the words with a reason. What names somebody directly cannot be kept.
/// kStale with both versions when the record was filed anew meanwhile.
Result<model::RedactedRecord> settle_doubts(ports::Ports& ports, const model::Actor& actor, const Id<model::RedactedRecord>& id,
                                            std::int64_t expected_version, std::string_view narrative, std::string_view reflection, std::string_view keep_reason);

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
/// Beats everything under way: gone from our pages with the answer, from copies by the next job.
Result<model::Post> withdraw_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id, std::string_view reason);

/// Drafts, reviews and published posts for editor, office and head.
Result<std::vector<model::Post>> posts_at_work(ports::Ports& ports, const model::Actor& actor);
Result<model::Post> post_at_work(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);

/// Published posts, newest first; kNotFound for anything else. Opening one counts a view.
Result<std::vector<model::Post>> published_posts(ports::Ports& ports, const model::Actor& actor, std::int64_t limit);
Result<model::Post> open_post(ports::Ports& ports, const model::Actor& actor, const Id<model::Post>& id);

/// After an approval: clears and publishes. A job's step. kInvalid when Clearance refuses: the post goes back to review.
Result<void> publish_post(ports::Ports& ports, const Id<model::School>& school, const Id<model::Post>& id);
/// After a withdrawn consent: every post drawn from that visit alone.
Result<void> withdraw_posts_of_visit(ports::Ports& ports, const Id<model::School>& school, const Id<model::Visit>& visit);

}  // namespace shide::workflow
