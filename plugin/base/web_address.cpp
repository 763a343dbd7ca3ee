#include "base/web_address.h"

namespace shide {

std::string encode_component(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::string_view origin_of(std::string_view address) {
  std::size_t scheme = address.find("://");
  return scheme == std::string_view::npos ? address : address.substr(0, address.find_first_of("/?#", scheme + 3));
}

}  // namespace shide
