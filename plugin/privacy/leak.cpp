#include "privacy/leak.h"

#include <algorithm>

#include "privacy/names.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kShortestDoor = 5;

bool is_pupil_or_guardian(const Finding& finding, const Register& known) {
  if (finding.person < 0 || finding.certainty != Certainty::kCut) return false;
  const KnownName& name = known.names()[static_cast<std::size_t>(finding.person)];
  bool is_whole = finding.end - finding.start >= name.full.size() && name.full.size() > 1;
  return is_whole && !name.has(Role::kTeacher) && (name.has(Role::kStudent) || name.has(Role::kGuardian));
}

// A street many live in tells nobody; a number in it does.
bool is_door(std::u32string_view place) { return place.size() >= kShortestDoor && std::any_of(place.begin(), place.end(), is_digit); }

std::string digits_of(const FoldedText& folded, const Finding& finding) {
  std::string digits;
  for (std::size_t i = finding.start; i < finding.end; ++i) {
    if (is_digit(folded.at(i))) digits += static_cast<char>(folded.at(i));
  }
  return digits;
}

}  // namespace

Leaks find_leaks(std::string_view text, const Register& known) {
  FoldedText folded(text);
  Reading reading(folded);
  Leaks leaks;
  for (const Finding& finding : find_names(reading, known, {}, Byline::kTeachers)) {
    if (is_pupil_or_guardian(finding, known)) ++leaks[finding.kind];
  }
  for (const Finding& finding : find_numbers(reading, known)) {
    bool tells = finding.kind == Kind::kIdNumber || (finding.kind == Kind::kPhone && known.knows_phone(digits_of(folded, finding)));
    if (tells) ++leaks[finding.kind];
  }
  std::size_t told = 0;  // a home and its pieces are one
  known.homes().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
    if (end - length < told || !is_door(folded.text().substr(end - length, length))) return;
    told = end;
    ++leaks[Kind::kAddress];
  });
  return leaks;
}

std::string leak_words(const Leaks& leaks) {
  std::string words;
  for (const auto& [kind, count] : leaks) words += (words.empty() ? "" : " ") + std::string(kind_name(kind)) + " " + std::to_string(count);
  return words;
}

}  // namespace shide::privacy
