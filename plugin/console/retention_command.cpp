#include "console/retention_command.h"

#include <nlohmann/json.hpp>

#include "console/refusal.h"
#include "workflow/people.h"
#include "workflow/retention.h"

namespace shide::console {
namespace {

using nlohmann::ordered_json;

int list_due(ports::Ports& ports, const Id<model::School>& school, Streams& streams) {
  auto due = workflow::due_for_destruction(ports, school);
  if (auto* error = due.if_error()) return refuse(*error, streams);
  for (const workflow::Overdue& one : *due) {
    streams.out(ordered_json{{"what", model::code_of(one.what)}, {"id", one.object_id}, {"until", to_text(one.wanted_until)}}.dump() + "\n");
  }
  return kFine;
}

int list_destroyed(ports::Ports& ports, const Id<model::School>& school, Streams& streams) {
  auto events = workflow::destroyed(ports, school);
  if (auto* error = events.if_error()) return refuse(*error, streams);
  for (const model::AuditEvent& one : *events) {
    // A person's reason may hold anything; the software's is the last day the piece was wanted.
    ordered_json line = {{"at", to_text(one.at)}, {"what", one.verb}, {"object", one.object_kind}, {"id", one.object_id}};
    if (one.verb != "erase_student") line["until"] = one.reason;
    streams.out(line.dump() + "\n");
  }
  return kFine;
}

}  // namespace

int retention_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  bool due = arguments == Arguments{"--due"};
  if (!arguments.empty() && !due) {
    streams.err(render({"console.usage.retention"}, streams.language) + "\n");
    return kWrongUsage;
  }
  ports::Ports& ports = environment.ports();
  auto actor = workflow::operator_of(ports);
  if (auto* error = actor.if_error()) return refuse_school(*error, streams);
  return due ? list_due(ports, actor->school, streams) : list_destroyed(ports, actor->school, streams);
}

}  // namespace shide::console
