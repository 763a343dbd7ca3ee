#include "web/overview_view.h"

#include <algorithm>

#include "base/text.h"
#include "web/day.h"
#include "web/parts.h"

namespace shide::web {
namespace {

using model::Rectification;
using model::RectificationState;
using nlohmann::json;
using workflow::DemandRow;
using workflow::Overview;

bool is_going_on(const Rectification& item) { return item.state != RectificationState::kSignedOff; }

/// What a person should decide today, the weightiest first; beside it the way to everything of its kind.
json decision(const Call& call, const Overview& overview) {
  auto decide = [&](const char* code, std::string_view text, const std::string& path, const std::string& all) {
    return json{{"what", call.say({std::string("overview.decide.") + code})}, {"text", text}, {"address", call.link(path)}, {"all_address", all.empty() ? "" : call.link(all)}};
  };
  for (const DemandRow& row : overview.open_demands) {
    if (row.demand.urgency == model::Urgency::kSafety) return decide("safety", row.demand.text, "/demands/" + row.demand.id.value, "/demands");
  }
  for (const DemandRow& row : overview.open_demands) {
    if (row.overdue) return decide("overdue", row.demand.text, "/demands/" + row.demand.id.value, "/demands");
  }
  if (!overview.open_gifts.empty()) return decide("gift", overview.open_gifts.front().text, "/gifts", "");
  if (overview.questions_open > 0) return decide("question", call.say({"overview.decide.count", {{"count", overview.questions_open}}}), "/signals", "");
  for (const Rectification& item : overview.rectifications) {
    if (item.state == RectificationState::kSubmitted) return decide("sign_off", first_sentence(item.problem), "/rectifications", "");
  }
  return nullptr;
}

json windows(const workflow::VisitFigures& figures) {
  json panes = json::array();
  for (std::int64_t i = 0; i < figures.chosen; ++i) {
    const char* state = i < figures.visited ? "lit" : i < figures.visited + figures.declined ? "shut" : "plain";
    panes.push_back({{"state", state}});
  }
  return panes;
}

json grade_rows(const workflow::Figures& figures) {
  json rows = json::array();
  for (const auto& grade : figures.grades) {
    rows.push_back({{"name", grade.grade_name}, {"visited", grade.visits.visited}, {"chosen", grade.visits.chosen}, {"declined", grade.visits.declined},
                    {"to_go", grade.visits.to_go}, {"accepted", grade.visits.accepted}, {"windows", windows(grade.visits)}});
  }
  return rows;
}

/// Every bar is drawn against the longest, so that lengths can be compared by eye.
json topic_rows(const Call& call, const workflow::DemandFigures& figures) {
  std::int64_t most = 0;
  for (const auto& [topic, counts] : figures.topics) most = std::max(most, counts.first);
  json rows = json::array();
  for (const auto& [topic, counts] : figures.topics) {
    rows.push_back({{"name", call.say({"demand_topic." + std::string(model::code_of(topic))})}, {"raised", counts.first}, {"answered", counts.second},
                    {"solid", width_class(counts.second, most)}, {"hatched", width_class(counts.first - counts.second, most)}});
  }
  return rows;
}

json longest_waiting(const Call& call, const Overview& overview) {
  if (overview.open_demands.empty()) return nullptr;
  const DemandRow& row = overview.open_demands.front();
  std::string owner = row.demand.owner_name.empty() ? call.say({"overview.no_owner"}) : row.demand.owner_name;
  return {{"days", call.say({"overview.waiting", {{"days", row.age}}})}, {"words", first_sentence(row.demand.text)}, {"owner", owner},
          {"address", call.link("/demands/" + row.demand.id.value)}};
}

json task_rows(const Call& call, const Overview& overview) {
  json rows = json::array();
  for (const Rectification& item : overview.rectifications) {
    if (!is_going_on(item)) continue;
    rows.push_back({{"problem", first_sentence(item.problem)}, {"owner", item.owner_name}, {"due", day_text(item.due_on, call.language())}, {"state", item_chip(call, item)}});
  }
  return rows;
}

std::string tasks_line(const Call& call, const Overview& overview) {
  Date today = date_of(call.now());
  auto late = std::count_if(overview.rectifications.begin(), overview.rectifications.end(), [&](const Rectification& item) { return is_going_on(item) && item.due_on < today; });
  return late == 0 ? call.say({"overview.none_late"}) : call.say({"overview.late", {{"count", late}}});
}

}  // namespace

json item_chip(const Call& call, const Rectification& item) {
  ChipState state = item.state == RectificationState::kOpen ? ChipState::kNow : ChipState::kDone;
  return chip(state, call.say({"rectification_state." + std::string(model::code_of(item.state))}));
}

json overview_view(const Call& call, const Overview& overview) {
  const workflow::VisitFigures& visits = overview.figures.visits;
  json tasks = task_rows(call, overview);
  std::size_t going_on = tasks.size();
  return {{"title", call.say({"overview.title"})}, {"heading", day_heading(call.now(), call.language())},
          {"source", call.say({"overview.source", {{"campaign", overview.campaign.title}, {"clock", clock_text(call.now())}}})},
          {"decide", decision(call, overview)}, {"visited", visits.visited}, {"chosen", visits.chosen}, {"declined", visits.declined}, {"to_go", visits.to_go},
          {"grades", grade_rows(overview.figures)}, {"topics", topic_rows(call, overview.demand_figures)}, {"raised", overview.demand_figures.raised},
          {"answered", overview.demand_figures.answered}, {"oldest", longest_waiting(call, overview)}, {"tasks", std::move(tasks)}, {"going_on", going_on},
          {"tasks_line", tasks_line(call, overview)}, {"all_tasks", call.say({"overview.all_tasks", {{"count", overview.rectifications.size()}}})},
          {"all_demands", call.say({"overview.all_demands", {{"count", overview.demand_figures.raised}}})},
          {"questions", call.say({"overview.questions", {{"count", overview.questions_open}}})}, {"gifts", call.say({"overview.gifts", {{"count", overview.open_gifts.size()}}})},
          {"last_year", overview.has_last_year ? json(call.say({"overview.last_year", {{"before", overview.last_year_visited}, {"now", visits.visited}}})) : json()}};
}

json grades_view(const Call& call, const Overview& overview) {
  return {{"title", call.say({"overview.by_grade"})}, {"grades", grade_rows(overview.figures)}, {"campaign", overview.campaign.title},
          {"sees_rosters", call.actor().has(model::Role::kStudentOffice)}};
}

}  // namespace shide::web
