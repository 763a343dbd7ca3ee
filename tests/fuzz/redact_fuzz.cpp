// Any bytes as a note: redact must not crash, and its cuts must lie inside the note, sorted, not overlapping; what it gives back
// must go through a second look as well. A libFuzzer entry (see the end of tests/CMakeLists.txt); tests/unit/privacy/fuzz_replay_test.cpp replays the corpus.
#include <cstdint>
#include <cstdlib>

#include "privacy/redact.h"
#include "support/redaction_invariants.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace shide::privacy;
  static const Register kKnown({.teachers = {"陈静", "周海燕"},
                                .students = {"王小明", "陈静", "高兴", "欧阳雪", "阿依古丽·买买提", "明"},
                                .guardians = {"李芳", "王强"},
                                .classes = {"三(2)班"},
                                .phones = {"13800000000"},
                                .addresses = {"常州市武进区枫林路88号锦绣花园6幢301室"}});
  std::string_view note(reinterpret_cast<const char*>(bytes), size);
  for (Byline byline : {Byline::kNone, Byline::kTeachers}) {
    NoteContext context;
    context.byline = byline;
    Redaction redaction = redact(note, kKnown, context);
    if (shide::test::broken_promise(note, redaction)) std::abort();
    remaining_identifiers(redaction.text, kKnown, context);
  }
  return 0;
}
