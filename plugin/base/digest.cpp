#include "base/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/random.h>

#include <stdexcept>

namespace shide {
namespace {

std::string_view view_of(const unsigned char* bytes, std::size_t size) { return {reinterpret_cast<const char*>(bytes), size}; }

std::string hmac(const EVP_MD* hash, std::string_view key, std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  if (!HMAC(hash, key.data(), static_cast<int>(key.size()), data, bytes.size(), digest, &size)) throw std::runtime_error("hmac failed");
  return std::string(view_of(digest, size));
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Fetched once: OpenSSL 3 looks the algorithm up anew for each EVP_sha256(), which is dear for short texts.
const EVP_MD* fetched_sha256() {
  static EVP_MD* const hash = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return hash;
}

struct Context {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(context); }
};

}  // namespace

Sha256 sha256(std::string_view first, std::string_view second) {
  thread_local Context kept;
  Sha256 digest;
  bool done = EVP_DigestInit_ex2(kept.context, fetched_sha256(), nullptr) == 1 && EVP_DigestUpdate(kept.context, first.data(), first.size()) == 1 &&
              EVP_DigestUpdate(kept.context, second.data(), second.size()) == 1 && EVP_DigestFinal_ex(kept.context, digest.data(), nullptr) == 1;
  if (!done) throw std::runtime_error("sha256 failed");
  return digest;
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest = sha256(bytes);
  return to_hex(view_of(digest.data(), digest.size()));
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) { return to_hex(hmac(EVP_sha256(), key, bytes)); }
std::string hmac_sha1(std::string_view key, std::string_view bytes) { return hmac(EVP_sha1(), key, bytes); }

std::string to_hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (unsigned char byte : bytes) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 0xF];
  }
  return out;
}

std::string from_hex(std::string_view digits) {
  std::string bytes;
  if (digits.size() % 2 != 0) return bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    int high = digit_of(digits[i]), low = digit_of(digits[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) throw std::runtime_error("getrandom failed");
  return bytes;
}

std::string random_token(std::size_t count) {
  std::string bytes = random_bytes(count);
  constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0, held = 0;
  for (unsigned char byte : bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) out += kAlphabet[(held >> (bits - 6)) & 0x3F];
  }
  if (bits > 0) out += kAlphabet[(held << (6 - bits)) & 0x3F];
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace shide
