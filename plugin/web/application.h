// The section as a whole: one function from request to answer. Thread-safe; never throws for what a client sends, and turns
// whatever a handler throws into a 500 without a word about the data.
//
// Its order: request id, language, who asks, route and permission, body and CSRF token, handler, headers.
// A session that still lacks something (the code of the phone, a password of one's own, a second factor) is led to the page that asks
// for it, whatever it asks for.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "web/http.h"
#include "web/identity.h"
#include "web/router.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

/// Where pages of signing in stand; the framework sends readers there.
inline constexpr std::string_view kLoginPath = "/login";        // GET; ?return= says where to go on
inline constexpr std::string_view kLogoutPath = "/logout";      // POST
inline constexpr std::string_view kPasswordPath = "/password";  // GET and POST
inline constexpr std::string_view kCodePath = "/second-factor";  // GET and POST; ?return= says where to go on
inline constexpr std::string_view kSecondFactorPath = "/account/second-factor";  // GET and POST, and what is below it

/// What of the configuration the pages need to know.
struct Settings {
  bool demo = false;            // banner, role cards that sign in by one click; the assembly allows it on loopback only
  std::size_t body_limit = 26 * 1024 * 1024;
  std::vector<std::string> theme_origins = {};  // what the theme of the school's site may load from; its own first
  std::string public_base_url;  // "https://www.example.edu.cn/shide", for the feed; empty: made from the Host header
};

/// One answered request, for the operator's log: the pattern instead of the path, hence no names, ids or tokens.
struct LogLine {
  std::string request_id;
  std::string method;
  std::string pattern;  // "/visits/{id}", or "" when no route was found
  int status = 0;
  std::int64_t microseconds = 0;
  std::string detail;   // of a 5xx
};

/// What the application asks of the rest of the house. Each may be empty; all must be safe to call from any thread.
struct Hooks {
  std::function<Result<Identity>(const Request&)> identify;
  std::function<Result<model::School>(const model::Actor&)> school;
  std::function<Time()> now;
  std::function<void(const LogLine&)> log;
  bool offers_site_sign_in = false;
};

class Application {
 public:
  /// `ports` must outlive the application; `log` may be empty.
  Application(ports::Ports& ports, Settings settings, std::function<void(const LogLine&)> log = {});
  /// With routes and hooks of one's own: for tests.
  Application(std::vector<Route> routes, Hooks hooks, Settings settings);
  ~Application();
  Response handle(Request& request) const;
  const std::vector<Route>& routes() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Every route of the section, topic by topic: the place where a new <topic>_routes is added.
std::vector<Route> all_routes(ports::Ports& ports, const Settings& settings);

}  // namespace shide::web
