#include "followup/demand_rules.h"

namespace shide::followup {

using model::Demand;
using model::DemandState;

namespace {
constexpr int kPassOnDays = 3;
constexpr int kCarryBackDays = 5;
}  // namespace

Date answer_due(model::Urgency urgency, Date passed_on) {
  switch (urgency) {
    case model::Urgency::kSafety: return passed_on;
    case model::Urgency::kUrgent: return add_working_days(passed_on, 2);
    case model::Urgency::kNormal: break;
  }
  return add_working_days(passed_on, 5);
}

bool is_open(const Demand& demand) { return demand.state == DemandState::kRecorded || demand.state == DemandState::kAssigned; }
bool is_answered(const Demand& demand) { return demand.state == DemandState::kAnswered || demand.state == DemandState::kClosed; }

bool is_overdue(const Demand& demand, Date today) {
  if (!is_open(demand)) return false;
  if (demand.due_on) return today > *demand.due_on;
  return demand.passed_on_at && today > answer_due(demand.urgency, date_of(*demand.passed_on_at));
}

int age_in_days(const Demand& demand, Date today) { return today - date_of(demand.heard_at); }

std::optional<bool> team_kept_time(const Demand& demand, Date today) {
  Date pass_on_due = add_working_days(date_of(demand.heard_at), kPassOnDays);
  if (!demand.passed_on_at) return today > pass_on_due ? std::optional<bool>(false) : std::nullopt;
  if (date_of(*demand.passed_on_at) > pass_on_due) return false;
  // Another owner's delay costs the team nothing.
  if (!demand.answered_at) return true;
  Date carry_due = add_working_days(date_of(*demand.answered_at), kCarryBackDays);
  if (!demand.carried_back_at) return today > carry_due ? std::optional<bool>(false) : std::nullopt;
  return date_of(*demand.carried_back_at) <= carry_due;
}

}  // namespace shide::followup
