#include "privacy/strangers.h"

#include <algorithm>

#include "privacy/near_names.h"

namespace shide::privacy {
namespace {

constexpr int kDoubtful = 5, kSure = 6;

class StrangerFinder {
 public:
  StrangerFinder(const Reading& reading, const CharacterSet& family, const Register& known)
      : reading_(reading), folded_(reading.folded()), family_(family), known_(known), surnames_(set("surnames")), shy_(set("shy_surnames")), never_(set("never_in_names")),
        telling_(set("name_characters")), more_(set("more_name_characters")), more_plain_(set("more_plain_name_characters")), plain_(set("plain_name_characters")), frequent_(set("stranger_surnames")), grown_up_(set("grown_up_characters")), prefixes_(set("nickname_prefixes")) {}

  std::vector<Finding> find() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      called_old(i);
      given_behind_a_noun(i);
      std::size_t surname = surname_at(i);
      if (surname == 0) continue;
      if (!with_title(i, surname) && !behind_a_noun(i, surname)) by_characters(i, surname);
    }
    return std::move(found_);
  }

 private:
  static const CharacterSet& set(std::string_view name) { return Lexicon::shared().characters(name); }

  std::size_t surname_at(std::size_t i) const {
    if (!is_han(folded_.at(i))) return 0;
    if (std::size_t length = reading_.listed_at("double_surnames", i)) return length;
    return surnames_.has(folded_.at(i)) ? 1 : 0;
  }

  // Surname, none to two characters, title. The longest reading that is no everyday word wins.
  bool with_title(std::size_t start, std::size_t surname) {
    for (std::size_t given = 3; given-- > 0;) {
      std::size_t end = start + surname + given;
      const Title* title = given == 0 ? reading_.title_at(end) : title_after(reading_, end);
      if (!title || (given == 0 && !title->is_short && !title_after(reading_, end))) continue;
      if (!is_name(start, surname, end, given, given == 2 ? Sign::kTitle : Sign::kNone)) continue;
      if (title->is_short && (reading_.word_across_end(start, end + 1) || reading_.inside_longer_word(start, end + 1) || reading_.is_word(start, end + 1))) continue;
      Finding finding{start, end + title->word.size(), kind(*title), Certainty::kCut, "stranger"};
      finding.is_name = true;
      finding.role = title->role;
      finding.title = title;
      return add_with_nickname_prefix(std::move(finding), given);
    }
    return false;
  }

  // 小李老师, 老王师傅: the little word before belongs to the name.
  bool add_with_nickname_prefix(Finding finding, std::size_t given) {
    if (given == 0 && finding.start > 0 && prefixes_.has(folded_.before(finding.start)) && !reading_.word_across_start(finding.start - 1, finding.end)) {
      --finding.start;
    }
    found_.push_back(std::move(finding));
    return true;
  }

  // What says that a name is one though its parts are words: a noun or the family's surname (尹|万全), a title behind (康德|福|爷爷).
  enum class Sign { kNone, kNoun, kTitle };

  bool is_name(std::size_t start, std::size_t surname, std::size_t end, std::size_t given, Sign sign) const {
    if (given == 0 && surname == 1 && !is_bare_surname(start)) return false;
    for (std::size_t i = start + surname; i < end; ++i) {
      bool fits = is_han(folded_.at(i)) && (!never_.has(folded_.at(i)) || (sign != Sign::kNone && grown_up_.has(folded_.at(i))));
      if (!fits) return false;
    }
    if (reading_.word_across_start(start, end)) return false;
    if (given == 0) return true;
    if (reading_.is_word(start, end)) return false;
    bool begins_with_word = reading_.is_word(start, start + surname + 1);
    bool all_in_names = given == 2 && is_in_names(end - 2) && is_in_names(end - 1);
    if (all_in_names && sign != Sign::kNone) return sign == Sign::kTitle || !begins_with_word || telling_.has(folded_.at(end - 1));  // 同桌|王子涵
    bool ends_with_word = given == 2 && reading_.is_word(end - 2, end);
    return !begins_with_word && !ends_with_word && !(shy_.has(folded_.at(start)) && !is_in_names(end - 1));
  }

  // Before a title: 王, and 包 or 向 where somebody bears it or nothing stands before.
  bool is_bare_surname(std::size_t start) const {
    bool is_known = known_.has_surname(folded_.at(start)), begins = begins_a_clause(start);
    if (set("grammar_surnames").has(folded_.at(start))) return is_known && begins;
    return is_known || begins || !shy_.has(folded_.at(start));
  }

  bool tells(std::size_t place) const { return telling_.has(folded_.at(place)) || more_.has(folded_.at(place)); }

  bool is_in_names(std::size_t place) const {
    char32_t c = folded_.at(place);
    return tells(place) || plain_.has(c) || more_plain_.has(c) || grown_up_.has(c);
  }

  bool begins_a_clause(std::size_t start) const {
    return start == 0 || !is_han(folded_.before(start)) || reading_.listed_before("person_nouns", start) > 0 || reading_.listed_before("person_before", start) > 0;
  }

  // 爷爷|戈振邦, 同桌|林若溪, 医生|姜伟: the noun says that a person follows.
  bool behind_a_noun(std::size_t start, std::size_t surname) {
    bool announced = reading_.listed_before("person_nouns", start) > 0 || reading_.listed_before("name_leads", start) > 0;
    if (!announced || reading_.word_across_start(start, start + 1)) return false;
    for (std::size_t given : {2u, 1u}) {
      std::size_t end = start + surname + given;
      if (end > folded_.size() || !is_name(start, surname, end, given, Sign::kNoun) || reading_.word_across_end(start, end)) continue;
      if (given == 1 && set("grammar_surnames").has(folded_.at(start))) continue;  // 老师来家访
      if (!is_likely_given(start, end - given, end)) continue;
      add_name(start, end, Certainty::kCut);
      return true;
    }
    return false;
  }

  // 班长|欣怡, 同桌|浩然: a child by the given name alone.
  void given_behind_a_noun(std::size_t start) {
    std::size_t end = start + 2;
    if (!tells(start) || !tells(end - 1) || reading_.listed_before("child_nouns", start) == 0) return;
    if (reading_.is_word(start, end) || reading_.word_across_start(start, end) || reading_.word_across_end(start, end)) return;
    add_name(start, end, telling_.has(folded_.at(start)) && telling_.has(folded_.at(end - 1)) ? Certainty::kCut : Certainty::kDoubt);
  }

  // 保安|老赵, and the head of a letter: 小秦：
  void called_old(std::size_t start) {
    if (!prefixes_.has(folded_.at(start)) || !surnames_.has(folded_.at(start + 1)) || shy_.has(folded_.at(start + 1))) return;
    bool heads_letter = (start == 0 || folded_.before(start) == '\n') && folded_.at(start + 2) == ':';
    bool acts = reading_.listed_at("speaks_after", start + 2) + reading_.listed_at("goes_after", start + 2) > 0 || !is_han(folded_.at(start + 2));
    bool announced = heads_letter || reading_.listed_before("person_nouns", start) > 0 || (acts && !set("not_before_byname").has(folded_.at(start)));
    if (!announced || reading_.is_word(start, start + 2) || reading_.word_across_end(start, start + 2)) return;
    add_name(start, start + 2, Certainty::kCut);
  }

  // One character, or two behind a surname that is a word too, must be met in names.
  bool is_likely_given(std::size_t surname, std::size_t start, std::size_t end) const {
    bool must = end - start == 1 || shy_.has(folded_.at(surname));
    bool first = is_in_names(start), last = is_in_names(end - 1);
    return must ? first && last : first || last;
  }

  void add_name(std::size_t start, std::size_t end, Certainty certainty) {
    Finding finding{start, end, Kind::kOtherName, certainty, certainty == Certainty::kCut ? "stranger" : "perhaps_a_name"};
    finding.is_name = true;
    found_.push_back(std::move(finding));
  }

  static Kind kind(const Title& title) {
    if (title.role == Role::kTeacher) return Kind::kTeacherName;
    if (title.role == Role::kStudent) return Kind::kStudentName;
    return title.role == Role::kGuardian ? Kind::kGuardianName : Kind::kOtherName;
  }

  // What speaks for a name is added up: the characters, the surname, the words on both sides. A word that lies across an edge forbids it.
  void by_characters(std::size_t start, std::size_t surname) {
    for (std::size_t given : {2u, 1u}) {
      std::size_t end = start + surname + given;
      int weight = characters_weight(end - given, end);
      if (weight == 0 || end > folded_.size()) continue;
      bool is_expected = given == 2 && is_in_names(end - 2) && is_in_names(end - 1) && ((surname == 1 && family_.has(folded_.at(start))) || reading_.listed_at("speaks_after", end) > 0);
      weight += surname > 1 || is_expected ? 3 : frequent_.has(folded_.at(start)) ? 2 : shy_.has(folded_.at(start)) ? 0 : 1;
      weight += begins_a_clause(start) ? 1 : reading_.listed_before("name_joiners", start) > 0 ? 1 : 0;
      weight += reading_.listed_at("person_after", end) + reading_.listed_at("goes_after", end) > 0 ? 1 : !is_han(folded_.at(end)) || reading_.listed_at("name_joiners", end) > 0 ? 1 : 0;
      if (weight < kDoubtful || !is_name(start, surname, end, given, is_expected ? Sign::kNoun : Sign::kNone) || reading_.word_across_end(start, end)) continue;
      add_name(start, end, weight >= kSure ? Certainty::kCut : Certainty::kDoubt);
      return;
    }
  }

  // Of the given name; 0 = a character that no name has, or one that alone says nothing.
  int characters_weight(std::size_t start, std::size_t end) const {
    int weight = 0;
    for (std::size_t i = start; i < end; ++i) {
      if (!is_in_names(i)) return 0;
      weight += tells(i) ? 2 : 1;
    }
    return end - start == 1 && weight < 2 ? 0 : weight;
  }

  const Reading& reading_;
  const FoldedText& folded_;
  const CharacterSet& family_;
  const Register& known_;
  const CharacterSet &surnames_, &shy_, &never_, &telling_, &more_, &more_plain_, &plain_, &frequent_, &grown_up_, &prefixes_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_strangers(const Reading& reading, const CharacterSet& family_surnames, const Register& known) {
  return StrangerFinder(reading, family_surnames, known).find();
}

}  // namespace shide::privacy
