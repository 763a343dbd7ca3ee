// Who signs the heads of the audit log, and where their copies are put outside of the school's database. The private keys stay behind
// this port. Any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace shide::ports {

struct SealKey {
  std::string id;
  std::string public_key;  // Ed25519, 64 hexadecimal digits
  Date until;              // the last day on which it signs
  bool can_sign = false;   // its private half is here
};

class Seal {
 public:
  virtual ~Seal() = default;
  /// Every key there is. kConfiguration when the folder cannot be trusted: a file that is none, one that others may read, two keys of one id.
  virtual Result<std::vector<SealKey>> keys() = 0;
  /// The one that signs on this day: of those that can, the one that lasts longest. kConfiguration when there is none, or all are over.
  virtual Result<SealKey> key_for(Date today) = 0;
  /// Ed25519 (RFC 8032), 128 hexadecimal digits. kConfiguration for a key that cannot sign.
  virtual Result<std::string> sign(const std::string& key_id, std::string_view bytes) = 0;
  /// A new key in a file of its own. kDuplicate when the id is taken.
  virtual Result<SealKey> make_key(const std::string& id, Date until) = 0;
};

/// Keeps small texts where the school's database administrator does not: another machine's folder, a medium that is taken out.
class Deposit {
 public:
  virtual ~Deposit() = default;
  virtual bool is_wanted() const = 0;
  /// Under this name, once: the same again is fine, another text under a name that is taken is kDuplicate.
  virtual Result<void> put(const std::string& name, std::string_view text) = 0;
};

class NullDeposit : public Deposit {
 public:
  bool is_wanted() const override { return false; }
  Result<void> put(const std::string&, std::string_view) override { return {}; }
};

}  // namespace shide::ports
