#include "base/ed25519.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

#include "base/digest.h"

namespace shide {
namespace {

constexpr std::size_t kKeyBytes = 32, kSignatureBytes = 64;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// Null for what is no key.
Key read_key(std::string_view hex, bool is_private) {
  std::string raw = from_hex(hex);
  if (raw.size() != kKeyBytes) return {nullptr, EVP_PKEY_free};
  auto* read = is_private ? EVP_PKEY_new_raw_private_key : EVP_PKEY_new_raw_public_key;
  return {read(EVP_PKEY_ED25519, nullptr, bytes_of(raw), raw.size()), EVP_PKEY_free};
}

Context new_context() {
  Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (!context) throw std::runtime_error("no memory for a signature");
  return context;
}

}  // namespace

Ed25519Pair new_ed25519_pair() {
  std::string seed = to_hex(random_bytes(kKeyBytes));
  return {seed, ed25519_public_key(seed)};
}

std::string ed25519_public_key(std::string_view private_key) {
  Key key = read_key(private_key, true);
  std::string raw(kKeyBytes, '\0');
  std::size_t size = raw.size();
  if (!key || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char*>(raw.data()), &size) != 1) return {};
  return to_hex(raw);
}

std::string ed25519_sign(std::string_view private_key, std::string_view bytes) {
  Key key = read_key(private_key, true);
  if (!key) return {};
  Context context = new_context();
  std::string raw(kSignatureBytes, '\0');
  std::size_t size = raw.size();
  if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(raw.data()), &size, bytes_of(bytes), bytes.size()) != 1) {
    throw std::runtime_error("signing failed");
  }
  return to_hex(raw);
}

bool ed25519_verifies(std::string_view public_key, std::string_view bytes, std::string_view signature) {
  Key key = read_key(public_key, false);
  std::string raw = from_hex(signature);
  if (!key || raw.size() != kSignatureBytes) return false;
  Context context = new_context();
  if (EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(context.get(), bytes_of(raw), raw.size(), bytes_of(bytes), bytes.size()) == 1;
}

}  // namespace shide
