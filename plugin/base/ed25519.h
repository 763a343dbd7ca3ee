// Signatures by Ed25519 (RFC 8032), by OpenSSL's libcrypto. Keys and signatures are lower-case hexadecimal: a key of 64 digits, a
// signature of 128.
//
//     Ed25519Pair pair = new_ed25519_pair();
//     std::string signature = ed25519_sign(pair.private_key, "bytes");
//     ed25519_verifies(pair.public_key, "bytes", signature)  ->  true
#pragma once

#include <string>
#include <string_view>

namespace shide {

struct Ed25519Pair {
  std::string private_key;  // RFC 8032's 32-byte seed
  std::string public_key;
};

Ed25519Pair new_ed25519_pair();
/// "" for what is no private key.
std::string ed25519_public_key(std::string_view private_key);
/// "" for what is no private key.
std::string ed25519_sign(std::string_view private_key, std::string_view bytes);
/// False for a malformed key or signature, too.
bool ed25519_verifies(std::string_view public_key, std::string_view bytes, std::string_view signature);

}  // namespace shide
