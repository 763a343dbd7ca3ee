// SHA-256, HMAC-SHA-256 and random tokens, by OpenSSL's libcrypto. Lower-case hexadecimal out.
#pragma once

#include <string>
#include <string_view>

namespace shide {

std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
/// `bytes` random bytes from the operating system, as URL-safe base64 without padding.
std::string random_token(std::size_t bytes);
/// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace shide
