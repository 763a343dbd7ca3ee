#include "cipher_openssl/password_cipher.h"

#include <sodium.h>

#include <semaphore>

namespace shide::cipher_openssl {
namespace {

constexpr unsigned long long kPasses = 3;
constexpr std::size_t kMemory = 64 * 1024 * 1024;

// Each hash takes 64 MiB: a rush of sign-ins waits its turn rather than taking the host's memory.
std::counting_semaphore<> turns{4};

class Turn {
 public:
  Turn() { turns.acquire(); }
  ~Turn() { turns.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
};

}  // namespace

Result<std::string> PasswordCipher::hash_password(std::string_view password) {
  if (sodium_init() < 0) return internal_error("libsodium did not start");
  Turn turn;
  char hash[crypto_pwhash_STRBYTES];
  int failed = crypto_pwhash_str_alg(hash, password.data(), password.size(), kPasses, kMemory, crypto_pwhash_ALG_ARGON2ID13);
  if (failed != 0) return Error{ErrorCode::kUnavailable, {"error.busy"}, "not enough memory for a password hash"};
  return std::string(hash);
}

bool PasswordCipher::password_matches(std::string_view password, std::string_view hash) {
  if (hash.empty() || hash.size() >= crypto_pwhash_STRBYTES || sodium_init() < 0) return false;
  Turn turn;
  char stored[crypto_pwhash_STRBYTES] = {};
  hash.copy(stored, hash.size());
  return crypto_pwhash_str_verify(stored, password.data(), password.size()) == 0;
}

}  // namespace shide::cipher_openssl
