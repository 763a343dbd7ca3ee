#include "appraisal/measure.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

std::optional<Decimal> number_of(const ItemFact& fact, const std::string& name) {
  auto found = fact.numbers.find(name);
  if (found == fact.numbers.end()) return std::nullopt;
  return found->second;
}

std::string word_of(const ItemFact& fact, const std::string& name) {
  auto found = fact.words.find(name);
  return found == fact.words.end() ? std::string() : found->second;
}

ScoreLine blank(const Item& item) { return {item.key, item.label, LineState::kMissing, {}, item.max, {"score.missing.no_fact"}}; }

ScoreLine lacking(const Item& item, std::string_view fact_name) {
  ScoreLine line = blank(item);
  line.because = {"score.missing.fact", {{"fact", named("fact_name", fact_name)}}};
  return line;
}

ScoreLine not_applicable(const Item& item, Phrase because) {
  return {item.key, item.label, LineState::kNotApplicable, {}, item.max, std::move(because)};
}

ScoreLine given(const Item& item, Decimal points, Phrase because) {
  return {item.key, item.label, LineState::kCounted, points, item.max, std::move(because)};
}

// Sorted by reason, so that the same facts always give the same sentence.
Phrase excused_phrase(const ItemFact& fact) {
  std::vector<Phrase> parts;
  for (const auto& [reason, count] : fact.excused) {
    if (!count.is_zero()) parts.push_back(fact_phrase("excused_" + reason, count));
  }
  return parts.empty() ? Phrase{} : Phrase{"score.excused", {{"list", listed(parts)}}};
}

Decimal excused_count(const ItemFact& fact) {
  Decimal sum;
  for (const auto& [reason, count] : fact.excused) sum += count;
  return sum;
}

ScoreLine by_ratio(const Item& item, const ItemFact& fact) {
  const Ratio& ratio = *item.ratio;
  auto over = ratio.over.empty() ? std::optional(ratio.target) : number_of(fact, ratio.over);
  if (!over) return lacking(item, ratio.over);
  Decimal due = *over - excused_count(fact);
  if (due <= Decimal() && !over->is_zero()) return not_applicable(item, {"score.na.all_excused", {{"list", excused_phrase(fact)}}});
  if (due <= Decimal() && item.zero_is_missing) return lacking(item, ratio.over);
  if (due <= Decimal()) return not_applicable(item, {"score.na.zero", {{"fact", fact_phrase(ratio.over, {})}}});
  auto of = number_of(fact, ratio.of);
  if (!of) return lacking(item, ratio.of);
  Decimal counted = std::min(*of + ratio.tolerance, due);  // never more than the assignment
  Decimal points = std::max(Decimal::ratio(counted, item.max, due), item.floor);
  Phrase facts = ratio.over.empty() ? fact_phrase("target", *over) : fact_phrase(ratio.over, *over);
  Phrase because{"score.ratio", {{"over", facts}, {"of", fact_phrase(ratio.of, *of)}, {"excused", excused_phrase(fact)},
                                 {"counted", counted.to_text()}, {"due", due.to_text()}, {"max", item.max.to_text()}, {"points", points.to_text()}}};
  if (!ratio.tolerance.is_zero()) because = followed_by(because, {"score.tolerance", {{"n", ratio.tolerance.to_text()}}});
  if (*of > due) because = followed_by(because, {"score.no_surplus"});
  return given(item, points, because);
}

ScoreLine by_choice(const Item& item, const ItemFact& fact) {
  std::string choice = word_of(fact, "choice");
  if (choice.empty()) return lacking(item, "choice");
  for (const auto& [answer, points] : item.choice->points) {
    if (answer != choice) continue;
    // The words behind an answer belong to the rule: "score.choice.v2_prep-2"; without them the answer itself is shown.
    Phrase said = named("choice", item.key + "-" + answer);
    if (said.code == "score.said") said.args.front().text = answer;
    Phrase who = named("by", item.chosen_by.empty() ? "person" : item.chosen_by);
    return given(item, points, {"score.choice_line", {{"who", who}, {"said", said}, {"points", points.to_text()}, {"max", item.max.to_text()}}});
  }
  return lacking(item, "choice");
}

Phrase numbers_phrase(const std::vector<Decimal>& numbers) {
  std::vector<Phrase> parts;
  for (Decimal number : numbers) parts.push_back({"score.said", {{"text", number.to_text()}}});
  return listed(parts);
}

ScoreLine by_ratings(const Item& item, const ItemFact& fact) {
  auto found = fact.lists.find("ratings");
  std::size_t count = found == fact.lists.end() ? 0 : found->second.size();
  if (count < static_cast<std::size_t>(item.rated->raters)) {
    ScoreLine line = blank(item);
    line.because = {"score.missing.raters", {{"count", count}, {"needed", item.rated->raters}}};
    return line;
  }
  Decimal sum;
  for (Decimal rating : found->second) sum += rating;
  Decimal mean = sum / Decimal::from_integer(static_cast<std::int64_t>(count));
  return given(item, mean, {"score.rated", {{"count", count}, {"list", numbers_phrase(found->second)}, {"points", mean.to_text()}, {"max", item.max.to_text()}}});
}

ScoreLine by_lateness(const Item& item, const ItemFact& fact) {
  auto days = number_of(fact, "days_late");
  if (!days) return lacking(item, "days_late");
  for (const LateStep& step : item.late) {
    if (step.days && *days > *step.days) continue;
    Decimal cost = item.max - step.points;
    Phrase because = *days <= Decimal() ? Phrase{"score.in_time", {{"points", step.points.to_text()}, {"max", item.max.to_text()}}}
                                        : Phrase{"score.late", {{"days", days->to_text()}, {"cost", cost.to_text()}, {"points", step.points.to_text()}, {"max", item.max.to_text()}}};
    return given(item, step.points, because);
  }
  return lacking(item, "days_late");
}

ScoreLine by_band(const Item& item, const ItemFact& fact) {
  auto value = number_of(fact, item.band->of);
  if (!value) return lacking(item, item.band->of);
  auto step = std::find_if(item.band->steps.begin(), item.band->steps.end(), [&](const BandStep& each) { return *value >= each.from; });
  if (step == item.band->steps.end()) return lacking(item, item.band->of);
  Decimal points = step->most;
  if (step->least != step->most) {
    auto chosen = number_of(fact, "points");
    if (!chosen || *chosen < step->least || *chosen > step->most) {
      ScoreLine line = blank(item);
      line.because = {"score.missing.band", {{"fact", fact_phrase(item.band->of, *value)}, {"least", step->least.to_text()}, {"most", step->most.to_text()}}};
      return line;
    }
    points = *chosen;
  }
  return given(item, points, {"score.band", {{"fact", fact_phrase(item.band->of, *value)}, {"from", step->from.to_text()}, {"points", points.to_text()}, {"max", item.max.to_text()}}});
}

Decimal rounded(Decimal value, Rounding rounding) {
  return rounding == Rounding::kFloor ? value.floor() : rounding == Rounding::kCeil ? value.ceil() : value.rounded(0);
}

// Sums what each counted line adds or takes, and remembers how, or which fact it lacked.
struct Tally {
  Decimal change;
  std::vector<Phrase> reasons;
  std::string lacks;
  void add(Decimal points, Phrase reason) {
    change += points;
    reasons.push_back(std::move(reason));
  }
};

void count_per_event(const PerEvent& line, const ItemFact& fact, Tally& tally) {
  auto count = number_of(fact, line.of);
  if (!count) return void(tally.lacks = line.of);
  if (count->is_zero()) return;
  Decimal points = *count * line.points;
  tally.add(points, {"score.each", {{"fact", fact_phrase(line.of, *count)}, {"count", count->to_text()}, {"each", line.points.to_text()}, {"points", points.to_text()}}});
}

void count_tiers(const Tiered& tiered, const ItemFact& fact, Tally& tally) {
  auto value = number_of(fact, tiered.of);
  if (!value) return void(tally.lacks = tiered.of);
  for (const TierStep& step : tiered.steps) {
    Decimal inside = (step.upto ? std::min(*value, *step.upto) : *value) - step.above;
    if (inside <= Decimal() || step.points.is_zero()) continue;
    Decimal points = inside * step.points;
    tally.add(points, {"score.tier", {{"fact", fact_phrase(tiered.of, *value)}, {"above", step.above.to_text()}, {"count", inside.to_text()}, {"each", step.points.to_text()}, {"points", points.to_text()}}});
  }
}

void count_shortfall(const Shortfall& rule, const ItemFact& fact, Tally& tally) {
  auto of = number_of(fact, rule.of), size = number_of(fact, rule.size_of);
  std::string value = word_of(fact, rule.target_by), term = word_of(fact, "term");
  if (!of) return void(tally.lacks = rule.of);
  if (!size) return void(tally.lacks = rule.size_of);
  auto match = std::find_if(rule.cases.begin(), rule.cases.end(), [&](const ShortfallCase& each) {
    return each.value == value && (each.term == "any" || each.term == term);
  });
  if (match == rule.cases.end()) return void(tally.lacks = value.empty() ? rule.target_by : "term");
  Decimal target = rounded(Decimal::ratio(*size, match->numerator, match->denominator), rule.rounding);
  Decimal shortage = std::max(target - *of, Decimal());
  Decimal points = shortage * rule.points_each;
  tally.add(points, {"score.shortfall", {{"size", fact_phrase(rule.size_of, *size)}, {"case", value},
                                         {"share", match->numerator.to_text() + "/" + match->denominator.to_text()}, {"target", target.to_text()},
                                         {"of", fact_phrase(rule.of, *of)}, {"short", shortage.to_text()}, {"each", rule.points_each.to_text()}, {"points", points.to_text()}}});
}

// By month if the facts come by month, by term from their sum.
void count_minimum(const Minimum& rule, const ItemFact& fact, Tally& tally) {
  auto months = fact.lists.find(rule.of);
  auto total = number_of(fact, rule.of);
  Decimal shortage;
  if (months != fact.lists.end()) {
    total = Decimal();
    for (Decimal month : months->second) {
      *total += month;
      if (rule.per_month) shortage += std::max(*rule.per_month - month, Decimal());
    }
  }
  if (!total) {
    if (rule.points_each.is_zero()) tally.reasons.push_back({"score.minimum_unknown", {{"fact", named("fact_name", rule.of)}}});
    else tally.lacks = rule.of;
    return;
  }
  if (rule.per_term) shortage = std::max(shortage, *rule.per_term - *total);
  Decimal points = shortage * rule.points_each;
  tally.add(points, {points.is_zero() ? "score.minimum_told" : "score.minimum_cost",
                     {{"fact", fact_phrase(rule.of, *total)}, {"short", shortage.to_text()}, {"points", points.to_text()}}});
}

ScoreLine by_counting(const Item& item, const ItemFact& fact) {
  Tally tally;
  for (const PerEvent& line : item.per_event) count_per_event(line, fact, tally);
  for (const Tiered& line : item.tiered) count_tiers(line, fact, tally);
  if (item.shortfall) count_shortfall(*item.shortfall, fact, tally);
  if (item.minimum) count_minimum(*item.minimum, fact, tally);
  if (!tally.lacks.empty()) return lacking(item, tally.lacks);
  Decimal points = std::clamp(item.start + tally.change, item.floor, item.max);
  Phrase reasons = tally.reasons.empty() ? Phrase{"score.nothing_counted"} : listed(tally.reasons);
  return given(item, points, {"score.counted", {{"reasons", reasons}, {"start", item.start.to_text()}, {"change", tally.change.to_text()}, {"points", points.to_text()},
                                                {"floor", item.floor.to_text()}, {"max", item.max.to_text()}}});
}

ScoreLine by_rule(const Item& item, const ItemFact& fact) {
  if (item.ratio) return by_ratio(item, fact);
  if (item.choice) return by_choice(item, fact);
  if (item.rated) return by_ratings(item, fact);
  if (item.band) return by_band(item, fact);
  if (!item.late.empty()) return by_lateness(item, fact);
  return by_counting(item, fact);
}

}  // namespace

bool all_excused(const Item& item, const ItemFact& fact) {
  if (!item.ratio || fact.excused.empty()) return false;
  auto over = number_of(fact, item.ratio->over);
  return over && *over > Decimal() && excused_count(fact) >= *over;
}

ScoreLine measure(const Item& item, const ItemFact& fact) {
  if (!fact.not_applicable.empty()) {
    return not_applicable(item, {"score.na.said", {{"reason", named("reason", fact.not_applicable)}}});
  }
  ScoreLine line = by_rule(item, fact);
  for (const Cap& cap : item.cap_if) {
    auto mark = fact.marks.find(cap.mark);
    bool stands = line.state == LineState::kCounted && mark != fact.marks.end() && mark->second && line.points > cap.points;
    if (!stands) continue;
    line.points = cap.points;
    line.because = followed_by(line.because, {"score.capped", {{"mark", named("mark", cap.mark)}, {"points", cap.points.to_text()}}});
  }
  return line;
}

}  // namespace shide::appraisal
