// The last look before anything is published, and the only maker of a ClearedPost (joint 4, D1, S98).
//
//     Clearance::clear({post, approval, consent}, register)  ->  ClearedPost, or which condition does not hold
//
// Asked immediately before each publish: the text is scanned again with the register of that moment, the approval must be of
// exactly this text and by somebody other than its author, a digest rests on at least five visits, a single note on the
// guardian's consent and the school's recorded decision. Pure, thread-safe.
#pragma once

#include <optional>

#include "base/result.h"
#include "model/cleared_post.h"
#include "privacy/redact.h"

namespace shide::privacy {

struct ClearanceRequest {
  model::Post post;
  std::optional<model::Approval> approval;
  std::optional<model::Consent> consent;  // of the guardian, scope publish; single notes only
};

/// A digest of fewer visits could be traced to one of them (D1).
inline constexpr std::int64_t kLeastVisitsOfDigest = 5;

/// What an approval is tied to: title, quote and body.
std::string text_sha256(const model::Post& post);

class Clearance {
 public:
  static Result<model::ClearedPost> clear(const ClearanceRequest& request, const Register& known);
};

/// What of names, numbers and places the post still holds, as problems beside "title", "quote" and "body"; for the editor while
/// composing. Each names the kind and quotes the editor's own words at the place, so it must never be logged.
std::vector<Problem> post_problems(const model::Post& post, const Register& known);

}  // namespace shide::privacy
