#include "appraisal/guardrails.h"

#include <algorithm>
#include <stdexcept>

#include "base/resource.h"
#include "base/text.h"

namespace shide::appraisal {
namespace {

struct Trace {
  std::string kind;
  std::vector<std::string> words, titles;
  bool only_if_paid = false;
};

struct Traces {
  std::vector<Trace> kinds;
  std::vector<std::string> visits;
};

std::vector<std::string> blank_separated(std::string_view text) {
  std::vector<std::string> words;
  for (std::string_view word : split(text, ' ')) {
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

// An unreadable list stops the program at its first rule set: without it every rule would pass.
Traces read_traces() {
  constexpr std::string_view kPath = "schema/rules/traces.info";
  InfoEntry file = parse_info(resource(kPath).value_or(""), kPath).value();
  Traces traces;
  for (const InfoEntry& entry : file.child("trace") ? file.child("trace")->children : std::vector<InfoEntry>{}) {
    traces.kinds.push_back({entry.key, blank_separated(entry.text("words")), blank_separated(entry.text("titles")),
                            entry.text("only_if_paid") == "true"});
  }
  if (file.child("visits")) traces.visits = blank_separated(file.child("visits")->text("words"));
  if (traces.kinds.empty() || traces.visits.empty()) throw std::runtime_error("schema/rules/traces.info: no words in it");
  return traces;
}

const Traces& traces() {
  static const Traces kTraces = read_traces();
  return kTraces;
}

// "photo_count" holds the words "photo", "count", "photo_count"; "photography" holds none of ours.
bool holds_word(std::string_view name, const std::vector<std::string>& words) {
  std::string spaced = "_" + replace_all(lower_ascii(name), "-", "_") + "_";
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return spaced.find("_" + word + "_") != std::string::npos; });
}

bool holds_title(std::string_view title, const std::vector<std::string>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return title.find(part) != std::string_view::npos; });
}

bool earns(const Item& item) {
  if (item.ratio || item.choice || item.rated || item.band || !item.late.empty()) return true;
  return std::any_of(item.per_event.begin(), item.per_event.end(), [](const PerEvent& line) { return line.points > Decimal(); });
}

std::vector<std::string> names_in(const Item& item) {
  std::vector<std::string> names = {item.key};
  if (item.ratio) names.insert(names.end(), {item.ratio->of, item.ratio->over});
  if (item.band) names.push_back(item.band->of);
  for (const PerEvent& line : item.per_event) names.push_back(line.of);
  for (const Tiered& line : item.tiered) names.push_back(line.of);
  if (item.shortfall) names.push_back(item.shortfall->of);
  if (item.minimum && !item.minimum->points_each.is_zero()) names.push_back(item.minimum->of);
  for (std::string_view part : split(item.rubric, ',')) names.emplace_back(trim(part));
  return names;
}

void refuse_trace(const InfoEntry& entry, std::string_view key, const std::string& trace, RuleReader& reader) {
  reader.refuse(entry, {"rules.pays", {{"line", key}, {"why", Phrase{"rules.trace." + trace}}}});
}

// A visit is paid as a share of the assignment only: by the piece, the next one would always pay.
bool pays_by_the_visit(const Item& item) {
  if (item.band && holds_word(item.band->of, traces().visits)) return true;
  return std::any_of(item.per_event.begin(), item.per_event.end(), [](const PerEvent& line) {
    return line.points > Decimal() && holds_word(line.of, traces().visits);
  });
}

Decimal lateness_cost(const Item& item, Decimal worth) {
  if (item.late.empty() || item.max <= Decimal()) return {};
  return Decimal::ratio(item.max - item.late.back().points, worth, item.max);
}

}  // namespace

std::string trace_paid_for(std::string_view name, std::string_view title, bool earns_points) {
  for (const Trace& trace : traces().kinds) {
    if (trace.only_if_paid && !earns_points) continue;
    if (holds_word(name, trace.words) || holds_title(title, trace.titles)) return trace.kind;
  }
  return {};
}

void refuse_traces(const InfoEntry& entry, const Item& item, RuleReader& reader) {
  std::string title = entry.text("title");
  for (const std::string& name : names_in(item)) {
    std::string trace = trace_paid_for(name, title + item.rubric, earns(item));
    if (!trace.empty()) return refuse_trace(entry, item.key, trace, reader);
  }
  if (pays_by_the_visit(item)) return refuse_trace(entry, item.key, "surplus", reader);
  for (const LateStep& step : item.late) {
    if (step.days && *step.days < Decimal()) return refuse_trace(entry, item.key, "early", reader);
  }
}

void refuse_traces(const InfoEntry& entry, const Component& component, RuleReader& reader) {
  std::string trace = trace_paid_for(component.key, entry.text("title"));
  if (!trace.empty()) refuse_trace(entry, component.key, trace, reader);
}

void refuse_costly_lateness(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader) {
  if (rules.base <= Decimal()) return;
  Decimal cost;
  for (const Item& item : rules.items) cost += lateness_cost(item, item.max);
  for (const Component& component : rules.components) {
    if (component.max <= Decimal()) continue;
    for (const Item& item : component.items) cost += lateness_cost(item, Decimal::ratio(item.max, component.weight, component.max));
  }
  Decimal of_hundred = Decimal::ratio(cost, Decimal::from_integer(100), rules.base);
  if (of_hundred > Decimal::from_integer(10)) reader.refuse(scheme, {"rules.lateness", {{"cost", of_hundred.to_text()}}});
}

}  // namespace shide::appraisal
