#include "host_standalone/arguments.h"

namespace shide::host_standalone {

const char* const kUsage =
    "shided [--config FILE | --data DIR] [--port N] [--address A] [--demo] [--today TIME] [--pid-file FILE] [--set NAME=VALUE]\n"
    "       shided --check ... only says whether the configuration is fine. shidectl help options lists every option.\n";

std::string read_arguments(int count, char** words, Arguments& into) {
  static const std::pair<const char*, const char*> kShort[] = {
      {"--port", "server.port"}, {"--address", "server.address"}, {"--today", "demo.today"}, {"--pid-file", "server.pid_file"}};
  for (int i = 1; i < count; ++i) {
    std::string word = words[i];
    if (word == "--help" || word == "-h") {
      into.help = true;
      continue;
    }
    if (word == "--check") {
      into.check_only = true;
      continue;
    }
    if (word == "--demo") {
      into.options.emplace_back("demo.enabled", "on");
      continue;
    }
    const char* option = nullptr;
    for (const auto& [name, full] : kShort) {
      if (word == name) option = full;
    }
    if (!option && word != "--config" && word != "--data" && word != "--set") return word + " is not known";
    if (++i == count) return word + " wants a value after it";
    std::string value = words[i];
    if (word == "--config") into.config_path = value;
    else if (word == "--data") into.data_directory = value;
    else if (option) into.options.emplace_back(option, value);
    else if (std::size_t equals = value.find('='); equals == std::string::npos) return "--set wants NAME=VALUE";
    else into.options.emplace_back(value.substr(0, equals), value.substr(equals + 1));
  }
  if (into.config_path.empty() && into.data_directory.empty() && !into.help) return "where are the data? --config FILE or --data DIR";
  return {};
}

}  // namespace shide::host_standalone
