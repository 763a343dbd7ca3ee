#include "appraisal/findings.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

Phrase why_not(const RuleSet& rules, const EventFact& fact) {
  if (!rules.event(fact.key)) return {"score.ignored.unknown", {{"event", fact.key}}};
  if (!fact.verified) return {"score.ignored.unverified"};
  if (fact.decided_by.empty()) return {"score.ignored.no_decider"};
  if (fact.document.empty()) return {"score.ignored.no_document"};
  return {};
}

// Sets the line to `points` and says by which finding; a line that was missing or not applicable is counted from now on.
void set_points(ScoreLine& line, Decimal points, std::string_view code, const CountedFinding& finding) {
  Phrase because{std::string(code), {{"finding", finding_phrase(finding)}, {"was", line.points.to_text()}, {"cost", cost_of(finding).to_text()}, {"points", points.to_text()}}};
  line.because = line.state == LineState::kCounted ? followed_by(line.because, because) : because;
  line.state = LineState::kCounted;
  line.points = points;
}

Decimal lowered(const ScoreLine& line, Decimal cost) { return std::max(line.points - cost, std::min(line.points, Decimal())); }

Date months_later(Date from, int months) {
  YearMonthDay day = calendar(from);
  int month = day.month - 1 + months;
  for (int last = day.day; last > 27; --last) {
    if (auto date = make_date(day.year + month / 12, month % 12 + 1, last)) return *date;
  }
  return make_date(day.year + month / 12, month % 12 + 1, day.day).value_or(from);
}

// A school year ends on 31 August.
std::optional<Date> school_year_end(Date day) {
  YearMonthDay parts = calendar(day);
  return make_date(parts.month >= 9 ? parts.year + 1 : parts.year, 8, 31);
}

}  // namespace

Findings sort_findings(const RuleSet& rules, const Facts& facts) {
  Findings findings;
  for (const EventFact& fact : facts.events) {
    Phrase reason = why_not(rules, fact);
    if (reason.empty()) findings.counted.push_back({rules.event(fact.key), &fact});
    else findings.ignored.push_back({fact.key, std::move(reason)});
  }
  return findings;
}

Phrase finding_phrase(const CountedFinding& finding) {
  return {"score.finding", {{"event", finding.rule->label}, {"document", finding.fact->document}, {"decided_by", finding.fact->decided_by}}};
}

Decimal cost_of(const CountedFinding& finding) {
  if (!finding.rule->least) return -finding.rule->points;
  return std::clamp(finding.fact->points.value_or(*finding.rule->least), *finding.rule->least, *finding.rule->most);
}

void apply_to_item(const Findings& findings, ScoreLine& line) {
  for (const CountedFinding& finding : findings.counted) {
    if (finding.rule->item != line.criterion) continue;
    if (finding.rule->effect == Effect::kZeroItem) set_points(line, {}, "score.zeroed", finding);
    if (line.state != LineState::kCounted) continue;
    if (finding.rule->effect == Effect::kHalveItem) set_points(line, line.points / Decimal::from_integer(2), "score.halved", finding);
    if (finding.rule->effect == Effect::kDeduct) set_points(line, lowered(line, cost_of(finding)), "score.deducted", finding);
  }
}

void apply_to_component(const Findings& findings, ScoreLine& line) {
  for (const CountedFinding& finding : findings.counted) {
    if (finding.rule->component != line.criterion || !finding.rule->item.empty()) continue;
    if (finding.rule->effect == Effect::kZeroComponent) set_points(line, {}, "score.zeroed", finding);
    if (line.state != LineState::kCounted) continue;
    if (finding.rule->effect == Effect::kDeduct) set_points(line, lowered(line, cost_of(finding)), "score.deducted", finding);
  }
}

std::optional<Date> bar_end(const RuleSet& rules, const CountedFinding& finding) {
  if (finding.rule->bar == Bar::kThisYear) {
    if (rules.year_ends) return rules.year_ends;
    return finding.fact->decided_on ? school_year_end(*finding.fact->decided_on) : std::nullopt;
  }
  auto sanction = std::find_if(rules.sanctions.begin(), rules.sanctions.end(), [&](const Sanction& each) { return each.name == finding.fact->sanction; });
  if (sanction == rules.sanctions.end() || !finding.fact->decided_on) return std::nullopt;
  return months_later(*finding.fact->decided_on, sanction->months);
}

}  // namespace shide::appraisal
