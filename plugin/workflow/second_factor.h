// The second factor at sign-in (domain 9): a code that the phone shows, after the password. Its secret is shared once, by a picture on
// the page of one's own account, and stands sealed. Ten recovery codes do in its place when the phone is lost, once each.
//
//     begin_second_factor(ports, actor, password)           ->  second_factor(...)->waiting is the secret, for the picture
//     confirm_second_factor(ports, actor, token, "094287")  ->  ten recovery codes, shown once; from now on codes are asked for
//     workflow/sign_in.h: give_code(ports, token, "338314")     after the password
//
// A code is taken within half a minute of its time, and once. Wrong ones count with wrong passwords, towards the same lock (lockout.h).
// It is asked for however one came in: by password, by a sign-in slip, from the school's own site. A slip replaces a lost password and a
// recovery code a lost phone, so neither alone is enough. Only the one click of the demo school goes past it, as past the password.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

inline constexpr int kRecoveryCodes = 10;

/// How it stands with one's own.
struct SecondFactorState {
  std::optional<Time> since;   // codes are asked for since then
  std::string waiting;         // the secret in base32, begun and not confirmed; else ""
  std::size_t recovery_codes = 0;  // that are left
};

/// Of these roles identity.second_factor "required" requires it: who sees much, or lets others see.
bool must_have_second_factor(const std::set<model::Role>& roles);

Result<SecondFactorState> second_factor(ports::Ports& ports, const model::Actor& actor);

/// A new secret that waits for its first code; the one that waited is void. Asks for the password again, for who comes by an unattended
/// session must not lock its owner out: kInvalid at "password", kTooMany while locked. kInvalid when codes are asked for already; kNotFound
/// when the installation offers none.
Result<void> begin_second_factor(ports::Ports& ports, const model::Actor& actor, std::string_view password);

/// The first code of the waiting secret. Ends one's other sessions. kInvalid at "code" for a wrong one; kTooMany while locked.
Result<std::vector<std::string>> confirm_second_factor(ports::Ports& ports, const model::Actor& actor, std::string_view token, std::string_view code);

/// With a code or a recovery code. Errors as above.
Result<void> turn_off_second_factor(ports::Ports& ports, const model::Actor& actor, std::string_view code);

/// For the IT administrator and the operator at the machine, of a colleague whose phone and recovery codes are lost; nobody does it for
/// themselves. Ends the colleague's sessions. kInvalid when there is none.
Result<void> reset_second_factor(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& account);

/// The phone's code of now or a recovery code, which is used up then. A wrong one is counted where it is judged, so that guesses sent
/// side by side win nothing: kInvalid at "code", kTooMany while locked.
Result<void> take_code(ports::Ports& ports, const model::Actor& actor, std::string_view typed);

}  // namespace shide::workflow
