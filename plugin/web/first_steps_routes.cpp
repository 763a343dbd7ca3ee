#include "web/first_steps_routes.h"

#include <algorithm>

#include "base/text.h"
#include "web/call.h"
#include "web/parts.h"
#include "workflow/first_steps.h"

namespace shide::web {
namespace {

using model::Role;
using nlohmann::json;
using workflow::FirstStep;
using workflow::StepState;

const char* path_of(FirstStep step) {
  switch (step) {
    case FirstStep::kPeople: return "/people/import";
    case FirstStep::kRoles: return "/people";
    case FirstStep::kSlips: return "/people/slips";
    case FirstStep::kClasses: return "/classes/import?kind=classes";
    case FirstStep::kStudents: return "/classes/import?kind=students";
    case FirstStep::kLessons: return "/classes/import?kind=lessons";
    case FirstStep::kPlan: break;
  }
  return "/campaigns";
}

std::string standing(const Call& call, const StepState& one) {
  std::string base = "begin." + std::string(model::code_of(one.step));
  if (one.step == FirstStep::kRoles && !one.done) {
    std::vector<std::string> words;
    for (Role role : one.nobody) words.push_back(call.say({"role." + std::string(model::code_of(role))}));
    return call.say({base + "_missing", {{"roles", join(words, call.say({"people.comma"}))}}});
  }
  std::string tail = one.done ? "_done" : one.count > 0 && one.missing > 0 ? "_missing" : "_none";
  return call.say({base + tail, {{"count", one.count}, {"missing", one.missing}}});
}

json step_view(const Call& call, const StepState& one, bool is_next) {
  ChipState chip_state = one.done ? ChipState::kDone : is_next ? ChipState::kNow : ChipState::kOpen;
  std::string base = "begin." + std::string(model::code_of(one.step));
  bool is_mine = call.actor().has(one.whose);
  return {{"name", call.say({base})}, {"state", chip(chip_state, call.say({one.done ? "begin.done" : is_next ? "begin.next" : "begin.later"}))},
          {"standing", standing(call, one)}, {"address", is_mine ? json(call.link(path_of(one.step))) : json()},
          {"go", call.say({one.done ? "begin.look" : base + "_go"})}, {"is_next", is_next},
          {"whose", is_mine ? json() : json(call.say({"begin.whose", {{"role", Phrase{"role." + std::string(model::code_of(one.whose))}}}}))}};
}

Result<Response> show(ports::Ports& ports, Call& call) {
  SHIDE_TRY(steps, workflow::first_steps(ports, call.actor()));
  auto next = std::find_if(steps.begin(), steps.end(), [](const StepState& one) { return !one.done; });
  json list = json::array();
  for (auto one = steps.begin(); one != steps.end(); ++one) list.push_back(step_view(call, *one, one == next));
  std::int64_t done = std::count_if(steps.begin(), steps.end(), [](const StepState& one) { return one.done; });
  json view = {{"title", call.say({"begin.title"})}, {"steps_list", std::move(list)}, {"complete", next == steps.end()},
               {"done_line", call.say({"begin.done_line", {{"done", done}, {"all", steps.size()}}})}};
  return call.page("begin", std::move(view));
}

}  // namespace

std::vector<Route> first_steps_routes(ports::Ports& ports) {
  return {{Method::kGet, kBeginPath, roles({Role::kItAdmin, Role::kStudentOffice}), [&ports](Call& call) { return show(ports, call); }}};
}

}  // namespace shide::web
