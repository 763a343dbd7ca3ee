// Bytes as base64 with padding (RFC 4648), for data: addresses.
#pragma once

#include <string>
#include <string_view>

namespace shide {

std::string base64(std::string_view bytes);

}  // namespace shide
