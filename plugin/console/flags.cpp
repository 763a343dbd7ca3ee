#include "console/flags.h"

namespace shide::console {

std::optional<Flags> read_flags(const Arguments& arguments, const std::set<std::string>& known) {
  if (arguments.size() % 2 != 0) return std::nullopt;
  Flags flags;
  for (std::size_t i = 0; i < arguments.size(); i += 2) {
    if (!known.count(arguments[i]) || !flags.values.emplace(arguments[i], arguments[i + 1]).second) return std::nullopt;
  }
  return flags;
}

}  // namespace shide::console
