// Who asks: from login and password, a session's cookie or an API token to an Actor with the roles of today.
//
// Five wrong passwords in a row lock the login for 15 minutes, one that nobody has too (lockout.h); the answer never tells whether
// a login exists.
// Where a second factor is on, password, slip and the school's own site open only half a session, which takes the code (second_factor.h).
// Sessions end after 20 minutes without a request, and after 8 hours (sessions.h).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// What a session still lacks: until then its actor has no roles, and sees no page but the one that asks.
enum class SecondFactorDue {
  kNothing,
  kCode,   // of the phone, or a recovery code
  kSetUp,  // the installation requires one of these roles, and there is none yet
};
constexpr auto codes(SecondFactorDue) { return std::to_array<std::string_view>({"nothing", "code", "set_up"}); }

struct SignedIn {
  model::Actor actor;
  std::string token;  // for the cookie; kept only as a hash
  std::string csrf;   // comes back with every unsafe request
  bool must_change_password = false;
  SecondFactorDue due = SecondFactorDue::kNothing;
};

/// The code of a slip does in place of a password; what follows is to choose one.
Result<SignedIn> sign_in(ports::Ports& ports, std::string_view login, std::string_view password);

/// The code that `sign_in` left due: a whole session in place of the half one of `token`, which ends. kInvalid at "code" for a wrong one,
/// kTooMany while locked, kUnauthenticated when the half session is over or lacks nothing.
Result<SignedIn> give_code(ports::Ports& ports, std::string_view token, std::string_view code);

/// Whose slip a code is: shown to who holds the paper. kNotFound for a code that is wrong, expired, void or used.
struct SlipHolder {
  std::string name, login;
  Time expires_at;
};
Result<SlipHolder> slip_holder(ports::Ports& ports, std::string_view code);

/// Takes the slip of that code for a password of one's own, and signs in: once. Ends every other session of the account.
/// kNotFound as above; kInvalid at "password" for a weak one.
Result<SignedIn> enter_by_slip(ports::Ports& ports, std::string_view code, std::string_view password);

/// One click in the demo school; the caller makes sure that this is the demo and the peer is this machine.
Result<SignedIn> sign_in_demo(ports::Ports& ports, std::string_view login);

/// The actor behind a cookie; kUnauthenticated when the session is over. `token` and `csrf` as they were given.
Result<SignedIn> resume_session(ports::Ports& ports, std::string_view token);

/// Answers the session of the school's own site that it came from; "" for one begun with a password.
Result<std::string> sign_out(ports::Ports& ports, const model::Actor& actor, std::string_view token);

/// The school's own site has said who came, and workflow/site_sign_in knows the account: kUnauthenticated when that was closed.
Result<SignedIn> sign_in_from_site(ports::Ports& ports, const Id<model::Account>& account, std::string_view site_session);

/// The web server has said who is signed in there (identity.trust_host), by the login here. kNotFound for a login that nobody has or that
/// was closed. A code of the phone is asked for all the same.
Result<SignedIn> sign_in_from_host(ports::Ports& ports, std::string_view login);

/// A program's bearer token: an actor with scopes and no roles.
Result<model::Actor> actor_of_token(ports::Ports& ports, std::string_view token);

/// For what a session alone may not do: kInvalid at `field` unless it is the password of one's own account, or the code of one's slip. A
/// wrong one counts as at sign-in; kTooMany while locked.
Result<void> check_own_password(ports::Ports& ports, const model::Actor& actor, std::string_view password, std::string_view field);

/// Sets a new password, a strong one (password.h). Ends every session of the account.
Result<void> change_password(ports::Ports& ports, const model::Actor& actor, std::string_view current, std::string_view next);

/// The public visitor of a school: for reading what everybody may.
Result<model::Actor> public_actor(ports::Ports& ports);

}  // namespace shide::workflow
