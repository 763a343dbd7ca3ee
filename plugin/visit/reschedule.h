// New days for an announced plan (S19, S20, S57): which of the days that hang on the window move with it, by rule.
//
//     moved_days(plan, 30 January, 31 January, today)  ->  upload_due 5 February (it was 29 January), stages to come a week later
//
// A day that is over stays what it was; whoever decides may still set each of them otherwise.
#pragma once

#include <optional>
#include <vector>

#include "base/field_check.h"
#include "visit/campaign_rules.h"

namespace shide::visit {

struct PlanDays {
  Date visit_from, visit_to, roster_due, upload_due;
  struct Span {
    std::optional<Date> from, to;
  };
  std::vector<Span> stages;  // by position
};

PlanDays days_of(const CampaignPlan& plan);
/// The rule: what hangs on the first day moves as far as that day does, the upload's deadline as far as the last one.
PlanDays moved_days(const CampaignPlan& plan, Date visit_from, Date visit_to, Date today);
CampaignPlan with_days(CampaignPlan plan, const PlanDays& days);

}  // namespace shide::visit
