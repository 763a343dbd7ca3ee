// The section as a whole: one function from request to answer. Thread-safe; never throws for what a client sends, and turns
// whatever a handler throws into a 500 without a word about the data.
#pragma once

#include <memory>
#include <string>

#include "web/http.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

/// What of the configuration the pages need to know.
struct Settings {
  bool demo = false;            // banner, role cards that sign in by one click; the assembly allows it on loopback only
  bool trust_host_identity = false;  // identity.trust_host
  std::size_t body_limit = 13 * 1024 * 1024;
  std::string public_base_url;  // "https://www.example.edu.cn/shide", for the feed; empty: made from the Host header
};

class Application {
 public:
  /// `ports` must outlive the application.
  Application(ports::Ports& ports, Settings settings);
  ~Application();
  Response handle(Request& request) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace shide::web
