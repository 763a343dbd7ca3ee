// Facts from JSON, as schema/rules/facts.schema.json describes them, and a score back to JSON.
//
//     {"staff":"A","components":{"self":96},"items":{"v1_task":{"visits_done":2,"visits_assigned":2}},"events":[]}
#pragma once

#include <nlohmann/json.hpp>

#include "appraisal/score.h"
#include "base/result.h"

namespace shide::console {

/// Error kInvalid with a problem for each place that is not as the schema says; unknown keys are refused, so that a misspelt
/// fact is never a missing one.
Result<appraisal::Facts> read_facts(const nlohmann::json& json);

/// One object a person; points are decimal text, shown with at least two places and never rounded below four.
nlohmann::ordered_json score_json(const appraisal::RuleSet& rules, const appraisal::Scored& scored, Language language);

}  // namespace shide::console
