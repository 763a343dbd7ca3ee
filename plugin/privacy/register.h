// The people, classes, phones and homes a school knows, ready to be found in a note: redaction starts from the register,
// because a school knows the names and no guesser does.
//
//     Register school({.teachers = {"陈若兰"}, .students = {"王小明"}, .classes = {"三(2)班"}});
//     school.hash()  ->  what an Approval remembers: another register, another hash, another check
//
// Built once, immutable, any thread may read it. Names are folded (width, case, traditional, blanks) on the way in; a name
// longer than 40 characters is ignored. Holds names in memory only: never logged, never written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "privacy/automaton.h"
#include "privacy/lexicon.h"

namespace shide::privacy {

/// As the school writes them; any list may be empty.
struct KnownPeople {
  std::vector<std::string> teachers;
  std::vector<std::string> students;
  std::vector<std::string> guardians;
  std::vector<std::string> others;
  std::vector<std::string> classes;
  std::vector<std::string> phones;
  std::vector<std::string> addresses;
};

/// One name of the register, folded, in its parts. The same name may be borne by several people.
struct KnownName {
  std::u32string full;
  std::u32string given;          // without the surname; of a name with a dot: its first part
  std::size_t surname_length = 0;
  std::uint8_t roles = 0;        // bit Role set
  bool has(Role role) const { return (roles >> static_cast<int>(role) & 1) != 0; }
};

class Register {
 public:
  explicit Register(const KnownPeople& known);

  /// No pupil is known: nothing may be published, whatever is found.
  bool knows_no_pupil() const { return pupil_count_ == 0; }
  std::size_t pupil_count() const { return pupil_count_; }

  const std::vector<KnownName>& names() const { return names_; }
  /// Full names (the value is the index in names()), classes, and homes with their pieces (no value).
  const Automaton& full_names() const { return full_names_; }
  const Automaton& classes() const { return classes_; }
  const Automaton& homes() const { return homes_; }

  /// Digits only.
  bool knows_phone(std::string_view digits) const { return phones_.contains(std::string(digits)); }
  bool has_surname(char32_t surname) const { return surnames_.has(surname); }
  bool has_teacher_surname(std::u32string_view surname) const { return teacher_surnames_.contains(std::u32string(surname)); }
  /// The index of a name written in any width or script, or -1.
  int index_of(std::string_view name) const;

  /// SHA-256 over everything known and over the rules of finding: lower-case hexadecimal.
  const std::string& hash() const { return hash_; }

 private:
  void add_names(const std::vector<std::string>& names, Role role, std::vector<std::string>& lines);
  void add_home(const std::u32string& home);
  void add_home_piece(std::u32string_view piece);

  std::vector<KnownName> names_;
  Automaton full_names_;
  Automaton classes_;
  Automaton homes_;
  std::unordered_set<std::string> phones_;
  std::unordered_set<std::u32string> teacher_surnames_;
  CharacterSet surnames_;  // of one character
  std::size_t pupil_count_ = 0;
  std::string hash_;
};

/// How many characters of a folded name are the surname: 2 for 欧阳, 0 for a name of one character, else 1.
std::size_t surname_length(std::u32string_view name);

}  // namespace shide::privacy
