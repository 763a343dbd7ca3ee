// One line of a score: what was judged, what it gave, and one sentence with the numbers to do it again by hand.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/phrase.h"

namespace shide::appraisal {

enum class LineState { kCounted, kNotApplicable, kMissing, kReferenceOnly };

struct ScoreLine {
  std::string criterion;
  Phrase label;
  LineState state = LineState::kCounted;
  Decimal points;               // what it adds to the total (of an inner line: to its component); only if kCounted
  Decimal max;                  // the most it could have added
  Phrase because;
  std::vector<ScoreLine> items = {};  // the lines a component was made from
};

/// `first` and then `then`, as one phrase; either may be empty.
Phrase followed_by(Phrase first, Phrase then);

/// "陈述：3" for a fact of the rule set: the text `score.fact.NAME` with {n}, or its bare name.
Phrase fact_phrase(std::string_view name, Decimal value);

/// The text `score.PREFIX.KEY` if the language files have it, else the key as the rule file spells it.
Phrase named(std::string_view prefix, std::string_view key);

/// Several phrases with the language's comma between them.
Phrase listed(std::span<const Phrase> phrases);

}  // namespace shide::appraisal
