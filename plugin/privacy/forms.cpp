// The short forms of a name: 王小明 -> 小明, 明明, 小王, 阿明, 明儿, wangxiaoming ...
#include <algorithm>
#include <unordered_set>

#include "privacy/folded_text.h"
#include "privacy/names.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kShortestSpelling = 6;

std::u32string filled(const std::u32string& pattern, char32_t place, char32_t character) {
  std::u32string out;
  for (char32_t c : pattern) out += c == place ? character : c;
  return out;
}

Kind name_kind(Role role) {
  return role == Role::kStudent ? Kind::kStudentName : role == Role::kGuardian ? Kind::kGuardianName : role == Role::kTeacher ? Kind::kTeacherName : Kind::kOtherName;
}

std::u32string spelt(std::u32string_view name) {
  std::u32string out;
  for (char32_t c : name) {
    const std::string& spelling = Lexicon::shared().spelling(c);
    if (spelling.empty()) return {};
    out.append(spelling.begin(), spelling.end());
  }
  return out;
}

class Forms {
 public:
  Forms(const KnownName& name, int person) : name_(name), person_(person) {
    role_ = name.has(Role::kStudent) ? Role::kStudent : name.has(Role::kGuardian) ? Role::kGuardian : name.has(Role::kOther) ? Role::kOther : Role::kTeacher;
  }

  std::vector<Form> all() {
    if (name_.given.size() >= 2) add(name_.given, name_kind(role_), false);
    if (name_.given.size() == 1) add(name_.given, name_kind(role_), true);
    if (name_.given.size() >= 3 && role_ == Role::kStudent) add(name_.given.substr(name_.given.size() - 2), name_kind(role_), false);  // 阿依古丽 -> 古丽
    if (name_.surname_length == 2 && role_ == Role::kStudent) add(name_.full.substr(0, 2), short_kind(), false);  // 诸葛
    if (name_.full.size() < 2) return std::move(forms_);
    if (role_ != Role::kTeacher) {
      spellings();
      by_pattern();
    }
    by_surname();
    return std::move(forms_);
  }

 private:
  void by_pattern() {
    const Lexicon& lexicon = Lexicon::shared();
    const auto& patterns = lexicon.list(role_ == Role::kStudent ? "short_form" : "short_guardian_form");
    if (name_.given.size() <= 2) {
      for (char32_t c : name_.given) {
        for (const std::u32string& pattern : patterns) add(filled(pattern, U'a', c), short_kind(), false);
      }
    }
    if (name_.given.size() == 2) {
      for (const std::u32string& ending : lexicon.list(role_ == Role::kStudent ? "given_endings" : "guardian_endings")) add(name_.given + ending, short_kind(), false);
    }
    if (name_.full.size() == 2 && role_ == Role::kStudent) {  // 小高兴
      for (const std::u32string& prefix : lexicon.list("byname_prefixes")) add(prefix + name_.full, short_kind(), false);
    }
  }

  // 小陈 of a teacher as well.
  void by_surname() {
    if (name_.surname_length != 1 || name_.given.empty()) return;
    for (const std::u32string& pattern : Lexicon::shared().list("surname_form")) add(filled(pattern, U's', name_.full[0]), short_kind(), false);
  }

  Kind short_kind() const { return role_ == Role::kStudent ? Kind::kNickname : name_kind(role_); }

  void spellings() {
    if (name_.given.empty()) return;
    std::u32string surname = spelt(std::u32string_view(name_.full).substr(0, name_.surname_length)), given = spelt(name_.given);
    if (surname.empty() || given.empty()) return;
    add(surname + given, name_kind(role_), false);
    add(given + surname, name_kind(role_), false);
    if (name_.given.size() >= 2 && given.size() >= kShortestSpelling) add(given, name_kind(role_), false);
    if (name_.full.size() == 3 && role_ == Role::kStudent) half_spelt();
  }

  // 张xiao梅, zxm
  void half_spelt() {
    std::u32string initials;
    for (std::size_t i = 0; i < name_.full.size(); ++i) {
      std::u32string spelling = spelt(std::u32string_view(name_.full).substr(i, 1));
      add(name_.full.substr(0, i) + spelling + name_.full.substr(i + 1), name_kind(role_), false);
      initials += spelling[0];
    }
    const auto& words = Lexicon::shared().list("latin_words");
    if (std::find(words.begin(), words.end(), initials) == words.end()) add(initials, name_kind(role_), false);
  }

  void add(std::u32string text, Kind kind, bool needs_title) {
    static const std::unordered_set<std::u32string> kNever(Lexicon::shared().list("never_short").begin(), Lexicon::shared().list("never_short").end());
    if (kind == Kind::kNickname && kNever.contains(text)) return;
    if (text != name_.full) forms_.push_back({std::move(text), role_, kind, person_, needs_title, false});
  }

  const KnownName& name_;
  int person_;
  Role role_;
  std::vector<Form> forms_;
};

}  // namespace

std::vector<Form> short_forms(const KnownName& name, int person) { return Forms(name, person).all(); }

}  // namespace shide::privacy
