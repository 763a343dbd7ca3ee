// A key for the heads of the audit log, as a few lines of text:
//
//     shide-audit-key 1
//     id 2021a
//     until 2022-08-31
//     public 3b6a27bc...
//     private 9d61b19d...                  only in the file that signs
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace shide {

struct KeyText {
  std::string id;           // letters, digits, - and _; at most 40
  Date until;               // the last day on which it signs
  std::string public_key;   // Ed25519, hexadecimal
  std::string private_key;  // empty in a public text
};

std::string to_text(const KeyText& key);
/// Nothing for a text that is none, or whose two halves do not belong together.
std::optional<KeyText> key_in(std::string_view text);

}  // namespace shide
