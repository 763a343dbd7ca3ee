#include "audit/canonical.h"

namespace shide::audit {
namespace {

class Parts {
 public:
  Parts& add(std::string_view part) {
    bytes_ += std::to_string(part.size());
    bytes_ += ':';
    bytes_ += part;
    bytes_ += ',';
    return *this;
  }
  Parts& add(std::int64_t number) { return add(std::to_string(number)); }
  std::string bytes() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace

Entry entry_of(const model::AuditEvent& event) {
  return {event.school_id.value, event.sequence, event.id.value, event.at.microseconds, event.actor, event.roles, event.verb,
          event.object_kind, event.object_id, event.fields, commitment_to(event.reason_salt, event.reason)};
}

std::string commitment_to(const std::string& salt, const std::string& reason) { return reason.empty() ? "" : hmac_sha256_hex(salt, reason); }

std::string canonical(const Entry& entry) {
  Parts parts;
  parts.add(kEntryFormat).add(entry.school_id).add(entry.sequence).add(entry.id).add(entry.at).add(entry.actor).add(entry.roles).add(entry.verb);
  parts.add(entry.object_kind).add(entry.object_id).add(entry.fields).add(entry.reason);
  return std::move(parts).bytes();
}

std::string canonical(const model::AuditHead& head) {
  Parts parts;
  parts.add("shide-audit-head-1").add(head.school_id.value).add(head.size).add(head.root).add(head.signed_at.microseconds).add(head.key_id);
  return std::move(parts).bytes();
}

std::string hex_of(const Hash& hash) { return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()}); }

}  // namespace shide::audit
