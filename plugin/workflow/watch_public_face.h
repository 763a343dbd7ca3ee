// The test of finished bytes: what anybody gets from the public face is matched against the school's register (D1, S98). Clearance
// looks at a text before it goes out; this looks at what the host then really serves, source and pictures included.
//
//     a pupil's name on /posts/018f...  ->  the post is withdrawn, the student office has a PublicTask of kind leak
//     a phone in the school's own search  ->  a PublicTask; what is not ours cannot be withdrawn by us
//
// Tells and logs kinds and numbers, never what was found.
#pragma once

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// How often everything is looked at.
inline constexpr std::int64_t kWatchEvery = 10 * kMinute;
/// How long one host may hold the job: the outbox waits behind it. What was not reached is looked at in the next round.
inline constexpr std::int64_t kLongestRound = 30 * kSecond;
/// Most addresses of one host in one round.
inline constexpr std::size_t kMostPublicAddresses = 1000;

/// A job: looks at every public host when it is due; answers how many addresses told of somebody.
Result<int> watch_public_face(ports::Ports& ports);

/// The same at once for the page of one post, the face and the feed: right after it was published.
Result<int> watch_post(ports::Ports& ports, const Id<model::School>& school, const Id<model::Post>& post);

}  // namespace shide::workflow
