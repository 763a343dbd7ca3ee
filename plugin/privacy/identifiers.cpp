#include "privacy/identifiers.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace shide::privacy {
namespace {

// ---- numbers ----

char digit_of(char32_t c) {
  if (is_digit(c)) return static_cast<char>(c);
  static const CharacterSet& known = Lexicon::shared().characters("digit_characters");
  if (c < 0x80 || !known.has(c)) return 0;
  for (const std::u32string& pair : Lexicon::shared().list("digit_characters")) {
    if (pair.size() == 2 && pair[0] == c) return static_cast<char>(pair[1]);
  }
  return 0;
}

bool is_number_separator(char32_t c) {
  return c == '-' || c == '.' || c == '_' || c == '/' || c == '(' || c == ')' || c == '\n' || c == 0x2014 || c == 0x2013 || c == 0x2010 ||
         c == 0x2011 || c == 0x2212 || c == 0x2500 || c == '~' || c == '+' || c == '*' || c == 0x2026;
}

// The letters of l38O1234 and 七六O四: taken for digits beside one, or between two that are written out.
char mistyped_digit(const FoldedText& folded, std::size_t i) {
  char32_t c = folded.at(i);
  if (c != 'o' && c != 'l' && c != 'i') return 0;
  bool beside = (is_digit(folded.before(i)) && !folded.joined(i)) || (is_digit(folded.at(i + 1)) && !folded.joined(i + 1));
  bool between = i > 0 && digit_of(folded.before(i)) != 0 && digit_of(folded.at(i + 1)) != 0;
  return beside || between ? (c == 'o' ? '0' : '1') : 0;
}

// Digits with at most two separators between neighbours; `begins` marks digits that follow a separator or blank.
struct Run {
  std::string digits;
  std::vector<std::size_t> places;
  std::vector<bool> begins;
  bool ascii = true;
  bool ends_with_x = false;
};

constexpr std::size_t kMostDots = 6;  // ...... is two folded ellipses
constexpr std::size_t kLongFraction = 10;

/// 0.71764705882353, as machines write colours: where it ends, else `start`.
std::size_t after_long_fraction(const FoldedText& folded, std::size_t start) {
  bool begins = !is_digit(folded.before(start)) || folded.joined(start);
  if (!begins || folded.at(start) != '0' || folded.at(start + 1) != '.') return start;
  std::size_t end = start + 2;
  while (is_digit(folded.at(end)) && !folded.joined(end)) ++end;
  return end - start - 2 >= kLongFraction ? end : start;
}

std::vector<Run> number_runs(const FoldedText& folded) {
  std::vector<Run> runs;
  Run run;
  std::size_t separators = 0;
  auto finish = [&] {
    if (run.digits.size() >= 7) runs.push_back(run);
    run = {};
  };
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (std::size_t end = after_long_fraction(folded, i); end > i) {
      finish();
      separators = 0;
      i = end - 1;
      continue;
    }
    char32_t c = folded.at(i);
    char digit = digit_of(c);
    if (digit == 0) digit = mistyped_digit(folded, i);
    if (digit != 0) {
      run.begins.push_back(run.digits.empty() || separators > 0 || folded.joined(i));
      run.digits += digit;
      run.places.push_back(i);
      run.ascii = run.ascii && is_digit(c);
      separators = 0;
    } else if (!run.digits.empty() && (is_number_separator(c) || (c == ',' && !run.ascii)) && separators < (c == '.' ? kMostDots : 2u)) {
      ++separators;
    } else {
      run.ends_with_x = c == 'x' && separators == 0;
      finish();
      separators = 0;
    }
  }
  finish();
  return runs;
}

int number(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool is_day(std::string_view month_day) {
  int month = number(month_day.substr(0, 2)), day = number(month_day.substr(2, 2));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// 18 or 17 + x places with a birthday in the middle, 15 of the old kind. The check digit is not asked: a slip must not excuse a leak.
bool is_identity_number(std::string_view digits, bool ends_with_x) {
  std::size_t length = digits.size() + (ends_with_x ? 1 : 0);
  if (length == 18) return digits[0] != '0' && (digits.substr(6, 2) == "19" || digits.substr(6, 2) == "20") && is_day(digits.substr(10, 4));
  return length == 15 && digits[0] != '0' && is_day(digits.substr(8, 4));
}

bool is_date(std::string_view digits) {
  return digits.size() == 8 && (digits.starts_with("20") || digits.starts_with("19")) && is_day(digits.substr(4, 4));
}

class NumberFinder {
 public:
  NumberFinder(const Reading& reading, const Register& known) : reading_(reading), known_(known) {}

  std::vector<Finding> find() {
    for (const Run& run : number_runs(reading_.folded())) take(run);
    return std::move(found_);
  }

 private:
  void take(const Run& run) {
    std::vector<bool> used(run.digits.size());
    if (is_identity_number(run.digits, run.ends_with_x)) return add(run, 0, run.digits.size(), Kind::kIdNumber, "id_number");
    windows(run, used, 18, [&](std::string_view d) { return is_identity_number(d, false); }, Kind::kIdNumber, "id_number");
    windows(run, used, 13, [](std::string_view d) { return d.starts_with("861") && d[3] >= '3'; }, Kind::kPhone, "phone");
    windows(run, used, 15, [](std::string_view d) { return d.starts_with("00861") && d[5] >= '3'; }, Kind::kPhone, "phone");
    windows(run, used, 11, [](std::string_view d) { return d[0] == '1' && d[1] >= '3'; }, Kind::kPhone, "phone");
    for (std::size_t length : {12u, 11u, 10u}) {
      windows(run, used, length, [](std::string_view d) { return d[0] == '0' && d[1] != '0'; }, Kind::kPhone, "phone");
    }
    rest(run, used);
  }

  // A number of this length that begins and ends where the digits are parted; inside a longer string of digits it is none.
  template <class Fits>
  void windows(const Run& run, std::vector<bool>& used, std::size_t length, Fits&& fits, Kind kind, const char* reason) {
    for (std::size_t i = 0; i + length <= run.digits.size(); ++i) {
      bool parted = run.begins[i] && (i + length == run.digits.size() || run.begins[i + length]);
      bool free = std::none_of(used.begin() + static_cast<long>(i), used.begin() + static_cast<long>(i + length), [](bool u) { return u; });
      if (!parted || !free || !fits(std::string_view(run.digits).substr(i, length))) continue;
      std::fill(used.begin() + static_cast<long>(i), used.begin() + static_cast<long>(i + length), true);
      add(run, i, i + length, kind, reason);
    }
  }

  // Any other seven digits or more in one string, or parted ones that the register knows or a word like 电话 announces.
  void rest(const Run& run, std::vector<bool>& used) {
    for (std::size_t i = 0; i < run.digits.size();) {
      std::size_t end = i + 1;
      if (used[i]) {
        i = end;
        continue;
      }
      while (end < run.digits.size() && !used[end]) ++end;
      std::string_view all = std::string_view(run.digits).substr(i, end - i);
      if (all.size() >= 7 && (known_.knows_phone(all) || announced("phone_leads", run.places[i]))) {
        add(run, i, end, Kind::kPhone, "phone");
      } else if (all.size() >= 9 && announced("account_leads", run.places[i])) {
        add(run, i, end, Kind::kAccount, "long_number");
      } else {
        strings(run, i, end);
      }
      i = end;
    }
  }

  void strings(const Run& run, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to;) {
      std::size_t end = i + 1;
      while (end < to && !run.begins[end]) ++end;
      std::string_view digits = std::string_view(run.digits).substr(i, end - i);
      if (is_fraction(run, i, end)) return;
      if (is_date(digits)) {
        add(run, i, end, Kind::kDate, "date");
        found_.back().replacement = Lexicon::shared().replacement("day");
      } else if (digits.size() >= 15) {
        add(run, i, end, Kind::kIdNumber, "id_number");
      } else if (digits.size() >= 9 && digits.size() != 11) {
        add(run, i, end, Kind::kAccount, "long_number");
      } else if (digits.size() >= 7) {
        add(run, i, end, Kind::kPhone, "long_number");
      } else if (end - i >= 3 && end < to && run.ascii && to - i >= 7 && to - i <= 9 && i == from && dashed(run, i, to)) {
        add(run, i, to, Kind::kPhone, "long_number");
        return;
      }
      i = end;
    }
  }

  // 8888-6666, 400-820-8820: groups of three or four; a date like 2021-1-23 has smaller ones, 2020-2021 are years.
  bool dashed(const Run& run, std::size_t from, std::size_t to) const {
    auto is_year = [&](std::size_t i) { return run.digits.compare(i, 2, "19") == 0 || run.digits.compare(i, 2, "20") == 0; };
    if (to - from == 8 && is_year(from) && is_year(from + 4)) return false;
    std::size_t group = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (i > from && run.begins[i]) {
        if (group < 3) return false;
        group = 0;
      }
      ++group;
    }
    return group >= 3;
  }

  bool announced(std::string_view leads, std::size_t place) const {
    for (std::size_t back = 0; back <= 3 && back <= place; ++back) {
      if (reading_.listed_before(leads, place - back) > 0) return true;
    }
    return false;
  }

  // 3.1415926: the digits behind the point of one number, no telephone.
  bool is_fraction(const Run& run, std::size_t from, std::size_t to) const {
    return from > 0 && from <= 2 && to == run.digits.size() && run.places[from] == run.places[from - 1] + 2 && reading_.folded().before(run.places[from]) == '.';
  }

  void add(const Run& run, std::size_t from, std::size_t to, Kind kind, const char* reason) {
    Finding finding{run.places[from], run.places[to - 1] + 1, kind, Certainty::kCut, reason, Lexicon::shared().replacement("number")};
    if (run.ends_with_x && to == run.digits.size() && kind == Kind::kIdNumber) finding.end = with_class_of_disability(finding.end + 1);
    if (kind == Kind::kPhone && finding.start > 0 && (reading_.folded().before(finding.start) == '+' || opens(finding))) --finding.start;
    if (kind == Kind::kPhone) finding.end = with_extension(finding.end);
    found_.push_back(std::move(finding));
  }

  // 32010519860512472X|11: of a disability certificate kind and degree follow.
  std::size_t with_class_of_disability(std::size_t end) const {
    const FoldedText& folded = reading_.folded();
    std::size_t at = end;
    while (at < end + 2 && is_digit(folded.at(at)) && !folded.joined(at)) ++at;
    return at == end + 2 && !is_digit(folded.at(at)) ? at : end;
  }

  // 0519-81234567转8: the extension goes with the number.
  std::size_t with_extension(std::size_t end) const {
    std::size_t lead = reading_.listed_at("extension_leads", end), digits = end + lead;
    while (lead > 0 && is_digit(reading_.folded().at(digits))) ++digits;
    return digits > end + lead ? digits : end;
  }

  // (0519)8650 0009: the bracket goes with the number.
  bool opens(const Finding& finding) const {
    std::u32string_view number = reading_.folded().text().substr(finding.start, finding.end - finding.start);
    return reading_.folded().before(finding.start) == '(' && number.find(U')') != std::u32string_view::npos;
  }

  const Reading& reading_;
  const Register& known_;
  std::vector<Finding> found_;
};

// ---- patterns ----

int month_of(std::string_view text) {
  int value = 0;
  bool chinese = false;
  for (char32_t c : to_code_points(text)) {
    char digit = digit_of(c);
    if (digit == 0) {
      value += 10;  // 十, the only other character the pattern allows
      chinese = true;
    } else if (chinese || !is_digit(c)) {
      value += digit - '0';
    } else {
      value = value * 10 + (digit - '0');
    }
  }
  return value;
}

// 1月23日 -> 一月的一天: the month may be told, the day may not (D1).
std::string month_words(std::string_view month) {
  const Lexicon& lexicon = Lexicon::shared();
  auto months = split(lexicon.replacement("months"), ' ');
  int value = month_of(month);
  if (value < 1 || static_cast<std::size_t>(value) > months.size()) return lexicon.replacement("day");
  return lexicon.replacement("month_head") + std::string(months[static_cast<std::size_t>(value - 1)]) + lexicon.replacement("month_tail");
}

// 23日|19:30-20:40, but not behind a blank, where a form begins its next field.
std::size_t with_clock_times(const FoldedText& folded, std::size_t end) {
  if (folded.joined(end) || !is_digit(folded.at(end))) return end;
  std::size_t at = end;
  while (is_digit(folded.at(at)) || folded.at(at) == ':' || folded.at(at) == '-' || folded.at(at) == '~') ++at;
  return folded.text().substr(end, at - end).find(U':') == std::u32string_view::npos ? end : at;
}

// 周六|下午, 23日|晚七点半, 23日|19:30-20:40: the part of the day goes with the day.
std::size_t with_part_of_day(const Reading& reading, std::size_t end) {
  if (std::size_t clock = with_clock_times(reading.folded(), end); clock > end) return clock;
  std::size_t part = reading.listed_at("parts_of_day", end), clock = end + part;
  while (digit_of(reading.folded().at(clock)) != 0 || reading.listed_at("ten", clock) > 0) ++clock;
  if (clock == end + part || reading.listed_at("clock", clock) == 0) return end + part;
  return clock + 1 + reading.listed_at("clock_half", clock + 1);
}

/// A sentence with the mark before it and its own, as characters and as bytes of the folded text.
struct Sentence {
  std::size_t start = 0, end = 0;
  std::size_t first_byte = 0, end_byte = 0;
};

std::size_t utf8_length(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

std::vector<Sentence> sentences(std::u32string_view text) {
  std::vector<Sentence> all;
  Sentence sentence;
  std::size_t byte = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    byte += utf8_length(c);
    if (!ends_sentence(c) && i + 1 < text.size()) continue;
    sentence.end = i + 1;
    sentence.end_byte = byte;
    all.push_back(sentence);
    sentence = {i, i + 1, byte - utf8_length(c), byte};
  }
  return all;
}

void match(const Pattern& pattern, const Reading& reading, const Sentence& sentence, std::vector<Finding>& found) {
  const FoldedText& folded = reading.folded();
  const std::string& text = folded.utf8();
  re2::StringPiece groups[3];
  int wanted = pattern.expression->NumberOfCapturingGroups() >= 2 && pattern.replacement == "month" ? 3 : 2;
  for (std::size_t at = sentence.first_byte; at <= sentence.end_byte;) {
    if (!pattern.expression->Match(text, at, sentence.end_byte, re2::RE2::UNANCHORED, groups, wanted)) return;
    std::size_t start = static_cast<std::size_t>(groups[1].data() - text.data());
    std::size_t end = start + groups[1].size();
    if (groups[1].data() != nullptr && !groups[1].empty()) {
      std::string replacement = wanted == 3 ? month_words({groups[2].data(), groups[2].size()}) : pattern.replacement;
      found.push_back({folded.character_at_byte(start), folded.character_at_byte(end), pattern.kind, pattern.is_doubt ? Certainty::kDoubt : Certainty::kCut,
                       pattern.is_doubt ? "number_left" : std::string(kind_name(pattern.kind)), std::move(replacement)});
      if (pattern.kind == Kind::kDate) found.back().end = with_part_of_day(reading, found.back().end);
      at = end;
    } else {
      at = static_cast<std::size_t>(groups[0].data() - text.data()) + std::max<std::size_t>(groups[0].size(), 1);
    }
  }
}

}  // namespace

std::vector<Finding> find_numbers(const Reading& reading, const Register& known) { return NumberFinder(reading, known).find(); }

std::vector<Finding> find_patterns(const Reading& reading, const Register& known) {
  const FoldedText& folded = reading.folded();
  std::vector<Finding> found;
  known.classes().each_hit(folded.text(), [&](std::size_t end, std::size_t length, std::uint32_t) {
    found.push_back({end - length, end, Kind::kClass, Certainty::kCut, "class", Lexicon::shared().replacement("class")});
  });
  for (const Sentence& sentence : sentences(folded.text())) {
    std::u32string_view text = folded.text().substr(sentence.start, sentence.end - sentence.start);
    bool holds_digit = std::any_of(text.begin(), text.end(), [](char32_t c) { return digit_of(c) != 0; });
    bool holds_letter = std::any_of(text.begin(), text.end(), [](char32_t c) { return c >= 'a' && c <= 'z'; });
    for (const Pattern* pattern : Lexicon::shared().patterns_for(text)) {
      if ((holds_digit || !pattern->needs_digit) && (holds_letter || !pattern->needs_letter)) match(*pattern, reading, sentence, found);
    }
  }
  return found;
}

std::vector<Finding> find_phrases(const Reading& reading, const std::vector<Finding>& found) {
  std::vector<NamedPerson> people;
  std::vector<FoundPlace> places;
  for (const Finding& one : found) {
    if (one.certainty != Certainty::kCut) continue;
    bool is_of_kin = one.title && one.title->is_kin, is_pupil = one.role == Role::kStudent && !is_of_kin;
    if (one.kind == Kind::kAddress) places.push_back({one.start, one.end});
    else if (is_pupil || is_of_kin || one.role == Role::kGuardian) people.push_back({one.start, one.end, is_pupil});
  }
  std::vector<Finding> phrases;
  for (const FramedPhrase& phrase : Lexicon::shared().frames().find(reading.folded(), people, places)) {
    phrases.push_back({phrase.start, phrase.end, phrase.kind, Certainty::kCut, std::string(kind_name(phrase.kind)), std::string(phrase.replacement)});
  }
  return phrases;
}

}  // namespace shide::privacy
