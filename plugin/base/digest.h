// SHA-256, HMAC and random tokens, by OpenSSL's libcrypto. Lower-case hexadecimal out where the name says hex.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace shide {

using Sha256 = std::array<unsigned char, 32>;
/// Of the two texts one behind the other.
Sha256 sha256(std::string_view first, std::string_view second = {});
std::string sha256_hex(std::string_view bytes);
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);
/// Twenty bytes, for one-time codes (RFC 4226).
std::string hmac_sha1(std::string_view key, std::string_view bytes);
std::string to_hex(std::string_view bytes);
/// The bytes of an even number of hexadecimal digits, small or capital; "" for anything else.
std::string from_hex(std::string_view digits);
/// From the operating system.
std::string random_bytes(std::size_t count);
/// `bytes` random bytes from the operating system, as URL-safe base64 without padding.
std::string random_token(std::size_t bytes);
/// Compares in a time that depends on the lengths only.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace shide
