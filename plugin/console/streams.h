// Where an operator's command reads and writes: a terminal, a pipe, or a test.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"

namespace shide::console {

/// The exit codes scripts rely on.
inline constexpr int kFine = 0;
inline constexpr int kFoundWrong = 1;   // something is wrong with the data
inline constexpr int kWrongUsage = 2;
inline constexpr int kCouldNot = 3;

struct Streams {
  std::function<long(char* into, std::size_t size)> read;  // 0 = end, < 0 = broken
  std::function<void(std::string_view)> out;
  std::function<void(std::string_view)> err;
  bool is_terminal = false;
  Language language = Language::kChinese;  // --lang
};

using Arguments = std::vector<std::string>;  // without the program's and the command's own name

}  // namespace shide::console
