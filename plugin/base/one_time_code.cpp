#include "base/one_time_code.h"

#include "base/digest.h"
#include "base/web_address.h"

namespace shide {
namespace {

constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::size_t kMostAddress = 300;  // what a picture holds that a phone still reads well (base/qr_code.h)

std::string eight_bytes(std::int64_t number) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((static_cast<std::uint64_t>(number) >> shift) & 0xFF);
  return bytes;
}

/// RFC 4226, 5.3: four bytes from where the last one says, without their sign.
std::uint32_t truncated(std::string_view digest) {
  std::size_t at = static_cast<unsigned char>(digest.back()) & 0xF;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | static_cast<unsigned char>(digest[at + i]);
  return number & 0x7FFFFFFF;
}

std::string address_of(std::string_view issuer, std::string_view account, std::string_view secret) {
  std::string who = encode_component(issuer), label = who.empty() ? encode_component(account) : who + ":" + encode_component(account);
  return "otpauth://totp/" + label + "?secret=" + std::string(secret) + (who.empty() ? "" : "&issuer=" + who);
}

}  // namespace

std::int64_t one_time_step(Time now) { return now.microseconds / kOneTimeStep; }

std::string one_time_code(std::string_view secret, std::int64_t step, int digits) {
  std::uint32_t number = truncated(hmac_sha1(secret, eight_bytes(step)));
  std::string code(static_cast<std::size_t>(digits), '0');
  for (auto at = code.rbegin(); at != code.rend(); ++at, number /= 10) *at = static_cast<char>('0' + number % 10);
  return code;
}

std::optional<std::int64_t> taken_step(std::string_view secret, std::string_view code, Time now, std::int64_t last_step) {
  std::optional<std::int64_t> taken;
  std::int64_t present = one_time_step(now);
  for (std::int64_t step = present - kOneTimeDrift; step <= present + kOneTimeDrift; ++step) {
    if (equal_in_constant_time(one_time_code(secret, step), code) && step > last_step) taken = step;
  }
  return taken;
}

std::string base32(std::string_view bytes) {
  std::string text;
  unsigned held = 0, bits = 0;
  for (unsigned char byte : bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += kBase32[(held >> (bits - 5)) & 0x1F];
  }
  if (bits > 0) text += kBase32[(held << (5 - bits)) & 0x1F];
  return text;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string bytes;
  unsigned held = 0, bits = 0;
  for (char c : text) {
    std::size_t value = kBase32.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << 5) | static_cast<unsigned>(value);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>((held >> bits) & 0xFF);
  }
  if (base32(bytes) != text) return std::nullopt;  // bits left over, or a length that no bytes have
  return bytes;
}

std::string one_time_address(std::string_view issuer, std::string_view account, std::string_view secret) {
  std::string whole = address_of(issuer, account, secret);
  if (whole.size() > kMostAddress) whole = address_of("", account, secret);
  if (whole.size() > kMostAddress) whole = address_of("", "shide", secret);
  return whole;
}

}  // namespace shide
