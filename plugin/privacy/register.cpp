#include "privacy/register.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "privacy/folded_text.h"
#include "privacy/words.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kLongestName = 40;
constexpr std::size_t kLongestChineseName = 4;
constexpr std::size_t kShortestHomePiece = 3;
constexpr std::size_t kShortestStem = 2;
constexpr std::size_t kShortestHomeNumber = 4;

// 阿依古丽·买买提 is called 阿依古丽: the part before the dot, which folding drops.
std::u32string first_part(std::string_view name) {
  for (std::string_view dot : {"\u00B7", "\u2022", "\u2027", "\u30FB"}) {
    if (std::size_t at = name.find(dot); at != std::string_view::npos) return fold(name.substr(0, at));
  }
  return {};
}

std::u32string given_name(const std::u32string& full, std::size_t surname) {
  if (full.size() <= surname || full.size() > kLongestChineseName || !is_han(full[0])) return {};
  return full.substr(surname);
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (char32_t c : fold(text)) {
    if (is_digit(c)) digits += static_cast<char>(c);
  }
  return digits;
}

// 6幢2单元301室: digits and what counts with them.
std::size_t end_of_number(std::u32string_view home, std::size_t from) {
  const CharacterSet& units = Lexicon::shared().characters("home_unit_characters");
  while (from < home.size() && (is_digit(home[from]) || units.has(home[from]))) ++from;
  return from;
}

bool ends_a_piece(std::u32string_view text) {
  for (const std::u32string& suffix : Lexicon::shared().list("place_suffixes")) {
    if (text.ends_with(suffix) && text.size() > suffix.size()) return true;
  }
  return false;
}

// Up to what ends a place's name (the longest: 花园小区), or to a number.
std::size_t end_of_piece(std::u32string_view home, std::size_t from) {
  for (std::size_t end = from + 1; end < home.size(); ++end) {
    if (is_digit(home[end])) return end;
    if (ends_a_piece(home.substr(from, end - from)) && !ends_a_piece(home.substr(from, end + 1 - from)) &&
        !ends_a_piece(home.substr(from, std::min(end + 2, home.size()) - from))) {
      return end;
    }
  }
  return home.size();
}

}  // namespace

std::size_t surname_length(std::u32string_view name) {
  if (name.size() < 2) return 0;
  for (const std::u32string& surname : Lexicon::shared().list("double_surnames")) {
    if (name.size() > surname.size() && name.starts_with(surname)) return surname.size();
  }
  return 1;
}

Register::Register(const KnownPeople& known) {
  std::vector<std::string> lines;
  names_.reserve(known.teachers.size() + known.students.size() + known.guardians.size() + known.others.size());
  add_names(known.students, Role::kStudent, lines);
  add_names(known.guardians, Role::kGuardian, lines);
  add_names(known.teachers, Role::kTeacher, lines);
  add_names(known.others, Role::kOther, lines);
  for (const std::string& name : known.classes) {
    std::u32string folded = fold(name);
    if (folded.size() < 2) continue;
    classes_.add(folded, 0);
    std::erase_if(folded, [](char32_t c) { return c == '(' || c == ')'; });
    classes_.add(folded, 0);
    lines.push_back("class\t" + to_utf8(folded));
  }
  for (const std::string& phone : known.phones) {
    std::string digits = digits_of(phone);
    if (digits.size() < 5) continue;
    lines.push_back("phone\t" + digits);
    phones_.insert(std::move(digits));
  }
  for (const std::string& address : known.addresses) {
    std::u32string home = fold(address);
    if (home.size() < kShortestHomePiece) continue;
    add_home(home);
    lines.push_back("home\t" + to_utf8(home));
  }
  full_names_.build();
  classes_.build();
  homes_.build();
  std::sort(lines.begin(), lines.end());
  lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  hash_ = sha256_hex(Lexicon::shared().hash() + "\n" + join(lines, "\n"));
}

int Register::index_of(std::string_view name) const {
  std::u32string folded = fold(name);
  int index = -1;
  full_names_.each_hit(folded, [&](std::size_t, std::size_t length, std::uint32_t value) {
    if (length == folded.size()) index = static_cast<int>(value);
  });
  return index;
}

void Register::add_names(const std::vector<std::string>& names, Role role, std::vector<std::string>& lines) {
  static constexpr const char* kRoleNames[] = {"pupil\t", "guardian\t", "teacher\t", "other\t"};
  for (const std::string& name : names) {
    std::u32string full = fold(name);
    if (full.empty() || full.size() > kLongestName) continue;
    std::uint32_t index = full_names_.add(full, static_cast<std::uint32_t>(names_.size()));
    if (index == names_.size()) {
      std::size_t surname = surname_length(full);
      std::u32string part = first_part(name);
      names_.push_back({full, part.size() >= 2 ? part : given_name(full, surname), surname, 0});
    }
    KnownName& entry = names_[index];
    if (role == Role::kStudent && !entry.has(role)) ++pupil_count_;
    if (entry.surname_length == 1) surnames_.add(std::u32string_view(full).substr(0, 1));
    if (role == Role::kTeacher) teacher_surnames_.insert(full.substr(0, entry.surname_length));
    entry.roles |= static_cast<std::uint8_t>(1u << static_cast<int>(role));
    lines.push_back(kRoleNames[static_cast<int>(role)] + to_utf8(full));
  }
}

// The whole, the whole without city and district, and each named piece: 枫林路, 锦绣花园小区, 锦绣花园, 6幢2单元301室.
void Register::add_home(const std::u32string& home) {
  homes_.add(home, 0);
  std::size_t from = 0;
  for (std::size_t i = 2; i + kShortestHomePiece < home.size(); ++i) {
    bool part_of_piece = ends_a_piece(std::u32string_view(home).substr(from, i + 1 - from));
    if (Lexicon::shared().characters("district_ends").has(home[i]) && !part_of_piece && !is_digit(home[i - 1])) from = i + 1;
  }
  if (from > 0) homes_.add(home.substr(from), 0);
  while (from < home.size()) {
    std::size_t end = is_digit(home[from]) ? end_of_number(home, from) : end_of_piece(home, from);
    add_home_piece(std::u32string_view(home).substr(from, end - from));
    if (is_digit(home[from]) && home.size() - from >= kShortestHomePiece) homes_.add(home.substr(from), 0);
    from = end;
  }
}

// 锦绣花园小区 is also called 锦绣花园, 欧拉镇 欧拉; but 人民路 is not called 人民.
void Register::add_home_piece(std::u32string_view piece) {
  if (piece.size() < kShortestHomePiece || (is_digit(piece.front()) && piece.size() < kShortestHomeNumber)) return;
  homes_.add(piece, 0);
  for (const char* suffixes : {"place_suffixes", "numbered_place_suffixes"}) {
    for (const std::u32string& suffix : Lexicon::shared().list(suffixes)) {
      std::size_t stem = piece.ends_with(suffix) ? piece.size() - suffix.size() : 0;
      if (stem >= kShortestHomePiece || (stem == kShortestStem && !Words().hold(piece.substr(0, stem)))) homes_.add(piece.substr(0, stem), 0);
    }
  }
}

}  // namespace shide::privacy
