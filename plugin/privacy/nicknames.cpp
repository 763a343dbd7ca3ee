// Nicknames: what the note says somebody is called, English names, pet names.
#include <algorithm>
#include <map>
#include <set>

#include "privacy/near_names.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kLongestNickname = 4;
constexpr std::size_t kLongestQuoted = 6;

struct Introduced {
  std::size_t start = 0;
  std::size_t end = 0;
  bool is_word = false;  // an everyday word: 在家叫毛豆
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
    if (Introduced all = plain(at); !lead_is_weak && all.end > at + 1 && !is_han(folded_.at(all.end))) return all;  // 外号老虎，
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

  // 叫“..., 喊他爹“..., 笑他是“...: a verb of calling, and somebody who is called unless the verb is 叫.
  bool is_calling(std::size_t quote) const {
    if (reading_.listed_before("name_tells", quote) > 0) return true;
    std::size_t noun = quote - reading_.listed_before("calling_copulas", quote);
    std::size_t called = reading_.listed_before("called_ones", noun);
    return called > 0 && reading_.listed_before("calling_verbs", noun - called) > 0;
  }

  // 同学都叫“萝卜”; but not 这叫“因材施教”.
  Introduced called_in_quotes(std::size_t quote) const {
    Introduced name = quoted(quote + 1);
    bool is_person = reading_.listed_before("no_callers", quote - 1) == 0 && name.end - name.start <= 3 && name.end > name.start && is_han(folded_.at(name.start));
    return is_person && !reading_.title_at(name.start) ? name : Introduced{};
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

  // 他们叫我四眼。 街坊都叫他马大炮，
  Introduced last_word(std::size_t at) const {
    for (std::size_t end : {at + 2, at + 3}) {
      if (is_han(folded_.at(end)) || end > folded_.size() || reading_.title_at(at) || !is_plain(at, end)) continue;
      return {at, end, reading_.is_word(at, end)};
    }
    return {};
  }

  bool is_plain_name(std::size_t start, std::size_t end) const {
    return end <= folded_.size() && !reading_.is_word(start, end) && !reading_.title_at(start) && is_plain(start, end);
  }

  bool is_plain(std::size_t start, std::size_t end) const {
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

// ---- names in letters ----

bool is_letter(char32_t c) { return c >= 'a' && c <= 'z'; }

class LatinFinder {
 public:
  explicit LatinFinder(const Reading& reading) : reading_(reading), folded_(reading.folded()) {}

  std::vector<Introduced> find() {
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      if (!is_letter(folded_.at(i)) || (is_letter(folded_.before(i)) && !folded_.joined(i))) continue;
      std::size_t end = word_end(i);
      if (is_announced(i) && is_name(i, end)) found_.push_back({i, second_word_end(end)});
      if (folded_.at(end) == '(' && is_han(folded_.at(end + 1)) && is_name(i, end)) found_.push_back({first_word(i), end});  // Tang Tang（薛棠）
    }
    return std::move(found_);
  }

 private:
  std::size_t word_end(std::size_t at) const {
    std::size_t end = at + 1;
    while (is_letter(folded_.at(end)) && !folded_.joined(end)) ++end;
    return end;
  }

  // 英文名Tina, Mr. Xue, Name: Annie Situ, 叫 Tom.
  bool is_announced(std::size_t at) const {
    std::size_t end = at;
    while (end > 0 && (folded_.before(end) == '.' || folded_.before(end) == ':' || opens_quote(folded_.before(end)))) --end;
    return reading_.listed_before("latin_leads", end) > 0;
  }

  bool is_name(std::size_t start, std::size_t end) const {
    const auto& words = Lexicon::shared().list("latin_words");
    return end >= start + 2 && end <= start + 12 && std::find(words.begin(), words.end(), folded_.text().substr(start, end - start)) == words.end();
  }

  std::size_t second_word_end(std::size_t end) const {
    bool goes_on = is_letter(folded_.at(end)) && folded_.joined(end);
    std::size_t second = goes_on ? word_end(end) : end;
    return goes_on && (!is_letter(folded_.at(second)) || folded_.at(second) == '\n') ? second : end;
  }

  std::size_t first_word(std::size_t at) const {
    while (at > 0 && is_letter(folded_.before(at))) --at;
    return at;
  }

  const Reading& reading_;
  const FoldedText& folded_;
  std::vector<Introduced> found_;
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
    if (text.empty() || std::any_of(nouns.begin(), nouns.end(), [&](const std::u32string& noun) { return text.starts_with(noun); })) return;
    found.push_back(nickname(name.start, name.end, name.is_word ? Certainty::kDoubt : Certainty::kCut, name.is_word ? "name_or_word" : "nickname_introduced"));
    if (text.size() >= 2 && !name.is_word) names.insert(std::move(text));
  };
  for (const auto& [start, lead] : leads) introduce(reader.after_lead(lead.first, lead.second));
  for (const std::u32string& noun : Lexicon::shared().list("nickname_nouns")) {
    for (std::size_t at = folded.text().find(noun); at != std::u32string_view::npos; at = folded.text().find(noun, at + 1)) introduce(reader.before_noun(at));
  }
  for (std::size_t i = 1; i < folded.size(); ++i) {
    if (opens_quote(folded.before(i))) introduce(reader.called_twice(i));
    if (opens_quote(folded.at(i)) && reader.is_calling(i)) introduce(reader.called_in_quotes(i));
  }
  for (const Introduced& name : LatinFinder(reading).find()) introduce(name);
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

}  // namespace shide::privacy
