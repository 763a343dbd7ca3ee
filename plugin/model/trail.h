// What the software remembers about itself: who did what, and what is still to be sent.
#pragma once

#include "model/row.h"
#include "model/school.h"

namespace shide::model {

/// Written in the same transaction as the change it tells of, numbered by the store, never changed after. Holds no name, contact or text
/// of anybody but the reason somebody typed, of which the log that leaves the school has only a commitment (audit/canonical.h).
struct AuditEvent : Row<AuditEvent> {
  Time at;
  std::string actor;       // Actor::trace()
  std::string roles;       // codes, separated by blanks
  std::string verb;        // "submit_record"
  std::string object_kind; // table name
  std::string object_id;
  std::string fields;      // names of what changed, separated by blanks
  std::string reason;      // as stated by the person; required for reveals
  std::string reason_salt;     // random, when there is a reason
  std::int64_t sequence = 0;   // 1, 2, ... in each school, without a gap
};

/// What stands for the whole log of a school at one moment: the root of its first `size` entries, signed (audit/canonical.h).
struct AuditHead : Row<AuditHead> {
  std::int64_t size = 0;
  std::string root;       // SHA-256, hexadecimal
  Time signed_at;
  std::string key_id;
  std::string signature;  // Ed25519, hexadecimal
  std::optional<Time> deposited_at;  // when a copy was last put outside
};

enum class OutboxState { kWaiting, kDone, kDead };
constexpr auto codes(OutboxState) { return std::to_array<std::string_view>({"waiting", "done", "dead"}); }

/// Something to do after the commit, once: "record.accepted", "post.approved".
struct OutboxEvent : Row<OutboxEvent> {
  std::string topic;
  std::string object_id;
  OutboxState state = OutboxState::kWaiting;
  Time created_at;
  std::int64_t attempts = 0;
  Time next_attempt_at;
  std::optional<Time> done_at;
  std::string last_error;  // an ErrorCode's number and our detail; no data
};

/// The one holder of a job, by name; taken over when it has expired.
struct Lease : Row<Lease> {
  std::string name;
  std::string holder;
  Time expires_at;
};

}  // namespace shide::model
