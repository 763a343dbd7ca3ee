// Passwords by libsodium's Argon2id (RFC 9106): 64 MiB and 3 passes, about a tenth of a second each.
#pragma once

#include "ports/cipher.h"

namespace shide::cipher_openssl {

class PasswordCipher : public ports::Cipher {
 public:
  Result<std::string> hash_password(std::string_view password) override;
  bool password_matches(std::string_view password, std::string_view hash) override;
};

}  // namespace shide::cipher_openssl
