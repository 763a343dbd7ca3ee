// The demo school: an invented primary school with last year's round complete and this year's under way, from schema/demo and a
// fixed seed (contracts.md). Rows are written as they were left; archives, redaction, questions and scores come from the same
// jobs and rules as in life.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct DemoAccount {
  std::string role, name, login;
};

struct DemoSchool {
  bool loaded = false;   // false: there was a school already, nothing was touched
  std::vector<DemoAccount> accounts;
  std::string password;  // of every demo account
  std::string hr_token;  // for the API; known only now, kept as a hash
};

/// Into an empty, migrated store. `now` stands at the demo's evening. Takes some seconds: photos go through the confined reader.
Result<DemoSchool> load_demo_school(ports::Ports& ports);

}  // namespace shide::workflow
