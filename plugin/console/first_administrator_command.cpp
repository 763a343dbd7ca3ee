#include "console/first_administrator_command.h"

#include "console/refusal.h"
#include "workflow/first_administrator.h"

namespace shide::console {
namespace {

std::string usual_address(const Environment& environment) {
  std::string configured = environment.option("section.public_base_url");
  if (!configured.empty()) return configured;
  return "http://" + environment.option("server.address") + ":" + environment.option("server.port") + environment.option("server.mount");
}

}  // namespace

int first_administrator_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  bool has_address = arguments.size() == 2 && arguments[0] == "--url";
  if (!arguments.empty() && !has_address) {
    streams.err(render({"console.usage.first-administrator"}, streams.language) + "\n");
    return kWrongUsage;
  }
  auto token = workflow::offer_setup(environment.ports());
  if (auto* error = token.if_error()) return refuse(*error, streams);
  std::string address = has_address ? arguments[1] : usual_address(environment);
  while (address.ends_with('/')) address.pop_back();
  streams.err(render({"console.first_administrator.link"}, streams.language) + "\n");
  streams.out(address + "/setup/" + *token + "\n");
  return kFine;
}

}  // namespace shide::console
