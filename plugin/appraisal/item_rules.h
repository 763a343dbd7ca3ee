// Reads one `item { ... }` of a rule file into an Item, with all its ways of giving points checked.
#pragma once

#include "appraisal/rule_reader.h"

namespace shide::appraisal {

Item read_item(const InfoEntry& entry, RuleReader& reader);

}  // namespace shide::appraisal
