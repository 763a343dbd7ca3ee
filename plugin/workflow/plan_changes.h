// What happens to a plan after it was announced: its days are confirmed or moved, its words amended, it is suspended, goes on, or is called off. Each is a
// version with its reason and the document it rests on; old days stay to be read, records already made stay valid, and everybody of the
// school is told once (S19, S20, S57, S64).
//
//     change_plan(ports, office, id, {PlanStep::kSuspended, "...", "..."})          the versions: plan_versions(ports, actor, id)
//     reschedule(ports, office, id, version, {{"2021-01-30", ...}, "...", "..."})
//     untold(ports, actor)  ->  the newest version this reader has not been told of, until note_told(...)
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "visit/reschedule.h"

namespace shide::workflow {

/// As typed.
struct RescheduleForm {
  std::string visit_from, visit_to, roster_due, upload_due;
  struct Span {
    std::string from, to;
  };
  std::vector<Span> stages;
  bool tentative = false;
  std::string reason, document;
};

/// Other words for an announced plan, as typed; its days and numbers stay.
struct AmendmentForm {
  std::string title, other_title, theme, purpose, plan_text;
  std::string reason, document;
};

struct PlanChangeForm {
  model::PlanStep step = model::PlanStep::kConfirmed;  // any but kAnnounced, kRescheduled and kAmended
  std::string reason, document;
};

/// A field of the plan that a version changed, named as in CampaignForm; days as 2021-01-24.
struct PlanDifference {
  std::string field, before, after;
};

struct PlanVersion {
  model::PlanRevision revision;
  std::vector<PlanDifference> changes;  // against the version before it
};

/// The first version of a plan, as it is announced; in the unit that announces it.
Result<void> note_announcement(ports::Unit& unit, const model::Actor& actor, const visit::CampaignPlan& plan, const Id<model::PlanRevision>& id, Time now);

/// The days that hang on a new window, by rule, for whoever decides to look at; kInvalid at "visit_from", "visit_to".
Result<visit::PlanDays> proposed_days(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id, const RescheduleForm& form);

/// kInvalid names the fields ("stages.0.from"); kStale when the plan is another one by now.
Result<model::Campaign> reschedule(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id, std::int64_t expected_version,
                                   const RescheduleForm& form);

/// The same for its words; what stands of it on the public face follows.
Result<model::Campaign> amend_plan(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id, std::int64_t expected_version,
                                   const AmendmentForm& form);

/// kInvalid when the plan is not in a state for that step. The same step again gives the first answer.
Result<model::Campaign> change_plan(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id, const PlanChangeForm& form);
/// The steps that are open to a plan now.
std::vector<model::PlanStep> steps_open(const model::Campaign& campaign);

/// Newest first. Empty for a plan that never changed under an earlier release.
Result<std::vector<PlanVersion>> plan_versions(ports::Ports& ports, const model::Actor& actor, const Id<model::Campaign>& id);

/// The newest version after the announcement that the actor has not been told of; kNotFound when there is none.
Result<PlanVersion> untold(ports::Ports& ports, const model::Actor& actor);
/// Told, once; saying it again changes nothing.
Result<void> note_told(ports::Ports& ports, const model::Actor& actor, const Id<model::PlanRevision>& id);

/// kInvalid campaign.suspended or campaign.cancelled: nothing new is begun then. What was begun may be finished.
Result<void> must_run(const model::Campaign& campaign);

/// The day was within the window of the plan as it stood on that day, or stands now: a visit made before the days were moved needs no reason.
Result<bool> was_in_window(ports::Unit& unit, const model::Campaign& campaign, Date day);

}  // namespace shide::workflow
