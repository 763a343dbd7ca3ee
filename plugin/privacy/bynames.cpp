#include "privacy/bynames.h"

#include <algorithm>
#include <set>

#include "privacy/near_names.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kShortestTranscribed = 4;
constexpr const char* kCalled = "nickname_introduced";  // 叫|某某

const CharacterSet& set(std::string_view name) { return Lexicon::shared().characters(name); }

const Automaton& peoples_names() {
  static const Automaton kNames = [] {
    Automaton automaton;
    for (const std::u32string& word : Lexicon::shared().list("peoples_names")) automaton.add(word, 0);
    automaton.build();
    return automaton;
  }();
  return kNames;
}

class BynameFinder {
 public:
  explicit BynameFinder(const Reading& reading)
      : reading_(reading), folded_(reading.folded()), telling_(set("name_characters")), more_(set("more_name_characters")), plain_(set("plain_name_characters")), more_plain_(set("more_plain_name_characters")), grown_up_(set("grown_up_characters")),
        never_(set("never_in_names")), surnames_(set("surnames")), transcribing_(set("transcribing_characters")), prefixes_(set("byname_prefixes")), sure_prefixes_(set("sure_byname_prefixes")), not_before_(set("not_before_byname")),
        surname_tells_(set("surname_tells")), name_tells_(set("name_tells")) {}

  std::vector<Finding> find() {
    transcribed();
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      initial(i);
      if (!is_han(folded_.at(i))) continue;
      if (prefixes_.has(folded_.at(i))) prefixed(i);
      if (surname_tells_.has(folded_.at(i))) surname_told(i);
      if (name_tells_.has(folded_.at(i))) name_told(i);
      with_kin(i);
    }
    return std::move(found_);
  }

 private:
  bool in_names(std::size_t place) const {
    char32_t c = folded_.at(place);
    return tells(place) || plain_.has(c) || more_plain_.has(c) || grown_up_.has(c);
  }

  bool tells(std::size_t place) const { return telling_.has(folded_.at(place)) || more_.has(folded_.at(place)); }

  bool may_be_name(std::size_t start, std::size_t end) const {
    for (std::size_t i = start; i < end; ++i) {
      if (!is_han(folded_.at(i)) || (never_.has(folded_.at(i)) && !grown_up_.has(folded_.at(i)))) return false;
    }
    return !reading_.is_word(start, end) && !reading_.word_across_start(start, end) && !reading_.word_across_end(start, end) && !reading_.inside_longer_word(start, end);
  }

  // Z同学, 小L老师.
  void initial(std::size_t start) {
    bool is_letter = folded_.at(start) >= 'a' && folded_.at(start) <= 'z' && (folded_.before(start) < 'a' || folded_.before(start) > 'z');
    const Title* title = is_letter && !folded_.joined(start + 1) ? title_after(reading_, start + 1) : nullptr;  // not a list: a 家长
    if (!title) return;
    add(start, start + 1 + title->word.size(), title->role == Role::kTeacher ? Kind::kTeacherName : title->role == Role::kStudent ? Kind::kStudentName : Kind::kOtherName);
    found_.back().title = title;
    found_.back().role = title->role;
  }

  // 阿珍; 小雯; 妹妹|小满.
  void prefixed(std::size_t start) {
    std::size_t end = start + 2;
    if (reading_.title_at(start) || reading_.listed_at("person_nouns", start) || reading_.listed_at("no_bynames", start) || !is_han(folded_.at(start + 1))) return;
    bool behind_noun = reading_.listed_before("child_nouns", start) > 0;
    bool fits = sure_prefixes_.has(folded_.at(start)) ? !never_.has(folded_.at(start + 1)) : tells(start + 1) || (behind_noun && in_names(start + 1));
    if (fits && !not_before_.has(folded_.before(start)) && may_be_name(start, end)) add(start, end + reading_.listed_at("kin_endings", end), Kind::kNickname);
  }

  // 永年|叔, 阿旺|伯, 翠兰|嫂.
  void with_kin(std::size_t start) {
    std::size_t end = start + 2;
    if (!in_names(start) || !in_names(start + 1)) return;
    const Title* title = title_after(reading_, end);
    std::size_t kin = title ? 0 : reading_.listed_at("kin_endings", end);
    bool follows_kin = (title && title->role != Role::kTeacher) || (kin > 0 && !reading_.word_across_end(end, end + kin));
    if (!follows_kin || !may_be_name(start, end)) return;
    bool is_sure = tells(start) || tells(start + 1) || (grown_up_.has(folded_.at(start)) && grown_up_.has(folded_.at(start + 1)));
    if (!is_sure) return;
    add(start, end + kin, Kind::kOtherName);
    if (title) {
      found_.back().title = title;
      found_.back().end += title->word.size();
      found_.back().role = title->role;
    }
  }

  // 妈妈姓|曾.
  void surname_told(std::size_t place) {
    std::size_t start = place + 1;
    std::size_t length = reading_.listed_at("double_surnames", start);
    if (length == 0 && surnames_.has(folded_.at(start)) && !reading_.is_word(place, start + 1)) length = 1;
    bool ends = !is_han(folded_.at(start + length)) || reading_.listed_at("after_surname", start + length) > 0;
    if (length > 0 && ends) add(start, start + length, Kind::kOtherName, kCalled);
  }

  // 爷爷叫|根发, 同桌叫|雨桐: up to where the clause ends.
  void name_told(std::size_t place) {
    bool announced = reading_.listed_before("person_nouns", place) > 0 || reading_.listed_before("called_before", place) > 0;
    if (!announced) return;
    std::size_t start = place + 1;
    for (std::size_t end : {start + 3, start + 2}) {
      bool ends = !is_han(folded_.at(end)) || reading_.listed_at("after_name", end) > 0;
      bool is_told = may_be_name(start, end) || (!is_han(folded_.at(end)) && reading_.is_word(start, end) && in_names(start));  // 哥哥叫|丰年，
      if (ends && is_told && (in_names(start) || in_names(end - 1))) return add(start, end, Kind::kOtherName, kCalled);
    }
  }

  // 卓玛, 才让扎西; 热依汗古丽; 艾力·吐尔逊. Parts known, and runs of characters that mostly write foreign sounds.
  void transcribed() {
    std::vector<bool> known(folded_.size() + 1);
    peoples_names().each_hit(folded_.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
      if (!reading_.word_across_start(end - length, end)) std::fill(known.begin() + static_cast<long>(end - length), known.begin() + static_cast<long>(end), true);
    });
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      std::size_t end = i;
      bool is_known = false;
      for (; known[end] || transcribing_.has(folded_.at(end)); ++end) is_known = is_known || known[end];
      if (end > i && (is_known || end - i >= kShortestTranscribed) && reading_.listed_at("transcribed_words", i) == 0) add_transcribed(i, end);
      if (end > i) i = end;
      if (is_dot(folded_.at(i)) && is_han(folded_.before(i)) && is_han(folded_.at(i + 1))) dotted(i);
    }
  }

  static bool is_dot(char32_t c) { return c == 0x00B7 || c == 0x2022 || c == 0x30FB || c == 0x2027; }

  void add_transcribed(std::size_t start, std::size_t end) {
    add(start, end, Kind::kOtherName);
    found_.back().title = title_after(reading_, end);
    if (found_.back().title) found_.back().end += found_.back().title->word.size();
  }

  void dotted(std::size_t dot) {
    std::size_t start = dot, end = dot + 1;
    while (start > 0 && dot - start < 6 && is_han(folded_.before(start)) && reading_.listed_before("person_nouns", start) == 0 && !never_.has(folded_.before(start))) --start;
    while (end - dot < 7 && is_han(folded_.at(end)) && transcribing_.has(folded_.at(end))) ++end;
    if (dot - start >= 2 && end - dot >= 3) add(start, end, Kind::kOtherName);
  }

  void add(std::size_t start, std::size_t end, Kind kind, const char* reason = "stranger") {
    Finding finding{start, end, kind, Certainty::kCut, reason};
    finding.is_name = true;
    found_.push_back(std::move(finding));
  }

  const Reading& reading_;
  const FoldedText& folded_;
  const CharacterSet &telling_, &more_, &plain_, &more_plain_, &grown_up_, &never_, &surnames_, &transcribing_;
  const CharacterSet &prefixes_, &sure_prefixes_, &not_before_, &surname_tells_, &name_tells_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_bynames(const Reading& reading) { return BynameFinder(reading).find(); }

std::vector<Finding> find_again(const Reading& reading, const std::vector<Finding>& strangers) {
  const FoldedText& folded = reading.folded();
  std::set<std::u32string> given;
  for (const Finding& one : strangers) {
    std::size_t end = one.end - (one.title ? one.title->word.size() : 0);
    std::u32string name(folded.text().substr(one.start, end - one.start));
    if (one.certainty == Certainty::kCut && name.size() == 3 && surname_length(name) == 1) given.insert(name.substr(1));
  }
  std::vector<Finding> found;
  for (const std::u32string& name : given) {
    Form form{name, Role::kOther, Kind::kOtherName, -1, false, false};
    for (std::size_t at = folded.text().find(name); at != std::u32string_view::npos; at = folded.text().find(name, at + 1)) {
      if (judge(reading, form, at, at + name.size()) != Certainty::kCut) continue;
      Finding finding{at, at + name.size(), Kind::kOtherName, Certainty::kCut, "stranger"};
      finding.is_name = true;
      found.push_back(std::move(finding));
    }
  }
  return found;
}

}  // namespace shide::privacy
