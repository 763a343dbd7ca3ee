#include "base/stale_edit.h"

namespace shide {

void StaleEdit::compare(std::string_view path, const std::string& stored, const std::string& typed) {
  if (stored != typed) problems_.push_back({std::string(path), {"field.both", {{"theirs", stored}, {"yours", typed}}}});
}

Error StaleEdit::error(Phrase phrase) const {
  Error error{ErrorCode::kStale, std::move(phrase)};
  error.problems = problems_;
  return error;
}

}  // namespace shide
