// Tokens for programs that pull from the API, HR's above all: made and revoked by the IT administrator, shown once, kept only
// as a hash.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// What a token may be good for.
const std::vector<std::string>& token_scopes();

struct IssuedToken {
  model::ApiToken row;
  std::string token;  // for the program's keeper; cannot be shown again
};

/// As typed. Without days it is good until it is revoked.
struct TokenForm {
  std::string name, scope, days;
};

/// Newest first.
Result<std::vector<model::ApiToken>> tokens(ports::Ports& ports, const model::Actor& actor);
Result<IssuedToken> issue_token(ports::Ports& ports, const model::Actor& actor, const TokenForm& form);
/// Revoking twice gives the first answer again.
Result<model::ApiToken> revoke_token(ports::Ports& ports, const model::Actor& actor, const Id<model::ApiToken>& id);

}  // namespace shide::workflow
