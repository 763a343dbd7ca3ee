// The name of a row: a UUIDv7 (RFC 9562) as 36 lower-case characters, typed by what it names so that a visit's id cannot
// be handed where a teacher's is wanted.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shide {

template <class T>
struct Id {
  std::string value;
  bool empty() const { return value.empty(); }
  explicit operator bool() const { return !value.empty(); }
  auto operator<=>(const Id&) const = default;
};

/// A fresh UUIDv7 for `now`, its random part from the operating system. Thread-safe.
std::string new_uuid(Time now);

/// The same UUIDv7 for the same seed and time: the demo school and tests.
std::string seeded_uuid(Time now, std::uint64_t seed_high, std::uint64_t seed_low);

/// True for a well-formed lower-case UUID of any version; nothing else reaches a query.
bool is_uuid(std::string_view text);

template <class T>
Id<T> new_id(Time now) {
  return {new_uuid(now)};
}

}  // namespace shide
