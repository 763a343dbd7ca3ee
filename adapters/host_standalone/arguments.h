// What shided is told on its command line:
//     shided [--config FILE | --data DIR] [--port N] [--address A] [--demo] [--today TIME] [--pid-file FILE] [--set NAME=VALUE]
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace shide::host_standalone {

struct Arguments {
  std::string config_path;
  std::string data_directory;
  std::vector<std::pair<std::string, std::string>> options;  // "server.port", "8091"
  bool check_only = false;                                    // --check: is the configuration fine?
  bool help = false;
};

/// What is wrong, in one line, or "".
std::string read_arguments(int count, char** words, Arguments& into);

extern const char* const kUsage;

}  // namespace shide::host_standalone
