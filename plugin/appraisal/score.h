// One person's score by one rule set: lines that explain themselves, a proposed grade, vetoes. It proposes; people decide (D3).
//
//     Scored scored = score(rules, facts);
//     scored.shown_total()            ->  "92.95"
//     render(scored.lines[4].because) ->  "适用的4项共77分，满分80分。77÷80×100=96.25，占20%。"
//
// The same rules and facts always give the same bytes. A missing part is "missing": then there is no total and no grade to
// propose (a veto stands all the same), never a silent zero. Not applicable is redistributed, never a bonus (D3, D7).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "appraisal/facts.h"
#include "appraisal/findings.h"
#include "appraisal/score_line.h"

namespace shide::appraisal {

/// A finding that decides about the grade or bars awards, whatever the points.
struct Veto {
  std::string event;
  std::string grade;      // forced, or the best still possible; empty: awards only
  bool forced = false;
  Phrase because;
};

/// Awards are barred up to and including `until`; without it, until somebody decides the end.
struct AwardBar {
  std::optional<Date> until;
  bool operator==(const AwardBar&) const = default;
};

struct Scored {
  std::string staff;
  std::vector<ScoreLine> lines;       // in the order of the rule file; those counted add up to `total`
  Decimal total;                      // of what is counted; to be shown only if `complete`, rounded half up once
  bool complete = true;               // false: something is missing that nothing replaces
  std::string grade;                  // proposed, before quota; empty if there is none to propose
  std::vector<Veto> vetoes;
  std::vector<std::string> missing;   // criteria, also those whose share was redistributed
  std::vector<std::string> not_applicable;
  std::vector<IgnoredFinding> ignored;
  std::vector<std::string> opens;     // what a finding asks to be opened: rectification
  std::optional<AwardBar> bar;
  int show_places = 2;

  Decimal rounded_total() const { return total.rounded(show_places); }
  std::string shown_total() const { return total.to_text(show_places); }
  /// The line of a component or item, wherever it stands; null if the rule set has none for this person.
  const ScoreLine* line(std::string_view criterion) const;
};

Scored score(const RuleSet& rules, const Facts& facts);

}  // namespace shide::appraisal
