// The bytes that are hashed and signed: one form, defined here and in tests/golden/audit, so that anybody can check the log without
// this software. Pure.
//
// A part is its length in bytes, a colon, its bytes, a comma (a netstring); numbers are decimal text. Hence no two different
// entries have the same bytes. An entry is
//
//     "shide-audit-1" school_id sequence id at actor roles verb object_kind object_id fields reason
//
// with `at` in microseconds since 1970 and as `reason` a commitment to what the person typed: HMAC-SHA-256 of it under a salt of the
// entry's own, in hexadecimal, or nothing. So the log holds nobody's words, and whoever is shown a reason and its salt can check them.
// A head is
//
//     "shide-audit-head-1" school_id size root signed_at key_id
#pragma once

#include <string>

#include "audit/merkle_tree.h"
#include "model/trail.h"

namespace shide::audit {

inline constexpr std::string_view kEntryFormat = "shide-audit-1";

/// An entry as it is hashed and handed out.
struct Entry {
  std::string school_id;
  std::int64_t sequence = 0;  // from 1, without a gap
  std::string id;
  std::int64_t at = 0;
  std::string actor, roles, verb, object_kind, object_id, fields;
  std::string reason;         // the commitment
};

/// Without what a person typed.
Entry entry_of(const model::AuditEvent& event);
std::string commitment_to(const std::string& salt, const std::string& reason);

std::string canonical(const Entry& entry);
std::string canonical(const model::AuditHead& head);
inline Hash leaf_of(const Entry& entry) { return leaf_hash(canonical(entry)); }

std::string hex_of(const Hash& hash);

}  // namespace shide::audit
