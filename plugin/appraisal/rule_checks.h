// What can only be judged when a rule file is read whole: sums, and names that refer to each other.
#pragma once

#include "appraisal/rule_reader.h"

namespace shide::appraisal {

/// Each population must be able to reach exactly the base. A scheme of items only may be a part of a bigger one: a warning.
void check_sums(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader);

/// Events, awards and appeals may only speak of what the file has; events that decide should name their document.
void check_references(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader);

}  // namespace shide::appraisal
