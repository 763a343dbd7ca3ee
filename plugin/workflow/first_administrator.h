// The first person of an empty installation. The operator at the machine makes a one-time link; whoever opens it names the
// school and becomes its IT administrator. Only the hash of the link's token is kept; it is good once, within 24 hours.
//
//     offer_setup(ports)  ->  "3q2-7w..."            the one before it is void
//     set_up_school(ports, "3q2-7w...", form)  ->  the account, and the token is nobody's key any more
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

/// As typed; all text.
struct SetupForm {
  std::string school_name, short_name, site_name, section_name, district_name;
  std::string name, login, password;
};

/// A fresh token; kDuplicate when somebody administers the school already.
Result<std::string> offer_setup(ports::Ports& ports);

/// kNotFound for a token that is wrong, old or used.
Result<void> check_setup_token(ports::Ports& ports, std::string_view token);

/// School and administrator, in one transaction. kNotFound as above, kInvalid with every wrong field.
Result<model::Account> set_up_school(ports::Ports& ports, std::string_view token, const SetupForm& form);

}  // namespace shide::workflow
