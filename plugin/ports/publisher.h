// Puts a post on a site outside our own section. The school may not disclose a pupil's visit (conduct rule 10), so the only
// thing that can pass is a ClearedPost, which privacy/clearance.h alone can make from redacted text and a reviewer's Approval.
//
//     auto id = publisher.publish(cleared);
//     if (auto* error = id.if_error()) return retry_later(event, *error);
//
// Publishing the same post twice gives the same address. May be called from any thread.
#pragma once

#include <string>

#include "base/result.h"
#include "model/cleared_post.h"

namespace shide::ports {

/// Where the copy stands: an id or address in the other site's words; empty when there is no copy.
using HostReference = std::string;

class Publisher {
 public:
  virtual ~Publisher() = default;
  virtual Result<HostReference> publish(const model::ClearedPost& post) = 0;
  /// Succeeds too when the copy is gone already.
  virtual Result<void> withdraw(const Id<model::Post>& post) = 0;
};

/// No other site: the section itself, served from our store, is the only place. Does nothing, on purpose.
class NullPublisher : public Publisher {
 public:
  Result<HostReference> publish(const model::ClearedPost&) override { return HostReference{}; }
  Result<void> withdraw(const Id<model::Post>&) override { return {}; }
};

}  // namespace shide::ports
