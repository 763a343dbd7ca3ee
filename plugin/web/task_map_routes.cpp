#include "web/task_map_routes.h"

#include <algorithm>

#include "base/text.h"
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

/// One line a grade and gate with all who owe it: a hundred teachers are no hundred lines.
json owed_view(const Call& call, const std::vector<workflow::OwedTask>& tasks) {
  struct Line {
    const workflow::OwedTask* first;
    std::vector<std::string> people;
  };
  std::vector<Line> lines;
  for (const auto& task : tasks) {
    auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& line) {
      return line.first->grade_name == task.grade_name && line.first->gate == task.gate && line.first->due == task.due;
    });
    if (same == lines.end()) same = lines.insert(lines.end(), {&task, {}});
    std::string name = task.teacher.empty() ? call.say({"task_map.nobody"}) : task.teacher;
    same->people.push_back(task.class_name.empty() ? name : call.say({"task_map.of_class", {{"name", name}, {"class", task.class_name}}}));
  }
  json view = json::array();
  for (const Line& line : lines) {
    view.push_back({{"grade", line.first->grade_name}, {"what", call.say(name_of(line.first->gate))}, {"people", join(line.people, call.say({"task_map.and"}))},
                    {"due", weekday_text(line.first->due, call.language())}, {"late", line.first->late}});
  }
  return view;
}

Result<Response> show(ports::Ports& ports, Call& call) {
  SHIDE_TRY(id, call.id<model::Campaign>("id"));
  SHIDE_TRY(map, workflow::task_map(ports, call.actor(), id));
  json view = {{"title", call.say({"task_map.title"})}, {"id", id.value}, {"campaign", map.campaign.title}, {"heads", json::array()}, {"grades", json::array()},
               {"owed", owed_view(call, map.owed)}, {"owed_shown", !map.owed.empty()}, {"owed_count", map.owed.size()},
               {"nothing_owed", map.owed.empty() && !map.grades.empty() && call.actor().has(model::Role::kStudentOffice)}};
  if (!map.grades.empty()) {
    for (const auto& one : map.grades.front().gates) view["heads"].push_back({{"name", call.say(name_of(one.gate))}, {"due", day_text(one.due, call.language())}});
  }
  for (const auto& one : map.grades) view["grades"].push_back(grade_view(call, one));
  return call.page("task_map", std::move(view));
}

}  // namespace

std::vector<Route> task_map_routes(ports::Ports& ports) {
  using model::Role;
  return {{Method::kGet, "/campaigns/{id}/tasks", roles({Role::kStudentOffice, Role::kGradeLeader, Role::kHead}), [&ports](Call& call) { return show(ports, call); }}};
}

}  // namespace shide::web
