#include "console/user_command.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "console/flags.h"
#include "console/refusal.h"
#include "workflow/people.h"
#include "workflow/second_factor.h"
#include "workflow/slips.h"

namespace shide::console {
namespace {

using nlohmann::ordered_json;
using workflow::Colleague;

ordered_json line_of(const Colleague& one) {
  ordered_json roles = ordered_json::array();
  for (model::Role role : one.account.roles) roles.push_back(model::code_of(role));
  return {{"login", one.account.login}, {"name", one.account.name}, {"roles", roles}, {"staff_number", one.teacher ? ordered_json(one.teacher->staff_number) : ordered_json()},
          {"disabled", one.account.disabled}, {"has_password", !one.account.password_hash.empty()}};
}

int wrong_usage(Streams& streams) {
  streams.err(render({"console.usage.user"}, streams.language) + "\n");
  return kWrongUsage;
}

int list(ports::Ports& ports, const model::Actor& actor, Streams& streams) {
  auto people = workflow::colleagues(ports, actor);
  if (auto* error = people.if_error()) return refuse(*error, streams);
  for (const Colleague& one : *people) streams.out(line_of(one).dump() + "\n");
  return kFine;
}

int add(ports::Ports& ports, const model::Actor& actor, const Flags& flags, Streams& streams) {
  workflow::PersonForm form{flags.value("--name"), flags.value("--staff-number"), flags.value("--login"), flags.value("--subject"), flags.value("--grade-group"), {}};
  for (std::string_view role : split(flags.value("--roles"), ',')) {
    if (!trim(role).empty()) form.roles.emplace_back(trim(role));
  }
  auto added = workflow::add_colleague(ports, actor, form);
  if (auto* error = added.if_error()) return refuse(*error, streams);
  streams.out(line_of(*added).dump() + "\n");
  return kFine;
}

int slip(ports::Ports& ports, const model::Actor& actor, const Colleague& known, Streams& streams) {
  auto made = workflow::new_slip(ports, actor, known.account.id);
  if (auto* error = made.if_error()) return refuse(*error, streams);
  streams.out(ordered_json{{"login", made->account.login}, {"name", made->account.name}, {"password", made->code}}.dump() + "\n");
  return kFine;
}

int reset_second_factor(ports::Ports& ports, const model::Actor& actor, const Colleague& known, Streams& streams) {
  auto reset = workflow::reset_second_factor(ports, actor, known.account.id);
  if (auto* error = reset.if_error()) return refuse(*error, streams);
  streams.out(line_of(known).dump() + "\n");
  return kFine;
}

int set_access(ports::Ports& ports, const model::Actor& actor, const Colleague& known, bool disabled, Streams& streams) {
  auto set = workflow::set_disabled(ports, actor, known.account.id, disabled);
  if (auto* error = set.if_error()) return refuse(*error, streams);
  streams.out(line_of(*set).dump() + "\n");
  return kFine;
}

int act_on(const std::string& act, const std::string& login, ports::Ports& ports, const model::Actor& actor, Streams& streams) {
  auto known = workflow::colleague_of_login(ports, actor, login);
  if (!known && known.error().code == ErrorCode::kNotFound) {
    streams.err(render({"console.user.unknown"}, streams.language) + "\n");
    return kFoundWrong;
  }
  if (auto* error = known.if_error()) return refuse(*error, streams);
  if (act == "reset-second-factor") return reset_second_factor(ports, actor, *known, streams);
  return act == "slip" ? slip(ports, actor, *known, streams) : set_access(ports, actor, *known, act == "disable", streams);
}

}  // namespace

int user_command(const Arguments& arguments, Streams& streams, Environment& environment) {
  if (arguments.empty()) return wrong_usage(streams);
  const std::string& act = arguments.front();
  bool on_one = act == "slip" || act == "disable" || act == "enable" || act == "reset-second-factor";
  std::optional<Flags> flags = read_flags({arguments.begin() + 1, arguments.end()}, {"--name", "--roles", "--staff-number", "--login", "--subject", "--grade-group"});
  bool fits = (act == "list" && arguments.size() == 1) || (act == "add" && flags) || (on_one && arguments.size() == 2);
  if (!fits) return wrong_usage(streams);
  ports::Ports& ports = environment.ports();
  auto actor = workflow::operator_of(ports);
  if (auto* error = actor.if_error()) return refuse_school(*error, streams);
  if (act == "list") return list(ports, *actor, streams);
  if (act == "add") return add(ports, *actor, *flags, streams);
  return act_on(act, arguments[1], ports, *actor, streams);
}

}  // namespace shide::console
