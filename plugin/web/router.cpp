#include "web/router.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "web/address.h"

namespace shide::web {
namespace {

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }

std::vector<std::string> read_pattern(const std::string& pattern) {
  if (pattern.empty() || pattern.front() != '/') throw std::logic_error("route pattern without slash: " + pattern);
  std::vector<std::string> segments;
  if (pattern == "/") return segments;
  for (std::string_view part : split(std::string_view(pattern).substr(1), '/')) {
    bool braces = part.find_first_of("{}") != std::string_view::npos;
    if (part.empty() || (braces && !is_parameter(part))) throw std::logic_error("route pattern cannot be read: " + pattern);
    segments.emplace_back(part);
  }
  return segments;
}

/// Literal segments before parameters, so that "/visits/new" is asked before "/visits/{id}".
std::string sort_key(const Route& route) {
  return replace_all(route.pattern, "{", "\x7f") + " " + std::string(method_name(route.method));
}

bool fits(const std::vector<std::string>& pattern, const std::vector<std::string>& path) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!is_parameter(pattern[i]) && pattern[i] != path[i]) return false;
  }
  return true;
}

}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::kGet: return "GET";
    case Method::kPost: return "POST";
    case Method::kPut: return "PUT";
    case Method::kDelete: return "DELETE";
  }
  return "";
}

Permission public_() { return Permission(Permission::Kind::kPublic); }
Permission signed_in() { return Permission(Permission::Kind::kSignedIn); }
Permission family() { return Permission(Permission::Kind::kFamily); }

Permission roles(std::set<model::Role> list) {
  Permission permission(Permission::Kind::kRoles);
  permission.roles_ = std::move(list);
  return permission;
}

Permission api_scope(std::string scope) {
  Permission permission(Permission::Kind::kScope);
  permission.scope_ = std::move(scope);
  return permission;
}

Permission Permission::or_scope(std::string scope) && {
  scope_ = std::move(scope);
  return std::move(*this);
}

bool Permission::allows(const model::Actor& actor) const {
  if (!scope_.empty() && actor.scopes.count(scope_) > 0) return true;
  const bool is_person = !actor.account.empty() && actor.scopes.empty();  // a token has an account as well
  switch (kind_) {
    case Kind::kPublic:
    case Kind::kFamily: return true;
    case Kind::kSignedIn: return is_person;
    case Kind::kRoles:
      return is_person && std::any_of(roles_.begin(), roles_.end(), [&](model::Role role) { return actor.has(role); });
    case Kind::kScope: return false;
  }
  return false;
}

std::string Permission::to_text() const {
  std::string text;
  switch (kind_) {
    case Kind::kPublic: return "public";
    case Kind::kFamily: return "family";
    case Kind::kSignedIn: text = "signed in"; break;
    case Kind::kScope: return "scope " + scope_;
    case Kind::kRoles:
      text = "roles:";
      for (model::Role role : roles_) text += " " + std::string(model::code_of(role));
      break;
  }
  return scope_.empty() ? text : text + " or scope " + scope_;
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  std::sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) { return sort_key(a) < sort_key(b); });
  for (const Route& route : routes_) {
    std::vector<std::string> pattern = read_pattern(route.pattern);
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
      bool same_shape = patterns_[i].size() == pattern.size() &&
                        std::equal(pattern.begin(), pattern.end(), patterns_[i].begin(),
                                   [](const std::string& a, const std::string& b) { return a == b || (is_parameter(a) && is_parameter(b)); });
      if (!same_shape) continue;
      if (routes_[i].method == route.method) throw std::logic_error("two routes for " + std::string(method_name(route.method)) + " " + route.pattern);
      if (patterns_[i] != pattern) throw std::logic_error("one path, two names for its parameters: " + route.pattern);
    }
    if (!route.handler) throw std::logic_error("a route without handler: " + route.pattern);
    patterns_.push_back(std::move(pattern));
  }
}

Match Router::find(std::string_view method, std::string_view path, const model::Actor& actor) const {
  Match match;
  auto segments = decode_path(path);
  if (!segments) return match;
  std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  bool sign_in_helps = false, sign_in_answers = false;  // some method of the path, and the one that was asked for
  // The most literal pattern that fits owns the path: "/visits/new" is never an id. Its siblings are the other methods of it.
  const std::vector<std::string>* owner = nullptr;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(patterns_[i], *segments)) continue;
    if (owner && *owner != patterns_[i]) continue;
    owner = &patterns_[i];
    const Route& route = routes_[i];
    if (!route.permission.allows(actor)) {
      if (!actor.is_public() || !route.permission.wants_sign_in()) continue;
      sign_in_helps = true;
      sign_in_answers = sign_in_answers || method_name(route.method) == wanted;
      continue;
    }
    if (method_name(route.method) == wanted) {
      match.kind = Match::Kind::kRoute;
      match.route = &route;
      for (std::size_t s = 0; s < segments->size(); ++s) {
        const std::string& name = patterns_[i][s];
        if (is_parameter(name)) match.parameters[name.substr(1, name.size() - 2)] = (*segments)[s];
      }
      return match;
    }
    if (!match.allow.empty()) match.allow += ", ";
    match.allow += method_name(route.method);
    if (route.method == Method::kGet) match.allow += ", HEAD";
  }
  if (sign_in_answers || (sign_in_helps && match.allow.empty())) match.kind = Match::Kind::kSignInFirst;
  else if (!match.allow.empty()) match.kind = Match::Kind::kWrongMethod;
  return match;
}

}  // namespace shide::web
