// Is a log still the one that was signed? Fed with its entries in order and its heads, it finds an edit, a deletion, a swap and a
// truncation: entries have numbers without a gap, each head's root is that of the first `size` entries, and its signature is that of
// a known key. What nobody signed yet is counted, and is a fault in an export, which always ends with a head over all of it.
//
//     LogCheck check({key});
//     for (const Entry& entry : entries) check.entry(entry);
//     for (const model::AuditHead& head : heads) check.head(head);
//     check.finish().faults                          // empty: whole
//
// A clock that ran back is told apart: the entries are what was written, only their times are not to be trusted.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "audit/canonical.h"
#include "base/phrase.h"

namespace shide::audit {

struct PublicKey {
  std::string id;
  std::string public_key;  // 64 hexadecimal digits
};

struct LogReport {
  std::int64_t entries = 0, heads = 0;
  std::int64_t covered = 0;      // entries below a head that is right
  Hash root{};                   // of all entries
  std::vector<Phrase> faults;    // at most kFaultsTold, the first ones
  std::vector<Phrase> notices;   // times that run back; at most kFaultsTold
};
inline constexpr std::size_t kFaultsTold = 100;

class LogCheck {
 public:
  explicit LogCheck(const std::vector<PublicKey>& keys);
  void entry(const Entry& entry);
  /// In any order; of the log itself, or one that was kept elsewhere.
  void head(model::AuditHead head) { heads_.push_back(std::move(head)); }
  void fault(Phrase what);
  std::int64_t entries() const { return static_cast<std::int64_t>(leaves_.size()); }
  /// Once, after the last entry and head.
  LogReport finish();

 private:
  void check_head(const model::AuditHead& head, const Hash& root);
  std::map<std::string, std::string> keys_;
  std::string school_id_;
  std::int64_t expected_ = 1;
  std::int64_t last_at_ = 0;
  std::vector<Hash> leaves_;
  std::vector<model::AuditHead> heads_;
  LogReport report_;
};

}  // namespace shide::audit
