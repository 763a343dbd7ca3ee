// What a text that anybody may read tells of the people a school knows: the test of finished bytes (D1, S98). Milder than redaction,
// for a page also holds dates, streets and teachers that rightly stand there; so only the register's own people, phones and homes count,
// and identity numbers.
//
//     find_leaks("王小明同学的电话13800000000", school)  ->  {student_name: 1, phone: 1}
//
// Pure, thread-safe. Says kinds and how many, never the words: what is found may be logged and told to whoever looks after it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "privacy/register.h"
#include "privacy/cut.h"

namespace shide::privacy {

using Leaks = std::map<Kind, int>;

/// A name that a teacher bears too is no leak: by-lines and thanks name teachers. Any bytes may come.
Leaks find_leaks(std::string_view text, const Register& known);

/// "student_name 2 phone 1"
std::string leak_words(const Leaks& leaks);

}  // namespace shide::privacy
