#include "appraisal/score.h"

#include <algorithm>

#include "appraisal/aggregate.h"
#include "appraisal/measure.h"

namespace shide::appraisal {
namespace {

// A part of the total before it is weighed: its line still stands on its own scale.
struct Part {
  ScoreLine line;
  Decimal weight;
  bool redistribute = false;  // when missing
  bool is_direct = false;     // an item directly under the scheme: its points are points of the base
};

template <class Map>
typename Map::mapped_type fact_for(const Map& facts, const std::string& key) {
  auto found = facts.find(key);
  return found == facts.end() ? typename Map::mapped_type{} : found->second;
}

std::string percent_of(Decimal weight, Decimal base) { return Decimal::ratio(weight, Decimal::from_integer(100), base).to_text(); }

class Scorer {
 public:
  Scorer(const RuleSet& rules, const Facts& facts) : rules_(rules), facts_(facts), findings_(sort_findings(rules, facts)) {
    scored_.staff = facts.staff;
    scored_.show_places = rules.show_places;
    scored_.ignored = findings_.ignored;
  }

  Scored run() {
    std::vector<Part> parts = collect_parts();
    weigh(parts);
    for (Part& part : parts) scored_.lines.push_back(std::move(part.line));
    for (const ScoreLine& line : scored_.lines) {
      if (line.state == LineState::kCounted) scored_.total += line.points;
    }
    deduct_from_total();
    if (scored_.complete) scored_.grade = grade_of(scored_.rounded_total());
    apply_vetoes();
    return std::move(scored_);
  }

 private:
  std::vector<Part> collect_parts() {
    std::vector<Part> parts;
    for (const Component& component : rules_.components) {
      if (!applies_to(component.only_for, facts_.population)) continue;
      parts.push_back({component_line(component), component.weight, component.if_missing == WhenMissing::kRedistribute});
      if (component.reference_only && parts.back().line.state != LineState::kNotApplicable) parts.back().line.state = LineState::kReferenceOnly;
    }
    for (const Item& item : rules_.items) {
      if (applies_to(item.only_for, facts_.population)) parts.push_back({item_line(item), item.max, false, true});
    }
    return parts;
  }

  ScoreLine item_line(const Item& item) {
    ScoreLine line = measure(item, fact_for(facts_.items, item.key));
    apply_to_item(findings_, line);
    return line;
  }

  ScoreLine component_line(const Component& component) {
    ScoreLine line = component.items.empty() ? aggregate(component, fact_for(facts_.components, component.key)) : line_of_items(component);
    apply_to_component(findings_, line);
    return line;
  }

  ScoreLine line_of_items(const Component& component) {
    ScoreLine line{component.key, component.label, LineState::kCounted, {}, component.max, {}};
    bool nothing_applies = std::any_of(component.items.begin(), component.items.end(), [&](const Item& item) {
      return all_excused(item, fact_for(facts_.items, item.key));
    });
    Decimal sum, reachable;
    int counted = 0;
    for (const Item& item : component.items) {
      if (!applies_to(item.only_for, facts_.population)) continue;
      ScoreLine inner = item_line(item);
      if (nothing_applies && !zeroed(item)) inner = {item.key, item.label, LineState::kNotApplicable, {}, item.max, {"score.na.declined"}};
      if (inner.state == LineState::kMissing) line.state = LineState::kMissing;
      if (inner.state == LineState::kCounted) sum += inner.points, reachable += inner.max, ++counted;
      line.items.push_back(std::move(inner));
    }
    if (line.state == LineState::kMissing) {
      line.because = {"score.missing.items"};
    } else if (reachable.is_zero()) {
      line.state = LineState::kNotApplicable;
      line.because = {nothing_applies ? "score.na.component_declined" : "score.na.component"};
    } else {
      line.points = std::max(Decimal::ratio(sum, component.max, reachable), Decimal());
      line.because = {"score.items", {{"count", counted}, {"sum", sum.to_text()}, {"reachable", reachable.to_text()}, {"scale", component.max.to_text()}, {"value", line.points.to_text()}}};
    }
    return line;
  }

  bool zeroed(const Item& item) const {
    return std::any_of(findings_.counted.begin(), findings_.counted.end(), [&](const CountedFinding& finding) {
      return finding.rule->effect == Effect::kZeroItem && finding.rule->item == item.key;
    });
  }

  // Brings every line to points of the base. What does not apply, or may be redistributed when missing, gives its weight to
  // the others in proportion; what is missing for good keeps its weight, and the score waits for it.
  void weigh(std::vector<Part>& parts) {
    Decimal full, available;
    std::vector<Phrase> given_up;
    for (Part& part : parts) {
      remember_absent(part.line);
      if (part.line.state == LineState::kReferenceOnly) continue;
      full += part.weight;
      bool gives_up = part.line.state == LineState::kNotApplicable || (part.line.state == LineState::kMissing && part.redistribute);
      if (gives_up) given_up.push_back(part.line.label);
      else available += part.weight;
      if (part.line.state == LineState::kMissing && !part.redistribute) scored_.complete = false;
    }
    // Nothing but excused and redistributed parts: there is no score to propose.
    if (available.is_zero() && full > Decimal()) scored_.complete = false;
    for (Part& part : parts) weigh_one(part, full, available, given_up);
  }

  void weigh_one(Part& part, Decimal full, Decimal available, const std::vector<Phrase>& given_up) {
    ScoreLine& line = part.line;
    bool shares = available != full && available > Decimal();
    Decimal share = shares ? Decimal::ratio(part.weight, full, available) : part.weight;
    if (line.state == LineState::kReferenceOnly) {
      line.because = followed_by(line.because, {"score.reference_only"});
    } else if (line.state == LineState::kNotApplicable && !part.is_direct) {
      line.because = followed_by(line.because, {"score.given_up", {{"weight", percent_of(part.weight, rules_.base)}}});
    } else if (line.state == LineState::kMissing) {
      line.because = followed_by(line.because, missing_tail(part));
    } else if (line.state == LineState::kCounted && part.is_direct) {
      if (shares) line.points = Decimal::ratio(line.points, full, available);
      if (shares) line.because = followed_by(line.because, {"score.scaled", {{"list", listed(given_up)}, {"full", full.to_text()}, {"available", available.to_text()}, {"points", line.points.to_text()}}});
    } else if (line.state == LineState::kCounted) {
      Decimal value = line.points;
      line.points = Decimal::ratio(value, share, line.max);
      Phrase tail{shares ? "score.weight_changed" : "score.weight",
                  {{"weight", percent_of(part.weight, rules_.base)}, {"share", share.to_text()}, {"list", listed(given_up)},
                   {"value", value.to_text()}, {"max", line.max.to_text()}, {"points", line.points.to_text()}}};
      line.because = followed_by(line.because, std::move(tail));
    }
    if (!part.is_direct) line.max = share;
  }

  Phrase missing_tail(const Part& part) const {
    if (part.redistribute) return {"score.given_up", {{"weight", percent_of(part.weight, rules_.base)}}};
    const Component* component = rules_.component(part.line.criterion);
    bool by_committee = component && component->if_missing == WhenMissing::kCommittee;
    return {by_committee ? "score.waits_for_committee" : "score.waits"};
  }

  void remember_absent(const ScoreLine& line) {
    bool inner = false;
    for (const ScoreLine& item : line.items) {
      bool lacks = line.state == LineState::kMissing && item.state == LineState::kMissing;
      if (lacks) scored_.missing.push_back(item.criterion), inner = true;
      if (item.state == LineState::kNotApplicable) scored_.not_applicable.push_back(item.criterion);
    }
    if (line.state == LineState::kMissing && !inner) scored_.missing.push_back(line.criterion);
    if (line.state == LineState::kNotApplicable && line.items.empty()) scored_.not_applicable.push_back(line.criterion);
  }

  // A deduction without component or item acts on the total, down to zero and no further.
  void deduct_from_total() {
    for (const CountedFinding& finding : findings_.counted) {
      bool on_total = finding.rule->effect == Effect::kDeduct && finding.rule->component.empty() && finding.rule->item.empty();
      if (!on_total) continue;
      Decimal cost = std::min(cost_of(finding), std::max(scored_.total, Decimal()));
      scored_.total -= cost;
      scored_.lines.push_back({finding.rule->key, finding.rule->label, LineState::kCounted, -cost, {},
                               {"score.total_deducted", {{"finding", finding_phrase(finding)}, {"cost", cost.to_text()}}}});
    }
  }

  std::string grade_of(Decimal total) const {
    for (const Grade& grade : rules_.grades) {
      if (total >= grade.from) return grade.name;
    }
    return rules_.grades.empty() ? std::string() : rules_.grades.back().name;
  }

  // The worst of what the findings allow; each veto is also a line, so that it is read where the points are read.
  void apply_vetoes() {
    for (const CountedFinding& finding : findings_.counted) {
      const EventRule& rule = *finding.rule;
      if (!rule.opens.empty()) scored_.opens.push_back(rule.opens);
      bool forces = rule.effect == Effect::kForceGrade;
      if (rule.bar != Bar::kNone) bar_awards(finding);
      if (!forces && rule.cap_grade.empty() && rule.bar == Bar::kNone) continue;
      Veto veto{rule.key, forces ? rule.grade : rule.cap_grade, forces, {}};
      std::string code = forces ? "score.veto.forced" : veto.grade.empty() ? "score.veto.barred" : "score.veto.capped";
      veto.because = {code, {{"finding", finding_phrase(finding)}, {"grade", veto.grade}}};
      if (rule.bar != Bar::kNone) veto.because = followed_by(veto.because, bar_phrase(finding));
      if (!veto.grade.empty()) lower_grade(veto);
      scored_.lines.push_back({rule.key, rule.label, LineState::kCounted, {}, {}, veto.because});
      scored_.vetoes.push_back(std::move(veto));
    }
  }

  void lower_grade(const Veto& veto) {
    if (veto.forced && scored_.grade.empty()) scored_.grade = veto.grade;
    auto now = rules_.rank(scored_.grade), bound = rules_.rank(veto.grade);
    bool known = now && bound;
    if ((known && *bound > *now) || (veto.forced && !known)) scored_.grade = veto.grade;
  }

  void bar_awards(const CountedFinding& finding) {
    std::optional<Date> end = bar_end(rules_, finding);
    if (!scored_.bar) scored_.bar = AwardBar{end};
    else if (!end || !scored_.bar->until) scored_.bar->until.reset();
    else scored_.bar->until = std::max(*scored_.bar->until, *end);
  }

  Phrase bar_phrase(const CountedFinding& finding) const {
    std::optional<Date> end = bar_end(rules_, finding);
    if (end) return {"score.veto.until", {{"date", to_text(*end)}}};
    return {"score.veto.until_decided"};
  }

  const RuleSet& rules_;
  const Facts& facts_;
  Findings findings_;
  Scored scored_;
};

}  // namespace

const ScoreLine* Scored::line(std::string_view criterion) const {
  for (const ScoreLine& each : lines) {
    if (each.criterion == criterion) return &each;
    for (const ScoreLine& item : each.items) {
      if (item.criterion == criterion) return &item;
    }
  }
  return nullptr;
}

Scored score(const RuleSet& rules, const Facts& facts) { return Scorer(rules, facts).run(); }

}  // namespace shide::appraisal
