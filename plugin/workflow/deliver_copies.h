// Brings the copies outside to where they belong, and looks now and then whether they still are: two jobs of the job thread.
//
//     a post appears       -> publish, within the next tick            the site is down -> it rests; asked how it is before it goes on
//     it is withdrawn      -> withdraw, before everything else         refused 20 times -> dead: a person decides (workflow/copies)
//     it changes its shelf -> move, its words untouched
//     changed by hand      -> told at the desk, never overwritten      back after its withdrawal -> taken down again
//
// Clearance is asked immediately before each push (joint 4). A delivery is claimed before it is begun, so that two workers never do
// one at once, and a worker that dies leaves it to the next.
#pragma once

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

inline constexpr int kMostInFlight = 2;
/// What is refused that often waits for a person.
inline constexpr std::int64_t kMostAttempts = 20;
/// After that an attempt counts as lost. A publisher's calls are bounded so that it ends before.
inline constexpr std::int64_t kAttemptLasts = kMinute;
/// Calls in a row without an answer before the site is let rest.
inline constexpr std::int64_t kSilencesBeforeRest = 3;

/// The pause after the n-th attempt: 2 s, 4 s, ... at most an hour, a withdrawal at most a minute; between half of it and all of it,
/// so that what failed together does not come back together.
std::int64_t pause_after_attempt(std::int64_t attempts, model::DeliveryKind kind, Chance& chance);

/// Answers how many were done. The first failure of the round is returned when all had their turn, for the log.
Result<int> deliver_copies(ports::Ports& ports);

/// A copy is looked at every minute in its first hour, then every three hours, then daily; a withdrawn one for a day. Answers how many
/// were found other than they were.
Result<int> look_at_copies(ports::Ports& ports);

}  // namespace shide::workflow
