// From accepted records and people's ratings (rating.h) to a proposed score with reasons (S81), and who may be nominated (S82). The
// software proposes; the committee decides (D3).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

/// The run of a campaign, opened with the rule set in force on its last day of visits when there is none.
Result<model::Appraisal> open_appraisal(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);
Result<std::vector<model::Appraisal>> appraisals(ports::Ports& ports, const model::Actor& actor);

/// Gathers the facts of every teacher in post, scores them anew and keeps what follows: grade, place within the quota, conditions of the
/// award. The same facts give the same bytes, and a fact that changes afterwards moves nothing until the next run (R8).
Result<int> compute_scores(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);

struct ScoreSheet {
  model::Score score;
  std::vector<model::ScoreLine> lines;
  model::Appraisal appraisal;
  std::set<std::string> parts;        // criteria that add up to the total; the other lines say how the part above them came about
};

/// Within the actor's Reach: oneself; the committee, HR and the head all.
Result<std::vector<ScoreSheet>> score_sheets(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);
/// The actor's own latest one, or kNotFound.
Result<ScoreSheet> own_score(ports::Ports& ports, const model::Actor& actor);

/// Who may be nominated, as the run left it.
struct Nominee {
  model::Score score;
  std::vector<model::AwardCheck> checks;
  bool eligible = false;  // every check passed
};
struct AwardList {
  model::Appraisal appraisal;
  std::vector<Nominee> nominees;
};
/// By the committee, HR or the head.
Result<AwardList> award_list(ports::Ports& ports, const model::Actor& actor, const Id<model::Appraisal>& appraisal);

}  // namespace shide::workflow
