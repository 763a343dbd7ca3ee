// Who asks, for one request: the cookie or the bearer token goes to workflow/sign_in, which knows the accounts.
#pragma once

#include "base/result.h"
#include "model/actor.h"
#include "model/school.h"
#include "web/http.h"
#include "workflow/sign_in.h"

namespace shide::ports {
struct Ports;
}

namespace shide::web {

struct Identity {
  model::Actor actor;                 // a stranger's has no account, but the school
  std::string csrf;                   // of the session; empty for strangers and tokens
  bool by_token = false;              // Authorization: Bearer
  bool must_change_password = false;  // only the page that changes it is open
  bool session_over = false;          // a cookie was sent whose session has ended
  workflow::SecondFactorDue due = workflow::SecondFactorDue::kNothing;  // only the page that asks for it is open
};

/// kUnauthenticated for a token that is wrong, or holds no scope; other errors as the store gives them. Thread-safe.
Result<Identity> identify(ports::Ports& ports, const Request& request);

/// The row of the actor's school: its name, site and breadcrumb stand on every page. Empty before the school is set up.
Result<model::School> school_of(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::web
