#include "base/key_text.h"

#include <algorithm>
#include <vector>

#include "base/digest.h"
#include "base/ed25519.h"
#include "base/text.h"

namespace shide {
namespace {

constexpr std::string_view kKeyFormat = "shide-audit-key 1";

bool is_plain_word(std::string_view word) {
  return !word.empty() && word.size() <= 40 && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

}  // namespace

std::string to_text(const KeyText& key) {
  std::string text = std::string(kKeyFormat) + "\nid " + key.id + "\nuntil " + to_text(key.until) + "\npublic " + key.public_key + "\n";
  return key.private_key.empty() ? text : text + "private " + key.private_key + "\n";
}

std::optional<KeyText> key_in(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::string_view one : split(text, '\n')) {
    if (!trim(one).empty()) lines.push_back(trim(one));
  }
  if (lines.size() < 4 || lines.size() > 5 || lines[0] != kKeyFormat) return std::nullopt;
  auto value = [&](std::size_t at, std::string_view name) {
    return at < lines.size() && lines[at].starts_with(name) ? std::string(trim(lines[at].substr(name.size()))) : std::string();
  };
  KeyText key;
  key.id = value(1, "id ");
  auto until = parse_date(value(2, "until "));
  key.public_key = value(3, "public ");
  key.private_key = value(4, "private ");
  bool halves_fit = lines.size() == 4 || (!key.private_key.empty() && ed25519_public_key(key.private_key) == key.public_key);
  if (!is_plain_word(key.id) || !until || from_hex(key.public_key).size() != 32 || !halves_fit) return std::nullopt;
  key.until = *until;
  return key;
}

}  // namespace shide
