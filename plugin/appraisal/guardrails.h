// Points reward substance, never traces (D2, R1; ministry notice of 2025): a line that would pay for photo counts, word
// counts, posts, views, early filing or visits beyond the assignment is found here, and the loader refuses it with the reason.
//
//     trace_paid_for("photo_count", "")        -> "photos"        trace_paid_for("v4_demand", "诉求办理") -> ""
//     trace_paid_for("v6", "手记字数")          -> "words"
//
// The words are data: schema/rules/traces.info. Being caught by a word is meant to be easy to understand: rename the line,
// or take it out. Photos gate a submission (`gate`), they never earn.
#pragma once

#include <string>
#include <string_view>

#include "appraisal/rule_reader.h"

namespace shide::appraisal {

/// The kind of trace named by an ASCII name (word by word) or a Chinese title: photos, words, posts, views, early, surplus;
/// empty when none. `early` and `surplus` are only wrong where something is earned: ask with `earns`.
std::string trace_paid_for(std::string_view name, std::string_view title, bool earns = true);

/// Refuses the item's line if it pays for a trace, in its key, title, facts or rubric.
void refuse_traces(const InfoEntry& entry, const Item& item, RuleReader& reader);
/// The same for a component that is rated as a whole.
void refuse_traces(const InfoEntry& entry, const Component& component, RuleReader& reader);
/// Lateness may cost at most 10 of 100 in the whole rule set.
void refuse_costly_lateness(const InfoEntry& scheme, const RuleSet& rules, RuleReader& reader);

}  // namespace shide::appraisal
