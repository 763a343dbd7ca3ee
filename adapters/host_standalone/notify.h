// Tells systemd how the server fares (Type=notify, WatchdogSec=), by its socket and without its library.
#pragma once

#include <string_view>

namespace shide::host_standalone {

/// "READY=1", "STOPPING=1", "WATCHDOG=1". Does nothing when no service manager listens.
void notify(std::string_view state);

}  // namespace shide::host_standalone
