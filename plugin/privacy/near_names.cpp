#include "privacy/near_names.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace shide::privacy {
namespace {

constexpr std::size_t kLongestNickname = 4;
constexpr std::size_t kLongestQuoted = 6;
constexpr std::size_t kMostMisspeltPeople = 200;

// ---- nicknames the note introduces ----

struct Introduced {
  std::size_t start = 0;
  std::size_t end = 0;
};

bool opens_quote(char32_t c) { return c == 0x201C || c == 0x2018 || c == 0x300C || c == 0x300E || c == '"' || c == '\''; }
bool closes_quote(char32_t c) { return c == 0x201D || c == 0x2019 || c == 0x300D || c == 0x300F || c == '"' || c == '\''; }

class NicknameReader {
 public:
  explicit NicknameReader(const Reading& reading) : reading_(reading), folded_(reading.folded()) {}

  Introduced after_lead(std::size_t at, bool lead_is_weak) const {
    while (folded_.at(at) == ':' || folded_.at(at) == ',') ++at;
    if (opens_quote(folded_.at(at))) return quoted(at + 1);
    if (is_doubled(folded_, at, at + 2) && is_han(folded_.at(at))) return {at, at + 2};
    if (Lexicon::shared().characters("nickname_prefixes").has(folded_.at(at))) return prefixed(at);
    return lead_is_weak ? last_word(at) : plain(at);
  }

  // “狗剩！狗剩！老师来啦”: called twice at the beginning of a speech that opens before `at`.
  Introduced called_twice(std::size_t at) const {
    for (std::size_t end : {at + 2, at + 3}) {
      bool again = (folded_.at(end) == '!' || folded_.at(end) == ',') && folded_.starts(end + 1, folded_.text().substr(at, end - at));
      if (again && is_plain_name(at, end)) return {at, end};
    }
    return {};
  }

  // “船长”这个外号: the quoted words that end before `at`.
  Introduced before_noun(std::size_t at) const {
    if (at == 0 || !closes_quote(folded_.before(at))) return {};
    std::size_t start = at - 1;
    while (start > 0 && at - 1 - start < kLongestQuoted && !opens_quote(folded_.before(start))) --start;
    return start > 0 && opens_quote(folded_.before(start)) ? Introduced{start, at - 1} : Introduced{};
  }

 private:
  Introduced quoted(std::size_t at) const {
    std::size_t end = at;
    while (end < folded_.size() && end - at <= kLongestQuoted && !closes_quote(folded_.at(end))) ++end;
    return closes_quote(folded_.at(end)) && end > at ? Introduced{at, end} : Introduced{};
  }

  // 小胖, 小豆豆, 小石头.
  Introduced prefixed(std::size_t at) const {
    if (!is_han(folded_.at(at + 1))) return {};
    bool three = is_doubled(folded_, at + 1, at + 3) || reading_.is_word(at + 1, at + 3);
    std::size_t end = at + (three && is_han(folded_.at(at + 2)) ? 3 : 2);
    return reading_.is_word(at, end) && end - at == 2 ? Introduced{} : Introduced{at, end};
  }

  // 他们叫我四眼。
  Introduced last_word(std::size_t at) const {
    bool ends = folded_.at(at + 2) == 0x3002 || closes_quote(folded_.at(at + 2));
    return ends && is_plain_name(at, at + 2) ? Introduced{at, at + 2} : Introduced{};
  }

  bool is_plain_name(std::size_t start, std::size_t end) const {
    if (end > folded_.size() || reading_.is_word(start, end) || reading_.title_at(start)) return false;
    const CharacterSet &ends = Lexicon::shared().characters("nickname_ends"), &never = Lexicon::shared().characters("never_in_names");
    for (std::size_t i = start; i < end; ++i) {
      char32_t c = folded_.at(i);
      if (!is_han(c) || ends.has(c) || (never.has(c) && !numerals_.has(c))) return false;
    }
    return true;
  }

  Introduced plain(std::size_t at) const {
    const CharacterSet& ends = Lexicon::shared().characters("nickname_ends");
    std::size_t end = at;
    while (end - at < kLongestNickname && is_han(folded_.at(end)) && !ends.has(folded_.at(end))) ++end;
    return end > at ? Introduced{at, end} : Introduced{};
  }

  const Reading& reading_;
  const FoldedText& folded_;
  const CharacterSet& numerals_ = Lexicon::shared().characters("early_days");  // 四眼 is one, though no surname goes before 四
};

Finding nickname(std::size_t start, std::size_t end, Certainty certainty, const char* reason) {
  Finding finding{start, end, Kind::kNickname, certainty, reason};
  finding.is_name = true;
  finding.role = Role::kStudent;
  return finding;
}

// ---- names misspelt ----

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

const Automaton& nickname_leads() {
  static const Automaton kLeads = [] {
    Automaton automaton;
    for (const std::u32string& word : Lexicon::shared().list("nickname_leads")) automaton.add(word, 0);
    for (const std::u32string& word : Lexicon::shared().list("weak_nickname_leads")) automaton.add(word, 1);
    automaton.build();
    return automaton;
  }();
  return kLeads;
}

const Automaton& pet_names() {
  static const Automaton kNames = [] {
    Automaton automaton;
    for (const std::u32string& word : Lexicon::shared().list("pet_names")) automaton.add(word, 0);
    automaton.build();
    return automaton;
  }();
  return kNames;
}

}  // namespace

std::vector<Finding> find_introduced_nicknames(const Reading& reading) {
  const FoldedText& folded = reading.folded();
  std::vector<Finding> found;
  std::map<std::size_t, std::pair<std::size_t, bool>> leads;  // where the longest lead that starts there ends
  nickname_leads().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t weak) {
    auto& lead = leads[end - length];
    if (end > lead.first) lead = {end, weak != 0};
  });
  const auto& nouns = Lexicon::shared().list("no_nicknames");
  std::set<std::u32string> names;
  NicknameReader reader(reading);
  auto introduce = [&](Introduced name) {
    std::u32string text(folded.text().substr(name.start, name.end - name.start));
    if (text.empty() || std::find(nouns.begin(), nouns.end(), text) != nouns.end()) return;
    found.push_back(nickname(name.start, name.end, Certainty::kCut, "nickname_introduced"));
    if (text.size() >= 2) names.insert(std::move(text));
  };
  for (const auto& [start, lead] : leads) introduce(reader.after_lead(lead.first, lead.second));
  for (const std::u32string& noun : Lexicon::shared().list("nickname_nouns")) {
    for (std::size_t at = folded.text().find(noun); at != std::u32string_view::npos; at = folded.text().find(noun, at + 1)) introduce(reader.before_noun(at));
  }
  for (std::size_t i = 1; i < folded.size(); ++i) {
    if (opens_quote(folded.before(i))) introduce(reader.called_twice(i));
  }
  for (const std::u32string& name : names) {
    Form form{name, Role::kStudent, Kind::kNickname, -1, false, false};
    for (std::size_t at = folded.text().find(name); at != std::u32string_view::npos; at = folded.text().find(name, at + 1)) {
      Certainty certainty = judge(reading, form, at, at + name.size());
      if (certainty != Certainty::kStands) found.push_back(nickname(at, at + name.size(), certainty, "nickname"));
    }
  }
  pet_names().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
    std::size_t start = end - length;
    Form form{std::u32string(folded.text().substr(start, length)), Role::kStudent, Kind::kNickname, -1, false, false};
    bool person_near = title_after(reading, end) || reading.listed_before("person_before", start) > 0 || reading.listed_at("person_after", end) > 0 ||
                       reading.listed_before("person_nouns", start) > 0;
    Certainty certainty = judge(reading, form, start, end);
    if (certainty == Certainty::kStands) return;
    found.push_back(nickname(start, end, person_near ? certainty : Certainty::kDoubt, "nickname"));
  });
  return found;
}

std::vector<Finding> find_misspelt_names(const Reading& reading, const Register& known, const std::vector<int>& people) {
  if (people.size() > kMostMisspeltPeople) return {};
  SlipFinder finder(reading);
  for (int person : people) finder.add(known.names()[static_cast<std::size_t>(person)], person);
  return finder.find();
}

}  // namespace shide::privacy
