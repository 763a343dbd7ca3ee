// The stylesheet and the mark: compiled in, named by their content so that browsers may keep them for a year.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/router.h"

namespace shide::web {

/// "/shide/assets/look.css?v=1a2b3c4d5e6f": the address changes with the content.
std::string asset_address(std::string_view mount_prefix, std::string_view name);

std::vector<Route> asset_routes();

}  // namespace shide::web
