// How many may have a grade, and who: the quota of the rule set over all people of one run.
//
//     41 assessed x 30%, floor  ->  12 places
//     the twelfth and the thirteenth equal by every key  ->  neither is placed: both are in `ties`, for the committee
//
// Pure; the answer does not depend on the order of the people. Nobody is ranked in what is said: each person's sentence
// speaks of places and of the last total inside, not of positions.
#pragma once

#include <string>
#include <vector>

#include "appraisal/score.h"

namespace shide::appraisal {

struct Placed {
  std::string staff;
  std::string grade;               // after quota; empty while a tie or something missing is undecided
  bool moved = false;              // the points were enough, the places were not
  bool committee_may_keep = false; // a soft quota: with a reason, by name
  Phrase because;                  // empty if the quota did not touch this person
};

/// People equal by every key of the rule, for fewer places than people. The committee decides, and says why.
struct UndecidedTie {
  std::string grade;
  std::size_t places = 0;
  std::vector<std::string> staff;          // sorted
  std::vector<std::string> keys_not_used;  // a key somebody in the tie has no points for
};

struct QuotaPlaces {
  std::string grade;
  std::size_t assessed = 0, places = 0, candidates = 0;
};

struct QuotaOutcome {
  std::vector<QuotaPlaces> quotas;
  std::vector<Placed> people;  // in the order given
  std::vector<UndecidedTie> ties;
};

/// Those with a proposed grade are the assessed; people still waiting for a part are not in the base and keep no grade.
QuotaOutcome apply_quota(const RuleSet& rules, const std::vector<Scored>& people);

/// 41, 30%, floor -> 12.
std::size_t quota_places(const Quota& quota, std::size_t assessed);

}  // namespace shide::appraisal
