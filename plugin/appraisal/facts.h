// What is known about one person in one run: ratings, counts, marks and findings. The engine reads nothing else.
//
//     Facts facts{"T017"};
//     facts.components["self"].value = Decimal::from_integer(96);
//     facts.items["v1_task"].numbers = {{"visits_done", two}, {"visits_assigned", two}};
//
// Absent is absent: an empty fact makes the criterion "missing", never zero.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/rule_set.h"

namespace shide::appraisal {

/// Either ballots, or a value somebody already aggregated (with the number of ballots behind it, if it is told).
struct ComponentFact {
  std::optional<Decimal> value;
  std::optional<int> ballot_count;
  std::vector<Decimal> ballots;
  std::string not_applicable;  // the reason, if so
};

struct ItemFact {
  std::map<std::string, Decimal> numbers;             // visits_done 2
  std::map<std::string, std::vector<Decimal>> lists;  // ratings 21, 23; counts by month
  std::map<std::string, bool> marks;                  // prep_after_visit
  std::map<std::string, std::string> words;           // choice, class_takeover, term, chosen_by
  std::map<std::string, Decimal> excused;             // declined_by_guardian 1
  std::string not_applicable;
};

/// Something found about the person. It counts only if it was verified, by a named person, with a document.
struct EventFact {
  std::string key;
  bool verified = false;
  std::string decided_by, document;
  std::optional<Date> decided_on;
  std::optional<Decimal> points;  // the cost the committee chose, positive
  std::string sanction;           // its name in the rule set, for the period of a bar
};

struct Facts {
  std::string staff;
  std::string population;
  std::map<std::string, ComponentFact> components;
  std::map<std::string, ItemFact> items;
  std::vector<EventFact> events;
};

/// What the rule set does not know or cannot take: unknown criteria and facts, values outside their range. Paths are those
/// of the JSON: "items.v1_task.visits_done". Facts without problems are scored without surprise.
std::vector<Problem> check_facts(const RuleSet& rules, const Facts& facts);

}  // namespace shide::appraisal
