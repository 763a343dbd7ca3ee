// A cipher that costs nothing, for tests that make many accounts and sign many people in.
#pragma once

#include "base/digest.h"
#include "ports/cipher.h"

namespace shide::testing {

class QuickCipher : public ports::Cipher {
 public:
  static std::string hash_of(std::string_view password) { return "quick:" + sha256_hex(password); }
  Result<std::string> hash_password(std::string_view password) override { return ++asked, hash_of(password); }
  bool password_matches(std::string_view password, std::string_view hash) override { return ++asked, hash_of(password) == hash; }
  int asked = 0;  // how often: the slow part of the real one
};

}  // namespace shide::testing
