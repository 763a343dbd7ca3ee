// The six digits that a phone shows for half a minute (TOTP, RFC 6238 with HMAC-SHA-1), and how a phone learns the secret.
//
//     std::string secret = random_bytes(kOneTimeSecretBytes);
//     one_time_code(secret, one_time_step(now))              ->  "094287"
//     taken_step(secret, "094287", now, 0)                   ->  the step whose code this is, when it is the present one or beside it
//     taken_step(secret, "094287", now, that step)           ->  nothing: a code is taken once
//
// Pure and thread-safe. Secrets are bytes here; base32 is how they are kept and shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shide {

inline constexpr std::size_t kOneTimeSecretBytes = 20;          // RFC 4226, R6
inline constexpr std::int64_t kOneTimeStep = 30 * kSecond;
inline constexpr std::int64_t kOneTimeDrift = 1;                // steps that a phone's clock may be early or late

/// How many half minutes have passed since 1970.
std::int64_t one_time_step(Time now);

/// With leading zeros; at most 8 digits.
std::string one_time_code(std::string_view secret, std::int64_t step, int digits = 6);

/// The step after `last_step`, and within kOneTimeDrift of `now`, whose code was typed.
std::optional<std::int64_t> taken_step(std::string_view secret, std::string_view code, Time now, std::int64_t last_step);

/// RFC 4648, capital letters, without padding.
std::string base32(std::string_view bytes);
/// The bytes of a text that `base32` made; nothing for any other.
std::optional<std::string> from_base32(std::string_view text);

/// What the picture says to the phone: "otpauth://totp/...", at most 300 bytes. `secret` in base32. Names too long to fit are left out,
/// the issuer's first.
std::string one_time_address(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace shide
