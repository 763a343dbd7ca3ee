#include "base/id.h"

#include <sys/random.h>

#include <stdexcept>

namespace shide {
namespace {

std::string format_uuid_v7(Time now, std::uint64_t high, std::uint64_t low) {
  std::uint64_t milliseconds = static_cast<std::uint64_t>(now.microseconds / 1000) & 0xFFFF'FFFF'FFFFull;
  std::uint64_t first = (milliseconds << 16) | 0x7000 | (high & 0x0FFF);
  std::uint64_t second = 0x8000'0000'0000'0000ull | (low & 0x3FFF'FFFF'FFFF'FFFFull);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (int nibble = 0; nibble < 32; ++nibble) {
    if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20) text += '-';
    std::uint64_t part = nibble < 16 ? first : second;
    text += kDigits[(part >> (60 - 4 * (nibble % 16))) & 0xF];
  }
  return text;
}

}  // namespace

std::string new_uuid(Time now) {
  std::uint64_t random[2];
  if (getrandom(random, sizeof random, 0) != static_cast<ssize_t>(sizeof random)) throw std::runtime_error("getrandom failed");
  return format_uuid_v7(now, random[0], random[1]);
}

std::string seeded_uuid(Time now, std::uint64_t seed_high, std::uint64_t seed_low) {
  return format_uuid_v7(now, seed_high, seed_low);
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

}  // namespace shide
