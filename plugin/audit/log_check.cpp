#include "audit/log_check.h"

#include <algorithm>

#include "base/ed25519.h"

namespace shide::audit {
namespace {

// Two processes may write within the same moment; more than this is a clock that was moved.
constexpr std::int64_t kClockTolerance = 5 * kMinute;

void tell(std::vector<Phrase>& list, Phrase what) {
  if (list.size() < kFaultsTold) list.push_back(std::move(what));
}

}  // namespace

LogCheck::LogCheck(const std::vector<PublicKey>& keys) {
  for (const PublicKey& key : keys) keys_[key.id] = key.public_key;
}

void LogCheck::fault(Phrase what) { tell(report_.faults, std::move(what)); }

void LogCheck::entry(const Entry& entry) {
  if (leaves_.empty()) school_id_ = entry.school_id;
  if (entry.school_id != school_id_) fault({"audit_check.other_school", {{"sequence", entry.sequence}}});
  if (entry.sequence != expected_) fault({"audit_check.sequence", {{"expected", expected_}, {"found", entry.sequence}}});
  expected_ = entry.sequence + 1;  // so that one gap is told once
  if (last_at_ - entry.at > kClockTolerance) {
    tell(report_.notices, {"audit_check.clock", {{"sequence", entry.sequence}, {"at", to_text(Time{entry.at})}, {"before", to_text(Time{last_at_})}}});
  }
  last_at_ = std::max(last_at_, entry.at);
  leaves_.push_back(leaf_of(entry));
}

void LogCheck::check_head(const model::AuditHead& head, const Hash& root) {
  Phrase size{"audit_check.head", {{"size", head.size}, {"at", to_text(head.signed_at)}}};
  auto key = keys_.find(head.key_id);
  if (key == keys_.end()) return fault({"audit_check.key_unknown", {{"head", size}, {"key", head.key_id}}});
  if (!ed25519_verifies(key->second, canonical(head), head.signature)) return fault({"audit_check.signature", {{"head", size}}});
  if (!school_id_.empty() && head.school_id.value != school_id_) return fault({"audit_check.head_other_school", {{"head", size}}});
  if (head.size > entries()) return fault({"audit_check.truncated", {{"head", size}, {"size", head.size}, {"entries", entries()}}});
  if (head.root != hex_of(root)) return fault({"audit_check.root", {{"head", size}, {"from", report_.covered + 1}, {"to", head.size}}});
  report_.covered = head.size;
}

LogReport LogCheck::finish() {
  std::stable_sort(heads_.begin(), heads_.end(), [](const model::AuditHead& a, const model::AuditHead& b) { return a.size < b.size; });
  MerkleTree tree;
  for (const model::AuditHead& head : heads_) {
    while (static_cast<std::int64_t>(tree.size()) < std::min(head.size, entries())) tree.append(leaves_[tree.size()]);
    check_head(head, tree.root());
  }
  while (tree.size() < leaves_.size()) tree.append(leaves_[tree.size()]);
  report_.root = tree.root();
  report_.entries = entries();
  report_.heads = static_cast<std::int64_t>(heads_.size());
  return std::move(report_);
}

}  // namespace shide::audit
