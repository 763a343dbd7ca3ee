#include "privacy/cut.h"

#include <array>

namespace shide::privacy {
namespace {
constexpr std::array<std::string_view, kKindCount> kNames = {
    "student_name", "guardian_name", "other_name", "teacher_name", "nickname", "phone",         "id_number",  "address",
    "workplace",    "plate",         "account",    "class",        "date",     "health",        "family_status", "singling_out"};
}

std::string_view kind_name(Kind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<Kind> kind_of(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Kind>(i);
  }
  return std::nullopt;
}

bool is_direct(Kind kind) { return kind <= Kind::kAddress || kind == Kind::kPlate || kind == Kind::kAccount || kind == Kind::kClass || kind == Kind::kDate; }

}  // namespace shide::privacy
