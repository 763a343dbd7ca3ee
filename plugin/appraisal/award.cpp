#include "appraisal/award.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

AwardCheck check_veto(const Applicant& applicant) {
  for (const Veto& veto : applicant.scored->vetoes) {
    if (veto.forced) return {false, veto.because};
  }
  return {true, {"score.award.no_veto"}};
}

AwardCheck check_bar(const Applicant& applicant, Date day) {
  const std::optional<AwardBar>& bar = applicant.scored->bar;
  if (!bar) return {true, {"score.award.no_bar"}};
  if (!bar->until) return {false, {"score.award.barred_open"}};
  return {*bar->until < day, {*bar->until < day ? "score.award.bar_over" : "score.award.barred", {{"date", to_text(*bar->until)}}}};
}

AwardCheck check_grade(const RuleSet& rules, const AwardTerms& terms, const Applicant& applicant) {
  if (applicant.grade.empty()) return {false, {"score.award.no_grade", {{"needed", terms.at_least}}}};
  auto has = rules.rank(applicant.grade), needs = rules.rank(terms.at_least);
  bool enough = has && needs && *has <= *needs;
  return {enough, {enough ? "score.award.grade" : "score.award.grade_below", {{"grade", applicant.grade}, {"needed", terms.at_least}}}};
}

AwardCheck check_visit(const AwardTerms& terms, const Applicant& applicant) {
  if (!terms.visit_confirmed || applicant.visits_owed <= 0) return {true, {"score.award.visit_not_owed"}};
  bool done = applicant.visits_confirmed >= applicant.visits_owed;
  return {done, {done ? "score.award.visit" : "score.award.visit_open", {{"owed", applicant.visits_owed}, {"confirmed", applicant.visits_confirmed}}}};
}

AwardCheck check_missing(const Applicant& applicant) {
  std::vector<Phrase> parts = applicant.missing;
  if (!applicant.scored->complete) {
    for (const std::string& criterion : applicant.scored->missing) {
      const ScoreLine* line = applicant.scored->line(criterion);
      parts.push_back(line ? line->label : criterion_label(criterion, {}));
    }
  }
  if (parts.empty()) return {true, {"score.award.nothing_missing"}};
  return {false, {"score.award.missing", {{"list", listed(parts)}}}};
}

}  // namespace

std::vector<AwardCandidate> award_candidates(const RuleSet& rules, const AwardTerms& terms, const std::vector<Applicant>& applicants, Date day) {
  std::vector<AwardCandidate> candidates;
  for (const Applicant& applicant : applicants) {
    AwardCandidate candidate{applicant.scored->staff, false,
                             {check_veto(applicant), check_bar(applicant, day), check_grade(rules, terms, applicant), check_visit(terms, applicant), check_missing(applicant)}};
    candidate.eligible = std::all_of(candidate.checks.begin(), candidate.checks.end(), [](const AwardCheck& check) { return check.passed; });
    candidates.push_back(std::move(candidate));
  }
  return candidates;
}

}  // namespace shide::appraisal
