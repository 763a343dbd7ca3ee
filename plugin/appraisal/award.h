// Who may be nominated for an award, and why not: eligibility only. Nomination, vote and public notice are people's.
//
//     auto candidates = award_candidates(rules, rules.awards.front(), applicants, today);
//     candidates[0].eligible  ->  false      candidates[0].checks[2].because  ->  "还缺：第2次家访的确认。"
//
// A family that did not take up the visit costs nothing: where no visit was owed, none is asked (D7).
#pragma once

#include <string>
#include <vector>

#include "appraisal/score.h"

namespace shide::appraisal {

struct Applicant {
  const Scored* scored = nullptr;   // never null
  std::string grade;                // decided, or after quota; empty if undecided
  int visits_owed = 0;              // after families that declined or could not be reached
  int visits_confirmed = 0;         // accepted records in which the teacher is confirmed
  std::vector<Phrase> missing;      // papers or parts still to come, each a short noun phrase
};

/// One condition, and one sentence about it.
struct AwardCheck {
  bool passed = false;
  Phrase because;
};

struct AwardCandidate {
  std::string staff;
  bool eligible = false;            // every check passed
  std::vector<AwardCheck> checks;   // always the same five: veto, bar, grade, visit, missing parts
};

/// In the order given. `day` is the day of nomination: a bar that ended before it no longer counts.
std::vector<AwardCandidate> award_candidates(const RuleSet& rules, const AwardTerms& terms, const std::vector<Applicant>& applicants, Date day);

}  // namespace shide::appraisal
