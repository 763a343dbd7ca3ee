// Fills the ports from the configuration. Declared by the door, defined once per library: adapters/assembly for the real one,
// the tests of the door bring their own.
#pragma once

#include <memory>

#include "base/result.h"
#include "door/config.h"
#include "ports/ports.h"

namespace shide::door {

/// Opens the database and the directories that `config` names. Called by shide_start, in each process after the fork, and by
/// commands that need a store. kUnavailable when trying again may help, kConfiguration when only a person can.
Result<std::unique_ptr<ports::Ports>> assemble(const Config& config);

}  // namespace shide::door
