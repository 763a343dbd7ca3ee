// What the school knows about one teacher's part in a campaign, in the words of the rule set. Pure: rows in, facts out.
#pragma once

#include <vector>

#include "appraisal/facts.h"
#include "model/archive.h"
#include "model/campaign.h"
#include "model/followup.h"
#include "model/visit.h"

namespace shide::workflow {

/// One visit with this teacher in the team, and all that counts of it.
struct VisitPart {
  model::Visit visit;
  model::CoVisitor own;
  std::optional<model::VisitRecord> record;
  std::optional<model::Preparation> preparation;
  std::vector<model::Demand> demands;
  std::vector<model::FormalismSignal> findings;  // found true, this teacher asked
};

appraisal::Facts score_facts(const model::Teacher& teacher, const model::Campaign& campaign, const std::vector<VisitPart>& parts,
                             const std::vector<model::Rating>& ratings, Date today);

/// JSON as `shidectl score` reads it, so that any score can be recomputed by hand or by command.
std::string facts_json(const appraisal::Facts& facts);

}  // namespace shide::workflow
