#include "console/verify_command.h"

#include <nlohmann/json.hpp>

#include "console/refusal.h"
#include "workflow/verify.h"

namespace shide::console {
namespace {

/// On a terminal one line that grows; nothing elsewhere, where only the result matters.
std::function<void(std::size_t, std::size_t)> progress_on(Streams& streams) {
  if (!streams.is_terminal) return {};
  return [&streams](std::size_t done, std::size_t all) {
    streams.err("\r" + render({"console.verify.progress", {{"done", done}, {"all", all}}}, streams.language) + (done == all ? "\n" : ""));
  };
}

}  // namespace

int verify_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (!arguments.empty()) {
    streams.err(render({"console.usage.verify"}, streams.language) + "\n");
    return kWrongUsage;
  }
  auto found = workflow::verify(environment.ports(), progress_on(streams));
  if (auto* error = found.if_error()) {
    tell(*error, streams);
    return kCouldNot;
  }
  for (const workflow::Damage& one : found->damages) {
    nlohmann::ordered_json line = {{"object", one.object_kind}, {"id", one.object_id}, {"what", render(one.what, streams.language)}};
    streams.out(line.dump() + "\n");
  }
  streams.err(render({"console.verify.sums", {{"entries", found->entries}, {"photos", found->photos}, {"damages", found->damages.size()}}}, streams.language) + "\n");
  return found->damages.empty() ? kFine : kFoundWrong;
}

}  // namespace shide::console
