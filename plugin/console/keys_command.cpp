#include "console/keys_command.h"

#include <nlohmann/json.hpp>

#include "console/flags.h"
#include "console/refusal.h"
#include "workflow/erase_student.h"
#include "workflow/people.h"

namespace shide::console {
namespace {

int wrong_usage(std::string_view command, Streams& streams) {
  streams.err(render({"console.usage." + std::string(command)}, streams.language) + "\n");
  return kWrongUsage;
}

int rotate(Streams& streams, Environment& environment) {
  auto progress = [&streams](std::int64_t looked) {
    if (streams.is_terminal) streams.err("\r" + render({"console.keys.progress", {{"rows", looked}}}, streams.language));
  };
  auto done = environment.ports().store->rotate_keys(progress);
  if (streams.is_terminal) streams.err("\n");
  if (auto* error = done.if_error()) return refuse(*error, streams);
  streams.out(render({"console.keys.rotated", {{"rows", done->rows}, {"keys", done->keys}}}, streams.language) + "\n");
  return kFine;
}

}  // namespace

int keys_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (arguments == Arguments{"rotate"}) return rotate(streams, environment);
  if (!arguments.empty()) return wrong_usage("keys", streams);
  auto uses = environment.ports().store->key_uses();
  if (auto* error = uses.if_error()) return refuse(*error, streams);
  for (const ports::KeyUse& use : *uses) {
    nlohmann::ordered_json line = {{"id", use.key.id}, {"made", to_text(date_of(use.key.made))}, {"expires", to_text(use.key.expires)}, {"wraps", use.wraps}};
    streams.out(line.dump() + "\n");
  }
  return kFine;
}

int rekey_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  return arguments.empty() ? rotate(streams, environment) : wrong_usage("rekey", streams);
}

int erase_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  auto flags = read_flags(arguments, {"--student", "--reason"});
  if (!flags || flags->value("--student").empty()) return wrong_usage("erase", streams);
  ports::Ports& ports = environment.ports();
  auto actor = workflow::operator_of(ports);
  if (auto* error = actor.if_error()) return refuse_school(*error, streams);
  auto erased = workflow::erase_student(ports, *actor, flags->value("--student"), flags->value("--reason"));
  if (!erased && erased.error().code == ErrorCode::kNotFound) {
    streams.err(render({"erase.no_such_pupil"}, streams.language) + "\n");
    return kFoundWrong;
  }
  if (auto* error = erased.if_error()) return refuse(*error, streams);
  streams.out(render({"erase.done", {{"visits", erased->visits}, {"photos", erased->photos}, {"posts", erased->posts}}}, streams.language) + "\n");
  streams.out(render({"erase.left"}, streams.language) + "\n");
  return kFine;
}

}  // namespace shide::console
