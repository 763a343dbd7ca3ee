// Which rule set of schema/rules a campaign is scored by: the latest one that is in force on its last day of visits. A run pins the
// text, so a version that comes later moves nothing of it.
#pragma once

#include <string>

#include "appraisal/rule_set.h"
#include "base/result.h"

namespace shide::workflow {

struct RulesInForce {
  appraisal::RuleSet rules;
  std::string text;  // the whole file
};

/// kInvalid on a day without rules.
Result<RulesInForce> rules_in_force(Date day);

}  // namespace shide::workflow
