#include "appraisal/rule_set.h"

#include <algorithm>

#include "appraisal/guardrails.h"
#include "appraisal/item_rules.h"
#include "appraisal/rule_checks.h"
#include "base/digest.h"
#include "base/text.h"

namespace shide::appraisal {
namespace {

constexpr auto kHundred = Decimal::from_integer(100);

Component read_component(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"key", "title", "weight", "max", "aggregate", "min_ballots", "trim_low_percent", "trim_rounding", "split", "if_missing",
                       "reference_only", "only_for", "not_applicable", "evidence", "entered_by"},
               {"item"});
  Component component;
  component.key = reader.own_key(entry);
  component.label = criterion_label(component.key, entry.text("title"));
  component.weight = reader.needed_number(entry, "weight");
  component.max = reader.number(entry, "max", kHundred);
  component.aggregate = static_cast<Aggregate>(reader.one_of(entry, "aggregate", {"single", "mean", "trimmed_mean", "checklist"}, 0));
  component.min_ballots = reader.count(entry, "min_ballots", 1);
  component.trim_low_percent = reader.number(entry, "trim_low_percent", {});
  component.trim_rounding = reader.rounding(entry, "trim_rounding", Rounding::kFloor);
  component.if_missing = static_cast<WhenMissing>(reader.one_of(entry, "if_missing", {"missing", "redistribute", "committee"}, 0));
  component.reference_only = reader.flag(entry, "reference_only", false);
  component.only_for = reader.list(entry, "only_for");
  reader.one_of(entry, "not_applicable", {"redistribute_within_component"}, 0);
  for (const InfoEntry* item : entry.all("item")) component.items.push_back(read_item(*item, reader));

  if (component.weight < Decimal()) reader.refuse(entry, {"rules.negative", {{"key", "weight"}}});
  if (component.max <= Decimal()) reader.refuse(entry, {"rules.negative", {{"key", "max"}}});
  if (component.reference_only != component.weight.is_zero()) reader.refuse(entry, {"rules.reference_weight", {{"component", component.key}}});
  if (component.trim_low_percent < Decimal() || component.trim_low_percent >= kHundred) {
    reader.refuse(entry, {"rules.percent", {{"key", "trim_low_percent"}}});
  }
  bool trims = component.aggregate == Aggregate::kTrimmedMean;
  if (trims != !component.trim_low_percent.is_zero()) reader.refuse(entry, {"rules.trim_half_said"});
  refuse_traces(entry, component, reader);
  return component;
}

void read_deduction(const InfoEntry& entry, EventRule& event, RuleReader& reader) {
  event.least = reader.maybe_number(entry, "min");
  event.most = reader.maybe_number(entry, "max");
  event.points = reader.number(entry, "points", {});
  bool chosen = event.least && event.most && !event.chosen_by.empty();
  if (event.points > Decimal()) return reader.refuse(entry, {"rules.event_earns"});
  if (chosen == !event.points.is_zero()) return reader.refuse(entry, {"rules.deduction_half_said"});
  if (chosen && (*event.least <= Decimal() || *event.least > *event.most)) reader.refuse(entry, {"rules.deduction_half_said"});
}

EventRule read_event(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"key", "title", "effect", "component", "item", "points", "min", "max", "chosen_by", "verified", "grade", "cap_grade",
                       "bar_awards", "opens", "document", "evidence", "entered_by"});
  EventRule event;
  event.key = reader.own_key(entry);
  event.label = criterion_label(event.key, entry.text("title"));
  if (entry.text("effect") == "earn") reader.refuse(entry, {"rules.event_earns"});
  else event.effect = static_cast<Effect>(reader.one_of(entry, "effect", {"none", "deduct", "zero_item", "halve_item", "zero_component", "force_grade"}, 0));
  event.component = entry.text("component");
  event.item = entry.text("item");
  event.chosen_by = entry.text("chosen_by");
  event.grade = entry.text("grade");
  event.cap_grade = entry.text("cap_grade");
  event.bar = static_cast<Bar>(reader.one_of(entry, "bar_awards", {"none", "this_year", "sanction_period"}, 0));
  event.opens = entry.text("opens");
  event.document = entry.text("document");
  event.where = reader.where(entry);
  if (event.effect == Effect::kDeduct) read_deduction(entry, event, reader);
  bool on_item = event.effect == Effect::kZeroItem || event.effect == Effect::kHalveItem;
  if (on_item && event.item.empty()) reader.refuse(entry, {"rules.needs", {{"key", "item"}, {"inside", "event"}}});
  if (event.effect == Effect::kZeroComponent && event.component.empty()) reader.refuse(entry, {"rules.needs", {{"key", "component"}, {"inside", "event"}}});
  if (event.effect == Effect::kForceGrade && event.grade.empty()) reader.refuse(entry, {"rules.needs", {{"key", "grade"}, {"inside", "event"}}});
  bool does_nothing = event.effect == Effect::kNone && event.cap_grade.empty() && event.bar == Bar::kNone && event.opens.empty();
  if (does_nothing) reader.refuse(entry, {"rules.needs", {{"key", "effect"}, {"inside", "event"}}});
  if (!reader.flag(entry, "verified", true)) reader.refuse(entry, {"rules.verified"});
  return event;
}

std::vector<Grade> read_grades(const InfoEntry& scheme, Decimal base, RuleReader& reader) {
  std::vector<Grade> grades;
  const InfoEntry* lowest = nullptr;
  for (const InfoEntry* entry : scheme.all("grade")) {
    if (entry->child("to") || entry->child("upto")) {
      reader.refuse(*entry, {"rules.grade_to"});
      continue;
    }
    reader.allow(*entry, {"name", "from"});
    Grade grade{reader.needed(*entry, "name"), reader.needed_number(*entry, "from")};
    for (const Grade& known : grades) {
      if (known.name == grade.name) reader.refuse(*entry, {"rules.duplicate", {{"key", grade.name}}});
      if (known.from == grade.from) reader.refuse(*entry, {"rules.grade_overlap", {{"from", grade.from.to_text()}}});
    }
    if (grade.from < Decimal() || grade.from > base) reader.refuse(*entry, {"rules.grade_outside", {{"from", grade.from.to_text()}, {"base", base.to_text()}}});
    if (grades.empty() || grade.from < std::min_element(grades.begin(), grades.end(), [](auto& a, auto& b) { return a.from < b.from; })->from) lowest = entry;
    grades.push_back(grade);
  }
  std::sort(grades.begin(), grades.end(), [](const Grade& a, const Grade& b) { return a.from > b.from; });
  if (lowest && !grades.empty() && grades.back().from > Decimal()) reader.refuse(*lowest, {"rules.grade_gap", {{"from", grades.back().from.to_text()}}});
  return grades;
}

// "visit desc,guardian desc,committee": the committee always comes last, because a tie is never broken silently.
std::vector<std::string> read_ties(const InfoEntry& entry, const RuleSet& rules, RuleReader& reader) {
  std::vector<std::string> keys;
  std::vector<std::string> parts = reader.list(entry, "tie");
  if (parts.empty()) return keys;
  if (parts.back() != "committee") reader.refuse(entry, {"rules.tie_end"});
  else parts.pop_back();
  for (const std::string& part : parts) {
    std::vector<std::string_view> words = split(part, ' ');
    std::string key(words.front());
    bool known = words.size() == 2 && words.back() == "desc" && (rules.component(key) || rules.item(key));
    if (!known) reader.refuse(entry, {"rules.tie_unknown", {{"key", part}}});
    keys.push_back(key);
  }
  return keys;
}

Quota read_quota(const InfoEntry& entry, const RuleSet& rules, RuleReader& reader) {
  reader.allow(entry, {"grade", "percent", "base", "rounding", "hard", "tie", "overflow"});
  Quota quota{reader.needed(entry, "grade"), reader.needed_number(entry, "percent"), reader.rounding(entry, "rounding", Rounding::kFloor),
              reader.flag(entry, "hard", false), read_ties(entry, rules, reader)};
  reader.one_of(entry, "base", {"assessed"}, 0);
  reader.one_of(entry, "overflow", {"next_grade"}, 0);
  if (quota.percent < Decimal() || quota.percent > kHundred) reader.refuse(entry, {"rules.percent", {{"key", "percent"}}});
  auto rank = rules.rank(quota.grade);
  if (!rank) reader.refuse(entry, {"rules.unknown_grade", {{"grade", quota.grade}}});
  else if (*rank + 1 == rules.grades.size()) reader.refuse(entry, {"rules.quota_lowest", {{"grade", quota.grade}}});
  return quota;
}

Gate read_gate(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"key", "count", "when", "blocks", "scores"});
  if (reader.flag(entry, "scores", false)) reader.refuse(entry, {"rules.gate_scores"});
  return {reader.own_key(entry), entry.text("when"), entry.text("blocks", "submit"), reader.count(entry, "count", 1)};
}

Period read_period(const InfoEntry& scheme, std::string_view key, std::string_view days_key, RuleReader& reader) {
  const InfoEntry* entry = scheme.child(key);
  if (!entry) return {};
  reader.allow(*entry, {days_key, "kind", "only_for"});
  reader.one_of(*entry, "kind", {"calendar", "working"}, 0);
  return {reader.count(*entry, days_key, 0), entry->text("kind", "calendar"), entry->text("only_for")};
}

AwardTerms read_award(const InfoEntry& entry, RuleReader& reader) {
  reader.allow(entry, {"key", "title", "at_least", "visit"});
  std::string key = reader.own_key(entry);
  return {key, criterion_label(key, entry.text("title")), reader.needed(entry, "at_least"),
          reader.one_of(entry, "visit", {"not_asked", "confirmed"}, 1) == 1};
}

void read_head(const InfoEntry& scheme, RuleSet& rules, RuleReader& reader) {
  reader.allow(scheme, {"key", "version", "title", "base", "show_places", "rounding", "basis", "adopted_by", "effective_from", "effective_to",
                        "year_ends", "populations", "publicity", "review", "appeal"},
               {"component", "item", "event", "gate", "grade", "quota", "sanction", "award"});
  rules.key = reader.own_key(scheme);
  rules.version = scheme.text("version", "1");
  rules.title = scheme.text("title", rules.key);
  rules.basis = scheme.text("basis");
  rules.adopted_by = scheme.text("adopted_by");
  rules.base = reader.number(scheme, "base", kHundred);
  if (rules.base <= Decimal()) reader.refuse(scheme, {"rules.negative", {{"key", "base"}}});
  rules.show_places = reader.count(scheme, "show_places", 2);
  if (rules.show_places > 4) reader.refuse(scheme, {"rules.places"});
  reader.one_of(scheme, "rounding", {"half_up"}, 0);
  rules.effective_from = reader.date(scheme, "effective_from");
  rules.effective_to = reader.date(scheme, "effective_to");
  rules.year_ends = reader.date(scheme, "year_ends");
  rules.populations = reader.list(scheme, "populations");
  rules.publicity = read_period(scheme, "publicity", "days", reader);
  rules.review = read_period(scheme, "review", "due_days", reader);
  rules.appeal = read_period(scheme, "appeal", "due_days", reader);
}

void read_body(const InfoEntry& scheme, RuleSet& rules, RuleReader& reader) {
  for (const InfoEntry* entry : scheme.all("component")) rules.components.push_back(read_component(*entry, reader));
  for (const InfoEntry* entry : scheme.all("item")) rules.items.push_back(read_item(*entry, reader));
  for (const InfoEntry* entry : scheme.all("event")) rules.events.push_back(read_event(*entry, reader));
  for (const InfoEntry* entry : scheme.all("gate")) rules.gates.push_back(read_gate(*entry, reader));
  rules.grades = read_grades(scheme, rules.base, reader);
  for (const InfoEntry* entry : scheme.all("quota")) rules.quotas.push_back(read_quota(*entry, rules, reader));
  for (const InfoEntry* entry : scheme.all("award")) rules.awards.push_back(read_award(*entry, reader));
  for (const InfoEntry* entry : scheme.all("sanction")) {
    reader.allow(*entry, {"name", "months"});
    rules.sanctions.push_back({reader.needed(*entry, "name"), reader.count(*entry, "months", 0)});
  }
}

Error refusal(std::string_view file_name, std::vector<Problem> problems) {
  Error error{ErrorCode::kConfiguration, {"rules.refused", {{"file", file_name}, {"count", problems.size()}}},
              std::string(file_name) + ": rule set refused"};
  error.problems = std::move(problems);
  return error;
}

}  // namespace

const Component* RuleSet::component(std::string_view name) const {
  auto found = std::find_if(components.begin(), components.end(), [&](const Component& each) { return each.key == name; });
  return found == components.end() ? nullptr : &*found;
}

const Item* RuleSet::item(std::string_view name) const {
  for (const Item& each : items) {
    if (each.key == name) return &each;
  }
  for (const Component& each : components) {
    for (const Item& inner : each.items) {
      if (inner.key == name) return &inner;
    }
  }
  return nullptr;
}

const EventRule* RuleSet::event(std::string_view name) const {
  auto found = std::find_if(events.begin(), events.end(), [&](const EventRule& each) { return each.key == name; });
  return found == events.end() ? nullptr : &*found;
}

std::optional<std::size_t> RuleSet::rank(std::string_view grade) const {
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (grades[i].name == grade) return i;
  }
  return std::nullopt;
}

Phrase criterion_label(std::string_view key, std::string_view title) {
  if (!title.empty()) return {"score.said", {{"text", title}}};
  std::string code = "score.criterion." + std::string(key);
  if (!text_of(code, Language::kChinese).empty()) return {code};
  return {"score.said", {{"text", key}}};
}

bool applies_to(const std::vector<std::string>& only_for, std::string_view population) {
  return only_for.empty() || std::find(only_for.begin(), only_for.end(), population) != only_for.end();
}

Result<RuleSet> load_rule_set(std::string_view info_text, std::string_view file_name) {
  SHIDE_TRY(file, parse_info(info_text, file_name));
  RuleReader reader(file_name);
  reader.allow(file, {"scheme"});
  const InfoEntry* scheme = file.child("scheme");
  if (!scheme) {
    file.line = 1;
    reader.refuse(file, {"rules.no_scheme"});
    return refusal(file_name, std::move(reader.problems));
  }
  RuleSet rules;
  rules.sha256 = sha256_hex(info_text);
  read_head(*scheme, rules, reader);
  read_body(*scheme, rules, reader);
  check_sums(*scheme, rules, reader);
  check_references(*scheme, rules, reader);
  refuse_costly_lateness(*scheme, rules, reader);
  if (!reader.problems.empty()) return refusal(file_name, std::move(reader.problems));
  rules.warnings = std::move(reader.warnings);
  return rules;
}

std::vector<Problem> adoption_problems(const RuleSet& rules) {
  std::vector<Problem> problems;
  for (const EventRule& event : rules.events) {
    bool decides = event.effect == Effect::kForceGrade || !event.cap_grade.empty() || event.bar != Bar::kNone;
    if (decides && event.document.empty()) problems.push_back({event.where, {"rules.no_document", {{"event", event.key}}}});
  }
  return problems;
}

}  // namespace shide::appraisal
