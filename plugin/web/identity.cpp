#include "web/identity.h"

#include "base/text.h"
#include "ports/ports.h"
#include "web/session.h"

namespace shide::web {
namespace {

/// Before the first school exists there is still a page that says so.
Result<model::Actor> stranger(ports::Ports& ports) {
  auto actor = workflow::public_actor(ports);
  if (auto* error = actor.if_error(); error && error->code == ErrorCode::kNotFound) return model::Actor{};
  return actor;
}

}  // namespace

Result<Identity> identify(ports::Ports& ports, const Request& request) {
  Identity identity;
  std::string_view authorization = request.header("authorization");
  if (lower_ascii(authorization.substr(0, 7)) == "bearer ") {
    SHIDE_TRY(actor, workflow::actor_of_token(ports, trim(authorization.substr(7))));
    // Without a scope it would look like an account: nothing is open to it.
    if (actor.scopes.empty()) return Error{ErrorCode::kUnauthenticated, {"sign_in.token_unknown"}};
    identity.actor = std::move(actor);
    identity.by_token = true;
    return identity;
  }
  if (std::string_view token = cookie(request, Cookie::kSession); !token.empty()) {
    auto session = workflow::resume_session(ports, token);
    if (session) {
      identity.actor = session->actor;
      identity.csrf = session->csrf;
      identity.must_change_password = session->must_change_password;
      identity.due = session->due;
      return identity;
    }
    if (session.error().code != ErrorCode::kUnauthenticated) return session.error();
    identity.session_over = true;
  }
  SHIDE_TRY(actor, stranger(ports));
  identity.actor = std::move(actor);
  return identity;
}

Result<model::School> school_of(ports::Ports& ports, const model::Actor& actor) {
  if (actor.school.empty()) return model::School{};
  return ports.store->read(actor, [&](ports::Unit& unit) { return unit.of<model::School>().load(actor.school); });
}

}  // namespace shide::web
