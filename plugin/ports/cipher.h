// Passwords, and later the keys of children's fields. Slow on purpose: call it outside transactions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace shide::ports {

class Cipher {
 public:
  virtual ~Cipher() = default;
  /// A self-describing hash (Argon2id, RFC 9106) for the database.
  virtual Result<std::string> hash_password(std::string_view password) = 0;
  /// True if the password gives this hash. A malformed hash is no match.
  virtual bool password_matches(std::string_view password, std::string_view hash) = 0;
};

}  // namespace shide::ports
