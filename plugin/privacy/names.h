// Finds people in a note: the register's names in full, the short forms of those this note is about, names and titles of
// strangers, nicknames the note itself introduces, names misheard or mistyped.
//
//     register: pupil 王小明    "小明妈妈说，明明很怕生"  ->  小明妈妈 (student_name), 明明 (nickname)
//
// A form that equals an everyday word (高兴, 天天, 明明) is a name only where the words beside it say so; else it is a doubt.
// A pupil and a teacher of one name are told apart by title and by the noun before; in doubt it is the pupil.
#pragma once

#include <string>
#include <vector>

#include "privacy/identifiers.h"
#include "privacy/reading.h"
#include "privacy/register.h"

namespace shide::privacy {

/// Whether the teachers of the register keep their names: the staff view does, the public face never (D1).
enum class Byline { kNone, kTeachers };

/// One way to write a person of this note.
struct Form {
  std::u32string text;
  Role role = Role::kStudent;
  Kind kind = Kind::kStudentName;
  int person = -1;
  bool needs_title = false;  // too short or too common to stand alone
  bool is_full = false;
};

/// The short forms of one known name, by the rules of identifiers.info; not the full name.
std::vector<Form> short_forms(const KnownName& name, int person);

/// `about` holds indexes in known.names(): the people this note is about, beside those it names in full. A register of at
/// most 60 pupils is taken to be about all of them.
std::vector<Finding> find_names(const Reading& reading, const Register& known, const std::vector<int>& about, Byline byline);

}  // namespace shide::privacy
