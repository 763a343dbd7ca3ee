// What a record in the making may lack, by rules 6 to 10 of the code of conduct: told to its writers before they hand it in, and to nobody
// else. Words decide, so it is sometimes wrong; it is a hint, stops nothing and is never counted (D2, D8).
//
//     record_hints(record, preparation, demands)  ->  {kProblemWithoutMethod}
//
// Pure and thread-safe.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "model/visit.h"

namespace shide::visit {

/// kOnlyTrouble: what is hard, and nothing the child does well (rule 6). kProblemWithoutMethod: rule 7. kDemandNotNoted: the family asks for
/// something, and no demand is noted (rule 8). kGift: something was offered (rule 9; there is a page to note it). kPhone: a telephone
/// number in the text, which is read by more people than need it (rule 10).
enum class RecordHint { kOnlyTrouble, kProblemWithoutMethod, kDemandNotNoted, kGift, kPhone };
constexpr auto codes(RecordHint) { return std::to_array<std::string_view>({"only_trouble", "problem_without_method", "demand_not_noted", "gift", "phone"}); }

/// In the order of RecordHint; nothing while nothing is written. `demands`: how many are noted.
std::vector<RecordHint> record_hints(const model::VisitRecord& record, std::string_view preparation, std::size_t demands);

}  // namespace shide::visit
