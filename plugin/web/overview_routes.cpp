#include "web/overview_routes.h"

#include <algorithm>

#include "base/text.h"
#include "followup/demand_rules.h"
#include "visit/school_year.h"
#include "web/call.h"
#include "web/day.h"
#include "web/overview_view.h"
#include "web/parts.h"
#include "web/plan_change_routes.h"
#include "web/problem.h"
#include "web/row_form.h"
#include "web/visit_view.h"
#include "workflow/campaign.h"
#include "workflow/demand.h"
#include "workflow/overview.h"
#include "workflow/signal.h"
#include "workflow/visit.h"

namespace shide::web {
namespace {

using model::Demand;
using model::FormalismSignal;
using model::GiftReport;
using model::Rectification;
using model::Role;
using nlohmann::json;
using workflow::DemandRow;

std::string year_of(const Call& call) { return visit::school_year_of(date_of(call.now())); }

// ── the one screen ──

Result<Response> show_overview(ports::Ports& ports, Call& call) {
  auto view = workflow::overview(ports, call.actor());
  if (auto* error = view.if_error()) return call.before_campaign(*error);
  json shown = overview_view(call, *view);
  SHIDE_TRY(news, plan_news(ports, call, "/overview"));
  shown["plan_news"] = std::move(news);
  return call.page("overview", std::move(shown));
}

Result<Response> show_grades(ports::Ports& ports, Call& call) {
  auto view = workflow::overview(ports, call.actor());
  if (auto* error = view.if_error()) return call.before_campaign(*error);
  return call.page("grades", grades_view(call, *view));
}

Result<Response> api_analysis(ports::Ports& ports, Call& call) {
  SHIDE_TRY(view, workflow::overview(ports, call.actor()));
  std::string_view asked = call.query("campaign");
  if (!asked.empty() && asked != view.campaign.id.value) return not_found();  // figures are kept of the current one
  json grades = json::array();
  for (const auto& grade : view.figures.grades) grades.push_back({{"grade", grade.grade_name}, {"chosen", grade.visits.chosen}, {"visited", grade.visits.visited}, {"declined", grade.visits.declined}, {"to_go", grade.visits.to_go}});
  return call.json({{"campaign", view.campaign.id.value}, {"visited", view.figures.visits.visited}, {"declined", view.figures.visits.declined}, {"to_go", view.figures.visits.to_go},
                    {"grades", grades}, {"demands", {{"raised", view.demand_figures.raised}, {"answered", view.demand_figures.answered}, {"overdue", view.demand_figures.overdue}}}});
}

// ── demands ──

json demand_view(const Call& call, const DemandRow& row) {
  const Demand& demand = row.demand;
  bool full = demand.level == model::Level::kFull;
  ChipState state = followup::is_answered(demand) ? ChipState::kDone : row.overdue ? ChipState::kBad : ChipState::kNow;
  std::string word = row.overdue ? call.say({"demands.overdue"}) : call.say({"demand_state." + std::string(model::code_of(demand.state))});
  return {{"address", call.link("/demands/" + demand.id.value)}, {"text", full ? demand.text : ""}, {"topic", call.say({"demand_topic." + std::string(model::code_of(demand.topic))})},
          {"grade", row.grade_name}, {"owner", demand.owner_name}, {"heard", weekday_text(date_of(demand.heard_at), call.language())},
          {"due", demand.due_on ? weekday_text(*demand.due_on, call.language()) : ""}, {"state", chip(state, word)}};
}

Result<Response> show_demands(ports::Ports& ports, Call& call) {
  SHIDE_TRY(rows, workflow::demands(ports, call.actor(), year_of(call)));
  json view = {{"title", call.say({"demands.title"})}, {"rows", json::array()}};
  for (const DemandRow& row : rows) view["rows"].push_back(demand_view(call, row));
  view["empty"] = rows.empty() ? empty_state(call.say({"demands.empty"}), call.say({"demands.empty_what"})) : json();
  return call.page("demands", std::move(view));
}

Response demand_page(Call& call, const Demand& demand, const std::vector<Problem>& problems, int status) {
  Fields fields = call.fields(problems);
  bool office = call.actor().has(Role::kStudentOffice), open = followup::is_open(demand);
  json view = demand_view(call, {demand, "", followup::is_overdue(demand, date_of(call.now())), 0});
  view["title"] = call.say({"demands.one"});
  view["voice"] = voice(demand.text, {.answer = demand.answer});
  view["early"] = demand.heard_early_reason;
  view["id"] = demand.id.value;
  view["may_assign"] = office && open;
  view["may_answer"] = (office || demand.owner_id == call.actor().account) && open;
  view["may_open_item"] = office || call.actor().has(Role::kHead);
  view["owner_field"] = fields.text("owner", "demands.owner", {.value = demand.owner_name, .limit = 40});
  view["answer_field"] = fields.area("answer", "demands.answer", {.value = demand.answer, .limit = 500, .rows = 3});
  view["errors"] = fields.summary();
  return call.page("demand", std::move(view), status);
}

Result<Response> show_demand(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Demand>("id"));
  SHIDE_TRY(demand, workflow::demand(ports, call.actor(), id));
  return demand_page(call, demand, {}, 200);
}

Result<Response> act_on_demand(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Demand>("id"));
  auto done = call.form().text("act") == "assign" ? workflow::assign_demand(ports, call.actor(), id, call.form().text("owner"))
                                                  : workflow::answer_demand(ports, call.actor(), id, call.form().text("answer"));
  if (done) return call.redirect("/demands/" + id.value);
  if (!is_mendable(done.error())) return done.error();
  SHIDE_TRY(demand, workflow::demand(ports, call.actor(), id));
  return demand_page(call, demand, problems_of(done.error(), "answer"), status_of(done.error().code));
}

Result<Response> api_demands(ports::Ports& ports, Call& call) {
  SHIDE_TRY(rows, workflow::demands(ports, call.actor(), year_of(call)));
  json items = json::array();
  for (const DemandRow& row : rows) {
    items.push_back({{"id", row.demand.id.value}, {"topic", model::code_of(row.demand.topic)}, {"urgency", model::code_of(row.demand.urgency)}, {"state", model::code_of(row.demand.state)},
                     {"text", row.demand.level == model::Level::kFull ? json(row.demand.text) : json()}, {"owner", row.demand.owner_name},
                     {"due_on", row.demand.due_on ? json(to_text(*row.demand.due_on)) : json()}, {"overdue", row.overdue}});
  }
  return call.list(items);
}

// ── rectification ──

json item_view(const Call& call, const Rectification& item) {
  bool done = item.state == model::RectificationState::kSignedOff, waits = item.state == model::RectificationState::kSubmitted;
  std::string_view title = first_sentence(item.problem);
  return {{"id", item.id.value}, {"problem", title}, {"problem_more", sentences_after(item.problem, title)}, {"measure", item.measure}, {"standard", item.standard}, {"owner", item.owner_name},
          {"due", weekday_text(item.due_on, call.language())}, {"outcome", item.outcome}, {"verifier", item.verified_by_name}, {"state", item_chip(call, item)},
          {"may_report", item.owner_id == call.actor().account && !done && item.level == model::Level::kFull},
          {"may_sign_off", waits && item.owner_id != call.actor().account && (call.actor().has(Role::kStudentOffice) || call.actor().has(Role::kHead) || call.actor().has(Role::kEthicsCommittee))}};
}

Result<Response> items_page(ports::Ports& ports, Call& call, const RowRefusal& refusal) {
  SHIDE_TRY(items, workflow::rectifications(ports, call.actor(), year_of(call)));
  Fields fields = refusal.row.empty() ? call.fields(refusal.problems) : call.fields();
  bool opens = call.actor().has(Role::kStudentOffice) || call.actor().has(Role::kHead);
  json view = {{"title", call.say({"rectifications.title"})}, {"items", json::array()}, {"may_open", opens}, {"errors", fields_of(call, refusal, refusal.row).summary()}};
  for (const Rectification& item : items) {
    json one = item_view(call, item);
    if (one["may_report"].get<bool>()) one["outcome_field"] = fields_of(call, refusal, item.id.value).area("outcome", "rectifications.outcome", {.limit = 500, .rows = 2});
    view["items"].push_back(std::move(one));
  }
  view["empty"] = items.empty() ? empty_state(call.say({"rectifications.empty"}), call.say({"rectifications.empty_what"})) : json();
  if (opens) {
    SHIDE_TRY(owners, workflow::possible_owners(ports, call.actor()));
    std::vector<Option> options = {{"", {"choose.none"}}};  // whoever stands first owns nothing by accident
    for (const auto& owner : owners) options.push_back({owner.login, {"choose.name", {{"name", owner.name}}}});
    view["item_id"] = refusal.row.empty() ? call.new_id("id") : new_uuid(call.now());
    view["demand_id"] = call.form().has("demand_id") ? std::string(call.form().text("demand_id")) : std::string(call.query("demand"));
    view["problem_field"] = fields.text("problem", "rectifications.problem", {.limit = 300});
    view["measure_field"] = fields.area("measure", "rectifications.measure", {.limit = 300, .rows = 2});
    view["standard_field"] = fields.text("standard", "rectifications.standard", {.limit = 300});
    view["owner_field"] = fields.select("owner_login", "rectifications.owner", options, "");
    view["due_field"] = fields.text("due_on", "rectifications.due", {.limit = 20});
  }
  return call.page("rectifications", std::move(view), refusal.status);
}

Result<Response> show_items(ports::Ports& ports, Call& call) { return items_page(ports, call, {}); }

Result<Response> open_item(ports::Ports& ports, Call& call) {
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  auto opened = workflow::open_rectification(ports, call.actor(), {call.new_id("id"), text("demand_id"), text("problem"), text("measure"), text("standard"), text("owner_login"), text("due_on")});
  if (opened) return call.redirect("/rectifications");
  if (!is_mendable(opened.error())) return opened.error();
  return items_page(ports, call, refused("", opened.error(), "problem"));
}

Result<Response> act_on_item(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<Rectification>("id"));
  auto done = call.form().text("act") == "sign_off" ? workflow::sign_off(ports, call.actor(), id) : workflow::submit_rectification(ports, call.actor(), id, call.form().text("outcome"));
  if (done) return call.redirect("/rectifications");
  if (!is_mendable(done.error())) return done.error();
  return items_page(ports, call, refused(id.value, done.error(), "outcome"));
}

Result<Response> api_items(ports::Ports& ports, Call& call) {
  SHIDE_TRY(items, workflow::rectifications(ports, call.actor(), year_of(call)));
  json list = json::array();
  for (const Rectification& item : items) {
    list.push_back({{"id", item.id.value}, {"problem", item.problem}, {"owner", item.owner_name}, {"due_on", to_text(item.due_on)}, {"state", model::code_of(item.state)}});
  }
  return call.list(list);
}

// ── questions of form, and gifts ──

Result<Response> signals_page(ports::Ports& ports, Call& call, const RowRefusal& refusal) {
  SHIDE_TRY(rows, workflow::signals(ports, call.actor()));
  json view = {{"title", call.say({"signals.title"})}, {"rows", json::array()}, {"errors", fields_of(call, refusal, refusal.row).summary()}};
  for (const auto& row : rows) {
    Fields fields = fields_of(call, refusal, row.signal.id.value);
    const FormalismSignal& signal = row.signal;
    bool decided = signal.state == model::SignalState::kDecided;
    json one = {{"id", signal.id.value}, {"question", call.say(parse_phrase(signal.evidence))}, {"asked", call.say({"signals.asked", {{"name", row.teacher_name}, {"grade", row.grade_name}}})},
                {"reply", signal.reply}, {"may_reply", row.may_reply}, {"may_decide", row.may_decide},
                {"decision_text", decided ? json(call.say({"signals.decided", {{"decision", Phrase{"signal_decision." + std::string(model::code_of(signal.decision))}}, {"name", signal.decided_by_name}}}) + " " + signal.decision_reason) : json()},
                {"state", chip(decided ? ChipState::kDone : ChipState::kNow, call.say({"signal_state." + std::string(model::code_of(signal.state))}))}};
    if (row.may_reply) one["reply_field"] = fields.area("reply", "signals.reply", {.limit = 500, .rows = 2});
    if (row.may_decide) {
      std::vector<Option> answers = {{"explained", {"signal_decision.explained"}}, {"needs_supplement", {"signal_decision.needs_supplement"}}, {"true", {"signal_decision.true"}}};
      one["decision_field"] = fields.choices("decision", "signals.decision", answers, "");
      one["reason_field"] = fields.area("reason", "signals.reason", {.limit = 500, .rows = 2});
      one["document_field"] = fields.text("document", "signals.document", {.optional = true, .limit = 60});
    }
    view["rows"].push_back(std::move(one));
  }
  view["empty"] = rows.empty() ? empty_state(call.say({"signals.empty"}), call.say({"signals.empty_what"})) : json();
  return call.page("signals", std::move(view), refusal.status);
}

Result<Response> show_signals(ports::Ports& ports, Call& call) { return signals_page(ports, call, {}); }

Result<Response> act_on_signal(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<FormalismSignal>("id"));
  auto text = [&](const char* name) { return std::string(call.form().text(name)); };
  Error error;
  if (text("act") == "reply") {
    auto replied = workflow::reply_to_signal(ports, call.actor(), id, text("reply"));
    if (replied) return call.redirect("/signals");
    error = replied.error();
  } else {
    auto decided = workflow::decide_signal(ports, call.actor(), id, {text("decision"), text("reason"), text("document")});
    if (decided) return call.redirect("/signals");
    error = decided.error();
  }
  if (!is_mendable(error)) return error;
  return signals_page(ports, call, refused(id.value, error, "reason"));
}

Result<Response> api_signals(ports::Ports& ports, Call& call) {
  SHIDE_TRY(rows, workflow::signals(ports, call.actor()));
  json items = json::array();
  for (const auto& row : rows) items.push_back({{"id", row.signal.id.value}, {"kind", model::code_of(row.signal.kind)}, {"state", model::code_of(row.signal.state)}, {"decision", model::code_of(row.signal.decision)}});
  return call.list(items);
}

Result<Response> gifts_page(ports::Ports& ports, Call& call, const RowRefusal& refusal) {
  SHIDE_TRY(gifts, workflow::gift_reports(ports, call.actor()));
  bool handles = call.actor().has(Role::kStudentOffice) || call.actor().has(Role::kEthicsCommittee);
  json view = {{"title", call.say({"gifts.title"})}, {"gifts", json::array()}, {"errors", fields_of(call, refusal, refusal.row).summary()}};
  for (const GiftReport& gift : gifts) {
    bool open = gift.state == model::GiftState::kReported;
    json one = {{"id", gift.id.value}, {"text", gift.text}, {"at", day_and_time_text(gift.reported_at, call.language())}, {"outcome", gift.outcome}, {"may_handle", open && handles},
                {"state", chip(open ? ChipState::kNow : ChipState::kDone, call.say({open ? "gifts.open" : "gifts.handled"}))}};
    if (open && handles) one["outcome_field"] = fields_of(call, refusal, gift.id.value).area("outcome", "gifts.outcome", {.limit = 500, .rows = 2});
    view["gifts"].push_back(std::move(one));
  }
  view["empty"] = gifts.empty() ? empty_state(call.say({"gifts.empty"}), call.say({"gifts.empty_what"})) : json();
  return call.page("gifts", std::move(view), refusal.status);
}

Result<Response> show_gifts(ports::Ports& ports, Call& call) { return gifts_page(ports, call, {}); }

Result<Response> handle_gift(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<GiftReport>("id"));
  auto handled = workflow::handle_gift(ports, call.actor(), id, call.form().text("outcome"));
  if (handled) return call.redirect("/gifts");
  if (!is_mendable(handled.error())) return handled.error();
  return gifts_page(ports, call, refused(id.value, handled.error(), "outcome"));
}

}  // namespace

std::vector<Route> overview_routes(ports::Ports& ports) {
  auto bound = [&ports](Result<Response> (*handler)(ports::Ports&, Call&)) { return [&ports, handler](Call& call) { return handler(ports, call); }; };
  std::set<Role> lead = {Role::kHead, Role::kStudentOffice};
  std::set<Role> ledger = {Role::kHead, Role::kStudentOffice, Role::kGradeLeader, Role::kTeacher};
  std::set<Role> asked = {Role::kTeacher, Role::kHead, Role::kEthicsCommittee, Role::kStudentOffice};
  std::set<Role> gifts = {Role::kHead, Role::kEthicsCommittee, Role::kStudentOffice};
  std::set<Role> items = {Role::kTeacher, Role::kHead, Role::kEthicsCommittee, Role::kStudentOffice, Role::kUnionEditor};
  return {
      {Method::kGet, "/overview", roles(lead), bound(show_overview), BarLink{"nav.overview", 5}},
      {Method::kGet, "/overview/grades", roles(lead), bound(show_grades)},
      {Method::kGet, "/demands", roles({Role::kHead, Role::kStudentOffice, Role::kGradeLeader}), bound(show_demands), BarLink{"nav.demands", 35}},
      {Method::kGet, "/demands/{id}", roles(ledger), bound(show_demand)},
      {Method::kPost, "/demands/{id}", roles(ledger), bound(act_on_demand)},
      {Method::kGet, "/rectifications", roles(items), bound(show_items)},
      {Method::kPost, "/rectifications", roles(lead), bound(open_item)},
      {Method::kPost, "/rectifications/{id}", roles(items), bound(act_on_item)},
      {Method::kGet, "/signals", roles(asked), bound(show_signals), BarLink{"nav.signals", 70}},
      {Method::kPost, "/signals/{id}", roles(asked), bound(act_on_signal)},
      {Method::kGet, "/gifts", roles(gifts), bound(show_gifts)},
      {Method::kPost, "/gifts/{id}", roles(gifts), bound(handle_gift)},
      {Method::kGet, "/api/v1/demands", roles(ledger), bound(api_demands)},
      {Method::kGet, "/api/v1/rectifications", roles(items), bound(api_items)},
      {Method::kGet, "/api/v1/signals", roles(asked), bound(api_signals)},
      {Method::kGet, "/api/v1/analysis", roles(lead), bound(api_analysis)},
  };
}

}  // namespace shide::web
