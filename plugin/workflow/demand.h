// The ledger of demands: every wish gets an owner, a date and an answer, and the answer goes back to the family (S44, S96, R11).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"

namespace shide::workflow {

struct DemandRow {
  model::Demand demand;
  std::string grade_name;
  bool overdue = false;
  int age = 0;  // days since it was heard
};

/// Within the actor's Reach, the open ones first, oldest first.
Result<std::vector<DemandRow>> demands(ports::Ports& ports, const model::Actor& actor, const std::string& school_year);
Result<model::Demand> demand(ports::Ports& ports, const model::Actor& actor, const Id<model::Demand>& id);

/// The student office names who owes the answer; the date follows from the urgency.
Result<model::Demand> assign_demand(ports::Ports& ports, const model::Actor& actor, const Id<model::Demand>& id, std::string_view owner_name);
/// The owner, or the student office for it. The same words twice give the first answer again;
/// others, once it is answered, kStale with both.
Result<model::Demand> answer_demand(ports::Ports& ports, const model::Actor& actor, const Id<model::Demand>& id, std::string_view answer);
/// A teacher of the visit has told the family; `reply` is theirs.
Result<model::Demand> carry_back(ports::Ports& ports, const model::Actor& actor, const Id<model::Demand>& id, model::GuardianReply reply);

/// Rectification (S85): opened from a demand or by itself, done by its owner, signed off by somebody else.
struct RectificationForm {
  std::string id;  // of the new one: sent twice with the same words it makes one, with others kDuplicate
  std::string demand_id, problem, measure, standard, owner_login, due_on;
};
Result<std::vector<model::Rectification>> rectifications(ports::Ports& ports, const model::Actor& actor, const std::string& school_year);
/// By the office or the head.
Result<model::Rectification> open_rectification(ports::Ports& ports, const model::Actor& actor, const RectificationForm& form);
Result<model::Rectification> submit_rectification(ports::Ports& ports, const model::Actor& actor, const Id<model::Rectification>& id, std::string_view outcome);
Result<model::Rectification> sign_off(ports::Ports& ports, const model::Actor& actor, const Id<model::Rectification>& id);

/// Colleagues who can own an item: login and name.
struct PossibleOwner {
  std::string login, name;
};
Result<std::vector<PossibleOwner>> possible_owners(ports::Ports& ports, const model::Actor& actor);

}  // namespace shide::workflow
