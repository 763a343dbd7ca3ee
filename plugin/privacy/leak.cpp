#include "privacy/leak.h"

#include <algorithm>
#include <vector>

#include "privacy/names.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kShortestDoor = 5;

/// The passage is the whole name, letter for letter: what only sounds like it may be a colleague's.
bool is_whole(const FoldedText& folded, const Finding& finding, const KnownName& name) {
  std::u32string passage(folded.text().substr(finding.start, finding.end - finding.start));
  std::erase_if(passage, [&](char32_t c) { return c == '\n' || (!is_han(c) && name.full.find(c) == std::u32string::npos); });
  return name.full.size() > 1 && passage.starts_with(name.full);
}

bool is_pupil_or_guardian(const FoldedText& folded, const Finding& finding, const Register& known) {
  if (finding.person < 0 || finding.certainty != Certainty::kCut) return false;
  const KnownName& name = known.names()[static_cast<std::size_t>(finding.person)];
  return !name.has(Role::kTeacher) && (name.has(Role::kStudent) || name.has(Role::kGuardian)) && is_whole(folded, finding, name);
}

/// Where a teacher's name stands: 孟欣 inside 孟欣然, or across two names of a list, is nobody.
std::vector<bool> teachers_in(const FoldedText& folded, const Register& known) {
  std::vector<bool> taken(folded.size());
  known.full_names().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t index) {
    if (length > 1 && known.names()[index].has(Role::kTeacher)) std::fill(taken.begin() + static_cast<std::ptrdiff_t>(end - length), taken.begin() + static_cast<std::ptrdiff_t>(end), true);
  });
  return taken;
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
  std::vector<bool> of_teachers = teachers_in(folded, known);
  Leaks leaks;
  for (const Finding& finding : find_names(reading, known, {}, Byline::kTeachers)) {
    bool is_free = std::find(of_teachers.begin() + static_cast<std::ptrdiff_t>(finding.start), of_teachers.begin() + static_cast<std::ptrdiff_t>(finding.end), true) ==
                   of_teachers.begin() + static_cast<std::ptrdiff_t>(finding.end);
    if (is_free && is_pupil_or_guardian(folded, finding, known)) ++leaks[finding.kind];
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
