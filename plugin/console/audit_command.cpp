#include "console/audit_command.h"

#include "base/key_text.h"
#include "console/flags.h"
#include "console/refusal.h"
#include "workflow/audit_tree.h"
#include "workflow/people.h"

namespace shide::console {
namespace {

/// The public half, as `verify --key` reads it.
std::string public_text(const ports::SealKey& key) { return to_text(KeyText{key.id, key.until, key.public_key, ""}); }

int keys(ports::Ports& ports, Streams& streams) {
  auto list = ports.seal->keys();
  if (auto* error = list.if_error()) return refuse(*error, streams);
  std::string text;
  for (const ports::SealKey& one : *list) text += (text.empty() ? "" : "\n") + public_text(one);
  streams.out(text);
  return kFine;
}

int new_key(ports::Ports& ports, const std::string& id, const std::string& until, Streams& streams) {
  std::optional<Date> day = parse_date(until);
  if (!day) {
    streams.err(render({"console.audit.until"}, streams.language) + "\n");
    return kWrongUsage;
  }
  auto made = ports.seal->make_key(id, *day);
  if (auto* error = made.if_error()) return refuse(*error, streams);
  streams.out(public_text(*made));
  return kFine;
}

int export_all(ports::Ports& ports, Streams& streams) {
  auto actor = workflow::operator_of(ports);
  if (auto* error = actor.if_error()) return refuse_school(*error, streams);
  auto done = workflow::export_log(ports, *actor, streams.out);
  if (auto* error = done.if_error()) return refuse(*error, streams);
  streams.err(render({"console.audit.exported", {{"entries", done->entries}, {"heads", done->heads}}}, streams.language) + "\n");
  return kFine;
}

}  // namespace

int audit_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  const std::string act = arguments.empty() ? "" : arguments.front();
  if (act == "export" && arguments.size() == 1) return export_all(environment.ports(), streams);
  if (act == "keys" && arguments.size() == 1) return keys(environment.ports(), streams);
  std::optional<Flags> flags = act == "new-key" && arguments.size() > 2 ? read_flags({arguments.begin() + 2, arguments.end()}, {"--until"}) : std::nullopt;
  if (flags && flags->values.count("--until")) return new_key(environment.ports(), arguments[1], flags->value("--until"), streams);
  streams.err(render({"console.usage.audit"}, streams.language) + "\n");
  return kWrongUsage;
}

}  // namespace shide::console
