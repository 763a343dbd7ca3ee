#include "workflow/plan_changes.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "model/section.h"
#include "workflow/campaign.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::CampaignState;
using model::PlanRevision;
using model::PlanStep;
using model::RevisionReading;
using ports::Query;
using ports::Unit;
using visit::CampaignPlan;
using visit::PlanDays;

namespace {

constexpr std::size_t kShortestReason = 2, kLongestReason = 300, kLongestDocument = 120;

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }

std::string plan_text(const CampaignPlan& plan) { return nlohmann::json(visit::texts_of(plan)).dump(); }

std::map<std::string, std::string> texts_in(const PlanRevision& revision) {
  auto parsed = nlohmann::json::parse(revision.plan, nullptr, false);
  std::map<std::string, std::string> texts;
  if (!parsed.is_object()) return texts;
  for (const auto& [key, value] : parsed.items()) {
    if (value.is_string()) texts[key] = value.get<std::string>();
  }
  return texts;
}

/// The days everybody looks for first.
std::size_t rank_of(const std::string& field) {
  static constexpr std::string_view kFirst[] = {"visit_from", "visit_to", "tentative", "roster_due", "upload_due"};
  return static_cast<std::size_t>(std::find(std::begin(kFirst), std::end(kFirst), field) - std::begin(kFirst));
}

std::vector<PlanDifference> differences(const PlanRevision& before, const PlanRevision& after) {
  std::map<std::string, std::string> old = texts_in(before), now = texts_in(after);
  std::vector<PlanDifference> list;
  for (const auto& [field, text] : old) {
    if (now[field] != text) list.push_back({field, text, now[field]});
  }
  for (const auto& [field, text] : now) {
    if (!old.count(field) && !text.empty()) list.push_back({field, "", text});
  }
  std::stable_sort(list.begin(), list.end(), [](const PlanDifference& a, const PlanDifference& b) { return rank_of(a.field) < rank_of(b.field); });
  return list;
}

Result<std::vector<PlanRevision>> revisions_of(Unit& unit, const Id<Campaign>& id) {
  return unit.of<PlanRevision>().list(Query<PlanRevision>{}.where(&PlanRevision::campaign_id, id).order_by(&PlanRevision::number));
}

struct Decision {
  PlanStep step;
  std::string reason, document;
  CampaignState state_before;
};

Result<void> add_revision(Unit& unit, const Actor& actor, const CampaignPlan& plan, const Decision& decision, std::int64_t number, const Id<PlanRevision>& id, Time now) {
  PlanRevision revision;
  revision.id = id;
  revision.school_id = plan.campaign.school_id;
  revision.campaign_id = plan.campaign.id;
  revision.number = number;
  revision.step = decision.step;
  revision.reason = decision.reason;
  revision.document = decision.document;
  revision.state_before = decision.state_before;
  revision.plan = plan_text(plan);
  revision.made_at = now;
  revision.made_by = actor.account;
  revision.made_by_name = actor.name;
  return unit.of<PlanRevision>().save(revision);
}

/// A plan announced by an earlier release has no first version: it is the plan as it still stands.
Result<std::int64_t> next_number(Unit& unit, const CampaignPlan& stored, const Id<PlanRevision>& first) {
  SHIDE_TRY(before, revisions_of(unit, stored.campaign.id));
  if (!before.empty()) return before.back().number + 1;
  Actor office;
  office.name = stored.campaign.publisher;
  SHIDE_CHECK(add_revision(unit, office, stored, {PlanStep::kAnnounced, "", "", CampaignState::kDraft}, 1, first, stored.campaign.announced_at.value_or(Time{})));
  return 2;
}

/// Keeps a decision: the plan, its version, the line in the log. Made outside the transaction, which may run again.
class RevisionKeeper {
 public:
  RevisionKeeper(const Actor& actor, Time now) : actor_(actor), now_(now), first_(new_id<PlanRevision>(now)), next_(new_id<PlanRevision>(now)) {}

  Result<Campaign> keep(Unit& unit, const CampaignPlan& stored, CampaignPlan next, const Decision& decision, std::string_view fields) const {
    SHIDE_TRY(number, next_number(unit, stored, first_));
    SHIDE_CHECK(unit.of<Campaign>().save(next.campaign));
    SHIDE_CHECK(add_revision(unit, actor_, next, decision, number, next_, now_));
    SHIDE_CHECK(unit.audit(next.campaign, fields, decision.reason));
    return next.campaign;
  }

 private:
  const Actor& actor_;
  Time now_;
  Id<PlanRevision> first_, next_;
};

/// The decision of a form, its reason at least `shortest` characters long.
template <class AnyForm>
Decision decided(FieldCheck& check, PlanStep step, const AnyForm& form, const CampaignPlan& stored, std::size_t shortest) {
  return {step, check.line("reason", form.reason, {shortest, kLongestReason}), check.line("document", form.document, {0, kLongestDocument}), stored.campaign.state};
}

Result<void> must_change(const CampaignPlan& plan) {
  CampaignState state = plan.campaign.state;
  if (state == CampaignState::kDraft) return not_found();
  if (state == CampaignState::kCancelled || state == CampaignState::kArchived) return Error{ErrorCode::kInvalid, {"campaign.over"}}.with("reason", {"campaign.over"});
  return {};
}

/// The typed days, checked; `plan` with them.
CampaignPlan check_form(FieldCheck& check, const RescheduleForm& form, const CampaignPlan& plan) {
  PlanDays days = visit::days_of(plan);
  days.visit_from = check.date("visit_from", form.visit_from);
  days.visit_to = check.date("visit_to", form.visit_to);
  days.roster_due = check.date("roster_due", form.roster_due);
  days.upload_due = check.date("upload_due", form.upload_due);
  for (std::size_t i = 0; i < days.stages.size() && i < form.stages.size(); ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    days.stages[i].from = check.optional_date(at + "from", form.stages[i].from);
    days.stages[i].to = check.optional_date(at + "to", form.stages[i].to);
    if (days.stages[i].from && days.stages[i].to && *days.stages[i].to < *days.stages[i].from) check.problem(at + "to", {"campaign.window_reversed"});
  }
  CampaignPlan next = visit::with_days(plan, days);
  next.campaign.tentative = form.tentative;
  visit::check_days(check, next.campaign);
  return next;
}

/// The piece of the public face that holds the plan; one that was withdrawn stays so.
Result<void> amend_post(Unit& unit, const Campaign& before, const Campaign& after) {
  SHIDE_TRY(posts, unit.of<model::Post>().list(Query<model::Post>{}.where(&model::Post::kind, model::PostKind::kPlan).where(&model::Post::school_year, before.school_year)));
  for (model::Post& post : posts) {
    if (post.title != before.title || post.body != before.plan_text) continue;
    post.title = after.title;
    post.body = after.plan_text;
    SHIDE_CHECK(unit.of<model::Post>().save(post));
    SHIDE_CHECK(unit.audit(post, "title body"));
  }
  return {};
}

/// The state a step leads to; nothing when the plan is not in one for it.
std::optional<CampaignState> state_after(PlanStep step, const Campaign& campaign, CampaignState suspended_in) {
  bool suspended = campaign.state == CampaignState::kSuspended;
  if (step == PlanStep::kConfirmed && campaign.tentative) return campaign.state;
  if (step == PlanStep::kSuspended && !suspended) return CampaignState::kSuspended;
  if (step == PlanStep::kResumed && suspended) return suspended_in;
  if (step == PlanStep::kCancelled) return CampaignState::kCancelled;
  return std::nullopt;
}

bool is_done(PlanStep step, const Campaign& campaign) {
  return (step == PlanStep::kConfirmed && !campaign.tentative) || (step == PlanStep::kSuspended && campaign.state == CampaignState::kSuspended) ||
         (step == PlanStep::kCancelled && campaign.state == CampaignState::kCancelled);
}

}  // namespace

Result<void> note_announcement(Unit& unit, const Actor& actor, const CampaignPlan& plan, const Id<PlanRevision>& id, Time now) {
  return add_revision(unit, actor, plan, {PlanStep::kAnnounced, "", "", CampaignState::kDraft}, 1, id, now);
}

Result<PlanDays> proposed_days(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id, const RescheduleForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  SHIDE_TRY(plan, campaign_plan(ports, actor, id));
  SHIDE_CHECK(must_change(plan));
  FieldCheck check;
  Date from = check.date("visit_from", form.visit_from), to = check.date("visit_to", form.visit_to);
  if (check.fine() && to < from) check.problem("visit_to", {"campaign.window_reversed"});
  if (!check.fine()) return check.error();
  return visit::moved_days(plan, from, to, date_of(ports.clock->now()));
}

Result<Campaign> reschedule(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id, std::int64_t expected_version, const RescheduleForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  RevisionKeeper keeper(actor, ports.clock->now());
  return ports.store->transact(actor, "reschedule_campaign", [&](Unit& unit) -> Result<Campaign> {
    SHIDE_TRY(stored, plan_in(unit, id));
    SHIDE_CHECK(must_change(stored));
    FieldCheck check;
    CampaignPlan next = check_form(check, form, stored);
    Decision decision = decided(check, PlanStep::kRescheduled, form, stored, kShortestReason);
    if (!check.fine()) return check.error();
    if (plan_text(next) == plan_text(stored)) return stored.campaign;  // sent twice: the first answer again
    if (stored.campaign.version != expected_version) return Error{ErrorCode::kStale, {"error.stale"}};
    for (model::Stage& stage : next.stages) SHIDE_CHECK(unit.of<model::Stage>().save(stage));
    return keeper.keep(unit, stored, std::move(next), decision, "visit_from visit_to roster_due upload_due tentative stages");
  });
}

Result<Campaign> amend_plan(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id, std::int64_t expected_version, const AmendmentForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  RevisionKeeper keeper(actor, ports.clock->now());
  return ports.store->transact(actor, "amend_campaign", [&](Unit& unit) -> Result<Campaign> {
    SHIDE_TRY(stored, plan_in(unit, id));
    SHIDE_CHECK(must_change(stored));
    FieldCheck check;
    CampaignPlan next = stored;
    next.campaign.title = check.line("title", form.title, {1, 80});
    next.campaign.other_title = check.line("other_title", form.other_title, {0, 80});
    next.campaign.theme = check.line("theme", form.theme, {1, 60});
    next.campaign.purpose = check.text("purpose", form.purpose, {0, 2000});
    next.campaign.plan_text = check.text("plan_text", form.plan_text, {1, 20000});
    Decision decision = decided(check, PlanStep::kAmended, form, stored, kShortestReason);
    if (!check.fine()) return check.error();
    if (plan_text(next) == plan_text(stored)) return stored.campaign;  // sent twice: the first answer again
    if (stored.campaign.version != expected_version) return Error{ErrorCode::kStale, {"error.stale"}};
    SHIDE_CHECK(amend_post(unit, stored.campaign, next.campaign));
    return keeper.keep(unit, stored, std::move(next), decision, "title other_title theme purpose plan_text");
  });
}

Result<Campaign> change_plan(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id, const PlanChangeForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  RevisionKeeper keeper(actor, ports.clock->now());
  auto change = [&](Unit& unit) -> Result<Campaign> {
    SHIDE_TRY(stored, plan_in(unit, id));
    if (stored.campaign.state == CampaignState::kDraft) return not_found();
    if (is_done(form.step, stored.campaign)) return stored.campaign;
    SHIDE_CHECK(must_change(stored));
    FieldCheck check;
    bool needs_reason = form.step == PlanStep::kSuspended || form.step == PlanStep::kCancelled;
    Decision decision = decided(check, form.step, form, stored, needs_reason ? kShortestReason : 0);
    SHIDE_TRY(before, revisions_of(unit, id));
    CampaignState suspended_in = CampaignState::kAnnounced;
    for (const PlanRevision& one : before) suspended_in = one.step == PlanStep::kSuspended ? one.state_before : suspended_in;
    auto state = state_after(form.step, stored.campaign, suspended_in);
    if (!state) check.problem("reason", {"campaign.no_such_step"});
    if (!check.fine()) return check.error();
    CampaignPlan next = stored;
    next.campaign.state = *state;
    if (form.step == PlanStep::kConfirmed) next.campaign.tentative = false;
    return keeper.keep(unit, stored, std::move(next), decision, "state tentative");
  };
  switch (form.step) {
    case PlanStep::kConfirmed: return ports.store->transact(actor, "confirm_days", change);
    case PlanStep::kSuspended: return ports.store->transact(actor, "suspend_campaign", change);
    case PlanStep::kResumed: return ports.store->transact(actor, "resume_campaign", change);
    case PlanStep::kCancelled: return ports.store->transact(actor, "cancel_campaign", change);
    case PlanStep::kAnnounced:
    case PlanStep::kRescheduled:
    case PlanStep::kAmended: break;
  }
  return not_found();
}

std::vector<PlanStep> steps_open(const Campaign& campaign) {
  std::vector<PlanStep> open;
  if (campaign.state == CampaignState::kDraft || campaign.state == CampaignState::kCancelled || campaign.state == CampaignState::kArchived) return open;
  for (PlanStep step : {PlanStep::kConfirmed, PlanStep::kResumed, PlanStep::kSuspended, PlanStep::kCancelled}) {
    if (state_after(step, campaign, CampaignState::kAnnounced)) open.push_back(step);
  }
  return open;
}

Result<std::vector<PlanVersion>> plan_versions(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id) {
  SHIDE_TRY(plan, campaign_plan(ports, actor, id));  // within reach, or not there
  SHIDE_TRY(revisions, ports.store->read(actor, [&](Unit& unit) { return revisions_of(unit, plan.campaign.id); }));
  std::vector<PlanVersion> list;
  for (std::size_t i = 0; i < revisions.size(); ++i) list.push_back({revisions[i], i > 0 ? differences(revisions[i - 1], revisions[i]) : std::vector<PlanDifference>{}});
  std::reverse(list.begin(), list.end());
  return list;
}

Result<PlanVersion> untold(ports::Ports& ports, const Actor& actor) {
  if (actor.account.empty()) return not_found();
  return ports.store->read(actor, [&](Unit& unit) -> Result<PlanVersion> {
    SHIDE_TRY(newest, unit.of<PlanRevision>().first(Query<PlanRevision>{}.order_by(&PlanRevision::made_at, true).order_by(&PlanRevision::number, true)));
    if (newest.number == 1 || newest.made_by == actor.account) return not_found();
    SHIDE_TRY(campaign, unit.of<Campaign>().load(newest.campaign_id));
    if (campaign.state == CampaignState::kArchived) return not_found();
    SHIDE_TRY(told, unit.of<RevisionReading>().count(Query<RevisionReading>{}.where(&RevisionReading::revision_id, newest.id).where(&RevisionReading::account_id, actor.account)));
    if (told > 0) return not_found();
    SHIDE_TRY(all, revisions_of(unit, newest.campaign_id));
    auto before = std::find_if(all.begin(), all.end(), [&](const PlanRevision& one) { return one.number == newest.number - 1; });
    return PlanVersion{newest, before == all.end() ? std::vector<PlanDifference>{} : differences(*before, newest)};
  });
}

Result<void> note_told(ports::Ports& ports, const Actor& actor, const Id<PlanRevision>& id) {
  if (actor.account.empty()) return not_found();
  Time now = ports.clock->now();
  Id<RevisionReading> fresh = new_id<RevisionReading>(now);
  Result<void> noted = ports.store->transact(actor, "note_told", [&](Unit& unit) -> Result<void> {
    SHIDE_TRY(revision, unit.of<PlanRevision>().load(id));
    RevisionReading reading;
    reading.id = fresh;
    reading.school_id = actor.school;
    reading.revision_id = revision.id;
    reading.account_id = actor.account;
    reading.read_at = now;
    SHIDE_CHECK(unit.of<RevisionReading>().save(reading));
    return unit.audit(revision, "read_at");
  });
  if (auto* error = noted.if_error(); error && error->code == ErrorCode::kDuplicate) return {};
  return noted;
}

Result<void> must_run(const Campaign& campaign) {
  if (campaign.state == CampaignState::kSuspended) return Error{ErrorCode::kInvalid, {"campaign.suspended"}};
  if (campaign.state == CampaignState::kCancelled) return Error{ErrorCode::kInvalid, {"campaign.cancelled"}};
  return {};
}

Result<bool> was_in_window(Unit& unit, const Campaign& campaign, Date day) {
  if (day >= campaign.visit_from && day <= campaign.visit_to) return true;
  SHIDE_TRY(revisions, revisions_of(unit, campaign.id));
  for (std::size_t i = 0; i + 1 < revisions.size(); ++i) {
    std::map<std::string, std::string> texts = texts_in(revisions[i]);
    auto from = parse_date(texts["visit_from"]), to = parse_date(texts["visit_to"]);
    if (from && to && day >= *from && day <= *to && day <= date_of(revisions[i + 1].made_at)) return true;
  }
  return false;
}

}  // namespace shide::workflow
