// Takes out of a note what tells a child, a family or a home, and says what it took, why, and what it is not sure about.
//
//     Register school({.students = {"王小明"}, .guardians = {"李芳"}});
//     redact("1月23日，王小明的妈妈李芳说，小明很高兴。电话13800000000", school, {})
//       -> text  "一月的一天，孩子的妈妈说，孩子很高兴。电话（已隐去）"
//          cuts  date, student_name, guardian_name (replacement ""), student_name, phone        left  none
//
// Fails closed: without a pupil in the register, or with broken rule files, the whole note is a doubt. A note with any doubt
// left may not be published (see clearance). Pure and thread-safe; time grows with the length of the note. The result must be
// made anew whenever the text or the register changes (Register::hash). Serves D1, D9, D12, S98.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "privacy/cut.h"
#include "privacy/names.h"
#include "privacy/register.h"

namespace shide::privacy {

/// What is known about this one note. The pupils and guardians it is about are found in their short forms as well; so are
/// those it names in full, and everybody in a register of at most 60 pupils.
struct NoteContext {
  std::vector<std::string> students;
  std::vector<std::string> guardians;
  Byline byline = Byline::kNone;
};

struct Redaction {
  std::string text;
  std::vector<Cut> cuts;     // sorted, not overlapping
  std::vector<Doubt> left;   // sorted, not overlapping each other nor a cut
};

Redaction redact(std::string_view note, const Register& known, const NoteContext& context = {});

/// What of names, numbers, places and days is still in a text that is meant to be clean: anything found forbids publishing.
/// Doubts count: a doubted name comes back as a cut without replacement.
std::vector<Cut> remaining_identifiers(std::string_view text, const Register& known, const NoteContext& context = {});

}  // namespace shide::privacy
