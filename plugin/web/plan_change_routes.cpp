#include "web/plan_change_routes.h"

#include <algorithm>
#include <charconv>

#include "base/line_diff.h"
#include "base/text.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/problem.h"
#include "workflow/campaign.h"
#include "workflow/plan_changes.h"

namespace shide::web {
namespace {

using model::Campaign;
using model::PlanRevision;
using model::PlanStep;
using model::Role;
using nlohmann::json;
using visit::CampaignPlan;
using visit::PlanDays;
using workflow::PlanDifference;
using workflow::PlanVersion;
using workflow::RescheduleForm;

/// The pages that carry the note.
constexpr std::string_view kNewsPages[] = {"/my", "/overview", "/campaigns"};

std::string path_of(const Id<Campaign>& id, std::string_view what) { return "/campaigns/" + id.value + "/" + std::string(what); }
std::string code(PlanStep step) { return std::string(model::code_of(step)); }

// ── versions ──

/// "stages.1.from" as {"stages", 1, "from"}; a field outside the lists has no number.
Phrase label_of(const std::string& field) {
  std::vector<std::string_view> parts = split(field, '.');
  if (parts.size() != 3) return {field == "title" ? "plan_page.field_title" : "plan_page." + field};
  int number = 0;
  std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), number);
  std::string list = parts[0] == "stages" ? "stage" : "basis";
  return {"plan_page." + list + "_" + std::string(parts[2]), {{"number", number + 1}}};
}

std::string value_of(const Call& call, const std::string& field, const std::string& text) {
  if (field == "tentative" || field == "homeroom_counts") return call.say({text.empty() ? "plan_change.no" : "plan_change.yes"});
  if (text.empty()) return call.say({"plan_change.nothing"});
  auto day = text.size() == 10 ? parse_date(text) : std::nullopt;
  return day ? weekday_text(*day, call.language()) : text;
}

json line_views(const PlanDifference& change) {
  json lines = json::array();
  for (const LineChange& one : changed_lines(change.before, change.after)) {
    if (!one.text.empty()) lines.push_back({{"text", one.text}, {"is_gone", one.fate == LineFate::kGone}, {"is_new", one.fate == LineFate::kNew}, {"is_same", one.fate == LineFate::kSame}});
  }
  return lines;
}

json change_views(const Call& call, const std::vector<PlanDifference>& changes) {
  json list = json::array();
  for (const PlanDifference& one : changes) {
    bool is_text = one.field == "plan_text" || one.field == "purpose" || one.field.ends_with(".description");
    list.push_back({{"label", call.say(label_of(one.field))}, {"is_text", is_text}, {"lines", is_text ? line_views(one) : json::array()},
                    {"before", is_text ? "" : value_of(call, one.field, one.before)}, {"after", is_text ? "" : value_of(call, one.field, one.after)}});
  }
  return list;
}

json version_view(const Call& call, const PlanVersion& version) {
  const PlanRevision& revision = version.revision;
  json changes = change_views(call, version.changes);
  return {{"title", call.say({"plan_step." + code(revision.step)})}, {"number", call.say({"plan_change.number", {{"number", revision.number}}})},
          {"made", call.say({"plan_change.made", {{"name", revision.made_by_name}, {"at", day_and_time_text(revision.made_at, call.language())}}})},
          {"reason", revision.reason}, {"document", revision.document}, {"changes_shown", !changes.empty()}, {"changes", std::move(changes)}};
}

Result<Response> show_versions(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  SHIDE_TRY(versions, workflow::plan_versions(ports, call.actor(), id));
  json view = {{"title", call.say({"plan_change.versions"})}, {"id", id.value}, {"campaign", plan.campaign.title}, {"versions", json::array()}};
  for (const PlanVersion& one : versions) view["versions"].push_back(version_view(call, one));
  view["empty"] = versions.empty() ? empty_state(call.say({"plan_change.none"}), call.say({"plan_change.none_what"})) : json();
  return call.page("plan_versions", std::move(view));
}

// ── new days ──

RescheduleForm form_in(const Form& typed, std::size_t stages) {
  auto text = [&](const std::string& name) { return std::string(typed.text(name)); };
  RescheduleForm form{text("visit_from"), text("visit_to"), text("roster_due"), text("upload_due"), {}, text("tentative") == "yes", text("reason"), text("document")};
  for (std::size_t i = 0; i < stages; ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    form.stages.push_back({text(at + "from"), text(at + "to")});
  }
  return form;
}

struct DaysPage {
  const CampaignPlan& plan;
  PlanDays days;           // to be shown
  bool asks_each = false;  // the days that hang on the window stand there, one by one
  std::vector<Problem> problems;
  int status = 200;
};

std::string was_of(const Call& call, Date day) { return call.say({"plan_change.was", {{"day", weekday_text(day, call.language())}}}); }

/// What was typed stays; a day that the rule has just proposed takes the place of what was typed before.
Response days_page(Call& call, const DaysPage& page) {
  Fields fields = call.fields(page.problems), fresh = page.asks_each && page.problems.empty() ? Fields(call.language()) : fields;
  PlanDays old = visit::days_of(page.plan);
  auto day = [&](const std::optional<Date>& one) { return one ? field_day(*one, call.language()) : std::string(); };
  auto field = [&](const Fields& from, const std::string& name, Phrase label, const std::optional<Date>& value, const std::optional<Date>& before, bool optional) {
    json view = from.text(name, label.code, {.value = day(value), .optional = optional, .limit = 20});
    view["label"] = call.say(label);
    if (before && before != value) view["label"] = call.say(label) + " · " + was_of(call, *before);
    return view;
  };
  bool tentative = call.form().has("visit_from") ? call.form().text("tentative") == "yes" : page.plan.campaign.tentative;
  json view = {{"title", call.say({"plan_change.days"})}, {"id", page.plan.campaign.id.value}, {"campaign", page.plan.campaign.title}, {"version", page.plan.campaign.version},
               {"errors", fields.summary()}, {"asks_each", page.asks_each}, {"tentative", tentative}, {"each", json::array()}};
  view["from_field"] = field(fields, "visit_from", {"plan_page.visit_from"}, page.days.visit_from, old.visit_from, false);
  view["to_field"] = field(fields, "visit_to", {"plan_page.visit_to"}, page.days.visit_to, old.visit_to, false);
  view["reason_field"] = fields.area("reason", "plan_change.reason", {.limit = 300, .rows = 2});
  view["document_field"] = fields.text("document", "plan_change.document", {.optional = true, .limit = 120});
  if (!page.asks_each) return call.page("plan_days", std::move(view), page.status);
  auto add = [&](json one) { view["each"].push_back({{"day_field", std::move(one)}}); };
  add(field(fresh, "roster_due", {"plan_page.roster_due"}, page.days.roster_due, old.roster_due, false));
  add(field(fresh, "upload_due", {"plan_page.upload_due"}, page.days.upload_due, old.upload_due, false));
  for (std::size_t i = 0; i < old.stages.size(); ++i) {
    std::string at = "stages." + std::to_string(i) + ".";
    auto label = [&](const char* end) { return Phrase{end, {{"number", i + 1}}}; };
    add(field(fresh, at + "from", label("plan_page.stage_from"), page.days.stages[i].from, old.stages[i].from, true));
    add(field(fresh, at + "to", label("plan_page.stage_to"), page.days.stages[i].to, old.stages[i].to, true));
  }
  return call.page("plan_days", std::move(view), page.status);
}

Result<Response> show_days(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return days_page(call, {plan, visit::days_of(plan), false, {}});
}

Result<Response> set_days(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  RescheduleForm form = form_in(call.form(), plan.stages.size());
  if (call.form().text("act") != "save") {
    auto days = workflow::proposed_days(ports, call.actor(), id, form);
    if (days) return days_page(call, {plan, *days, true, {}});
    if (days.error().code != ErrorCode::kInvalid) return days.error();
    return days_page(call, {plan, visit::days_of(plan), false, days.error().problems, 422});
  }
  auto moved = workflow::reschedule(ports, call.actor(), id, call.form().number("version"), form);
  if (moved) return call.redirect(path_of(id, "versions"));
  if (!is_mendable(moved.error())) return moved.error();
  return days_page(call, {plan, visit::days_of(plan), true, problems_of(moved.error(), "visit_from"), status_of(moved.error().code)});
}

// ── other words ──

Response words_page(Call& call, const Campaign& campaign, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  json view = {{"title", call.say({"plan_change.words"})}, {"id", campaign.id.value}, {"campaign", campaign.title}, {"version", campaign.version}, {"errors", fields.summary()}};
  view["title_field"] = fields.text("title", "plan_page.field_title", {.value = campaign.title, .limit = 80});
  view["other_title_field"] = fields.text("other_title", "plan_page.other_title", {.value = campaign.other_title, .optional = true, .limit = 80});
  view["theme_field"] = fields.text("theme", "plan_page.theme", {.value = campaign.theme, .limit = 60});
  view["purpose_field"] = fields.area("purpose", "plan_page.purpose", {.value = campaign.purpose, .optional = true, .limit = 2000});
  view["plan_text_field"] = fields.area("plan_text", "plan_page.plan_text", {.value = campaign.plan_text, .limit = 20000, .rows = 14});
  view["reason_field"] = fields.area("reason", "plan_change.reason", {.limit = 300, .rows = 2});
  view["document_field"] = fields.text("document", "plan_change.document", {.optional = true, .limit = 120});
  return call.page("plan_words", std::move(view), status);
}

Result<Response> show_words(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return words_page(call, plan.campaign, {}, 200);
}

Result<Response> set_words(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  auto text = [&](std::string_view name) { return std::string(call.form().text(name)); };
  auto amended = workflow::amend_plan(ports, call.actor(), id, call.form().number("version"),
                                      {text("title"), text("other_title"), text("theme"), text("purpose"), text("plan_text"), text("reason"), text("document")});
  if (amended) return call.redirect(path_of(id, "versions"));
  if (!is_mendable(amended.error())) return amended.error();
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return words_page(call, plan.campaign, problems_of(amended.error(), "title"), status_of(amended.error().code));
}

// ── suspended, going on, called off ──

Response step_page(Call& call, const Campaign& campaign, const std::vector<Problem>& problems) {
  Fields fields = call.fields(problems);
  std::vector<Option> options;
  for (PlanStep step : workflow::steps_open(campaign)) options.push_back({code(step), {"plan_step_do." + code(step)}});
  json view = {{"title", call.say({"plan_change.step"})}, {"id", campaign.id.value}, {"campaign", campaign.title}, {"errors", fields.summary()}, {"may_step", !options.empty()},
               {"step_field", nullptr}, {"reason_field", fields.area("reason", "plan_change.reason", {.limit = 300, .rows = 2})},
               {"document_field", fields.text("document", "plan_change.document", {.optional = true, .limit = 120})}};
  if (!options.empty()) view["step_field"] = fields.choices("step", "plan_change.step_which", options, options.front().value);
  return call.page("plan_step", std::move(view), problems.empty() ? 200 : 422);
}

Result<Response> show_step(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  return step_page(call, plan.campaign, {});
}

Result<Response> take_step(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Campaign>("id"));
  SHIDE_TRY(plan, workflow::campaign_plan(ports, call.actor(), id));
  auto step = model::from_code<PlanStep>(call.form().text("step"));
  bool is_offered = step && *step != PlanStep::kAnnounced && *step != PlanStep::kRescheduled && *step != PlanStep::kAmended;
  if (!is_offered) return step_page(call, plan.campaign, {{"step", {"field.not_offered"}}});
  auto changed = workflow::change_plan(ports, call.actor(), id, {*step, std::string(call.form().text("reason")), std::string(call.form().text("document"))});
  if (changed) return call.redirect(path_of(id, "versions"));
  if (changed.error().code != ErrorCode::kInvalid) return changed.error();
  return step_page(call, plan.campaign, problems_of(changed.error(), "reason"));
}

Result<Response> told(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<PlanRevision>("id"));
  SHIDE_CHECK(workflow::note_told(ports, call.actor(), id));
  std::string_view back = call.form().text("back");
  bool is_known = std::find(std::begin(kNewsPages), std::end(kNewsPages), back) != std::end(kNewsPages);
  return call.redirect(is_known ? back : kNewsPages[0]);
}

}  // namespace

Result<json> plan_news(ports::Ports& ports, Call& call, const std::string& back) {
  auto news = workflow::untold(ports, call.actor());
  if (!news && news.error().code == ErrorCode::kNotFound) return json();
  if (!news) return news.error();
  json view = version_view(call, *news);
  view["id"] = news->revision.id.value;
  view["back"] = back;
  view["more"] = call.link(path_of(news->revision.campaign_id, "versions"));
  return view;
}

std::vector<Route> plan_change_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  const Permission office = roles({Role::kStudentOffice});
  return {
      {Method::kGet, "/campaigns/{id}/versions", signed_in(), bound(show_versions)},
      {Method::kGet, "/campaigns/{id}/days", office, bound(show_days)},
      {Method::kPost, "/campaigns/{id}/days", office, bound(set_days)},
      {Method::kGet, "/campaigns/{id}/words", office, bound(show_words)},
      {Method::kPost, "/campaigns/{id}/words", office, bound(set_words)},
      {Method::kGet, "/campaigns/{id}/step", office, bound(show_step)},
      {Method::kPost, "/campaigns/{id}/step", office, bound(take_step)},
      {Method::kPost, "/plan-news/{id}", signed_in(), bound(told)},
  };
}

}  // namespace shide::web
