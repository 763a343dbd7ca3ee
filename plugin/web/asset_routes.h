// The stylesheet, the scripts and the mark: compiled in, named by their content so that browsers may keep them for a year.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/router.h"

namespace shide::web {

/// "/shide/assets/look.css?v=1a2b3c4d5e6f": the address changes with the content.
std::string asset_address(std::string_view mount_prefix, std::string_view name);

/// The worker that keeps the shell of the pages on the device; the address changes with anything it keeps.
std::string shell_worker_address(std::string_view mount_prefix);

/// The assets, and the page a device shows without a network.
std::vector<Route> asset_routes();

}  // namespace shide::web
