// What the operator wants to know about the installation: one Finding for each thing looked at, with what to do when it is not
// as it should be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"
#include "ports/ports.h"

namespace shide::workflow {

struct Finding {
  std::string_view check;  // "database", "steps", ...
  Phrase advice;           // what is wrong and what to do; empty when all is well
};

/// Asks the database, the photo program, the keys of the audit log and, where it is wanted, the theme of the school's site; then, as far as the database answers, its steps and the clock.
std::vector<Finding> look_at_ports(ports::Ports& ports);

}  // namespace shide::workflow
