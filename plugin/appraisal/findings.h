// Which findings count, and what they do. A finding that was not verified, or names no decider or no document, does nothing
// and is told as such (domain 6 R12, R16; D8: suspicion is a question until a named person found it true).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "appraisal/facts.h"
#include "appraisal/score_line.h"

namespace shide::appraisal {

struct CountedFinding {
  const EventRule* rule;   // lives in the rule set
  const EventFact* fact;   // lives in the facts
};

struct IgnoredFinding {
  std::string event;
  Phrase because;
};

struct Findings {
  std::vector<CountedFinding> counted;
  std::vector<IgnoredFinding> ignored;
};

/// Both arguments must outlive the answer.
Findings sort_findings(const RuleSet& rules, const Facts& facts);

/// "「收受礼品」经查属实（文号，认定人）": the beginning of every sentence about a finding.
Phrase finding_phrase(const CountedFinding& finding);

/// Positive: what a deduction costs.
Decimal cost_of(const CountedFinding& finding);

/// Zeroes, halves or lowers the line by the findings that name its criterion as their `item`.
void apply_to_item(const Findings& findings, ScoreLine& line);
/// The same for findings that name it as their `component` and no item.
void apply_to_component(const Findings& findings, ScoreLine& line);

/// Until when awards are barred by one finding; nothing where the end is not decided yet.
std::optional<Date> bar_end(const RuleSet& rules, const CountedFinding& finding);

}  // namespace shide::appraisal
