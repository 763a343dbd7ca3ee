// One hand-marked note of tests/golden/redaction: the note with its marks taken out, and what each mark expects.
//
//     note "{王小明:student_name}很{高兴:keep}"   ->  text "王小明很高兴", marks {0,3,"student_name"} {4,6,"keep"}
//
// A mark is a kind of shidectl redact (must be cut), `keep` (must stay), `doubt` (must be cut or shown to the reviewer), or
// `any` (people would disagree; not counted).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "privacy/redact.h"

namespace shide::test {

struct Mark {
  std::size_t start = 0;  // code points
  std::size_t end = 0;
  std::string expectation;
  std::string passage;
};

struct RedactionCase {
  std::string name;
  std::string text;
  privacy::KnownPeople known;
  privacy::NoteContext context;
  std::vector<Mark> marks;
};

/// The notes that whoever writes the rules may read, and those kept back from them (tests/golden/redaction/unseen).
enum class Part { kKnown, kUnseen };

/// One line of forms.txt: a sentence with its marks, in a school of the people given.
RedactionCase marked_sentence(std::string_view marked, const privacy::KnownPeople& known);

/// All cases of a part, by name; none when it has no folder. A case that cannot be read stops the test run.
std::vector<RedactionCase> redaction_cases(Part part = Part::kKnown);

}  // namespace shide::test
