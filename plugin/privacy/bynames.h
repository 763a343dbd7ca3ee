// Names without a surname, of people no register knows: 阿珍, 小雯, 永年叔, 卓玛, 阿依努尔, what somebody is called (爷爷叫根发)
// and what somebody's surname is (妈妈姓曾).
#pragma once

#include <vector>

#include "privacy/names.h"

namespace shide::privacy {

std::vector<Finding> find_bynames(const Reading& reading);

/// The two characters of the given name, wherever they stand, of strangers found in full: 姐姐张晓雯 ... |晓雯|在县中.
std::vector<Finding> find_again(const Reading& reading, const std::vector<Finding>& strangers);

}  // namespace shide::privacy
