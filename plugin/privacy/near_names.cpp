#include "privacy/near_names.h"

#include <algorithm>
#include <unordered_map>

namespace shide::privacy {
namespace {

constexpr std::size_t kMostMisspeltPeople = 200;

bool sounds_alike(char32_t a, char32_t b) {
  const Lexicon& lexicon = Lexicon::shared();
  return a == b || (lexicon.sound(a) != 0 && lexicon.sound(a) == lexicon.sound(b)) || lexicon.look_alike(a, b);
}

class SlipFinder {
 public:
  explicit SlipFinder(const Reading& reading) : reading_(reading), folded_(reading.folded()) {}

  void add(const KnownName& name, int person) {
    if (name.full.size() >= 2 && name.full.size() <= 4 && !name.given.empty()) insert({name.full, person, role(name), true});
    if (name.given.size() == 2 && name.full.size() > 2 && name.has(Role::kStudent)) insert({name.given, person, Role::kStudent, false});
  }

  std::vector<Finding> find() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      auto at = by_sound_.find(Lexicon::shared().sound(folded_.at(i)));
      if (at == by_sound_.end() || at->first == 0) continue;
      for (const Name& name : at->second) consider(name, i);
    }
    return std::move(found_);
  }

 private:
  struct Name {
    std::u32string text;
    int person;
    Role role;
    bool is_full;
  };

  static Role role(const KnownName& name) {
    return name.has(Role::kStudent) ? Role::kStudent : name.has(Role::kGuardian) ? Role::kGuardian : name.has(Role::kOther) ? Role::kOther : Role::kTeacher;
  }

  void insert(Name name) { by_sound_[Lexicon::shared().sound(name.text[0])].push_back(std::move(name)); }

  void consider(const Name& name, std::size_t start) {
    std::size_t end = start + name.text.size(), same = 0;
    if (end > folded_.size()) return;
    for (std::size_t k = 0; k < name.text.size(); ++k) {
      if (!sounds_alike(name.text[k], folded_.at(start + k))) return;
      same += name.text[k] == folded_.at(start + k);
    }
    if (same == name.text.size() || same == 0) return;
    if (auto certainty = judge_slip(name, start, end)) {
      Finding finding{start, end, kind(name.role), *certainty, "misspelt"};
      finding.is_name = true;
      finding.person = name.person;
      finding.role = name.role;
      finding.title = *certainty == Certainty::kCut ? title_after(reading_, end) : nullptr;
      if (finding.title) finding.end += finding.title->word.size();
      found_.push_back(std::move(finding));
    }
  }

  static Kind kind(Role role) {
    return role == Role::kStudent ? Kind::kStudentName : role == Role::kGuardian ? Kind::kGuardianName : role == Role::kTeacher ? Kind::kTeacherName : Kind::kOtherName;
  }

  std::optional<Certainty> judge_slip(const Name& name, std::size_t start, std::size_t end) const {
    if (reading_.is_word(start, end) || reading_.inside_longer_word(start, end)) return std::nullopt;
    if (name.is_full && name.text.size() >= 3) return name.text[0] == folded_.at(start) || title_after(reading_, end) ? Certainty::kCut : Certainty::kDoubt;
    bool across = reading_.word_across_start(start, end) || reading_.word_across_end(start, end);
    bool is_named = title_after(reading_, end) || reading_.listed_before("name_leads", start) > 0;
    bool same_surname = name.text[0] == folded_.at(start);
    for (std::size_t i = start + (same_surname ? 1 : 0); i < end; ++i) {
      if (Lexicon::shared().characters("never_in_names").has(folded_.at(i)) && folded_.at(i) != name.text[i - start]) return std::nullopt;
    }
    if (is_named) return Certainty::kCut;
    if (across) return std::nullopt;
    bool person_near = reading_.listed_before("person_before", start) > 0 || reading_.listed_at("person_after", end) > 0 || reading_.listed_before("person_nouns", start) > 0;
    if (name.is_full && !same_surname) return std::nullopt;
    return person_near ? std::optional(Certainty::kCut) : std::optional(Certainty::kDoubt);
  }

  const Reading& reading_;
  const FoldedText& folded_;
  std::unordered_map<std::uint16_t, std::vector<Name>> by_sound_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_misspelt_names(const Reading& reading, const Register& known, const std::vector<int>& people) {
  if (people.size() > kMostMisspeltPeople) return {};
  SlipFinder finder(reading);
  for (int person : people) finder.add(known.names()[static_cast<std::size_t>(person)], person);
  return finder.find();
}

}  // namespace shide::privacy
