#include "workflow/password.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace shide::workflow {
namespace {

// Of the 64 characters of a token, those that nobody confuses on paper.
bool is_plain(char c) { return std::string_view("0O1lI-_").find(c) == std::string_view::npos; }

std::string three_groups() {
  std::string password;
  while (password.size() < 14) {
    for (char c : random_token(24)) {
      if (password.size() == 14) break;
      if (!is_plain(c)) continue;
      if (password.size() == 4 || password.size() == 9) password += '-';
      password += c;
    }
  }
  return password;
}

}  // namespace

bool is_strong_password(std::string_view password) {
  bool kinds[4] = {};
  for (unsigned char c : password) {
    if (c >= 'a' && c <= 'z') kinds[0] = true;
    else if (c >= 'A' && c <= 'Z') kinds[1] = true;
    else if (c >= '0' && c <= '9') kinds[2] = true;
    else kinds[3] = true;
  }
  return password.size() <= 1000 && is_valid_utf8(password) && character_count(password) >= 12 && std::count(kinds, kinds + 4, true) >= 3;
}

std::string temporary_password() {
  std::string password = three_groups();
  while (!is_strong_password(password)) password = three_groups();
  return password;
}

}  // namespace shide::workflow
