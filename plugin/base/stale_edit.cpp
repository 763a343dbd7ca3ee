#include "base/stale_edit.h"

namespace shide {

void StaleEdit::compare(std::string_view path, const std::string& stored, const std::string& typed) {
  if (stored != typed) problems_.push_back({std::string(path), {"field.both", {{"theirs", stored}, {"yours", typed}}}});
}

void StaleEdit::compare(std::string_view path, const Phrase& stored, const Phrase& typed) {
  if (stored == typed) return;
  auto said = [](const char* name, const Phrase& phrase) { return phrase.empty() ? PhraseArgument(name, "") : PhraseArgument(name, phrase); };
  problems_.push_back({std::string(path), {"field.both", {said("theirs", stored), said("yours", typed)}}});
}

Error StaleEdit::error(Phrase phrase) const {
  Error error{ErrorCode::kStale, std::move(phrase)};
  error.problems = problems_;
  return error;
}

}  // namespace shide
