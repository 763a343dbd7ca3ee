// People no register knows: surname and title (李阿姨, 张先生, 赵老师), surname and name and title (王小红同学), and names that
// give themselves away by their characters (陈梓涵).
#pragma once

#include <vector>

#include "privacy/names.h"

namespace shide::privacy {

std::vector<Finding> find_strangers(const Reading& reading);

}  // namespace shide::privacy
