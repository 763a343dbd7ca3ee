// The word lists and patterns of schema/rules/identifiers.info and the frames of frames.info, folded and ready: what a school may change without a compiler.
//
//     Lexicon::shared().list("person_nouns")      Lexicon::shared().replacement("pupil") -> "孩子"
//
// Read once per process, immutable after that, thread-safe. A broken file, or an ICU without Chinese, is told by `problem()`;
// redaction then doubts the whole note.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/error.h"
#include "privacy/automaton.h"
#include "privacy/cut.h"
#include "privacy/frames.h"
#include "privacy/sounds.h"

namespace re2 {
class FilteredRE2;
class RE2;
}

namespace shide::privacy {

/// Who somebody is to the note.
enum class Role { kStudent, kGuardian, kTeacher, kOther };

/// A word after a name that says who it is: 同学, 妈妈, 老师, 阿姨.
struct Title {
  std::u32string word;
  Role role = Role::kOther;
  bool is_kin = false;    // the family of the pupil
  bool is_short = false;  // one character after a bare surname: 王总
};

/// One RE2 pattern over folded text; group 1 is cut (else all of it).
struct Pattern {
  Kind kind;
  std::string replacement;  // "month" = the month that group 2 names
  bool needs_digit = false;   // not matched with a text that holds none
  bool needs_letter = false;
  bool is_doubt = false;      // shown to the reviewer, not cut
  const re2::RE2* expression = nullptr;
};

/// A small set of characters.
class CharacterSet {
 public:
  void add(std::u32string_view characters);
  bool has(char32_t c) const { return c < 0x10000 && (bits_[c >> 6] >> (c & 63) & 1) != 0; }

 private:
  std::array<std::uint64_t, 1024> bits_{};
};

/// A list of the file: folded, the longest word first, and the characters its words begin and end with.
struct WordList {
  std::vector<std::u32string> words;
  CharacterSet first;
  CharacterSet last;
};

class Lexicon {
 public:
  static const Lexicon& shared();

  const Error* problem() const { return problem_.empty() ? nullptr : &problem_.front(); }

  /// Empty when there is none of that name.
  const WordList& word_list(std::string_view name) const;
  const std::vector<std::u32string>& list(std::string_view name) const { return word_list(name).words; }
  /// The characters of a list, or of a plain value.
  const CharacterSet& characters(std::string_view name) const;
  /// A value as written.
  const std::string& value(std::string_view name) const;
  /// `to { ... }`: what stands instead.
  const std::string& replacement(std::string_view name) const;

  /// The folded text is one of those that redaction puts in: a second look finds 某处 and leaves it.
  bool is_replacement(std::u32string_view text) const { return replaced_.contains(std::u32string(text)); }

  const std::vector<Title>& titles() const { return titles_; }
  /// The patterns whose fixed words a folded text holds, in the order of the file: few of many, so that only these are matched.
  std::vector<const Pattern*> patterns_for(std::u32string_view text) const;
  /// What tells without naming.
  const Frames& frames() const { return frames_; }
  /// Matches one numbered part of a home at the start of a text: 6幢, 301室.
  const re2::RE2* home_units() const { return home_units_.get(); }

  /// What ICU's dictionary is not to be asked about: kWord are everyday words all the same, kNoWord are names it holds.
  enum : std::uint32_t { kWord, kNoWord };
  const Automaton& words() const { return words_; }
  /// Titles (the value is their index) in one pass.
  const Automaton& title_words() const { return title_words_; }

  /// The sound of a character (0 = unknown), and whether two characters are easily taken for each other.
  std::uint16_t sound(char32_t c) const { return sounds_.of(c); }
  /// The sound spelt: wang.
  std::string spelling(char32_t c) const { return sounds_.spelling(c); }
  bool look_alike(char32_t a, char32_t b) const;

  /// SHA-256 of the files and ICU's version: a register's hash changes with them.
  const std::string& hash() const { return hash_; }

 private:
  Lexicon();
  void read_lists();
  void read_titles();
  void read_patterns();
  void read_frames();
  void read_words();
  std::string expanded(std::string_view expression) const;

  std::vector<Error> problem_;
  std::map<std::string, std::string, std::less<>> values_;
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, WordList, NameHash, std::equal_to<>> lists_;
  std::unordered_map<std::string, CharacterSet, NameHash, std::equal_to<>> characters_;
  std::map<std::string, std::string, std::less<>> replacements_;
  std::unordered_set<std::u32string> replaced_;
  std::vector<Title> titles_;
  std::vector<Pattern> patterns_;
  std::shared_ptr<const re2::FilteredRE2> filter_;  // owns the expressions of the patterns
  Automaton atoms_;                                 // the fixed words it looks for; the value is their number
  Frames frames_;
  std::shared_ptr<const re2::RE2> home_units_;
  Automaton words_;
  Automaton title_words_;
  Sounds sounds_;
  std::map<char32_t, std::u32string> look_alikes_;
  std::string hash_;
};

}  // namespace shide::privacy
