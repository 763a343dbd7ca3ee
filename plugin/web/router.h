// Which page answers: a list of routes, each with its method, its pattern, who may use it, and the function that answers.
//
//     std::vector<Route> visit_routes(ports::Ports& ports) {
//       return {{Method::kGet, "/visits/{id}", signed_in(), [&ports](Call& call) { return show_visit(ports, call); }},
//               {Method::kGet, "/api/v1/archive-entries", roles({Role::kHr}).or_scope("archive:read"), ...}};
//     }
//
// A Permission can only be made by saying who may, so a route without one does not compile. The list can be walked: a test
// asks every route about every role. Literal segments win over parameters. Immutable once built, hence thread-safe.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/actor.h"
#include "web/http.h"

namespace shide::web {

class Call;

enum class Method { kGet, kPost, kPut, kDelete };
std::string_view method_name(Method method);

/// Who may use a route. What a reader may see on it is decided by Reach, further in; this is only the front gate.
class Permission {
 public:
  enum class Kind { kPublic, kSignedIn, kRoles, kScope, kFamily };

  /// A token of that scope may use the route as well: roles({Role::kHr}).or_scope("archive:read").
  Permission or_scope(std::string scope) &&;

  bool allows(const model::Actor& actor) const;
  /// True when signing in could help, so that a stranger is sent to the login page rather than told "not found".
  bool wants_sign_in() const { return kind_ != Kind::kPublic && kind_ != Kind::kFamily; }
  Kind kind() const { return kind_; }
  const std::set<model::Role>& roles() const { return roles_; }
  const std::string& scope() const { return scope_; }
  /// "roles: hr or scope archive:read", for tests and lists.
  std::string to_text() const;

 private:
  explicit Permission(Kind kind) : kind_(kind) {}
  friend Permission public_();
  friend Permission signed_in();
  friend Permission roles(std::set<model::Role> list);
  friend Permission api_scope(std::string scope);
  friend Permission family();

  Kind kind_;
  std::set<model::Role> roles_;
  std::string scope_;  // empty: no token may
};

/// Anyone, signed in or not.
Permission public_();
/// Any account; no token.
Permission signed_in();
/// Accounts that hold one of the roles.
Permission roles(std::set<model::Role> list);
/// Programs: tokens that hold the scope. No account.
Permission api_scope(std::string scope);
/// The family link: the router lets everyone pass, the handler asks the link and its code, and says nothing to a guesser.
Permission family();

/// A place in the bar at the top of the pages; shown to whom the route's permission allows, ordered by position.
struct BarLink {
  std::string code;   // of the word shown: "nav.my"
  int position = 0;   // smaller stands further left
  std::function<std::int64_t(Call&)> waiting = {};  // how many things the reader must act on; none is shown for 0
};

using Handler = std::function<Result<Response>(Call&)>;

struct Route {
  Method method;
  std::string pattern;  // "/visits/{id}": a parameter takes one whole segment
  Permission permission;
  Handler handler;
  std::optional<BarLink> bar = {};
  std::size_t body_limit = 512 * 1024;  // bytes; a route that takes photos says more
  bool asks_who = true;                 // false: the same for everyone, the database is not asked (assets, /health)
};

/// What the router found for one request.
struct Match {
  enum class Kind { kRoute, kNotFound, kSignInFirst, kWrongMethod };
  Kind kind = Kind::kNotFound;
  const Route* route = nullptr;               // kRoute
  std::map<std::string, std::string, std::less<>> parameters;
  std::string allow;                          // kWrongMethod: "GET, HEAD", only what this actor may
};

class Router {
 public:
  /// Throws std::logic_error for two routes with the same method and pattern, or a pattern that cannot be read: a bug of ours.
  explicit Router(std::vector<Route> routes);

  /// `path` is percent-encoded. A route the actor may not use answers like one that does not exist.
  Match find(std::string_view method, std::string_view path, const model::Actor& actor) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> patterns_;  // the segments of routes_[i]; parameters keep their braces
};

}  // namespace shide::web
