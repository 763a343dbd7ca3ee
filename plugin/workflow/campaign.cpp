#include "workflow/campaign.h"

#include "base/info_file.h"
#include "base/resource.h"
#include "base/stale_edit.h"
#include "workflow/plan_changes.h"

namespace shide::workflow {

using model::Actor;
using model::Campaign;
using model::CampaignState;
using model::CodeAcceptance;
using ports::Query;
using ports::Unit;

namespace {

bool is_office(const Actor& actor) { return actor.has(model::Role::kStudentOffice); }


template <class T>
Result<void> replace_list(Unit& unit, const Campaign& campaign, std::vector<T>& wanted, const std::vector<Id<T>>& ids) {
  SHIDE_TRY(old, unit.of<T>().list(Query<T>{}.where(&T::campaign_id, campaign.id)));
  for (const T& row : old) SHIDE_CHECK(unit.of<T>().erase(row));
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    wanted[i].id = ids[i];
    wanted[i].version = 0;
    wanted[i].school_id = campaign.school_id;
    wanted[i].campaign_id = campaign.id;
    SHIDE_CHECK(unit.of<T>().save(wanted[i]));
  }
  return {};
}

StaleEdit compare(const visit::CampaignPlan& stored, const visit::CampaignPlan& typed) {
  StaleEdit edit;
  std::map<std::string, std::string> theirs = visit::texts_of(stored), yours = visit::texts_of(typed);
  for (const auto& [path, text] : theirs) edit.compare(path, text, yours[path]);
  for (const auto& [path, text] : yours) {
    if (!theirs.count(path)) edit.compare(path, "", text);
  }
  return edit;
}

template <class T>
std::vector<Id<T>> fresh_ids(std::size_t count, Time now) {
  std::vector<Id<T>> ids(count);
  for (auto& id : ids) id = new_id<T>(now);
  return ids;
}

}  // namespace

std::string current_code_version() {
  auto file = parse_info(resource("schema/forms/code_of_conduct.info").value_or(""), "schema/forms/code_of_conduct.info");
  if (!file || file->children.empty()) return {};
  return file->children.front().text("version");
}

std::string code_in_force(const Campaign& campaign) {
  return campaign.state == CampaignState::kArchived ? campaign.code_version : current_code_version();
}

Result<Campaign> save_campaign(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id, std::int64_t expected_version,
                               const visit::CampaignForm& form) {
  if (!is_office(actor)) return not_for_this_role();
  SHIDE_TRY(plan, visit::check_campaign(form));
  if (!id.empty() && !is_uuid(id.value)) return not_found();
  Time now = ports.clock->now();
  Id<Campaign> new_campaign = id ? id : new_id<Campaign>(now);
  auto basis_ids = fresh_ids<model::BasisDocument>(plan.basis.size(), now);
  auto stage_ids = fresh_ids<model::Stage>(plan.stages.size(), now);
  std::string code_version = current_code_version();
  return ports.store->transact(actor, "save_campaign", [&](Unit& unit) -> Result<Campaign> {
    Campaign campaign = plan.campaign;
    campaign.id = new_campaign;
    campaign.school_id = actor.school;
    campaign.code_version = code_version;
    campaign.publisher = actor.name;
    Result<visit::CampaignPlan> stored = plan_in(unit, new_campaign);
    if (!stored && stored.error().code != ErrorCode::kNotFound) return stored.error();
    if (stored) {
      StaleEdit edit = compare(*stored, plan);
      if (!edit.differs()) return stored->campaign;  // sent twice: the first answer again
      if (stored->campaign.state != CampaignState::kDraft) return edit.error({"campaign.not_draft"});
      if (stored->campaign.version != expected_version) return edit.error();
      campaign.version = stored->campaign.version;
    }
    SHIDE_CHECK(unit.of<Campaign>().save(campaign));
    auto basis = plan.basis;
    auto stages = plan.stages;
    SHIDE_CHECK(replace_list(unit, campaign, basis, basis_ids));
    SHIDE_CHECK(replace_list(unit, campaign, stages, stage_ids));
    SHIDE_CHECK(unit.audit(campaign, "plan"));
    return campaign;
  });
}

Result<Campaign> announce_campaign(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id) {
  if (!is_office(actor)) return not_for_this_role();
  SHIDE_TRY(plan, campaign_plan(ports, actor, id));
  if (plan.campaign.state != CampaignState::kDraft) return plan.campaign;  // announced before: the first answer again
  if (auto missing = visit::missing_for_announcement(plan); !missing.empty()) {
    Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", missing.size()}}}};
    error.problems = std::move(missing);
    return error;
  }
  Time now = ports.clock->now();
  auto roster_ids = fresh_ids<model::Roster>(64, now);
  Id<model::Post> post_id = new_id<model::Post>(now);
  Id<model::PlanRevision> revision_id = new_id<model::PlanRevision>(now);
  return ports.store->transact(actor, "announce_campaign", [&](Unit& unit) -> Result<Campaign> {
    SHIDE_TRY(campaign, unit.of<Campaign>().load(id));
    if (campaign.version != plan.campaign.version) return Error{ErrorCode::kStale, {"error.stale"}};
    campaign.state = CampaignState::kAnnounced;
    campaign.announced_at = now;
    SHIDE_CHECK(unit.of<Campaign>().save(campaign));
    SHIDE_TRY(groups, unit.of<model::GradeGroup>().list(Query<model::GradeGroup>{}
        .where(&model::GradeGroup::school_year, campaign.school_year).where(&model::GradeGroup::kind, model::GradeGroupKind::kGrade)));
    for (std::size_t i = 0; i < groups.size() && i < roster_ids.size(); ++i) SHIDE_CHECK(open_roster(unit, campaign, groups[i], roster_ids[i]));
    // The plan holds nothing about a visit, so it needs no second person: the office has signed it.
    model::Post post;
    post.id = post_id;
    post.school_id = campaign.school_id;
    post.kind = model::PostKind::kPlan;
    post.shelf = model::Shelf::kPlan;
    post.state = model::PostState::kPublished;
    post.school_year = campaign.school_year;
    post.title = campaign.title;
    post.body = campaign.plan_text;
    post.source = campaign.source;
    post.publisher = actor.name;
    post.author_id = actor.account;
    post.published_at = now;
    post.views = 0;
    SHIDE_CHECK(unit.of<model::Post>().save(post));
    SHIDE_CHECK(note_announcement(unit, actor, {campaign, plan.basis, plan.stages}, revision_id, now));
    SHIDE_CHECK(unit.audit(campaign, "state announced_at"));
    return campaign;
  });
}

Result<visit::CampaignPlan> plan_in(Unit& unit, const Id<Campaign>& id) {
  SHIDE_TRY(campaign, unit.of<Campaign>().load(id));
  SHIDE_TRY(basis, unit.of<model::BasisDocument>().list(
      Query<model::BasisDocument>{}.where(&model::BasisDocument::campaign_id, id).order_by(&model::BasisDocument::position)));
  SHIDE_TRY(stages, unit.of<model::Stage>().list(Query<model::Stage>{}.where(&model::Stage::campaign_id, id).order_by(&model::Stage::position)));
  return visit::CampaignPlan{std::move(campaign), std::move(basis), std::move(stages)};
}

Result<void> open_roster(Unit& unit, const Campaign& campaign, const model::GradeGroup& group, const Id<model::Roster>& id) {
  model::Roster roster;
  roster.id = id;
  roster.school_id = campaign.school_id;
  roster.campaign_id = campaign.id;
  roster.grade_group_id = group.id;
  roster.school_year = campaign.school_year;
  return unit.of<model::Roster>().save(roster);
}

Result<visit::CampaignPlan> campaign_plan(ports::Ports& ports, const Actor& actor, const Id<Campaign>& id) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<visit::CampaignPlan> {
    SHIDE_TRY(plan, plan_in(unit, id));
    if (plan.campaign.state == CampaignState::kDraft && !is_office(actor)) return not_found();
    return plan;
  });
}

Result<std::vector<Campaign>> campaigns(ports::Ports& ports, const Actor& actor) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<std::vector<Campaign>> {
    Query<Campaign> query;
    query.newest_first();
    if (!is_office(actor)) query.where_not(&Campaign::state, CampaignState::kDraft);
    return unit.of<Campaign>().list(query);
  });
}

Result<Campaign> current_campaign_in(Unit& unit) {
  Query<Campaign> query;
  for (CampaignState over : {CampaignState::kDraft, CampaignState::kArchived, CampaignState::kCancelled}) query.where_not(&Campaign::state, over);
  return unit.of<Campaign>().first(query.order_by(&Campaign::visit_from, true));
}

Result<Campaign> current_campaign(ports::Ports& ports, const Actor& actor) {
  return ports.store->read(actor, [](Unit& unit) { return current_campaign_in(unit); });
}

Result<CodeAcceptance> accept_code(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign_id, std::string_view code_version) {
  if (actor.teacher.empty()) return not_for_this_role();
  Time now = ports.clock->now();
  Id<CodeAcceptance> id = new_id<CodeAcceptance>(now);
  return ports.store->transact(actor, "accept_code", [&](Unit& unit) -> Result<CodeAcceptance> {
    SHIDE_TRY(campaign, unit.of<Campaign>().load(campaign_id));
    if (campaign.state == CampaignState::kDraft) return not_found();
    std::string in_force = code_in_force(campaign);
    if (in_force != code_version) return Error{ErrorCode::kInvalid, {"code_of_conduct.other_version"}};
    Result<CodeAcceptance> before = unit.of<CodeAcceptance>().first(Query<CodeAcceptance>{}
        .where(&CodeAcceptance::campaign_id, campaign_id).where(&CodeAcceptance::teacher_id, actor.teacher)
        .where(&CodeAcceptance::code_version, in_force));
    if (before || before.error().code != ErrorCode::kNotFound) return before;
    CodeAcceptance acceptance;
    acceptance.id = id;
    acceptance.school_id = actor.school;
    acceptance.campaign_id = campaign_id;
    acceptance.teacher_id = actor.teacher;
    acceptance.code_version = in_force;
    acceptance.accepted_at = now;
    SHIDE_CHECK(unit.of<CodeAcceptance>().save(acceptance));
    SHIDE_CHECK(unit.audit(acceptance, "code_version"));
    return acceptance;
  });
}

Result<CodeAcceptance> code_acceptance(ports::Ports& ports, const Actor& actor, const Id<Campaign>& campaign_id) {
  return ports.store->read(actor, [&](Unit& unit) -> Result<CodeAcceptance> {
    SHIDE_TRY(campaign, unit.of<Campaign>().load(campaign_id));
    return unit.of<CodeAcceptance>().first(Query<CodeAcceptance>{}
        .where(&CodeAcceptance::campaign_id, campaign_id).where(&CodeAcceptance::teacher_id, actor.teacher)
        .where(&CodeAcceptance::code_version, code_in_force(campaign)));
  });
}

}  // namespace shide::workflow
