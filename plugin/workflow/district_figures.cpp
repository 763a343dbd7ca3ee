#include "workflow/district_figures.h"

#include <algorithm>

#include "followup/demand_rules.h"
#include "privacy/reach.h"
#include "workflow/campaign.h"
#include "workflow/job.h"
#include "workflow/overview.h"

namespace shide::workflow {

using model::DataKind;
using ports::Query;
using ports::Unit;

namespace {

constexpr const char* kJob = "district_figures";

struct Follow {
  std::int64_t in_post = 0, demands = 0, answered = 0, rectifications = 0, signed_off = 0;
};

Result<Follow> count_follow_up(ports::Ports& ports, const Id<model::School>& school, const std::string& year) {
  return ports.store->read(job_actor(school, kJob), [&](Unit& unit) -> Result<Follow> {
    Follow count;
    SHIDE_TRY(in_post, unit.of<model::Teacher>().count(Query<model::Teacher>{}.where(&model::Teacher::duty, model::Duty::kInPost)));
    SHIDE_TRY(demands, unit.of<model::Demand>().list(Query<model::Demand>{}.where(&model::Place::school_year, year), privacy::reach_for_job(school, DataKind::kDemand, kJob)));
    SHIDE_TRY(items, unit.of<model::Rectification>().list(Query<model::Rectification>{}.where(&model::Rectification::school_year, year),
                                                          privacy::reach_for_job(school, DataKind::kRectification, kJob)));
    count.in_post = in_post;
    count.demands = static_cast<std::int64_t>(demands.size());
    count.answered = std::count_if(demands.begin(), demands.end(), followup::is_answered);
    count.rectifications = static_cast<std::int64_t>(items.size());
    count.signed_off = std::count_if(items.begin(), items.end(), [](const auto& one) { return one.state == model::RectificationState::kSignedOff; });
    return count;
  });
}

}  // namespace

Result<DistrictFigures> district_figures(ports::Ports& ports, const model::Actor& actor) {
  if (!actor.has(model::Role::kDistrict)) return not_found();
  SHIDE_TRY(campaign, current_campaign(ports, actor));
  SHIDE_TRY(visits, campaign_figures(ports, actor.school, campaign.id));
  SHIDE_TRY(follow, count_follow_up(ports, actor.school, campaign.school_year));
  using privacy::outward_counts;
  std::int64_t not_yet = std::max<std::int64_t>(0, follow.in_post - visits.teachers);
  return DistrictFigures{campaign, {
      {"families", outward_counts({visits.visits.visited, visits.visits.declined, visits.visits.to_go}), {"visited", "declined", "to_go"}},
      {"teachers", outward_counts({visits.teachers, not_yet}), {"took_part", "not_yet"}},
      {"demands", outward_counts({follow.answered, follow.demands - follow.answered}), {"answered", "open"}},
      {"rectifications", outward_counts({follow.signed_off, follow.rectifications - follow.signed_off}), {"signed_off", "open"}},
  }};
}

}  // namespace shide::workflow
