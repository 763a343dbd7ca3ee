// The options of one command, each with its value: {"--name", "HR", "--days", "30"}.
//
//     auto flags = read_flags(arguments, {"--name", "--days"});
//     if (!flags) return wrong usage;
//     flags->value("--days")  ->  "30"
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "console/streams.h"

namespace shide::console {

struct Flags {
  std::map<std::string, std::string, std::less<>> values;
  /// Empty when it was not given.
  std::string value(std::string_view name) const {
    auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  }
};

/// Nothing for an option that is not known, is given twice, or lacks its value.
std::optional<Flags> read_flags(const Arguments& arguments, const std::set<std::string>& known);

}  // namespace shide::console
