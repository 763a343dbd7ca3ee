#include "privacy/strangers.h"

#include <algorithm>

#include "privacy/near_names.h"

namespace shide::privacy {
namespace {

class StrangerFinder {
 public:
  StrangerFinder(const Reading& reading, const CharacterSet& family)
      : reading_(reading), folded_(reading.folded()), family_(family), surnames_(set("surnames")), shy_(set("shy_surnames")), never_(set("never_in_names")),
        telling_(set("name_characters")), plain_(set("plain_name_characters")), frequent_(set("stranger_surnames")), grown_up_(set("grown_up_characters")) {}

  std::vector<Finding> find() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
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
      if (!is_name(start, surname, end, given)) continue;
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
    if (given == 0 && finding.start > 0 && set("nickname_prefixes").has(folded_.before(finding.start)) && !reading_.word_across_start(finding.start - 1, finding.end)) {
      --finding.start;
    }
    found_.push_back(std::move(finding));
    return true;
  }

  bool is_name(std::size_t start, std::size_t surname, std::size_t end, std::size_t given) const {
    if (surname == 1 && given == 0 && set("grammar_surnames").has(folded_.at(start))) return false;
    if (surname == 1 && shy_.has(folded_.at(start)) && !begins_a_clause(start) && given == 0) return false;
    for (std::size_t i = start + surname; i < end; ++i) {
      if (!is_han(folded_.at(i)) || never_.has(folded_.at(i))) return false;
    }
    if (reading_.word_across_start(start, end)) return false;
    if (given == 0) return true;
    bool parts_are_words = reading_.is_word(start, end) || reading_.is_word(start, start + surname + 1) || (given == 2 && reading_.is_word(end - 2, end));
    return !parts_are_words && !(shy_.has(folded_.at(start)) && !telling_.has(folded_.at(end - 1)) && !plain_.has(folded_.at(end - 1)));
  }

  bool begins_a_clause(std::size_t start) const {
    return start == 0 || !is_han(folded_.before(start)) || reading_.listed_before("person_nouns", start) > 0 || reading_.listed_before("person_before", start) > 0;
  }

  // 爷爷|戈振邦, 同桌|林若溪, 医生|姜伟: the noun says that a person follows.
  bool behind_a_noun(std::size_t start, std::size_t surname) {
    if (reading_.listed_before("person_nouns", start) == 0 || reading_.word_across_start(start, start + 1)) return false;
    for (std::size_t given : {2u, 1u}) {
      std::size_t end = start + surname + given;
      if (end > folded_.size() || !is_name(start, surname, end, given) || reading_.word_across_end(start, end)) continue;
      if (!is_likely_given(start, end - given, end)) continue;
      add_name(start, end, Certainty::kCut);
      return true;
    }
    return false;
  }

  // One character, or two behind a surname that is a word too, must be met in names.
  bool is_likely_given(std::size_t surname, std::size_t start, std::size_t end) const {
    auto in_names = [&](char32_t c) { return telling_.has(c) || plain_.has(c) || grown_up_.has(c); };
    bool must = end - start == 1 || family_.has(folded_.at(surname)) || shy_.has(folded_.at(surname));
    bool all = in_names(folded_.at(start)) && in_names(folded_.at(end - 1));
    return all || (!must && (in_names(folded_.at(start)) || in_names(folded_.at(end - 1))));
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

  // A surname and two characters that hardly occur outside names; one such character leaves a doubt. Behind the surname of the
  // pupil's family any two that occur in names.
  void by_characters(std::size_t start, std::size_t surname) {
    std::size_t end = start + surname + 2;
    bool is_family = surname == 1 && family_.has(folded_.at(start));
    if (end > folded_.size() || !(is_family || frequent_.has(folded_.at(start)))) return;
    if (!is_name(start, surname, end, 2) || reading_.word_across_end(start, end)) return;
    int telling = count(telling_, end), known = telling + count(plain_, end);
    if (is_family && is_likely_given(start, end - 2, end)) return add_name(start, end, Certainty::kCut);
    if (!frequent_.has(folded_.at(start)) || telling == 0 || known < 2) return;
    bool sure = telling == 2 || begins_a_clause(start) || reading_.listed_at("person_after", end) > 0;
    add_name(start, end, sure ? Certainty::kCut : Certainty::kDoubt);
  }

  // How many of the two characters before `end` are in the set.
  int count(const CharacterSet& set, std::size_t end) const { return set.has(folded_.at(end - 2)) + set.has(folded_.at(end - 1)); }

  const Reading& reading_;
  const FoldedText& folded_;
  const CharacterSet &family_, &surnames_, &shy_, &never_, &telling_, &plain_, &frequent_, &grown_up_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_strangers(const Reading& reading, const CharacterSet& family_surnames) { return StrangerFinder(reading, family_surnames).find(); }

}  // namespace shide::privacy
