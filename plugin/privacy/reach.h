// Who may see how much of what: the matrix of domain 5 and D9, in one place. Deny by default.
//
//     reach(grade_leader, DataKind::kStudentName)   ->  full in the own grade, full for own visits
//     reach(union_editor, DataKind::kRecordText)    ->  nothing
//
// Pure and thread-safe. The store puts the answer into its query.
#pragma once

#include <string_view>

#include "model/actor.h"
#include "model/reach.h"

namespace shide::privacy {

/// What the actor's roles give for this kind of data, without any stated reason.
model::Reach reach(const model::Actor& actor, model::DataKind kind);

/// What the actor may see after stating a reason, which the caller must audit in the same transaction (D9). The same as
/// `reach` where a reason opens nothing more.
model::Reach reach_with_reason(const model::Actor& actor, model::DataKind kind, std::string_view reason);

/// All rows of one school for a step of the software itself: "review_redaction", "score". The caller audits the verb.
model::Reach reach_for_job(const Id<model::School>& school, model::DataKind kind, std::string_view job);

}  // namespace shide::privacy
