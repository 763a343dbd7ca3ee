// From accepted records and people's ratings (rating.h) to a proposed score with reasons (S81), and who may be nominated (S82). The
// software proposes; the committee decides (D3).
#pragma once

#include <string>
#include <vector>

#include "appraisal/award.h"
#include "appraisal/quota.h"
#include "appraisal/rule_set.h"
#include "appraisal/score.h"
#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// The run of a campaign, opened with the rule set in force on its last day of visits when there is none.
Result<model::Appraisal> open_appraisal(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);
Result<std::vector<model::Appraisal>> appraisals(ports::Ports& ports, const model::Actor& actor);

/// Gathers the facts of every teacher in post and scores them anew. The same facts give the same bytes (R8).
Result<int> compute_scores(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);

struct ScoreSheet {
  model::Score score;
  std::vector<model::ScoreLine> lines;
  model::Appraisal appraisal;
  std::string grade_after_quota;      // empty: undecided
  Phrase quota_because;
};

/// Within the actor's Reach: oneself; the committee, HR and the head all.
Result<std::vector<ScoreSheet>> score_sheets(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);
/// The actor's own latest one, or kNotFound.
Result<ScoreSheet> own_score(ports::Ports& ports, const model::Actor& actor);

struct AwardList {
  model::Appraisal appraisal;
  std::vector<appraisal::AwardCandidate> candidates;
  std::vector<appraisal::QuotaPlaces> quotas;
  std::vector<appraisal::UndecidedTie> ties;
  std::map<std::string, std::string> names;  // by staff number
};
/// By the committee, HR or the head.
Result<AwardList> award_list(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);

}  // namespace shide::workflow
