// Is everything still what it was when it was stored? The database's own check, the audit log against its signed heads, the chains of
// the archives recomputed, every photo read and hashed. What is broken is told by table and id, without personal data.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct Damage {
  std::string object_kind;  // a table, or "database"
  std::string object_id;    // empty for the database as a whole
  Phrase what;
};

struct Verification {
  std::size_t entries = 0, photos = 0;  // looked at
  std::int64_t logged = 0, heads = 0;   // entries of the audit log and its signed heads
  std::vector<Damage> damages;
  std::vector<Phrase> notices;          // what is whole and yet worth knowing: a clock that ran back
};

/// `progress(done, all)` is called between photos; it may be empty. An error means that it could not look.
Result<Verification> verify(ports::Ports& ports, const std::function<void(std::size_t, std::size_t)>& progress);

}  // namespace shide::workflow
