#include "appraisal/rule_checks.h"

#include <algorithm>

namespace shide::appraisal {
namespace {

void check_populations(const InfoEntry& entry, const std::vector<std::string>& only_for, const RuleSet& rules, RuleReader& reader) {
  for (const std::string& name : only_for) {
    bool known = std::find(rules.populations.begin(), rules.populations.end(), name) != rules.populations.end();
    if (!known) reader.refuse(entry, {"rules.unknown_population", {{"name", name}}});
  }
}

void check_items_sum(const InfoEntry& entry, const Component& component, const std::string& population, RuleReader& reader) {
  if (component.items.empty() || !applies_to(component.only_for, population)) return;
  Decimal sum;
  for (const Item& item : component.items) {
    if (applies_to(item.only_for, population)) sum += item.max;
  }
  if (sum != component.max) {
    reader.refuse(entry, {"rules.items_sum", {{"component", component.key}, {"sum", sum.to_text()}, {"max", component.max.to_text()}}});
  }
}

void check_grade(const InfoEntry& entry, std::string_view grade, const RuleSet& rules, RuleReader& reader) {
  if (grade.empty() || rules.grades.empty() || rules.rank(grade)) return;
  reader.refuse(entry, {"rules.unknown_grade", {{"grade", grade}}});
}

}  // namespace

void check_sums(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader) {
  std::vector<std::string> populations = rules.populations;
  if (populations.empty()) populations.emplace_back();
  std::vector<const InfoEntry*> entries = scheme.all("component"), item_entries = scheme.all("item");
  for (std::size_t i = 0; i < entries.size(); ++i) {
    check_populations(*entries[i], rules.components[i].only_for, rules, reader);
    for (const Item& item : rules.components[i].items) check_populations(*entries[i], item.only_for, rules, reader);
  }
  for (std::size_t i = 0; i < item_entries.size(); ++i) check_populations(*item_entries[i], rules.items[i].only_for, rules, reader);
  for (const std::string& population : populations) {
    Decimal sum;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Component& component = rules.components[i];
      check_items_sum(*entries[i], component, population, reader);
      if (!component.reference_only && applies_to(component.only_for, population)) sum += component.weight;
    }
    for (const Item& item : rules.items) {
      if (applies_to(item.only_for, population)) sum += item.max;
    }
    bool part_only = rules.components.empty() && sum < rules.base;
    if (part_only) reader.warn(scheme, {"rules.part_only", {{"sum", sum.to_text()}, {"base", rules.base.to_text()}}});
    else if (sum != rules.base) reader.refuse(scheme, {"rules.weights", {{"sum", sum.to_text()}, {"base", rules.base.to_text()}}});
  }
}

void check_references(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader) {
  std::vector<const InfoEntry*> events = scheme.all("event"), awards = scheme.all("award");
  for (std::size_t i = 0; i < events.size(); ++i) {
    const EventRule& event = rules.events[i];
    if (!event.component.empty() && !rules.component(event.component)) reader.refuse(*events[i], {"rules.unknown_target", {{"key", event.component}}});
    if (!event.item.empty() && !rules.item(event.item)) reader.refuse(*events[i], {"rules.unknown_target", {{"key", event.item}}});
    check_grade(*events[i], event.grade, rules, reader);
    check_grade(*events[i], event.cap_grade, rules, reader);
    bool decides = event.effect == Effect::kForceGrade || !event.cap_grade.empty() || event.bar != Bar::kNone;
    if (decides && event.document.empty()) reader.warn(*events[i], {"rules.no_document", {{"event", event.key}}});
  }
  for (std::size_t i = 0; i < awards.size(); ++i) {
    if (!rules.rank(rules.awards[i].at_least)) reader.refuse(*awards[i], {"rules.unknown_grade", {{"grade", rules.awards[i].at_least}}});
  }
  if (const InfoEntry* appeal = scheme.child("appeal")) check_grade(*appeal, rules.appeal.only_for, rules, reader);
}

}  // namespace shide::appraisal
