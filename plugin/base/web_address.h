// Pieces of web addresses, for whoever builds or checks one.
//
//     encode_component("三(2)")  ->  "%E4%B8%89%282%29"        origin_of("https://a.cn:8443?p=1")  ->  "https://a.cn:8443"
//
// Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace shide {

/// Percent-encodes everything but letters, digits and "-._~" (RFC 3986, 2.3): for building links.
std::string encode_component(std::string_view text);

/// Scheme, host and port of a whole address, as written; all of a text that has no "://".
std::string_view origin_of(std::string_view address);

}  // namespace shide
