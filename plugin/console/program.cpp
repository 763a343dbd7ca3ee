#include "console/program.h"

#include <algorithm>

#include "base/nearest.h"
#include "base/text.h"
#include "console/allocate_command.h"
#include "console/audit_command.h"
#include "console/backup_command.h"
#include "console/demo_command.h"
#include "console/doctor_command.h"
#include "console/first_administrator_command.h"
#include "console/keys_command.h"
#include "console/migrate_command.h"
#include "console/redact_command.h"
#include "console/retention_command.h"
#include "console/rules_command.h"
#include "console/score_command.h"
#include "console/token_command.h"
#include "console/user_command.h"
#include "console/verify_command.h"

namespace shide::console {
namespace {

// One line a command, in the order of the help: {"redact", redact_command},
const std::vector<Command>& registered() {
  static const std::vector<Command> list = {
      {"allocate", allocate_command},
      {"audit", audit_command},
      {"backup", backup_command},
      {"demo", demo_command},
      {"doctor", doctor_command},
      {"erase", erase_command},
      {"first-administrator", first_administrator_command},
      {"keys", keys_command},
      {"migrate", migrate_command},
      {"redact", redact_command},
      {"rekey", rekey_command},
      {"restore", restore_command},
      {"retention", retention_command},
      {"rules", rules_command},
      {"score", score_command},
      {"token", token_command},
      {"user", user_command},
      {"verify", verify_command, "--export", verify_export_command},
      {"worker", worker_command},
  };
  return list;
}

void say(const std::function<void(std::string_view)>& stream, const Phrase& phrase, Language language) {
  stream(render(phrase, language) + "\n");
}

const Command* find(std::span<const Command> table, std::string_view name) {
  auto found = std::find_if(table.begin(), table.end(), [&](const Command& command) { return command.name == name; });
  return found == table.end() ? nullptr : &*found;
}

std::string padded(std::string_view name) { return "  " + std::string(name) + std::string(name.size() < 12 ? 12 - name.size() : 1, ' '); }

std::string summary_of(std::string_view name, Language language) {
  return render({"console.summary." + std::string(name)}, language);
}

int help_on_commands(Streams& streams, std::span<const Command> table) {
  std::string text = std::string(text_of("console.usage_line", streams.language)) + "\n";
  text += padded("help") + summary_of("help", streams.language) + "\n";
  text += padded("version") + summary_of("version", streams.language) + "\n";
  for (const Command& command : table) text += padded(command.name) + summary_of(command.name, streams.language) + "\n";
  text += "\n" + std::string(text_of("console.exit_codes", streams.language)) + "\n";
  streams.out(text);
  return kFine;
}

int help_on_options(Streams& streams, const Environment& environment) {
  for (const OptionLine& option : environment.options(streams.language)) {
    streams.out(option.name + " \"" + option.default_value + "\"\n    " + option.meaning + "\n");
  }
  return kFine;
}

int refuse(const Phrase& phrase, Streams& streams) {
  say(streams.err, phrase, streams.language);
  return kWrongUsage;
}

int unknown_command(std::string_view name, Streams& streams, std::span<const Command> table) {
  std::vector<std::string> names = {"help", "version"};
  for (const Command& command : table) names.emplace_back(command.name);
  std::string near = nearest(name, names);
  std::string shown(first_characters(name, 40));
  if (near.empty()) return refuse({"console.unknown_command", {{"name", shown}}}, streams);
  return refuse({"console.unknown_command_near", {{"name", shown}, {"near", near}}}, streams);
}

int help(const Arguments& arguments, Streams& streams, const Environment& environment, std::span<const Command> table) {
  if (arguments.empty()) return help_on_commands(streams, table);
  const std::string& topic = arguments.front();
  if (topic == "options") return help_on_options(streams, environment);
  if (topic != "help" && topic != "version" && !find(table, topic)) return unknown_command(topic, streams, table);
  streams.out(summary_of(topic, streams.language) + "\n");
  std::string_view usage = text_of("console.usage." + topic, streams.language);
  if (!usage.empty()) streams.out("\n" + std::string(usage) + "\n");
  return kFine;
}

enum class Taken { kNothing, kOption, kWrong };

/// Takes one option of the program at `arguments[at]`, moving `at` behind it.
Taken take_option(const Arguments& arguments, std::size_t& at, Whereabouts& whereabouts, Streams& streams) {
  const std::string& name = arguments[at];
  if (name != "--config" && name != "--data" && name != "--set" && name != "--lang") return Taken::kNothing;
  if (at + 1 == arguments.size()) {
    refuse({"console.value_missing", {{"name", name}}}, streams);
    return Taken::kWrong;
  }
  const std::string& value = arguments[at + 1];
  at += 2;
  if (name == "--config") whereabouts.config_file = value;
  if (name == "--data") whereabouts.data_directory = value;
  if (name == "--lang") {
    if (value != "zh" && value != "en") {
      refuse({"console.language_unknown"}, streams);
      return Taken::kWrong;
    }
    streams.language = value == "en" ? Language::kEnglish : Language::kChinese;
  }
  if (name == "--set") {
    std::size_t equals = value.find('=');
    if (equals == std::string::npos) {
      refuse({"console.set_without_value"}, streams);
      return Taken::kWrong;
    }
    whereabouts.options.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  }
  return Taken::kOption;
}

int run_with_store(const Command& command, const Arguments& arguments, std::size_t at, Whereabouts whereabouts, Streams& streams,
                   Environment& environment) {
  Arguments own;
  while (at < arguments.size()) {
    Taken taken = take_option(arguments, at, whereabouts, streams);
    if (taken == Taken::kWrong) return kWrongUsage;
    if (taken == Taken::kNothing) own.push_back(arguments[at++]);
  }
  Result<ports::Ports*> opened = environment.open(whereabouts);
  if (auto* error = opened.if_error()) {
    tell(*error, streams);
    return kCouldNot;
  }
  return command.with_store(own, streams, environment);
}

}  // namespace

std::span<const Command> commands() { return registered(); }

void tell(const Error& error, Streams& streams) {
  say(streams.err, error.phrase, streams.language);
  if (error.code == ErrorCode::kInternal && !error.detail.empty()) streams.err(error.detail + "\n");
  for (const Problem& problem : error.problems) {
    streams.err(problem.path + ": " + render(problem.phrase, streams.language) + "\n");
  }
}

int run(const Arguments& arguments, Streams& streams, Environment& environment, std::span<const Command> table) {
  Whereabouts whereabouts;
  std::size_t at = 0;
  while (at < arguments.size()) {
    Taken taken = take_option(arguments, at, whereabouts, streams);
    if (taken == Taken::kWrong) return kWrongUsage;
    if (taken == Taken::kNothing) break;
  }
  if (at == arguments.size()) {
    help_on_commands(streams, table);
    return kWrongUsage;
  }
  const std::string& name = arguments[at];
  Arguments rest(arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.end());
  if (name == "help" || name == "--help" || name == "-h") return help(rest, streams, environment, table);
  if (name == "version" || name == "--version") {
    streams.out("shide " SHIDE_VERSION "\n");
    return kFine;
  }
  const Command* command = find(table, name);
  if (!command) return unknown_command(name, streams, table);
  if (command->needs_configuration(rest)) return run_with_store(*command, arguments, at + 1, std::move(whereabouts), streams, environment);
  return command->plain(rest, streams);
}

}  // namespace shide::console
