#include "web/timeline_routes.h"

#include "base/text.h"
#include "web/call.h"
#include "web/day.h"
#include "web/parts.h"
#include "workflow/timeline.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::Timeline;
using workflow::TimelineEntry;

json demand_view(const Call& call, const model::Demand& demand) {
  return {{"topic", call.say({"demand_topic." + std::string(model::code_of(demand.topic))})}, {"state", call.say({"demand_state." + std::string(model::code_of(demand.state))})}};
}

json entry_view(const Call& call, const TimelineEntry& entry) {
  const model::Visit& visit = entry.visit;
  json demands = json::array();
  for (const model::Demand& one : entry.demands) demands.push_back(demand_view(call, one));
  return {{"name", entry.student}, {"year", visit.place.school_year}, {"class_name", entry.class_name}, {"address", call.link("/visits/" + visit.id.value)},
          {"day", entry.at ? day_and_time_text(*entry.at, call.language()) : call.say({"timeline.no_day"})}, {"mode", visit.mode_planned ? call.say({"visit_mode." + std::string(model::code_of(*visit.mode_planned))}) : ""},
          {"visit_state", call.say({"visit_state." + std::string(model::code_of(visit.state))})}, {"teachers", join(entry.teachers, call.say({"people.comma"}))},
          {"is_sibling", entry.is_sibling}, {"demands_shown", !demands.empty()}, {"demands", std::move(demands)}};
}

Result<Response> show(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Student>("id"));
  SHIDE_TRY(made, workflow::timeline(ports, call.actor(), id));
  json view = {{"title", call.say({"timeline.title", {{"name", made.student}}})}, {"entries", json::array()}, {"siblings", json::array()}, {"classes", json::array()},
               {"siblings_shown", !made.siblings.empty()}, {"classes_shown", !made.classes.empty()}};
  for (const TimelineEntry& one : made.entries) view["entries"].push_back(entry_view(call, one));
  for (const auto& one : made.siblings) view["siblings"].push_back({{"name", one.name}, {"address", call.link("/students/" + one.id.value + "/timeline")}});
  for (const auto& one : made.classes) {
    std::string until = one.to ? field_day(*one.to, call.language()) : call.say({"timeline.today"});
    view["classes"].push_back({{"words", call.say({"timeline.in_class", {{"class", one.class_name}, {"from", field_day(one.from, call.language())}, {"to", until}}})}});
  }
  view["empty"] = made.entries.empty() ? empty_state(call.say({"timeline.none"}), call.say({"timeline.none_what"})) : json();
  return call.page("timeline", std::move(view));
}

}  // namespace

std::vector<Route> timeline_routes(ports::Ports& ports) {
  return {{Method::kGet, "/students/{id}/timeline", signed_in(), [&ports](Call& call) { return show(ports, call); }}};
}

}  // namespace shide::web
