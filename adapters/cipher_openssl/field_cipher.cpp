#include "cipher_openssl/field_cipher.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>
#include <stdexcept>

#include "base/base64.h"
#include "base/digest.h"

namespace shide::cipher_openssl {
namespace {

constexpr std::string_view kAlgorithm = "s1:";
constexpr std::size_t kKeyId = 36, kKey = 32, kNonce = 12, kTag = 16, kBlock = 32;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(bytes_of(bytes), static_cast<int>(count)) != 1) throw std::runtime_error("no random bytes");
  return bytes;
}

/// A context with its key and nonce set; the algorithm is looked up once.
Context begin(bool seals, std::string_view key, std::string_view nonce) {
  static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  if (!context || !algorithm || key.size() != kKey) throw std::runtime_error("AES-256-GCM did not start");
  if (EVP_CipherInit_ex2(context.get(), algorithm, bytes_of(key), bytes_of(nonce), seals ? 1 : 0, nullptr) != 1) {
    throw std::runtime_error("AES-256-GCM did not start");
  }
  return context;
}

/// nonce, ciphertext, tag
std::string close(std::string_view key, std::string_view text, std::string_view place) {
  std::string nonce = random_bytes(kNonce), out = nonce;
  Context context = begin(true, key, nonce);
  out.resize(kNonce + text.size() + kTag);
  int size = 0;
  bool done = EVP_EncryptUpdate(context.get(), nullptr, &size, bytes_of(place), static_cast<int>(place.size())) == 1 &&
              EVP_EncryptUpdate(context.get(), bytes_of(out) + kNonce, &size, bytes_of(text), static_cast<int>(text.size())) == 1 &&
              EVP_EncryptFinal_ex(context.get(), bytes_of(out) + kNonce + text.size(), &size) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, kTag, bytes_of(out) + kNonce + text.size()) == 1;
  if (!done) throw std::runtime_error("AES-256-GCM did not seal");
  return out;
}

std::optional<std::string> unclose(std::string_view key, std::string closed, std::string_view place) {
  if (closed.size() < kNonce + kTag || key.size() != kKey) return std::nullopt;
  std::size_t length = closed.size() - kNonce - kTag;
  Context context = begin(false, key, std::string_view(closed).substr(0, kNonce));
  std::string text(length, '\0');
  int size = 0;
  bool done = EVP_DecryptUpdate(context.get(), nullptr, &size, bytes_of(place), static_cast<int>(place.size())) == 1 &&
              EVP_DecryptUpdate(context.get(), bytes_of(text), &size, bytes_of(closed) + kNonce, static_cast<int>(length)) == 1 &&
              EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, kTag, bytes_of(closed) + kNonce + length) == 1 &&
              EVP_DecryptFinal_ex(context.get(), nullptr, &size) == 1;
  if (!done) return std::nullopt;
  return text;
}

/// One wrapping key a school, so that no school's data keys open by another's mistake.
std::string wrapping_key(const std::string& master, std::string_view school) {
  std::string hex = hmac_sha256_hex(master, "shide wrapping key 1\n" + std::string(school)), key;
  for (std::size_t i = 0; i < hex.size(); i += 2) key += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return key;
}

Error tampered() { return internal_error("an envelope does not open: it was changed, moved, or closed by another key"); }

}  // namespace

Result<std::vector<ports::SchoolKey>> FieldCipher::school_keys() {
  SHIDE_TRY(files, folder_.read());
  std::vector<ports::SchoolKey> keys;
  for (const KeyFile& file : files) keys.push_back(file.key);
  return keys;
}

Result<void> FieldCipher::can_wrap() {
  Result<KeyFile> newest = folder_.newest();
  if (auto* error = newest.if_error()) return std::move(*error);
  return {};
}

std::string FieldCipher::make_data_key() { return random_bytes(kKey); }

Result<ports::WrappedKey> FieldCipher::wrap(std::string_view school, std::string_view data_key, std::string_view place) {
  SHIDE_TRY(newest, folder_.newest());
  return ports::WrappedKey{newest.key.id, base64(close(wrapping_key(newest.bytes, school), data_key, place))};
}

Result<std::string> FieldCipher::unwrap(std::string_view school, const ports::WrappedKey& wrapped, std::string_view place) {
  SHIDE_TRY(file, folder_.find(wrapped.school_key));
  std::optional<std::string> closed = from_base64(wrapped.bytes);
  std::optional<std::string> key = closed ? unclose(wrapping_key(file.bytes, school), std::move(*closed), place) : std::nullopt;
  if (!key || key->size() != kKey) {
    return Error{ErrorCode::kConfiguration, {"keys.wrong", {{"key", wrapped.school_key}, {"folder", folder_.path()}}}, "a data key does not unwrap"};
  }
  return std::move(*key);
}

std::string FieldCipher::seal(std::string_view key_id, std::string_view data_key, std::string_view text, std::string_view place) {
  if (key_id.size() != kKeyId) throw std::invalid_argument("not the id of a data key");
  std::string filled(text);
  filled.resize((text.size() / kBlock + 1) * kBlock, '\0');
  return std::string(kAlgorithm) + std::string(key_id) + ":" + base64(close(data_key, filled, place));
}

Result<std::string> FieldCipher::open(std::string_view data_key, std::string_view envelope, std::string_view place) {
  if (key_of(envelope).empty()) return internal_error("a text that should be sealed is not");
  std::optional<std::string> closed = from_base64(envelope.substr(kAlgorithm.size() + kKeyId + 1));
  std::optional<std::string> text = closed ? unclose(data_key, std::move(*closed), place) : std::nullopt;
  if (!text) return tampered();
  text->resize(text->find_last_not_of('\0') + 1);
  return std::move(*text);
}

std::string_view FieldCipher::key_of(std::string_view envelope) const {
  bool is_one = envelope.size() > kAlgorithm.size() + kKeyId && envelope.starts_with(kAlgorithm) && envelope[kAlgorithm.size() + kKeyId] == ':';
  return is_one ? envelope.substr(kAlgorithm.size(), kKeyId) : std::string_view();
}

}  // namespace shide::cipher_openssl
