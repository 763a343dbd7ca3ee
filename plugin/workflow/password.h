// What a password must be, and the one a sign-in slip carries until its owner has chosen another (domain 9, D13).
#pragma once

#include <string>
#include <string_view>

namespace shide::workflow {

/// At least 12 characters of 3 kinds: capital and small letters, digits, signs.
bool is_strong_password(std::string_view password);

/// "kRt7-Wm4x-Qz9p": 68 bits from the operating system, without letters that look alike; strong by the rule above.
std::string temporary_password();

}  // namespace shide::workflow
