#include "console/token_command.h"

#include <nlohmann/json.hpp>

#include "console/flags.h"
#include "console/refusal.h"
#include "workflow/api_tokens.h"
#include "workflow/people.h"

namespace shide::console {
namespace {

using nlohmann::ordered_json;

ordered_json when(const std::optional<Time>& time) { return time ? ordered_json(to_text(*time)) : ordered_json(); }

ordered_json line_of(const model::ApiToken& row) {
  return {{"id", row.id.value}, {"name", row.name}, {"scopes", row.scopes}, {"created_at", to_text(row.created_at)},
          {"expires_at", when(row.expires_at)}, {"revoked_at", when(row.revoked_at)}};
}

int list(ports::Ports& ports, const model::Actor& actor, Streams& streams) {
  auto tokens = workflow::tokens(ports, actor);
  if (auto* error = tokens.if_error()) return refuse(*error, streams);
  for (const model::ApiToken& row : *tokens) streams.out(line_of(row).dump() + "\n");
  return kFine;
}

int add(ports::Ports& ports, const model::Actor& actor, const Flags& flags, Streams& streams) {
  std::string name = flags.value("--name").empty() ? flags.value("--scope") : flags.value("--name");
  auto issued = workflow::issue_token(ports, actor, {name, flags.value("--scope"), flags.value("--days")});
  if (auto* error = issued.if_error()) return refuse(*error, streams);
  ordered_json line = line_of(issued->row);
  line["token"] = issued->token;
  streams.out(line.dump() + "\n");
  return kFine;
}

int revoke(ports::Ports& ports, const model::Actor& actor, const std::string& id, Streams& streams) {
  auto revoked = workflow::revoke_token(ports, actor, {id});
  if (!revoked && revoked.error().code == ErrorCode::kNotFound) {
    streams.err(render({"console.token.unknown"}, streams.language) + "\n");
    return kFoundWrong;
  }
  if (auto* error = revoked.if_error()) return refuse(*error, streams);
  streams.out(line_of(*revoked).dump() + "\n");
  return kFine;
}

}  // namespace

int token_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  const std::string act = arguments.empty() ? "" : arguments.front();
  std::optional<Flags> flags = arguments.empty() ? std::nullopt : read_flags({arguments.begin() + 1, arguments.end()}, {"--scope", "--name", "--days"});
  bool fits = (act == "list" && arguments.size() == 1) || (act == "add" && flags && flags->values.count("--scope")) || (act == "revoke" && arguments.size() == 2);
  if (!fits) {
    streams.err(render({"console.usage.token"}, streams.language) + "\n");
    return kWrongUsage;
  }
  ports::Ports& ports = environment.ports();
  auto actor = workflow::operator_of(ports);
  if (auto* error = actor.if_error()) return refuse_school(*error, streams);
  if (act == "list") return list(ports, *actor, streams);
  if (act == "add") return add(ports, *actor, *flags, streams);
  return revoke(ports, *actor, arguments[1], streams);
}

}  // namespace shide::console
