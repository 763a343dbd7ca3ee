#include "visit/reschedule.h"

namespace shide::visit {

PlanDays days_of(const CampaignPlan& plan) {
  const model::Campaign& campaign = plan.campaign;
  PlanDays days{campaign.visit_from, campaign.visit_to, campaign.roster_due, campaign.upload_due, {}};
  for (const model::Stage& stage : plan.stages) days.stages.push_back({stage.from, stage.to});
  return days;
}

PlanDays moved_days(const CampaignPlan& plan, Date visit_from, Date visit_to, Date today) {
  PlanDays days = days_of(plan);
  int first = visit_from - days.visit_from, last = visit_to - days.visit_to;
  auto moved = [&](Date day, int by) { return day < today ? day : day + by; };
  days.roster_due = moved(days.roster_due, first);
  days.upload_due = moved(days.upload_due, last);
  for (PlanDays::Span& span : days.stages) {
    if (span.from) span.from = moved(*span.from, first);
    if (span.to) span.to = moved(*span.to, last);
    if (span.from && span.to && *span.to < *span.from) span.to = span.from;  // a window that became shorter
  }
  days.visit_from = visit_from;
  days.visit_to = visit_to;
  return days;
}

CampaignPlan with_days(CampaignPlan plan, const PlanDays& days) {
  plan.campaign.visit_from = days.visit_from;
  plan.campaign.visit_to = days.visit_to;
  plan.campaign.roster_due = days.roster_due;
  plan.campaign.upload_due = days.upload_due;
  for (std::size_t i = 0; i < plan.stages.size() && i < days.stages.size(); ++i) {
    plan.stages[i].from = days.stages[i].from;
    plan.stages[i].to = days.stages[i].to;
  }
  return plan;
}

}  // namespace shide::visit
