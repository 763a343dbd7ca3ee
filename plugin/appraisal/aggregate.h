// What a component rated as a whole is worth on its own scale: one value, the mean of ballots, or the mean without the lowest.
//
//     48 ballots, trim_low_percent 10, floor  ->  4 dropped, mean of 44
//     9 ballots, min_ballots 10               ->  missing
#pragma once

#include "appraisal/facts.h"
#include "appraisal/score_line.h"

namespace shide::appraisal {

/// `points` of the line stand on the component's scale (0..max); the caller weighs them.
ScoreLine aggregate(const Component& component, const ComponentFact& fact);

}  // namespace shide::appraisal
