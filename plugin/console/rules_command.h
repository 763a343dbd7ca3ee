// shidectl rules check FILE: may this rule set be used, and if not, which line is wrong and why.
#pragma once

#include <optional>

#include "appraisal/rule_set.h"
#include "base/phrase.h"
#include "console/streams.h"

namespace shide::console {

/// `arguments` without the command's own name: {"check", "FILE"} and optionally "--lang", "zh" or "en". Reads no
/// configuration. kFine (warnings on err), kFoundWrong (file:line and reason on err, all of them), kWrongUsage, kCouldNot.
int rules_command(const Arguments& arguments, Streams& streams);

/// A rule file by its path, or a compiled-in one by its name in the repository ("schema/rules/...").
/// Nothing if there is no such file or it is over 1 MiB.
std::optional<std::string> read_rule_file(const std::string& path);

/// Every problem of a refused rule set: "rules.info:12: ...".
void tell_refusal(const Error& error, Language language, Streams& streams);

std::optional<Language> language_of(std::string_view name);

}  // namespace shide::console
