// Two or three write one record, each on a phone of their own, often without a network (S76). Who comes second does not overwrite:
// what only one of them changed is taken, what both changed differently is asked about, field by field.
//
//     std::string seen = marks_of(record);                 // goes out with the page, comes back with the form
//     StaleEdit edit = merge(typed, stored, seen);         // `typed` now holds what nobody disputes
//     if (edit.differs()) return edit.error();             // both versions of the rest
//
// A mark is the beginning of the SHA-256 of a field as it was shown: enough to know whether it changed, and nothing of a child in
// it. Pure and thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/stale_edit.h"
#include "model/visit.h"

namespace shide::visit {

/// "narrative:1f2e3d4c5b6a7988", of any text.
std::string mark(std::string_view field, std::string_view words);

/// True when `seen` holds just this mark: the field is as its writer found it.
bool is_as_seen(std::string_view seen, std::string_view field, std::string_view words);

/// The marks of every field that is written together, with blanks between them.
std::string marks_of(const model::VisitRecord& record);

/// Takes into `yours` what a colleague changed and you did not; the answer holds both versions of what is left to be asked. Without
/// marks (`seen` empty, or not ours) every difference is asked about.
StaleEdit merge(model::VisitRecord& yours, const model::VisitRecord& theirs, std::string_view seen);

/// Puts the fields that are written together into `record`; its place, state and reading stay.
void take_written(model::VisitRecord& record, const model::VisitRecord& written);

}  // namespace shide::visit
