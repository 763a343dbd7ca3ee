// What stands of our posts on another site, and what is still to be done there. Every post that appears on our own pages gets a copy
// where a Publisher is configured; a withdrawn one loses it, before anything else is done. workflow/deliver_copies does the work.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// A post has appeared, and a copy of it is wanted at `host` (none: ""). Part of the caller's transaction; asked twice it is one copy.
Result<void> want_copy(ports::Unit& unit, const model::Post& post, const std::string& host, Time now);

/// A post has been put on another shelf: what stands at `host` follows it. Part of the caller's transaction. What is still to be published,
/// put back or withdrawn needs no second word.
Result<void> move_copy(ports::Unit& unit, const model::Post& post, const std::string& host, Time now);

/// After a withdrawal: what waits to be published is not, and what may stand there is taken down; what stands on a site that we reach
/// no longer becomes a task for a person. A job's step; may run twice.
Result<void> recall_copies(ports::Ports& ports, const Id<model::School>& school, const Id<model::Post>& post);

/// One thing more to do with a copy, at once. Part of the caller's transaction: what else waited for it is overtaken, and what is
/// under way is waited for.
Result<void> open_delivery(ports::Unit& unit, const model::PostCopy& copy, model::DeliveryKind kind, Time now);

/// As the desk sees a copy.
struct CopyAtDesk {
  model::PostCopy copy;
  std::string title;                        // of its post
  bool is_withdrawn = false;                // the post, here
  std::optional<model::Delivery> delivery;  // waiting, or dead and waiting for a person
};

/// True for what somebody has to decide about: given up by the software, or changed or taken away by hand over there.
bool needs_person(const CopyAtDesk& one);

/// The newest first, at most 200; for union editor, student office and head.
Result<std::vector<CopyAtDesk>> copies_at_desk(ports::Ports& ports, const model::Actor& actor);
/// The other site, when it has not answered for a while.
Result<std::optional<model::CopyHost>> silent_host(ports::Ports& ports, const model::Actor& actor);

/// What failed is tried again; what was changed or taken away there by hand is made as it was. By union editor or student office. Sent
/// twice it is asked for once; kInvalid when there is nothing to try.
Result<model::PostCopy> retry_copy(ports::Ports& ports, const model::Actor& actor, const Id<model::PostCopy>& id);
/// The copy is left to whoever keeps that site; a withdrawal that could not be done becomes a task for a person. Later withdrawals are
/// tried all the same.
Result<model::PostCopy> give_up_copy(ports::Ports& ports, const model::Actor& actor, const Id<model::PostCopy>& id);

}  // namespace shide::workflow
