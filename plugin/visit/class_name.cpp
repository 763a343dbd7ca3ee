#include "visit/class_name.h"

#include <string>
#include <vector>

#include "base/text.h"

namespace shide::visit {
namespace {

constexpr int kLastGrade = 12, kLastClass = 60;
constexpr char32_t kTen = U'\u5341';
constexpr std::u32string_view kNumerals = U"\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D";  // one to nine
/// What may stand between the numbers: brackets, and the words for year, grade, class, number and group.
constexpr std::u32string_view kBetween = U" ()[].-\u3010\u3011\u3014\u3015\u5E74\u7EA7\u73ED\u7B2C\u7EC4";

struct Token {
  int value = 0;
  int digits = 0;  // 0: written in Chinese
};

int numeral(char32_t c) {
  auto at = kNumerals.find(c);
  return at == std::u32string_view::npos ? 0 : static_cast<int>(at) + 1;
}

/// One number of Chinese numerals at `at`, which moves behind it.
Token chinese_number(std::u32string_view text, std::size_t& at) {
  int tens = text[at] == kTen ? 1 : numeral(text[at]);
  bool has_ten = text[at] == kTen || (at + 1 < text.size() && text[at + 1] == kTen);
  at += text[at] == kTen || !has_ten ? 1 : 2;
  if (!has_ten) return {tens, 0};
  int ones = at < text.size() ? numeral(text[at]) : 0;
  if (ones > 0) ++at;
  return {tens * 10 + ones, 0};
}

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'\uFF10' && c <= U'\uFF19'); }

/// 1 to 12 as Chinese writes them.
std::u32string chinese_words(int number) {
  if (number < 10) return {kNumerals[static_cast<std::size_t>(number - 1)]};
  return number == 10 ? std::u32string{kTen} : std::u32string{kTen} + kNumerals[static_cast<std::size_t>(number - 11)];
}

std::optional<std::vector<Token>> tokens_of(std::string_view name) {
  std::u32string text = to_code_points(to_half_width(name));
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    char32_t c = text[at];
    if (c >= '0' && c <= '9') {
      Token token;
      for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        if (++token.digits > 4) return std::nullopt;
        token.value = token.value * 10 + static_cast<int>(text[at] - '0');
      }
      tokens.push_back(token);
    } else if (numeral(c) > 0 || c == kTen) {
      tokens.push_back(chinese_number(text, at));
    } else if (kBetween.find(c) != std::u32string_view::npos) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  return tokens;
}

}  // namespace

std::optional<ClassNumber> class_number_of(std::string_view name) {
  auto tokens = tokens_of(name);
  if (!tokens || tokens->empty() || tokens->size() > 2) return std::nullopt;
  ClassNumber found;
  const Token& first = tokens->front();
  if (tokens->size() == 2) found = {first.value, tokens->back().value};
  else if (first.digits == 3) found = {first.value / 100, first.value % 100};
  else if (first.digits == 2) found = {first.value / 10, first.value % 10};
  bool possible = found.grade >= 1 && found.grade <= kLastGrade && found.number >= 1 && found.number <= kLastClass;
  return possible ? std::optional(found) : std::nullopt;
}

std::optional<int> grade_of(std::string_view name) {
  auto tokens = tokens_of(name);
  if (!tokens || tokens->size() != 1) return std::nullopt;
  int grade = tokens->front().value;
  return grade >= 1 && grade <= kLastGrade ? std::optional(grade) : std::nullopt;
}

std::string next_grade_name(std::string_view name) {
  auto number = class_number_of(name);
  std::optional<int> grade = number ? std::optional(number->grade) : grade_of(name);
  if (!grade || *grade >= kLastGrade) return std::string(name);
  std::u32string text = to_code_points(name);
  std::size_t at = 0;
  while (!is_digit(text[at]) && numeral(text[at]) == 0 && text[at] != kTen) ++at;
  std::size_t end = at;
  if (!is_digit(text[at])) {
    chinese_number(text, end);
    return to_utf8(text.substr(0, at) + chinese_words(*grade + 1) + text.substr(end));
  }
  while (end < text.size() && is_digit(text[end])) ++end;
  // "302" and "32" hold both numbers: the grade stands before the class.
  if (end - at == 3) end -= 2;
  else if (end - at == 2 && *grade < 10) end -= 1;
  return to_utf8(text.substr(0, at)) + std::to_string(*grade + 1) + to_utf8(text.substr(end));
}

}  // namespace shide::visit
