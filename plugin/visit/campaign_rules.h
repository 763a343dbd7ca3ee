// What the plan of a campaign must hold before it can be kept, and what more before it can be announced (S5..S20, S45..S76).
//
//     check_campaign(form)  ->  CampaignPlan, or every wrong field with what would be right
//
// Pasted office text is cleaned, never refused (S16).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/field_check.h"
#include "base/result.h"
#include "model/campaign.h"

namespace shide::visit {

/// As typed; all text.
struct CampaignForm {
  struct Basis { std::string title, issuer, number; };
  struct Step { std::string title, description, from, to; };
  std::string school_year, term, title, other_title, theme, purpose, plan_text, issued_by, issued_on, source;
  std::string visit_from, visit_to, tentative_note, roster_due, upload_due;
  bool tentative = false;
  bool homeroom_counts = true;
  std::string photos_required = "2", team_min = "2", team_max = "3", per_class = "1";
  std::vector<Basis> basis;  // lines without a title are dropped
  std::vector<Step> stages;
};

struct CampaignPlan {
  model::Campaign campaign;
  std::vector<model::BasisDocument> basis;
  std::vector<model::Stage> stages;
};

/// Fields in problems are named as in CampaignForm; lines of lists as "basis.0.title".
Result<CampaignPlan> check_campaign(const CampaignForm& form);

/// The window and its deadlines against each other; problems at their fields, where those were read.
void check_days(FieldCheck& check, const model::Campaign& campaign);

/// Every field as a text, named as in CampaignForm: to tell two versions of a plan apart.
std::map<std::string, std::string> texts_of(const CampaignPlan& plan);

/// What is missing before everybody is told: none, or one Problem a field.
std::vector<Problem> missing_for_announcement(const CampaignPlan& plan);

}  // namespace shide::visit
