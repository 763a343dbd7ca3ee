#include "visit/campaign_rules.h"

#include "base/field_check.h"
#include "base/text.h"
#include "visit/school_year.h"

namespace shide::visit {
namespace {

constexpr std::size_t kListLimit = 12;

std::vector<model::BasisDocument> check_basis(FieldCheck& check, const CampaignForm& form) {
  std::vector<model::BasisDocument> list;
  for (std::size_t i = 0; i < form.basis.size() && i < kListLimit; ++i) {
    const auto& basis = form.basis[i];
    if (trim(basis.title).empty() && trim(basis.issuer).empty() && trim(basis.number).empty()) continue;
    std::string at = "basis." + std::to_string(i) + ".";
    model::BasisDocument document;
    document.position = static_cast<std::int64_t>(list.size()) + 1;
    document.title = check.line(at + "title", basis.title, {1, 120});
    document.issuer = check.line(at + "issuer", basis.issuer, {0, 60});
    document.number = check.line(at + "number", basis.number, {0, 60});
    list.push_back(document);
  }
  return list;
}

std::vector<model::Stage> check_stages(FieldCheck& check, const CampaignForm& form) {
  std::vector<model::Stage> list;
  for (std::size_t i = 0; i < form.stages.size() && i < kListLimit; ++i) {
    const auto& step = form.stages[i];
    if (trim(step.title).empty() && trim(step.description).empty()) continue;
    std::string at = "stages." + std::to_string(i) + ".";
    model::Stage stage;
    stage.position = static_cast<std::int64_t>(list.size()) + 1;
    stage.title = check.line(at + "title", step.title, {1, 40});
    stage.description = check.text(at + "description", step.description, {0, 300});
    stage.from = check.optional_date(at + "from", step.from);
    stage.to = check.optional_date(at + "to", step.to);
    if (stage.from && stage.to && *stage.to < *stage.from) check.problem(at + "to", {"campaign.window_reversed"});
    list.push_back(stage);
  }
  return list;
}

}  // namespace

void check_days(FieldCheck& check, const model::Campaign& campaign) {
  bool window_read = check.fine("visit_from") && check.fine("visit_to");
  if (window_read && campaign.visit_to < campaign.visit_from) check.problem("visit_to", {"campaign.window_reversed"});
  if (window_read && campaign.visit_to - campaign.visit_from > 92) check.problem("visit_to", {"campaign.window_long"});
  // S57: the roster is due before the first visit.
  if (window_read && check.fine("roster_due") && campaign.roster_due >= campaign.visit_from) {
    check.problem("roster_due", {"campaign.roster_after_window", {{"from", to_text(campaign.visit_from)}}});
  }
  if (window_read && check.fine("upload_due") && campaign.upload_due < campaign.visit_to) {
    check.problem("upload_due", {"campaign.upload_before_window", {{"to", to_text(campaign.visit_to)}}});
  }
}

Result<CampaignPlan> check_campaign(const CampaignForm& form) {
  FieldCheck check;
  CampaignPlan plan;
  model::Campaign& campaign = plan.campaign;
  campaign.school_year = check.line("school_year", form.school_year, {1, 20});
  if (check.fine("school_year") && !is_school_year(campaign.school_year)) check.problem("school_year", {"campaign.school_year_wrong"});
  campaign.term = check.number("term", form.term, 1, 2);
  campaign.title = check.line("title", form.title, {1, 80});
  campaign.other_title = check.line("other_title", form.other_title, {0, 80});
  campaign.theme = check.line("theme", form.theme, {1, 60});
  campaign.purpose = check.text("purpose", form.purpose, {0, 2000});
  campaign.plan_text = check.text("plan_text", form.plan_text, {0, 20000});
  campaign.issued_by = check.line("issued_by", form.issued_by, {0, 60});
  campaign.issued_on = check.optional_date("issued_on", form.issued_on);
  campaign.source = check.line("source", form.source, {0, 40});
  campaign.visit_from = check.date("visit_from", form.visit_from);
  campaign.visit_to = check.date("visit_to", form.visit_to);
  campaign.tentative = form.tentative;
  campaign.tentative_note = check.line("tentative_note", form.tentative_note, {0, 200});
  campaign.roster_due = check.date("roster_due", form.roster_due);
  campaign.upload_due = check.date("upload_due", form.upload_due);
  campaign.photos_required = check.number("photos_required", form.photos_required, 0, 2);
  campaign.team_min = check.number("team_min", form.team_min, 1, 4);
  campaign.team_max = check.number("team_max", form.team_max, 1, 4);
  campaign.homeroom_counts = form.homeroom_counts;
  campaign.per_class = check.number("per_class", form.per_class, 1, 5);
  if (check.fine("team_min") && check.fine("team_max") && campaign.team_max < campaign.team_min) {
    check.problem("team_max", {"campaign.team_reversed"});
  }
  check_days(check, campaign);
  plan.basis = check_basis(check, form);
  plan.stages = check_stages(check, form);
  if (!check.fine()) return check.error();
  return plan;
}

std::map<std::string, std::string> texts_of(const CampaignPlan& plan) {
  const model::Campaign& campaign = plan.campaign;
  auto day = [](const std::optional<Date>& date) { return date ? to_text(*date) : std::string(); };
  auto flag = [](bool on) { return std::string(on ? "yes" : ""); };
  std::map<std::string, std::string> texts = {
      {"school_year", campaign.school_year}, {"term", std::to_string(campaign.term)}, {"title", campaign.title}, {"other_title", campaign.other_title},
      {"theme", campaign.theme}, {"purpose", campaign.purpose}, {"plan_text", campaign.plan_text}, {"issued_by", campaign.issued_by},
      {"issued_on", day(campaign.issued_on)}, {"source", campaign.source}, {"visit_from", day(campaign.visit_from)}, {"visit_to", day(campaign.visit_to)},
      {"tentative", flag(campaign.tentative)}, {"tentative_note", campaign.tentative_note}, {"roster_due", day(campaign.roster_due)},
      {"upload_due", day(campaign.upload_due)}, {"photos_required", std::to_string(campaign.photos_required)}, {"team_min", std::to_string(campaign.team_min)},
      {"team_max", std::to_string(campaign.team_max)}, {"homeroom_counts", flag(campaign.homeroom_counts)}, {"per_class", std::to_string(campaign.per_class)}};
  for (std::size_t i = 0; i < plan.basis.size(); ++i) {
    std::string at = "basis." + std::to_string(i) + ".";
    texts[at + "title"] = plan.basis[i].title;
    texts[at + "issuer"] = plan.basis[i].issuer;
  }
  for (std::size_t i = 0; i < plan.stages.size(); ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    texts[at + "title"] = plan.stages[i].title;
    texts[at + "description"] = plan.stages[i].description;
    texts[at + "from"] = day(plan.stages[i].from);
    texts[at + "to"] = day(plan.stages[i].to);
  }
  return texts;
}

std::vector<Problem> missing_for_announcement(const CampaignPlan& plan) {
  std::vector<Problem> missing;
  if (plan.basis.empty()) missing.push_back({"basis.0.title", {"campaign.basis_missing"}});
  if (plan.stages.empty()) missing.push_back({"stages.0.title", {"campaign.stages_missing"}});
  if (plan.campaign.plan_text.empty()) missing.push_back({"plan_text", {"field.empty"}});
  if (plan.campaign.issued_by.empty()) missing.push_back({"issued_by", {"field.empty"}});
  return missing;
}

}  // namespace shide::visit
