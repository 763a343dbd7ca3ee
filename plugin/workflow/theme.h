// The theme of the school's own site around our public pages. A job fetches it every minute and keeps it for all processes, so no
// visitor waits for the site and the site is asked by one of us only; what was fetched last serves while it is fetched anew.
//
//     theme_now(ports, school)  ->  the shell, not older than kThemeServes       the site is down: kNotFound, our own look
#pragma once

#include "base/result.h"
#include "model/school.h"
#include "ports/ports.h"

namespace shide::workflow {

inline constexpr std::int64_t kThemeEvery = kMinute;
/// The same while something is wrong with it.
inline constexpr std::int64_t kThemeAgain = 15 * kSecond;
/// How long a shell serves after the site answered last: its styles come from there as well.
inline constexpr std::int64_t kThemeServes = 3 * kMinute;

/// A job: fetches when it is due; answers 1 when it did. A site that does not answer is no failure of ours: it is kept as a problem.
Result<int> keep_theme(ports::Ports& ports);

Result<model::ThemeShell> theme_now(ports::Ports& ports, const Id<model::School>& school);

/// Fetches it now, for the operator: what is wrong with it; empty when nothing is, or none is wanted.
Phrase theme_advice(ports::Ports& ports);

}  // namespace shide::workflow
