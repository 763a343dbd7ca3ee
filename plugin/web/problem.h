// An Error as the API tells it: RFC 9457 problem+json in the reader's language, and its status for pages and programs alike.
//
//     problem(Error{kInvalid, {"record.invalid"}}.with("visited_on", {"date.in_future"}), Language::kEnglish)
//       -> 422 {"type":"about:blank","title":"...","status":422,"code":"record.invalid","detail":"...",
//               "fields":[{"path":"visited_on","code":"date.in_future","message":"..."}]}
//
// `Error::detail` is for the log and never leaves the house; kForbidden is told exactly as kNotFound.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/error.h"
#include "web/http.h"

namespace shide::web {

int status_of(ErrorCode code);

/// The reader can mend it in the form: the page again, with what was typed (422, or 412 for a stale edit).
bool is_mendable(const Error& error);

/// What the reader may know of it: kForbidden becomes the plain not_found, kInternal and kConfiguration the general sentence,
/// an empty phrase the sentence of its code.
Error outward(Error error);

nlohmann::json problem_json(const Error& error, Language language);
Response problem(const Error& error, Language language);

/// Retry-After for those who should come again: the phrase's argument "seconds" or "minutes", else 300 for kTooMany and 5 for kUnavailable.
void add_error_headers(const Error& error, Response& response);

}  // namespace shide::web
