// The name one signs in with: a staff number or a short word, whatever its capitals and widths; one person's in a school.
#pragma once

#include <string>
#include <string_view>

#include "base/field_check.h"

namespace shide::workflow {

/// A cleaned line as logins are stored and compared: "Ｌｉｎ" -> "lin".
std::string fold_login(std::string_view line);

/// As it is stored; a problem at `path` for one that is empty, too long, or holds a blank.
std::string check_login(FieldCheck& check, std::string_view path, std::string_view raw);

/// What a refused save of an account means to who typed its login; other errors stay as they are.
Error login_taken(Error error);

}  // namespace shide::workflow
