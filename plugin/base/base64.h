// Bytes as base64 with padding (RFC 4648), for data: addresses and sealed fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shide {

std::string base64(std::string_view bytes);
/// The bytes of a text that `base64` could have made; nothing for any other.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace shide
