#include "appraisal/aggregate.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

Decimal whole(std::size_t count) { return Decimal::from_integer(static_cast<std::int64_t>(count)); }

std::size_t dropped_ballots(const Component& component, std::size_t count) {
  if (component.aggregate != Aggregate::kTrimmedMean) return 0;
  Decimal share = Decimal::ratio(whole(count), component.trim_low_percent, Decimal::from_integer(100));
  Decimal dropped = component.trim_rounding == Rounding::kFloor ? share.floor() : component.trim_rounding == Rounding::kCeil ? share.ceil() : share.rounded(0);
  return std::min(static_cast<std::size_t>(dropped.units() / 10'000), count - 1);
}

ScoreLine too_few(ScoreLine line, std::size_t count, int needed) {
  line.because = {"score.missing.ballots", {{"count", count}, {"needed", needed}}};
  return line;
}

ScoreLine from_ballots(const Component& component, std::vector<Decimal> ballots, ScoreLine line) {
  if (ballots.size() < static_cast<std::size_t>(std::max(component.min_ballots, 1))) return too_few(line, ballots.size(), component.min_ballots);
  std::sort(ballots.begin(), ballots.end());
  std::size_t dropped = dropped_ballots(component, ballots.size());
  Decimal sum;
  for (std::size_t i = dropped; i < ballots.size(); ++i) sum += ballots[i];
  line.points = sum / whole(ballots.size() - dropped);
  line.state = LineState::kCounted;
  if (ballots.size() == 1) {
    line.because = {"score.value", {{"value", line.points.to_text()}}};
  } else {
    line.because = {dropped ? "score.trimmed" : "score.mean", {{"count", ballots.size()}, {"dropped", dropped}, {"left", ballots.size() - dropped},
                                                               {"sum", sum.to_text()}, {"value", line.points.to_text()}}};
  }
  return line;
}

}  // namespace

ScoreLine aggregate(const Component& component, const ComponentFact& fact) {
  ScoreLine line{component.key, component.label, LineState::kMissing, {}, component.max, {"score.missing.no_fact"}};
  if (!fact.not_applicable.empty()) {
    line.state = LineState::kNotApplicable;
    line.because = {"score.na.said", {{"reason", named("reason", fact.not_applicable)}}};
    return line;
  }
  if (!fact.ballots.empty()) return from_ballots(component, fact.ballots, std::move(line));
  if (!fact.value) return line;
  // A total somebody else has drawn up: its ballots are counted where they are told, and said to be unknown where not.
  if (fact.ballot_count && *fact.ballot_count < component.min_ballots) {
    return too_few(line, static_cast<std::size_t>(std::max(*fact.ballot_count, 0)), component.min_ballots);
  }
  bool by_ballots = component.aggregate == Aggregate::kMean || component.aggregate == Aggregate::kTrimmedMean;
  line.state = LineState::kCounted;
  line.points = *fact.value;
  if (!by_ballots) line.because = {"score.value", {{"value", fact.value->to_text()}}};
  else if (fact.ballot_count) line.because = {"score.imported", {{"count", *fact.ballot_count}, {"value", fact.value->to_text()}}};
  else line.because = {"score.imported_uncounted", {{"value", fact.value->to_text()}}};
  return line;
}

}  // namespace shide::appraisal
