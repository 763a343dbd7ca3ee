// ports::FieldCipher: AES-256-GCM (NIST SP 800-38D) under keys from files.
//
//     s1:<id of the data key>:<base64 of nonce, ciphertext, tag>        "s1" is the algorithm; a school may need SM4 one day
//
// Texts are filled up with NUL, which no text holds, to whole blocks: the length of an envelope does not tell one surname, one
// telephone number or one care category from another. A school key never touches a field: HMAC-SHA-256 derives from it one
// wrapping key a school. Nonces are random; a data key belongs to one pupil and stays far below 2^32 envelopes.
#pragma once

#include "cipher_openssl/key_folder.h"
#include "ports/cipher.h"

namespace shide::cipher_openssl {

class FieldCipher : public ports::FieldCipher {
 public:
  explicit FieldCipher(KeyFolder folder) : folder_(std::move(folder)) {}

  Result<std::vector<ports::SchoolKey>> school_keys() override;
  Result<ports::SchoolKey> make_school_key() override { return folder_.make(); }
  Result<void> can_wrap() override;
  std::string make_data_key() override;
  Result<ports::WrappedKey> wrap(std::string_view school, std::string_view data_key, std::string_view place) override;
  Result<std::string> unwrap(std::string_view school, const ports::WrappedKey& wrapped, std::string_view place) override;
  std::string seal(std::string_view key_id, std::string_view data_key, std::string_view text, std::string_view place) override;
  Result<std::string> open(std::string_view data_key, std::string_view envelope, std::string_view place) override;
  std::string_view key_of(std::string_view envelope) const override;

 private:
  KeyFolder folder_;
};

}  // namespace shide::cipher_openssl
