// Where somebody is signed in, and how that ends: by oneself, by the administrator, or with what made it possible (a new password, a
// closed account).
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

struct OpenSession {
  model::Session session;
  bool is_this = false;
};

/// Those that still stand, the newest first; of one's own account, or for the administrator of any.
Result<std::vector<OpenSession>> open_sessions(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& account, std::string_view token);

/// One of one's own.
Result<void> end_session(ports::Ports& ports, const model::Actor& actor, const Id<model::Session>& id);
/// All of one's own but the one of this token.
Result<void> end_other_sessions(ports::Ports& ports, const model::Actor& actor, std::string_view token);
/// All of a colleague's, by the administrator.
Result<void> end_sessions_of(ports::Ports& ports, const model::Actor& actor, const Id<model::Account>& account);

/// Within a verb that says why. `except` stays.
Result<void> end_sessions(ports::Unit& unit, const Id<model::School>& school, const Id<model::Account>& account, const std::string& except_token_hash = {});
/// No request for 20 minutes, or begun 8 hours ago (domain 9); and when the clock was set back, rather than for another day.
bool is_over(const model::Session& session, Time now);

}  // namespace shide::workflow
