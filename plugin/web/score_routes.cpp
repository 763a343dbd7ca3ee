#include "web/score_routes.h"

#include "appraisal/rule_set.h"
#include "base/text.h"
#include "web/call.h"
#include "web/parts.h"
#include "workflow/appraisal.h"
#include "workflow/campaign.h"

namespace shide::web {
namespace {

using model::Role;
using nlohmann::json;
using workflow::ScoreSheet;

bool counts(const model::ScoreLine& line) { return line.state == "counted"; }

json line_view(const Call& call, const model::ScoreLine& line) {
  json view = {{"label", call.say(appraisal::criterion_label(line.criterion, ""))}, {"points", ""}, {"state", nullptr}, {"because", call.say(parse_phrase(line.because))}, {"items", json::array()}};
  if (counts(line) || line.state == "reference") view["points"] = line.points.to_text(2);
  else view["state"] = chip(line.state == "missing" ? ChipState::kOpen : ChipState::kNotApplicable, call.say({"score_page.state." + line.state}));
  return view;
}

/// The parts of the total, each with the lines it came from below it.
json part_list(const Call& call, const ScoreSheet& sheet) {
  json parts = json::array();
  for (const auto& line : sheet.lines) {
    json view = line_view(call, line);
    if (sheet.parts.count(line.criterion) || parts.empty()) parts.push_back(std::move(view));
    else parts.back()["items"].push_back(std::move(view));
  }
  for (json& part : parts) part["items_shown"] = !part["items"].empty();
  return parts;
}

std::vector<const model::ScoreLine*> counted_parts(const ScoreSheet& sheet) {
  std::vector<const model::ScoreLine*> counted;
  for (const auto& line : sheet.lines) {
    if (counts(line) && sheet.parts.count(line.criterion)) counted.push_back(&line);
  }
  return counted;
}

/// The bar of the total: a piece as wide as its part, of a hundred.
json segments(const Call& call, const ScoreSheet& sheet) {
  json pieces = json::array();
  for (const auto* line : counted_parts(sheet)) {
    bool ours = line != &sheet.lines.back() && !sheet.parts.count((line + 1)->criterion);
    pieces.push_back({{"width", width_class(line->points.units(), Decimal::from_integer(100).units())}, {"ours", ours}, {"label", call.say(appraisal::criterion_label(line->criterion, ""))}});
  }
  return pieces;
}

/// "9.60 + 18.30 + ... = 92.95"; with all their places where rounded ones would not add up.
std::string sum_line(const ScoreSheet& sheet) {
  Decimal rounded;
  std::vector<std::string> shown, exact;
  for (const auto* line : counted_parts(sheet)) {
    rounded += line->points.rounded(2);
    shown.push_back(line->points.to_text(2));
    exact.push_back(line->points.to_text());
  }
  return join(rounded == sheet.score.total.rounded(2) ? shown : exact, " + ") + " = " + sheet.score.total.to_text(2);
}

json sheet_view(const Call& call, const ScoreSheet& sheet) {
  std::vector<std::string> missing;
  for (const std::string_view key : split(sheet.score.missing, ' ')) {
    if (!key.empty()) missing.push_back(call.say(appraisal::criterion_label(key, "")));
  }
  json vetoes = json::array();
  for (const std::string_view stored : split(sheet.score.vetoes, '\n')) {
    if (!stored.empty()) vetoes.push_back(call.say(parse_phrase(stored)));
  }
  bool whole = !sheet.score.grade.empty();
  return {{"name", sheet.score.staff_name}, {"year", call.say({"score_page.year", {{"year", sheet.appraisal.school_year}}})}, {"number", sheet.score.staff_number}, {"total", whole ? sheet.score.total.to_text(2) : ""}, {"grade", sheet.score.grade},
          {"parts", part_list(call, sheet)}, {"segments", segments(call, sheet)}, {"sum", whole ? sum_line(sheet) : ""}, {"missing", join(missing, call.say({"my.and"}))}, {"vetoes", vetoes}, {"vetoes_shown", !vetoes.empty()},
          {"rules", call.say({"score_page.rules", {{"title", sheet.appraisal.title}, {"version", sheet.appraisal.rule_set_version}}})},
          {"after_quota", sheet.score.grade_after_quota}, {"quota_because", call.say(parse_phrase(sheet.score.quota_because))},
          {"address", call.link("/appraisal/" + sheet.appraisal.id.value + "/scores/" + sheet.score.staff_number)}};
}

Result<Response> show_own(ports::Ports& ports, Call& call) {
  auto sheet = workflow::own_score(ports, call.actor());
  if (!sheet) {
    if (sheet.error().code != ErrorCode::kNotFound) return sheet.error();
    return call.page("score", {{"title", call.say({"score_page.title"})}, {"sheet", nullptr}, {"empty", empty_state(call.say({"score_page.none"}), call.say({"score_page.none_what"}))}});
  }
  return call.page("score", {{"title", call.say({"score_page.title"})}, {"sheet", sheet_view(call, *sheet)}, {"empty", nullptr}, {"own", true}});
}

Result<Response> show_runs(ports::Ports& ports, Call& call) {
  SHIDE_TRY(runs, workflow::appraisals(ports, call.actor()));
  bool decides = call.actor().has(Role::kEthicsCommittee) || call.actor().has(Role::kHead);
  json view = {{"title", call.say({"score_page.list"})}, {"runs", json::array()}, {"may_open", false}, {"decides", decides}, {"rates", call.actor().has(Role::kEthicsCommittee)}};
  auto campaign = workflow::current_campaign(ports, call.actor());
  bool open = campaign && decides;
  for (const auto& run : runs) {
    if (campaign && run.campaign_id == campaign->id) open = false;
    SHIDE_TRY(sheets, workflow::score_sheets(ports, call.actor(), run.id));
    json people = json::array();
    for (const ScoreSheet& sheet : sheets) people.push_back(sheet_view(call, sheet));
    view["runs"].push_back({{"id", run.id.value}, {"name", run.title}, {"year", run.school_year}, {"people", people}, {"people_shown", !people.empty()}});
  }
  view["may_open"] = open;
  return call.page("appraisal", std::move(view));
}

Result<Response> open_run(ports::Ports& ports, Call& call) {
  SHIDE_TRY(campaign, workflow::current_campaign(ports, call.actor()));
  SHIDE_TRY(run, workflow::open_appraisal(ports, call.actor(), campaign.id));
  SHIDE_TRY(count, workflow::compute_scores(ports, call.actor(), run.id));
  (void)count;
  return call.redirect("/appraisal");
}

Result<Response> compute(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Appraisal>("id"));
  SHIDE_TRY(count, workflow::compute_scores(ports, call.actor(), id));
  (void)count;
  return call.redirect("/appraisal");
}

Result<Response> show_sheet(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Appraisal>("id"));
  SHIDE_TRY(sheets, workflow::score_sheets(ports, call.actor(), id));
  for (const ScoreSheet& sheet : sheets) {
    if (sheet.score.staff_number == call.parameter("staff")) return call.page("score", {{"title", sheet.score.staff_name}, {"sheet", sheet_view(call, sheet)}, {"empty", nullptr}, {"own", false}});
  }
  return not_found();
}

Result<Response> show_awards(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Appraisal>("id"));
  SHIDE_TRY(list, workflow::award_list(ports, call.actor(), id));
  json people = json::array();
  for (const workflow::Nominee& one : list.nominees) {
    json checks = json::array();
    for (const auto& check : one.checks) checks.push_back({{"text", call.say(parse_phrase(check.because))}, {"passed", check.passed}});
    people.push_back({{"name", one.score.staff_name}, {"checks", checks},
                      {"state", chip(one.eligible ? ChipState::kDone : ChipState::kOpen, call.say({one.eligible ? "score_page.eligible" : "score_page.not_eligible"}))}});
  }
  return call.page("awards", {{"title", call.say({"score_page.awards"})}, {"people", people}, {"name", list.appraisal.title}});
}

Result<Response> api_scores(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Appraisal>("id"));
  SHIDE_TRY(sheets, workflow::score_sheets(ports, call.actor(), id));
  json items = json::array();
  for (const ScoreSheet& sheet : sheets) {
    json lines = json::array();
    for (const auto& line : sheet.lines) lines.push_back({{"criterion", line.criterion}, {"state", line.state}, {"points", line.points.to_text()}, {"because", call.say(parse_phrase(line.because))}});
    bool whole = !sheet.score.grade.empty();
    items.push_back({{"staff", sheet.score.staff_number}, {"total", whole ? json(sheet.score.total.to_text(2)) : json()}, {"grade", whole ? json(sheet.score.grade) : json()},
                     {"missing", sheet.score.missing}, {"lines", lines}});
  }
  return call.list(items, "staff");
}

}  // namespace

std::vector<Route> score_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> readers = {Role::kEthicsCommittee, Role::kHr, Role::kHead};
  std::set<Role> deciders = {Role::kEthicsCommittee, Role::kHead};
  return {
      {Method::kGet, "/my/score", roles({Role::kTeacher}), bound(show_own), BarLink{"nav.score", 16}},
      {Method::kGet, "/appraisal", roles(readers), bound(show_runs), BarLink{"nav.appraisal", 46}},
      {Method::kPost, "/appraisal", roles(deciders), bound(open_run)},
      {Method::kPost, "/appraisal/{id}", roles(deciders), bound(compute)},
      {Method::kGet, "/appraisal/{id}/scores/{staff}", roles(readers), bound(show_sheet)},
      {Method::kGet, "/appraisal/{id}/awards", roles(readers), bound(show_awards)},
      {Method::kGet, "/api/v1/appraisals/{id}/scores", roles(readers), bound(api_scores)},
  };
}

}  // namespace shide::web
