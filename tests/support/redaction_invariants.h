// What holds for every redaction of any bytes at all: used by the fuzz target and by the replay of its corpus.
#pragma once

#include "privacy/folded_text.h"
#include "privacy/redact.h"

namespace shide::test {

/// The first promise broken, or null: cuts and doubts lie inside the note, are sorted, do not overlap.
inline const char* broken_promise(std::string_view note, const privacy::Redaction& redaction) {
  std::size_t size = privacy::FoldedText(note).note().size(), at = 0;
  for (const privacy::Cut& cut : redaction.cuts) {
    if (cut.start >= cut.end || cut.end > size) return "a cut lies outside the note";
    if (cut.start < at) return "cuts overlap or are not sorted";
    at = cut.end;
  }
  at = 0;
  bool whole = redaction.left.size() == 1 && redaction.left[0].start == 0 && redaction.left[0].end == size;
  for (const privacy::Doubt& doubt : redaction.left) {
    if (doubt.end > size || (doubt.start >= doubt.end && !whole)) return "a doubt lies outside the note";
    if (doubt.start < at) return "doubts overlap or are not sorted";
    at = doubt.end;
    for (const privacy::Cut& cut : redaction.cuts) {
      if (!whole && cut.start < doubt.end && doubt.start < cut.end) return "a doubt overlaps a cut";
    }
  }
  return nullptr;
}

}  // namespace shide::test
