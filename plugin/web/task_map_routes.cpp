#include "web/task_map_routes.h"

#include "web/call.h"
#include "web/day.h"
#include "workflow/task_map.h"

namespace shide::web {
namespace {

using nlohmann::json;
using workflow::Gate;
using workflow::TaskMap;

Phrase name_of(Gate gate) { return {"task_map." + std::string(model::code_of(gate))}; }

json grade_view(const Call& call, const workflow::GradeTasks& grade) {
  json gates = json::array();
  for (const auto& one : grade.gates) gates.push_back({{"label", call.say(name_of(one.gate))}, {"words", one.all == 0 ? "—" : std::to_string(one.done) + " / " + std::to_string(one.all)}, {"late", one.late}});
  return {{"name", grade.name}, {"gates", std::move(gates)}};
}

json owed_view(const Call& call, const workflow::OwedTask& task) {
  std::string name = task.teacher.empty() ? call.say({"task_map.nobody"}) : task.teacher;
  Phrase what = task.class_name.empty() ? name_of(task.gate) : Phrase{"task_map.of_class", {{"what", name_of(task.gate)}, {"class", task.class_name}}};
  return {{"who", call.say({"task_map.person", {{"name", name}, {"grade", task.grade_name}}})}, {"what", call.say(what)},
          {"due", weekday_text(task.due, call.language())}, {"late", task.late}};
}

Result<Response> show(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Campaign>("id"));
  SHIDE_TRY(map, workflow::task_map(ports, call.actor(), id));
  json view = {{"title", call.say({"task_map.title"})}, {"id", id.value}, {"campaign", map.campaign.title}, {"heads", json::array()}, {"grades", json::array()},
               {"owed", json::array()}, {"owed_shown", !map.owed.empty()}, {"owed_count", map.owed.size()},
               {"nothing_owed", map.owed.empty() && !map.grades.empty() && call.actor().has(model::Role::kStudentOffice)}};
  if (!map.grades.empty()) {
    for (const auto& one : map.grades.front().gates) view["heads"].push_back({{"name", call.say(name_of(one.gate))}, {"due", day_text(one.due, call.language())}});
  }
  for (const auto& one : map.grades) view["grades"].push_back(grade_view(call, one));
  for (const auto& one : map.owed) view["owed"].push_back(owed_view(call, one));
  return call.page("task_map", std::move(view));
}

}  // namespace

std::vector<Route> task_map_routes(ports::Ports& ports) {
  using model::Role;
  return {{Method::kGet, "/campaigns/{id}/tasks", roles({Role::kStudentOffice, Role::kGradeLeader, Role::kHead}), [&ports](Call& call) { return show(ports, call); }}};
}

}  // namespace shide::web
