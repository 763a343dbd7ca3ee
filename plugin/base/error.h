// What went wrong, as a value: a number for machines, a Phrase for people, and the fields it concerns.
//
//     return Error{ErrorCode::kInvalid, {"record.invalid"}}.with("visited_on", {"date.in_future"});
//
// `detail` is for the operator's log and never holds a name, contact, note or key. Codes are stored and sent to others:
// add at the end, never renumber.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"

namespace shide {

enum class ErrorCode {
  kInternal = 1,         // our own fault
  kInvalid = 2,          // the input breaks a rule; `problems` says where
  kNotFound = 3,         // no such thing, or not within the reader's Reach: never told apart
  kUnauthenticated = 4,  // nobody is signed in
  kForbidden = 5,        // signed in, but the route is not for this role
  kStale = 6,            // somebody else saved first: `problems` holds both versions by field
  kDuplicate = 7,        // the same id with another body
  kUnavailable = 8,      // the database or another service does not answer: try again
  kTooLarge = 9,
  kTooMany = 10,
  kUnsupportedMedia = 11,
  kConfiguration = 12,
  kForged = 13,          // a missing or wrong CSRF token
  kBusy = 14,            // a store could not get its turn within the time allowed: the closure may be run again
  kWrongMethod = 15,     // the address exists, but not for this method
};

/// One field of the input, what is wrong with it, and what would be right. `path` is the JSON path or form name.
struct Problem {
  std::string path;
  Phrase phrase;
  bool operator==(const Problem&) const = default;
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  Phrase phrase;
  std::string detail;
  std::vector<Problem> problems;

  Error() = default;
  Error(ErrorCode code_in, Phrase phrase_in, std::string detail_in = {})
      : code(code_in), phrase(std::move(phrase_in)), detail(std::move(detail_in)) {}

  Error with(std::string path, Phrase problem) && {
    problems.push_back({std::move(path), std::move(problem)});
    return std::move(*this);
  }
  /// Says where on the way up the error passed: "submit_record: store: ...".
  Error with_prefix(std::string_view prefix) && {
    detail = std::string(prefix) + ": " + detail;
    return std::move(*this);
  }
};

/// A fault of ours or of the machine; `detail` goes to the log, people read one general sentence.
inline Error internal_error(std::string detail) { return {ErrorCode::kInternal, {"error.internal"}, std::move(detail)}; }
/// The role has no such verb; people read the same sentence as for what is not there.
inline Error not_for_this_role() { return {ErrorCode::kForbidden, {"error.not_found"}}; }
inline Error not_found() { return {ErrorCode::kNotFound, {"error.not_found"}}; }

}  // namespace shide
