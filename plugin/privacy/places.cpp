// Homes and employers: found from what ends their names (路, 小区, 厂), read backwards to where the name must begin.
#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"
#include "privacy/identifiers.h"

namespace shide::privacy {
namespace {

constexpr std::size_t kLongestPlaceName = 6;
constexpr std::size_t kLongestEmployerName = 14;

bool listed(std::string_view list, std::u32string_view word) {
  const auto& words = Lexicon::shared().list(list);
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The words of one list report 0, those of the other 1.
Automaton endings(std::string_view list, std::string_view weak_list) {
  Automaton automaton;
  for (const std::u32string& word : Lexicon::shared().list(list)) automaton.add(word, 0);
  for (const std::u32string& word : Lexicon::shared().list(weak_list)) automaton.add(word, 1);
  automaton.build();
  return automaton;
}

const Automaton& home_endings() {
  static const Automaton kEndings = endings("place_suffixes", "numbered_place_suffixes");
  return kEndings;
}

const Automaton& employer_endings() {
  static const Automaton kEndings = endings("work_suffixes", "weak_work_suffixes");
  return kEndings;
}

class HomeFinder {
 public:
  HomeFinder(const Reading& reading, const Register& known) : reading_(reading), folded_(reading.folded()), known_(known) {}

  std::vector<Finding> find() {
    known_.homes().each_hit(folded_.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
      bool is_part_of_word = length == 2 && (reading_.inside_longer_word(end - 2, end) || reading_.is_word(end - 2, end));
      if (!is_part_of_word) add(end - length, end, "address_known");
    });
    home_endings().each_hit(folded_.text(), [&](std::size_t end, std::size_t length, std::uint32_t numbered) {
      if (numbered == 0 || with_units(end) > end) consider(end - length, end);
    });
    bare_units();
    return std::move(found_);
  }

 private:
  void consider(std::size_t suffix, std::size_t end) {
    std::size_t start = name_start(suffix);
    std::size_t tail = with_units(end);
    bool is_numbered = tail > end && !is_digit(folded_.before(suffix));  // 老街83号, but not 坐3路车
    if (start == suffix || (is_generic(start, suffix, end) && !is_numbered)) return;
    bool is_weak = listed("weak_place_suffixes", folded_.text().substr(suffix, end - suffix));
    bool is_lived_in = reading_.listed_before("home_leads", start) > 0 || tail > end;
    if (is_weak && !is_lived_in) return;
    add(with_district(start), end, "address");
  }

  // Backwards over the name: not past a word like 在 or 家住, and after two characters not into an everyday word (敲开|枫林|路).
  std::size_t name_start(std::size_t suffix) const {
    const CharacterSet& stops = Lexicon::shared().characters("place_stops");
    std::size_t start = suffix;
    while (start > 0 && suffix - start < kLongestPlaceName) {
      char32_t c = folded_.at(start - 1);
      if (!is_han(c) && !(suffix - start == 0 && is_digit(c))) break;
      if (reading_.listed_before("place_stop_words", start) > 0) break;
      std::size_t word = reading_.word_ending_at(start);
      if (word >= 2 && suffix - start >= 2) break;
      if (word >= 2 && suffix - start + word <= kLongestPlaceName) {
        start -= word;
        continue;
      }
      if (std::size_t length = is_family_village(start) ? 2 : reading_.listed_before("place_words", start)) {
        start -= length;
        continue;
      }
      if (stops.has(c)) break;
      --start;
    }
    while (start < suffix && is_digit(folded_.at(start))) ++start;
    return start;
  }

  // 蒋家|圩, 李家|村.
  bool is_family_village(std::size_t end) const {
    return end >= 2 && reading_.listed_at("of_family", end - 1) > 0 && Lexicon::shared().characters("surnames").has(folded_.at(end - 2));
  }

  bool is_generic(std::size_t start, std::size_t suffix, std::size_t end) const {
    std::u32string_view name = folded_.text().substr(start, suffix - start);
    if (listed("generic_places", name) || listed("place_stop_words", name) || reading_.is_word(start, end)) return true;
    if (is_digit(folded_.before(suffix))) return true;  // 坐3路车
    return reading_.is_word(suffix - 1, end) || name.size() == 1;  // 红绿灯|路口, 一路
  }

  std::size_t with_units(std::size_t end) const {
    std::string_view rest = std::string_view(folded_.utf8());
    std::size_t byte = byte_of(end);
    re2::StringPiece match;
    const re2::RE2* units = Lexicon::shared().home_units();
    if (!units->Match(rest, byte, rest.size(), re2::RE2::ANCHOR_START, &match, 1)) return end;
    return folded_.character_at_byte(byte + match.size());
  }

  std::size_t byte_of(std::size_t character) const {
    std::size_t low = character, high = folded_.utf8().size();
    while (low < high) {
      std::size_t middle = (low + high) / 2;
      if (folded_.character_at_byte(middle) < character) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // 常州市武进区|枫林路: the city goes with the street.
  std::size_t with_district(std::size_t start) const {
    const CharacterSet& district = Lexicon::shared().characters("district_ends");
    while (start >= 3 && district.has(folded_.at(start - 1))) {
      std::size_t name = start - 1;
      while (name > 0 && start - name <= 3 && is_han(folded_.at(name - 1)) && !Lexicon::shared().characters("place_stops").has(folded_.at(name - 1))) --name;
      if (start - name < 3) break;
      start = name;
    }
    return start;
  }

  // 6幢2单元301室 with nothing before it.
  void bare_units() {
    const auto& telling = Lexicon::shared().list("telling_units");
    for (std::size_t i = 0; i < folded_.size(); ++i) {
      bool begins = (is_digit(folded_.at(i)) && !is_digit(folded_.before(i)));
      if (!begins) continue;
      std::size_t end = with_units(i);
      std::u32string_view unit = folded_.text().substr(i, end - i);
      bool tells = std::any_of(telling.begin(), telling.end(), [&](const std::u32string& word) { return unit.find(word) != std::u32string_view::npos; });
      if (tells) add(i, end, "address");
    }
  }

  // The named part from `start` to `end` goes with the numbers behind it.
  void add(std::size_t start, std::size_t end, const char* reason) {
    std::string replacement = place_word(folded_.text().substr(start, end - start));
    found_.push_back({start, with_units(end), Kind::kAddress, Certainty::kCut, reason, std::move(replacement)});
  }

  // 枫林路 -> 某路, 锦绣花园 -> 某小区, 6幢301 -> 某处.
  static std::string place_word(std::u32string_view place) {
    const Lexicon& lexicon = Lexicon::shared();
    for (const std::u32string& suffix : lexicon.list("plain_place_suffixes")) {
      if (place.ends_with(suffix)) return lexicon.replacement("some") + to_utf8(suffix);
    }
    return lexicon.replacement(is_digit(place.front()) ? "somewhere" : "estate");
  }

  const Reading& reading_;
  const FoldedText& folded_;
  const Register& known_;
  std::vector<Finding> found_;
};

class EmployerFinder {
 public:
  explicit EmployerFinder(const Reading& reading) : reading_(reading), folded_(reading.folded()) {}

  std::vector<Finding> find() {
    employer_endings().each_hit(folded_.text(), [&](std::size_t end, std::size_t length, std::uint32_t weak) {
      consider(end - length, end, weak != 0);
    });
    return std::move(found_);
  }

 private:
  void consider(std::size_t suffix, std::size_t end, bool is_weak) {
    std::size_t start = name_start(suffix);
    std::size_t as_what = with_occupation(end);
    bool works_there = as_what > end || reading_.listed_at("work_after", end) > 0 || reading_.listed_before("employer_leads", start) > 0;
    if (start == suffix && !(works_there && end - suffix >= 2)) return;
    if (is_weak && !works_there) return;
    if (!is_weak && !works_there && suffix - start < 2) return;
    std::u32string_view name = folded_.text().substr(start, end - start);
    if (listed("generic_employers", name)) return;
    if (is_weak && end < folded_.size() && (reading_.word_across_end(suffix, end) || reading_.inside_longer_word(suffix, end))) return;
    bool is_factory = listed("factory_suffixes", folded_.text().substr(suffix, end - suffix));
    const char* replacement = as_what > end ? "employee" : is_factory ? "factory" : "employer";
    found_.push_back({start, as_what, Kind::kWorkplace, Certainty::kCut, "workplace", Lexicon::shared().replacement(replacement)});
  }

  // 供销社|的主办会计, 电视台|摄像: what somebody is there tells as much as the name.
  std::size_t with_occupation(std::size_t end) const {
    std::size_t start = reading_.listed_at("of", end) + end, length = reading_.listed_at("occupations", start);
    return length > 0 ? start + length : end;
  }

  std::size_t name_start(std::size_t suffix) const {
    const CharacterSet& stops = Lexicon::shared().characters("work_stops");
    std::size_t start = suffix;
    while (start > 0 && suffix - start < kLongestEmployerName) {
      char32_t c = folded_.at(start - 1);
      if (stops.has(c) || c == '\n') break;
      if (!is_han(c) && c > 0x7F) break;
      if (reading_.listed_before("kin", start) > 0 || reading_.listed_before("employer_leads", start) > 0 || reading_.listed_before("person_nouns", start) > 0) break;
      --start;
    }
    return start;
  }

  const Reading& reading_;
  const FoldedText& folded_;
  std::vector<Finding> found_;
};

}  // namespace

std::vector<Finding> find_homes(const Reading& reading, const Register& known) { return HomeFinder(reading, known).find(); }

std::vector<Finding> find_workplaces(const Reading& reading) { return EmployerFinder(reading).find(); }

}  // namespace shide::privacy
