// A request and its answer as every host knows them, without any host: the door fills the one and empties the other.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"

namespace shide::web {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Everything is UTF-8 or ASCII as it came over the wire, unchecked. Strings are owned.
struct Request {
  std::string method;         // "GET"
  std::string path;           // below the mount prefix, percent-encoded, begins with "/": "/staff"
  std::string query;          // without the question mark
  Headers headers;            // names in lower case
  std::string remote_address; // "127.0.0.1", no port
  bool is_tls = false;
  std::string mount_prefix;   // "/shide", no slash at the end; "" when mounted at the root
  std::string request_id;     // for the log; the door makes one when the host has none
  std::string asserted_user;  // who the host says it is; used only with identity.trust_host
  std::int64_t deadline_ms = 0;  // 0: the application's own limit

  /// Reads up to `size` bytes of the body: 0 = end, < 0 = the peer is gone. May block. Null when there is no body.
  std::function<long(char* into, std::size_t size)> read_body;

  std::string_view header(std::string_view lower_case_name) const {
    for (const auto& [name, value] : headers) {
      if (name == lower_case_name) return value;
    }
    return {};
  }
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
};

}  // namespace shide::web
