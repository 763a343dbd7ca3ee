// What redaction finds in a note, and the words for it: a Cut is taken out, a Doubt is shown to the reviewer.
// Places are code points of the note as received, end exclusive.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/phrase.h"

namespace shide::privacy {

/// The sixteen kinds of shidectl redact; kind_name gives the word scripts rely on.
enum class Kind {
  kStudentName, kGuardianName, kOtherName, kTeacherName, kNickname, kPhone, kIdNumber, kAddress, kWorkplace, kPlate, kAccount,
  kClass, kDate, kHealth, kFamilyStatus, kSinglingOut,
};
inline constexpr int kKindCount = 16;

std::string_view kind_name(Kind kind);  // "student_name"
std::optional<Kind> kind_of(std::string_view name);

/// Names and numbers that tell a person by themselves. Whatever is left of them forbids publishing.
bool is_direct(Kind kind);

struct Cut {
  std::size_t start = 0;
  std::size_t end = 0;
  Kind kind = Kind::kStudentName;
  std::string replacement;  // may be empty: "妈妈李芳" -> "妈妈"
  Phrase reason;
  bool operator==(const Cut&) const = default;
};

struct Doubt {
  std::size_t start = 0;
  std::size_t end = 0;
  Kind kind = Kind::kStudentName;
  Phrase reason;
  bool operator==(const Doubt&) const = default;
};

}  // namespace shide::privacy
