// What the district may know of a school's campaign: sums without pupils, none under five (D9).
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "privacy/small_counts.h"

namespace shide::workflow {

/// One sum with its parts; a part that is not told has no count.
struct DistrictFigure {
  std::string code;                // "families"
  privacy::OutwardCounts counts;
  std::vector<std::string> parts;  // codes, in the order of counts.parts
};

struct DistrictFigures {
  model::Campaign campaign;
  std::vector<DistrictFigure> figures;
};

/// For the district alone.
Result<DistrictFigures> district_figures(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::workflow
