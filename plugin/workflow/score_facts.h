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

/// A rating as it is kept: "96", ballots "91 92.5", or a total with the ballots behind it "94/45". Nothing for anything else.
std::optional<appraisal::ComponentFact> rating_fact(std::string_view value);

/// The teacher owed this visit: not declined, not out of reach, not taken back, and not excused from coming (D7).
bool is_owed(const VisitPart& part);
/// The record is accepted and the teacher has confirmed being there: silence is no credit (S77).
bool is_done(const VisitPart& part);

appraisal::Facts score_facts(const model::Teacher& teacher, const model::Campaign& campaign, const std::vector<VisitPart>& parts,
                             const std::vector<model::Rating>& ratings, Date today);

/// JSON as `shidectl score` reads it, so that any score can be recomputed by hand or by command.
std::string facts_json(const appraisal::Facts& facts);

}  // namespace shide::workflow
