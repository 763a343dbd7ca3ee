// shidectl: which command, with what, and how it ends. A command is one line in the table of program.cpp.
//
//     run({"version"}, streams, environment)          -> 0, "shide 0.1.0"
//     run({"verison"}, streams, environment)          -> 2, "没有 verison 这个命令，是不是 version？" on err
//     run({"--data", "var", "migrate"}, streams, ...) -> opens the environment, then migrate_command({}, streams, environment)
//
// Commands that need nothing get no environment, so they work from any directory, unconfigured.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "console/streams.h"
#include "ports/ports.h"

namespace shide::console {

/// Where a command that needs a store finds it: from --config, --data and --set.
struct Whereabouts {
  std::string config_file;
  std::string data_directory;
  std::vector<std::pair<std::string, std::string>> options;  // --set store.kind=postgresql
};

/// An option as the help shows it.
struct OptionLine {
  std::string name;
  std::string default_value;
  std::string meaning;
};

/// What the door gives to commands. Not thread-safe: one command, one environment.
class Environment {
 public:
  virtual ~Environment() = default;
  /// Reads the configuration and fills the ports, once; further calls give the same. Valid while the environment lives.
  virtual Result<ports::Ports*> open(const Whereabouts& whereabouts) = 0;
  /// The ports after open; throws std::logic_error before.
  virtual ports::Ports& ports() = 0;
  /// The value of a configuration option after open; "" for an unknown one.
  virtual std::string option(std::string_view name) const = 0;
  /// Every option there is, for `help options`.
  virtual std::vector<OptionLine> options(Language language) const = 0;
};

/// One command. Its sentence for the help is console.summary.<name>, its longer text, if any, console.usage.<name>.
struct Command {
  using Plain = int (*)(const Arguments&, Streams&);
  using WithStore = int (*)(const Arguments&, Streams&, Environment&);
  constexpr Command(std::string_view name_in, Plain run) : name(name_in), plain(run) {}
  constexpr Command(std::string_view name_in, WithStore run) : name(name_in), with_store(run) {}
  /// With `flag` among its arguments it needs neither configuration nor store, and is `offline`.
  constexpr Command(std::string_view name_in, WithStore run, std::string_view flag, Plain offline)
      : name(name_in), plain(offline), with_store(run), offline_flag(flag) {}
  bool needs_configuration(const Arguments& arguments) const {
    bool is_offline = plain && std::find(arguments.begin(), arguments.end(), offline_flag) != arguments.end();
    return with_store && !is_offline;
  }

  std::string_view name;
  Plain plain = nullptr;
  WithStore with_store = nullptr;
  std::string_view offline_flag;
};

/// Every command but `help` and `version`, which run() knows itself.
std::span<const Command> commands();

/// `arguments` are all that follows the program's name: options of the program, the command, its own arguments. The options
/// --config FILE, --data DIR and --set NAME=VALUE may also follow a command that needs a configuration; --lang zh|en goes
/// first for all, and after such a command too.
int run(const Arguments& arguments, Streams& streams, Environment& environment, std::span<const Command> table = commands());

/// Prints each problem of the error on a line of its own: for commands, too.
void tell(const Error& error, Streams& streams);

}  // namespace shide::console
