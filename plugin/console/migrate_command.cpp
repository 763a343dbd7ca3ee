#include "console/migrate_command.h"

#include <nlohmann/json.hpp>

namespace shide::console {
namespace {

void print(const ports::Migration& step, std::string_view state, Streams& streams) {
  nlohmann::ordered_json line = {{"number", step.number}, {"name", step.name}, {"state", state}};
  streams.out(line.dump() + "\n");
}

int refuse(const Error& error, Streams& streams) {
  tell(error, streams);
  bool is_unavailable = error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kBusy;
  return is_unavailable ? kCouldNot : kFoundWrong;
}

}  // namespace

int migrate_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  bool dry_run = arguments == Arguments{"--dry-run"};
  if (!arguments.empty() && !dry_run) {
    streams.err(render({"console.migrate.usage"}, streams.language) + "\n");
    return kWrongUsage;
  }
  ports::Store& store = *environment.ports().store;
  Result<std::vector<ports::Migration>> known = store.migrations();
  if (auto* error = known.if_error()) return refuse(*error, streams);
  for (const ports::Migration& step : *known) {
    if (step.applied) print(step, "standing", streams);
    else if (dry_run) print(step, "missing", streams);
  }
  if (dry_run) return kFine;
  Result<std::vector<ports::Migration>> taken = store.migrate();
  if (auto* error = taken.if_error()) return refuse(*error, streams);
  for (const ports::Migration& step : *taken) print(step, "taken", streams);
  return kFine;
}

}  // namespace shide::console
