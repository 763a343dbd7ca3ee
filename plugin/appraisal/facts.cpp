#include "appraisal/facts.h"

#include <algorithm>
#include <set>

#include "appraisal/score_line.h"

namespace shide::appraisal {
namespace {

using Names = std::set<std::string>;

class Checker {
 public:
  std::vector<Problem> problems;

  void unknown(const std::string& path) { problems.push_back({path, {"facts.unknown"}}); }
  void outside(const std::string& path, Decimal least, Decimal most) {
    problems.push_back({path, {"facts.outside", {{"least", least.to_text()}, {"most", most.to_text()}}}});
  }
  void within(const std::string& path, Decimal value, Decimal least, Decimal most) {
    if (value < least || value > most) outside(path, least, most);
  }
  template <class Values>
  void known(const std::string& path, const Values& values, const Names& names) {
    for (const auto& [name, value] : values) {
      if (!names.contains(name)) unknown(path + "." + name);
    }
  }
};

Names number_names(const Item& item) {
  Names names;
  if (item.ratio) names.insert({item.ratio->of, item.ratio->over});
  if (item.band) names.insert({item.band->of, "points"});
  if (!item.late.empty()) names.insert("days_late");
  for (const PerEvent& line : item.per_event) names.insert(line.of);
  for (const Tiered& line : item.tiered) names.insert(line.of);
  if (item.shortfall) names.insert({item.shortfall->of, item.shortfall->size_of});
  if (item.minimum) names.insert(item.minimum->of);
  return names;
}

Names word_names(const Item& item) {
  Names names;
  if (item.choice) names.insert("choice");
  if (!item.chosen_by.empty()) names.insert("chosen_by");
  if (item.shortfall) names.insert({item.shortfall->target_by, "term"});
  return names;
}

void check_words(const std::string& path, const Item& item, const ItemFact& fact, Checker& check) {
  check.known(path, fact.words, word_names(item));
  auto choice = fact.words.find("choice");
  if (item.choice && choice != fact.words.end()) {
    const auto& answers = item.choice->points;
    bool known = std::any_of(answers.begin(), answers.end(), [&](const auto& answer) { return answer.first == choice->second; });
    if (!known) check.unknown(path + ".choice");
  }
  auto by = fact.words.find("chosen_by");
  if (by != fact.words.end() && !item.chosen_by.empty() && by->second != item.chosen_by) {
    check.problems.push_back({path + ".chosen_by", {"facts.not_by", {{"role", named("by", item.chosen_by)}}}});
  }
  if (item.shortfall) {
    const auto& cases = item.shortfall->cases;
    auto value = fact.words.find(item.shortfall->target_by);
    bool known = value == fact.words.end() ||
                 std::any_of(cases.begin(), cases.end(), [&](const ShortfallCase& each) { return each.value == value->second; });
    if (!known) check.unknown(path + "." + item.shortfall->target_by);
  }
}

void check_item(const std::string& path, const Item& item, const ItemFact& fact, Checker& check) {
  constexpr auto kMost = Decimal::from_integer(1'000'000);
  check.known(path, fact.numbers, number_names(item));
  for (const auto& [name, value] : fact.numbers) {
    // Early filing may be recorded as so many days below zero; it earns nothing.
    check.within(path + "." + name, value, name == "days_late" ? -kMost : Decimal(), kMost);
  }
  Names lists;
  if (item.rated) lists.insert("ratings");
  if (item.minimum) lists.insert(item.minimum->of);
  check.known(path, fact.lists, lists);
  for (const auto& [name, values] : fact.lists) {
    bool rating = item.rated && name == "ratings";
    for (Decimal value : values) check.within(path + "." + name, value, rating ? item.rated->from : Decimal(), rating ? item.rated->to : kMost);
  }
  Names marks;
  for (const Cap& cap : item.cap_if) marks.insert(cap.mark);
  check.known(path, fact.marks, marks);
  Names reasons;
  if (item.ratio) reasons.insert(item.ratio->excused.begin(), item.ratio->excused.end());
  check.known(path + ".excused", fact.excused, reasons);
  for (const auto& [reason, value] : fact.excused) check.within(path + ".excused." + reason, value, {}, kMost);
  check_words(path, item, fact, check);
}

void check_component(const std::string& path, const Component& component, const ComponentFact& fact, Checker& check) {
  if (!component.items.empty()) return check.problems.push_back({path, {"facts.has_items"}});
  if (fact.value) check.within(path, *fact.value, {}, component.max);
  for (Decimal ballot : fact.ballots) check.within(path, ballot, {}, component.max);
  if (component.aggregate == Aggregate::kSingle && fact.ballots.size() > 1) check.problems.push_back({path, {"facts.one_value"}});
}

void check_event(const std::string& path, const RuleSet& rules, const EventFact& fact, Checker& check) {
  const EventRule* rule = rules.event(fact.key);
  if (!rule) return check.unknown(path + ".key");
  if (rule->least && fact.verified) {
    if (!fact.points) check.problems.push_back({path + ".points", {"facts.points_needed", {{"least", rule->least->to_text()}, {"most", rule->most->to_text()}}}});
    else check.within(path + ".points", *fact.points, *rule->least, *rule->most);
  }
  bool known = fact.sanction.empty() || std::any_of(rules.sanctions.begin(), rules.sanctions.end(),
                                                    [&](const Sanction& each) { return each.name == fact.sanction; });
  if (!known) check.unknown(path + ".sanction");
}

}  // namespace

std::vector<Problem> check_facts(const RuleSet& rules, const Facts& facts) {
  Checker check;
  if (facts.staff.empty()) check.problems.push_back({"staff", {"facts.no_staff"}});
  bool open_to_all = rules.populations.empty();
  if (!open_to_all && !applies_to(rules.populations, facts.population)) check.unknown("population");
  for (const auto& [key, fact] : facts.components) {
    const Component* component = rules.component(key);
    if (component) check_component("components." + key, *component, fact, check);
    else check.unknown("components." + key);
  }
  for (const auto& [key, fact] : facts.items) {
    const Item* item = rules.item(key);
    if (item) check_item("items." + key, *item, fact, check);
    else check.unknown("items." + key);
  }
  for (std::size_t i = 0; i < facts.events.size(); ++i) check_event("events." + std::to_string(i), rules, facts.events[i], check);
  return std::move(check.problems);
}

}  // namespace shide::appraisal
