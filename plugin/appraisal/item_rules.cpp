#include "appraisal/item_rules.h"

#include <algorithm>

#include "appraisal/guardrails.h"
#include "base/text.h"

namespace shide::appraisal {
namespace {

Ratio read_ratio(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"of", "over", "target", "tolerance", "excused", "cap"});
  Ratio ratio{reader.needed(entry, "of"), entry.text("over"), reader.number(entry, "target", {}), reader.number(entry, "tolerance", {}),
              reader.list(entry, "excused")};
  if (ratio.over.empty() && ratio.target <= Decimal()) reader.refuse(entry, {"rules.needs", {{"key", "over"}, {"inside", entry.key}}});
  if (ratio.tolerance < Decimal()) reader.refuse(entry, {"rules.negative", {{"key", "tolerance"}}});
  // More than the assignment is never paid: a share above one is not a matter of taste.
  const InfoEntry* cap = entry.child("cap");
  if (cap && (cap->value == "none" || reader.own_number(*cap) > Decimal::from_integer(1))) {
    reader.refuse(*cap, {"rules.pays", {{"line", ratio.of}, {"why", Phrase{"rules.trace.surplus"}}}});
  }
  return ratio;
}

Choice read_choice(const InfoEntry& entry, const Item& item, RuleReader& reader) {
  Choice choice;
  for (const InfoEntry& answer : entry.children) {
    Decimal points = reader.own_number(answer);
    bool is_new = std::none_of(choice.points.begin(), choice.points.end(), [&](auto& known) { return known.first == answer.key; });
    if (!is_new) reader.refuse(answer, {"rules.repeated_key", {{"key", answer.key}}});
    if (points < Decimal() || points > item.max) reader.refuse(answer, {"rules.points_outside", {{"points", points.to_text()}, {"max", item.max.to_text()}}});
    choice.points.emplace_back(answer.key, points);
  }
  if (choice.points.size() < 2) reader.refuse(entry, {"rules.choice_short"});
  return choice;
}

Rated read_rated(const InfoEntry& entry, const Item& item, RuleReader& reader) {
  reader.allow(entry, {"raters", "from", "to", "aggregate"});
  reader.one_of(entry, "aggregate", {"mean"}, 0);
  Rated rated{reader.count(entry, "raters", 1), reader.number(entry, "from", {}), reader.number(entry, "to", item.max)};
  if (rated.raters < 1) reader.refuse(entry, {"rules.not_a_count", {{"key", "raters"}, {"value", "0"}}});
  if (rated.from < Decimal() || rated.to > item.max || rated.from >= rated.to) {
    reader.refuse(entry, {"rules.points_outside", {{"points", rated.from.to_text() + ".." + rated.to.to_text()}, {"max", item.max.to_text()}}});
  }
  return rated;
}

// Days rise, points never do, and the last step is "after": no day is without an answer, and no day is paid for being early.
std::vector<LateStep> read_late(const std::vector<const InfoEntry*>& entries, const Item& item, RuleReader& reader) {
  std::vector<LateStep> steps;
  for (const InfoEntry* entry : entries) {
    reader.allow(*entry, {"days", "points"});
    LateStep step;
    if (entry->text("days") != "after") step.days = reader.needed_number(*entry, "days");
    step.points = reader.needed_number(*entry, "points");
    if (step.points < Decimal() || step.points > item.max) {
      reader.refuse(*entry, {"rules.points_outside", {{"points", step.points.to_text()}, {"max", item.max.to_text()}}});
    }
    bool follows = steps.empty() || (steps.back().days && (!step.days || *step.days > *steps.back().days) && step.points <= steps.back().points);
    if (!follows) reader.refuse(*entry, {"rules.late_order"});
    steps.push_back(step);
  }
  if (!steps.empty() && steps.back().days) reader.refuse(*entries.back(), {"rules.late_open"});
  if (!steps.empty() && steps.front().points != item.max) reader.refuse(*entries.front(), {"rules.late_full", {{"max", item.max.to_text()}}});
  return steps;
}

Band read_band(const InfoEntry& entry, const Item& item, RuleReader& reader) {
  reader.allow(entry, {"of"}, {"step"});
  Band band{reader.needed(entry, "of"), {}};
  for (const InfoEntry* step : entry.all("step")) {
    reader.allow(*step, {"from", "points", "min", "max"});
    Decimal points = reader.number(*step, "points", {});
    BandStep read{reader.needed_number(*step, "from"), reader.number(*step, "min", points), reader.number(*step, "max", points)};
    if (read.least > read.most || read.least < Decimal() || read.most > item.max) {
      reader.refuse(*step, {"rules.points_outside", {{"points", read.most.to_text()}, {"max", item.max.to_text()}}});
    }
    if (!band.steps.empty() && read.from >= band.steps.back().from) reader.refuse(*step, {"rules.band_order"});
    band.steps.push_back(read);
  }
  if (band.steps.empty() || !band.steps.back().from.is_zero()) reader.refuse(entry, {"rules.band_open"});
  return band;
}

PerEvent read_per_event(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"of", "points"});
  PerEvent line{reader.needed(entry, "of"), reader.needed_number(entry, "points")};
  if (line.points.is_zero()) reader.refuse(entry, {"rules.zero_points"});
  return line;
}

Tiered read_tiered(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"of"}, {"step"});
  Tiered tiered{reader.needed(entry, "of"), {}};
  Decimal reached;
  bool open = true;
  for (const InfoEntry* step : entry.all("step")) {
    reader.allow(*step, {"upto", "above", "points"});
    TierStep read{reader.number(*step, "above", reached), reader.maybe_number(*step, "upto"), reader.needed_number(*step, "points")};
    if (!open) reader.refuse(*step, {"rules.tier_after_last"});
    if (read.above > reached) reader.refuse(*step, {"rules.tier_gap", {{"from", reached.to_text()}, {"to", read.above.to_text()}}});
    if (read.above < reached) reader.refuse(*step, {"rules.tier_overlap", {{"from", read.above.to_text()}, {"to", reached.to_text()}}});
    if (read.upto && *read.upto <= read.above) reader.refuse(*step, {"rules.tier_overlap", {{"from", read.upto->to_text()}, {"to", read.above.to_text()}}});
    if (read.points > Decimal()) reader.refuse(*step, {"rules.cost_sign"});
    open = read.upto.has_value();
    if (read.upto) reached = *read.upto;
    tiered.steps.push_back(read);
  }
  if (tiered.steps.empty() || open) reader.refuse(entry, {"rules.tier_open"});
  return tiered;
}

ShortfallCase read_case(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"value", "term", "ratio"});
  ShortfallCase read{reader.needed(entry, "value"), entry.text("term", "any"), Decimal::from_integer(1), Decimal::from_integer(1)};
  std::string ratio = reader.needed(entry, "ratio");
  std::vector<std::string_view> parts = split(ratio, '/');
  auto above = Decimal::parse(trim(parts.front()));
  auto below = parts.size() == 2 ? Decimal::parse(trim(parts.back())) : Decimal::from_integer(1);
  if (!above || !below || parts.size() > 2 || *below <= Decimal() || *above < Decimal()) {
    reader.refuse(entry, {"rules.not_a_number", {{"key", "ratio"}, {"value", ratio}}});
  } else if (*above > *below) {
    reader.refuse(entry, {"rules.ratio_above_one"});
  } else {
    read.numerator = *above;
    read.denominator = *below;
  }
  return read;
}

Shortfall read_shortfall(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"of", "target_by", "size_of", "rounding", "points_each"}, {"when"});
  Shortfall shortfall{reader.needed(entry, "of"), reader.needed(entry, "target_by"), entry.text("size_of", "class_size"),
                      reader.rounding(entry, "rounding", Rounding::kCeil), reader.needed_number(entry, "points_each"), {}};
  if (shortfall.points_each >= Decimal()) reader.refuse(entry, {"rules.cost_sign"});
  for (const InfoEntry* entry_case : entry.all("when")) {
    ShortfallCase read = read_case(*entry_case, reader);
    for (const ShortfallCase& known : shortfall.cases) {
      bool meets = known.value == read.value && (known.term == read.term || known.term == "any" || read.term == "any");
      if (meets) reader.refuse(*entry_case, {"rules.case_twice", {{"value", read.value}, {"term", read.term}}});
    }
    shortfall.cases.push_back(read);
  }
  if (shortfall.cases.empty()) reader.refuse(entry, {"rules.needs", {{"key", "when"}, {"inside", entry.key}}});
  return shortfall;
}

Minimum read_minimum(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"of", "per_month", "per_term", "points_each"});
  Minimum minimum{reader.needed(entry, "of"), reader.maybe_number(entry, "per_month"), reader.maybe_number(entry, "per_term"),
                  reader.number(entry, "points_each", {})};
  if (minimum.points_each > Decimal()) reader.refuse(entry, {"rules.cost_sign"});
  if (!minimum.per_month && !minimum.per_term) reader.refuse(entry, {"rules.needs", {{"key", "per_term"}, {"inside", entry.key}}});
  return minimum;
}

std::vector<Cap> read_caps(const InfoEntry* entry, const Item& item, RuleReader& reader) {
  std::vector<Cap> caps;
  for (const InfoEntry& cap : entry ? entry->children : std::vector<InfoEntry>{}) {
    caps.push_back({cap.key, reader.own_number(cap)});
    if (caps.back().points < Decimal() || caps.back().points > item.max) {
      reader.refuse(cap, {"rules.points_outside", {{"points", caps.back().points.to_text()}, {"max", item.max.to_text()}}});
    }
  }
  return caps;
}

void read_bounds(const InfoEntry& entry, Item& item, RuleReader& reader) {
  item.max = reader.needed_number(entry, "max");
  item.floor = reader.number(entry, "floor", {});
  if (item.max < Decimal()) reader.refuse(*entry.child("max"), {"rules.negative", {{"key", "max"}}});
  if (item.floor > item.max) reader.refuse(entry, {"rules.floor_above_max"});
}

void read_counted(const InfoEntry& entry, Item& item, RuleReader& reader) {
  for (const InfoEntry* line : entry.all("per_event")) item.per_event.push_back(read_per_event(*line, reader));
  for (const InfoEntry* line : entry.all("tiered")) item.tiered.push_back(read_tiered(*line, reader));
  if (const InfoEntry* line = entry.child("shortfall")) item.shortfall = read_shortfall(*line, reader);
  if (const InfoEntry* line = entry.child("minimum")) item.minimum = read_minimum(*line, reader);
  // What is only taken away starts from the top, what is earned by the piece from nothing.
  bool earns = std::any_of(item.per_event.begin(), item.per_event.end(), [](const PerEvent& line) { return line.points > Decimal(); });
  item.start = reader.number(entry, "start", earns ? Decimal() : item.max);
  if (item.start < item.floor || item.start > item.max) {
    reader.refuse(entry, {"rules.points_outside", {{"points", item.start.to_text()}, {"max", item.max.to_text()}}});
  }
}

void refuse_mixed_ways(const InfoEntry& entry, const Item& item, RuleReader& reader) {
  int ways = item.ratio.has_value() + item.choice.has_value() + item.rated.has_value() + item.band.has_value() + !item.late.empty();
  bool counted = !item.per_event.empty() || !item.tiered.empty() || item.shortfall || item.minimum;
  if (ways + counted == 0) reader.refuse(entry, {"rules.no_way", {{"item", item.key}}});
  if (ways + counted > 1) reader.refuse(entry, {"rules.two_ways", {{"item", item.key}}});
}

}  // namespace

Item read_item(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"key", "title", "max", "floor", "start", "only_for", "chosen_by", "rubric", "credit_shared", "team_max", "if_zero",
                       "ratio", "choice", "rated", "band", "shortfall", "minimum", "cap_if", "evidence", "entered_by"},
               {"late", "per_event", "tiered"});
  Item item;
  item.key = reader.own_key(entry);
  item.label = criterion_label(item.key, entry.text("title"));
  read_bounds(entry, item, reader);
  item.only_for = reader.list(entry, "only_for");
  item.chosen_by = entry.text("chosen_by");
  item.rubric = entry.text("rubric");
  item.credit_shared = entry.text("credit_shared");
  reader.one_of(entry, "credit_shared", {"full_each"}, 0);
  item.team_max = reader.count(entry, "team_max", 0);
  item.zero_is_missing = reader.one_of(entry, "if_zero", {"not_applicable", "missing"}, 0) == 1;
  if (const InfoEntry* way = entry.child("ratio")) item.ratio = read_ratio(*way, reader);
  if (const InfoEntry* way = entry.child("choice")) item.choice = read_choice(*way, item, reader);
  if (const InfoEntry* way = entry.child("rated")) item.rated = read_rated(*way, item, reader);
  if (const InfoEntry* way = entry.child("band")) item.band = read_band(*way, item, reader);
  item.late = read_late(entry.all("late"), item, reader);
  item.cap_if = read_caps(entry.child("cap_if"), item, reader);
  read_counted(entry, item, reader);
  refuse_mixed_ways(entry, item, reader);
  refuse_traces(entry, item, reader);
  return item;
}

}  // namespace shide::appraisal
