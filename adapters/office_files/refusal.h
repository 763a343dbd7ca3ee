// What is said of a document that is not read: one Problem with the path "document" (ports/documents.h).
#pragma once

#include "base/error.h"

namespace shide::office_files {

inline Error refusal(ErrorCode code, Phrase phrase) { return Error(code, phrase).with("document", phrase); }

inline Error not_docx() { return refusal(ErrorCode::kUnsupportedMedia, {"document.not_docx"}); }
inline Error old_doc() { return refusal(ErrorCode::kUnsupportedMedia, {"document.old_doc"}); }
inline Error encrypted() { return refusal(ErrorCode::kUnsupportedMedia, {"document.encrypted"}); }
inline Error bomb() { return refusal(ErrorCode::kTooLarge, {"document.bomb"}); }
inline Error too_long() { return refusal(ErrorCode::kTooLarge, {"document.too_long"}); }
inline Error broken() { return refusal(ErrorCode::kInvalid, {"document.broken"}); }

}  // namespace shide::office_files
