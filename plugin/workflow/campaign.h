// The student office enters the plan, announces it; every teacher acknowledges the ten rules.
#pragma once

#include "base/result.h"
#include "ports/ports.h"
#include "visit/campaign_rules.h"

namespace shide::workflow {

/// The ten rules of one version, as in schema/forms/code_of_conduct.info (annex 1). The sentences are in the forms file.
std::string current_code_version();

/// The version every teacher reads in this campaign: the one in force, also when its text has changed since the plan was announced,
/// so that it is read again (S65). Of an archived campaign the one it was held under.
std::string code_in_force(const model::Campaign& campaign);

/// Keeps a draft; `id` empty makes a new one. kInvalid names every wrong field; kStale when `expected_version` is old.
Result<model::Campaign> save_campaign(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id,
                                      std::int64_t expected_version, const visit::CampaignForm& form);

/// From draft to announced: opens a roster for each grade group and puts the plan on the public face.
Result<model::Campaign> announce_campaign(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id);

/// Annex 2 of one grade, empty yet; kDuplicate when there is one.
Result<void> open_roster(ports::Unit& unit, const model::Campaign& campaign, const model::GradeGroup& group, const Id<model::Roster>& id);

/// The plan with its lists, in a unit of work of its own.
Result<visit::CampaignPlan> plan_in(ports::Unit& unit, const Id<model::Campaign>& id);

/// The plan with its lists. Drafts are for the student office only.
Result<visit::CampaignPlan> campaign_plan(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id);

/// Newest first, drafts only for the student office.
Result<std::vector<model::Campaign>> campaigns(ports::Ports& ports, const model::Actor& actor);

/// The announced campaign of today, or kNotFound.
Result<model::Campaign> current_campaign_in(ports::Unit& unit);
Result<model::Campaign> current_campaign(ports::Ports& ports, const model::Actor& actor);

/// The teacher has read the ten rules: once a campaign and version; saying it again gives the first answer (S45, S65).
Result<model::CodeAcceptance> accept_code(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign,
                                          std::string_view code_version);

/// When this teacher did, or kNotFound.
Result<model::CodeAcceptance> code_acceptance(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& campaign);

}  // namespace shide::workflow
