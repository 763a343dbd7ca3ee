#include "web/campaign_routes.h"

#include <cstdlib>

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/plan_change_routes.h"
#include "web/problem.h"
#include "workflow/campaign.h"
#include "workflow/plan_changes.h"

namespace shide::web {
namespace {

using model::Campaign;
using model::Role;
using nlohmann::json;
using visit::CampaignForm;
using visit::CampaignPlan;

constexpr int kBasisLines = 3;
constexpr int kStageLines = 4;

std::string plan_path(const Id<Campaign>& id) { return "/campaigns/" + id.value; }

CampaignForm form_of(const CampaignPlan& plan, Language language) {
  const Campaign& campaign = plan.campaign;
  CampaignForm form;
  form.school_year = campaign.school_year;
  form.term = std::to_string(campaign.term);
  form.title = campaign.title;
  form.other_title = campaign.other_title;
  form.theme = campaign.theme;
  form.purpose = campaign.purpose;
  form.plan_text = campaign.plan_text;
  form.issued_by = campaign.issued_by;
  form.issued_on = campaign.issued_on ? field_day(*campaign.issued_on, language) : "";
  form.source = campaign.source;
  form.visit_from = field_day(campaign.visit_from, language);
  form.visit_to = field_day(campaign.visit_to, language);
  form.tentative = campaign.tentative;
  form.tentative_note = campaign.tentative_note;
  form.roster_due = field_day(campaign.roster_due, language);
  form.upload_due = field_day(campaign.upload_due, language);
  form.photos_required = std::to_string(campaign.photos_required);
  form.team_min = std::to_string(campaign.team_min);
  form.team_max = std::to_string(campaign.team_max);
  form.per_class = std::to_string(campaign.per_class);
  form.homeroom_counts = campaign.homeroom_counts;
  for (const auto& basis : plan.basis) form.basis.push_back({basis.title, basis.issuer, basis.number});
  for (const auto& stage : plan.stages) {
    form.stages.push_back({stage.title, stage.description, stage.from ? field_day(*stage.from, language) : "", stage.to ? field_day(*stage.to, language) : ""});
  }
  return form;
}

CampaignForm form_in(const Form& typed) {
  auto text = [&](const std::string& name) { return std::string(typed.text(name)); };
  CampaignForm form;
  form.school_year = text("school_year");
  form.term = text("term");
  form.title = text("title");
  form.other_title = text("other_title");
  form.theme = text("theme");
  form.purpose = text("purpose");
  form.plan_text = text("plan_text");
  form.issued_by = text("issued_by");
  form.issued_on = text("issued_on");
  form.source = text("source");
  form.visit_from = text("visit_from");
  form.visit_to = text("visit_to");
  form.tentative = text("tentative") == "yes";
  form.homeroom_counts = text("homeroom_counts") == "yes";
  form.tentative_note = text("tentative_note");
  form.roster_due = text("roster_due");
  form.upload_due = text("upload_due");
  form.photos_required = text("photos_required");
  form.team_min = text("team_min");
  form.team_max = text("team_max");
  form.per_class = text("per_class");
  for (int i = 0; i < kBasisLines; ++i) {
    std::string at = "basis." + std::to_string(i) + ".";
    form.basis.push_back({text(at + "title"), text(at + "issuer"), ""});
  }
  for (int i = 0; i < kStageLines; ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    form.stages.push_back({text(at + "title"), text(at + "description"), text(at + "from"), text(at + "to")});
  }
  return form;
}

void add_lists(const Call& call, const Fields& fields, const CampaignForm& form, json& view) {
  auto numbered = [&](json field, const char* code, int number) {
    field["label"] = call.say({code, {{"number", number}}});
    return field;
  };
  json basis = json::array(), stages = json::array();
  for (int i = 0; i < kBasisLines; ++i) {
    std::string at = "basis." + std::to_string(i) + ".";
    CampaignForm::Basis known = i < static_cast<int>(form.basis.size()) ? form.basis[static_cast<std::size_t>(i)] : CampaignForm::Basis{};
    basis.push_back({{"title_field", numbered(fields.text(at + "title", "plan_page.basis_title", {.value = known.title, .optional = i > 0, .limit = 120}), "plan_page.basis_title", i + 1)},
                     {"issuer_field", numbered(fields.text(at + "issuer", "plan_page.basis_issuer", {.value = known.issuer, .optional = true, .limit = 60}), "plan_page.basis_issuer", i + 1)}});
  }
  for (int i = 0; i < kStageLines; ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    CampaignForm::Step known = i < static_cast<int>(form.stages.size()) ? form.stages[static_cast<std::size_t>(i)] : CampaignForm::Step{};
    stages.push_back({{"title_field", numbered(fields.text(at + "title", "plan_page.stage_title", {.value = known.title, .optional = i > 0, .limit = 40}), "plan_page.stage_title", i + 1)},
                      {"description_field", numbered(fields.area(at + "description", "plan_page.stage_description", {.value = known.description, .optional = true, .limit = 300, .rows = 2}), "plan_page.stage_description", i + 1)},
                      {"from_field", numbered(fields.text(at + "from", "plan_page.stage_from", {.value = known.from, .optional = true, .limit = 20}), "plan_page.stage_from", i + 1)},
                      {"to_field", numbered(fields.text(at + "to", "plan_page.stage_to", {.value = known.to, .optional = true, .limit = 20}), "plan_page.stage_to", i + 1)}});
  }
  view["basis"] = basis;
  view["stages"] = stages;
}

Response edit_page(Call& call, const CampaignForm& form, const std::string& id, std::int64_t version, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"plan_page.title"})}, {"id", id}, {"version", version}, {"errors", fields.summary()},
               {"tentative", form.tentative}, {"homeroom_counts", form.homeroom_counts}};
  auto line = [&](const char* name, const char* code, const std::string& value, int limit, bool optional = false) {
    view[std::string(name) + "_field"] = fields.text(name, code, {.value = value, .optional = optional, .limit = limit});
  };
  line("school_year", "plan_page.school_year", form.school_year, 9);
  view["term_field"] = fields.choices("term", "plan_page.term", {{"1", {"plan_page.term_1"}}, {"2", {"plan_page.term_2"}}}, form.term);
  line("title", "plan_page.field_title", form.title, 80);
  line("other_title", "plan_page.other_title", form.other_title, 80, true);
  line("theme", "plan_page.theme", form.theme, 60);
  view["purpose_field"] = fields.area("purpose", "plan_page.purpose", {.value = form.purpose, .optional = true, .limit = 2000});
  line("visit_from", "plan_page.visit_from", form.visit_from, 20);
  line("visit_to", "plan_page.visit_to", form.visit_to, 20);
  line("tentative_note", "plan_page.tentative_note", form.tentative_note, 200, true);
  line("roster_due", "plan_page.roster_due", form.roster_due, 20);
  line("upload_due", "plan_page.upload_due", form.upload_due, 20);
  line("photos_required", "plan_page.photos_required", form.photos_required, 1);
  line("team_min", "plan_page.team_min", form.team_min, 1);
  line("team_max", "plan_page.team_max", form.team_max, 1);
  line("per_class", "plan_page.per_class", form.per_class, 1);
  line("issued_by", "plan_page.issued_by", form.issued_by, 60);
  line("issued_on", "plan_page.issued_on", form.issued_on, 20, true);
  line("source", "plan_page.source", form.source, 40, true);
  view["plan_text_field"] = fields.area("plan_text", "plan_page.plan_text", {.value = form.plan_text, .limit = 20000, .rows = 14});
  add_lists(call, fields, form, view);
  return call.page("campaign_edit", std::move(view), status);
}

/// A name as it is looked for: letters and numbers alone, whatever the widths, quotes and dashes between (S15).
std::string searched(std::string_view text) {
  std::u32string kept;
  for (char32_t c : to_code_points(lower_ascii(to_half_width(text)))) {
    bool is_letter = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= 0x3400 && c <= 0x9FFF);
    if (is_letter) kept += c;
  }
  return to_utf8(kept);
}

Result<Response> show_campaigns(ports::Ports& ports, Call& call) {
  SHIDE_TRY(list, workflow::campaigns(ports, call.actor()));
  json view = {{"title", call.say({"plan_page.list"})}, {"plans", json::array()}, {"may_write", call.actor().has(Role::kStudentOffice)}};
  SHIDE_TRY(news, plan_news(ports, call, "/campaigns"));
  view["plan_news"] = std::move(news);
  std::string wanted = searched(call.query("q"));
  for (const Campaign& campaign : list) {
    if (!wanted.empty() && searched(campaign.title + campaign.other_title + campaign.theme + campaign.school_year).find(wanted) == std::string::npos) continue;
    bool draft = campaign.state == model::CampaignState::kDraft;
    view["plans"].push_back({{"address", call.link(plan_path(campaign.id))}, {"name", campaign.title}, {"year", campaign.school_year},
                             {"state", chip(draft ? ChipState::kOpen : ChipState::kDone, call.say({"campaign_state." + std::string(model::code_of(campaign.state))}))}});
  }
  view["found_none"] = !list.empty() && view["plans"].empty();
  view["search_field"] = call.fields().text("q", "plan_change.search", {.value = std::string(call.query("q")), .type = "search", .optional = true, .limit = 80});
  view["search_shown"] = list.size() > 1 || !wanted.empty();
  view["empty"] = list.empty() ? empty_state(call.say({"plan_page.none"}), call.say({"plan_page.none_what"})) : json();
  return call.page("campaigns", std::move(view));
}

json plan_view(const Call& call, const CampaignPlan& plan) {
  const Campaign& campaign = plan.campaign;
  Language language = call.language();
  json basis = json::array(), stages = json::array();
  for (const auto& document : plan.basis) basis.push_back({{"name", document.title}, {"issuer", document.issuer}});
  for (const auto& stage : plan.stages) {
    std::string days = stage.from ? day_text(*stage.from, language) : "";
    if (stage.to && stage.to != stage.from) days += "—" + day_text(*stage.to, language);
    stages.push_back({{"name", stage.title}, {"text", stage.description}, {"days", days}});
  }
  std::string window = weekday_text(campaign.visit_from, language) + "—" + weekday_text(campaign.visit_to, language);
  bool draft = campaign.state == model::CampaignState::kDraft;
  bool office = call.actor().has(Role::kStudentOffice);
  return {{"title", campaign.title}, {"id", campaign.id.value}, {"theme", campaign.theme}, {"other_title", campaign.other_title}, {"purpose", campaign.purpose},
          {"window", window}, {"tentative", campaign.tentative}, {"tentative_note", campaign.tentative_note},
          {"roster_due", weekday_text(campaign.roster_due, language)}, {"upload_due", weekday_text(campaign.upload_due, language)},
          {"issued", campaign.issued_by + (campaign.issued_on ? " " + field_day(*campaign.issued_on, language) : "")},
          {"basis", basis}, {"stages", stages}, {"plan_text", campaign.plan_text},
          {"state", chip(draft ? ChipState::kOpen : ChipState::kDone, call.say({"campaign_state." + std::string(model::code_of(campaign.state))}))},
          {"may_announce", draft && office}, {"is_announced", !draft},
          {"sees_tasks", !draft && (office || call.actor().has(Role::kGradeLeader) || call.actor().has(Role::kHead))}, {"may_copy", office},
          {"may_change", office && !workflow::steps_open(campaign).empty()}};
}

/// The days as they were announced first, when they were moved since (S20): "1月23日—1月24日"; null otherwise.
json first_window(const Call& call, const Campaign& campaign, const std::vector<workflow::PlanVersion>& versions) {
  std::optional<Date> from, to;
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    for (const auto& change : version->changes) {
      if (change.field == "visit_from" && !from) from = parse_date(change.before);
      if (change.field == "visit_to" && !to) to = parse_date(change.before);
    }
  }
  if (!from && !to) return nullptr;
  return day_text(from.value_or(campaign.visit_from), call.language()) + "—" + day_text(to.value_or(campaign.visit_to), call.language());
}

Result<Response> show_campaign(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  SHIDE_TRY(versions, workflow::plan_versions(ports, call.actor(), id));
  json view = plan_view(call, plan);
  view["first_window"] = first_window(call, plan.campaign, versions);
  view["errors"] = nullptr;
  return call.page("campaign", std::move(view));
}

/// "2020-2021" in a name becomes "2021-2022", whatever stands between the two years.
std::string a_year_later(const std::string& text, const std::string& school_year) {
  int first = std::atoi(school_year.substr(0, 4).c_str());
  std::string later;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view year = std::string_view(text).substr(i, 4);
    bool is_year = year == std::to_string(first) || year == std::to_string(first + 1);
    later += is_year ? std::to_string(std::atoi(std::string(year).c_str()) + 1) : text.substr(i, 1);
    if (is_year) i += 3;
  }
  return later;
}

/// Last year's plan for this year: the same weekdays, a year of 52 weeks later, tentative until somebody confirms them (S5, S19).
CampaignForm like(CampaignPlan plan, Language language) {
  constexpr int kYear = 364;
  auto later = [](std::optional<Date>& day) { if (day) day = *day + kYear; };
  Campaign& campaign = plan.campaign;
  campaign.title = a_year_later(campaign.title, campaign.school_year);
  campaign.school_year = a_year_later(campaign.school_year, campaign.school_year);
  for (Date* day : {&campaign.visit_from, &campaign.visit_to, &campaign.roster_due, &campaign.upload_due}) *day = *day + kYear;
  for (auto& stage : plan.stages) {
    later(stage.from);
    later(stage.to);
  }
  campaign.issued_on.reset();
  campaign.tentative = true;
  return form_of(plan, language);
}

Result<Response> show_new(ports::Ports& ports, Call& call) {
  CampaignForm form;
  form.term = "1";
  if (std::string id(call.query("like")); !id.empty()) {
    if (!is_uuid(id)) return not_found();
    SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), {id}));
    form = like(plan, call.language());
  }
  return edit_page(call, form, call.new_id("id"), 0, {}, 200);
}

Result<Response> show_edit(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return edit_page(call, form_of(plan, call.language()), id.value, plan.campaign.version, {}, 200);
}

Result<Response> save(ports::Ports& ports, Call& call) {
  CampaignForm form = form_in(call.form());
  std::string id = call.new_id("id");
  std::int64_t version = call.form().number("version");
  auto saved = workflow::save_campaign(ports, call.actor(), {id}, version, form);
  if (saved) return call.redirect(plan_path(saved->id));
  const Error& error = saved.error();
  if (!is_mendable(error)) return error;
  // Saving once more is the choice between the two versions.
  if (auto stored = workflow::campaign_plan(ports, call.actor(), {id}); stored) version = stored->campaign.version;
  return edit_page(call, form, id, version, problems_of(error, "title"), status_of(error.code));
}

Result<Response> announce(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  auto announced = workflow::announce_campaign(ports, call.actor(), id);
  if (announced) return call.redirect(plan_path(id));
  if (announced.error().code != ErrorCode::kInvalid) return announced.error();
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return edit_page(call, form_of(plan, call.language()), id.value, plan.campaign.version, announced.error().problems, 422);
}

Result<Response> api_campaigns(ports::Ports& ports, Call& call) {
  SHIDE_TRY(list, workflow::campaigns(ports, call.actor()));
  json items = json::array();
  for (const Campaign& campaign : list) {
    items.push_back({{"id", campaign.id.value}, {"title", campaign.title}, {"school_year", campaign.school_year}, {"state", model::code_of(campaign.state)},
                     {"theme", campaign.theme}, {"visit_from", to_text(campaign.visit_from)}, {"visit_to", to_text(campaign.visit_to)},
                     {"tentative", campaign.tentative}, {"roster_due", to_text(campaign.roster_due)}, {"upload_due", to_text(campaign.upload_due)}});
  }
  return call.list(items);
}

}  // namespace

std::vector<Route> campaign_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  return {
      {Method::kGet, "/campaigns", signed_in(), bound(show_campaigns), BarLink{"nav.campaigns", 60}},
      {Method::kPost, "/campaigns", roles({Role::kStudentOffice}), bound(save)},
      {Method::kGet, "/campaigns/new", roles({Role::kStudentOffice}), bound(show_new)},
      {Method::kGet, "/campaigns/{id}", signed_in(), bound(show_campaign)},
      {Method::kGet, "/campaigns/{id}/edit", roles({Role::kStudentOffice}), bound(show_edit)},
      {Method::kPost, "/campaigns/{id}/announce", roles({Role::kStudentOffice}), bound(announce)},
      {Method::kGet, "/api/v1/campaigns", signed_in(), bound(api_campaigns)},
  };
}

}  // namespace shide::web
