// What one item gives by its rule and its facts, before any event touches it.
//
//     ratio 2 of 2, max 30      -> 30, "任务2次，完成2次：2÷2×30=30，满分30分。"
//     demands_raised 0          -> not applicable          no facts -> missing, never zero
#pragma once

#include "appraisal/facts.h"
#include "appraisal/score_line.h"

namespace shide::appraisal {

/// The line on the item's own scale: `points` between floor and max.
ScoreLine measure(const Item& item, const ItemFact& fact);

/// True if every unit of the ratio was excused (the family declined): then nothing of the whole component applies (D7).
bool all_excused(const Item& item, const ItemFact& fact);

}  // namespace shide::appraisal
