#include "base/field_check.h"

#include <charconv>

#include "base/text.h"

namespace shide {
namespace {

std::string checked(FieldCheck& check, std::string_view path, std::optional<std::string> cleaned, Length length) {
  if (!cleaned) {
    check.problem(path, {"field.not_text"});
    return {};
  }
  std::size_t count = character_count(*cleaned);
  if (count == 0 && length.min > 0) check.problem(path, {"field.empty"});
  else if (count < length.min) check.problem(path, {"field.too_short", {{"min", length.min}, {"count", count}}});
  else if (count > length.max) check.problem(path, {"field.too_long", {{"max", length.max}, {"count", count}}});
  return std::move(*cleaned);
}

}  // namespace

std::string FieldCheck::line(std::string_view path, std::string_view raw, Length length) {
  return checked(*this, path, clean_line(raw), length);
}

std::string FieldCheck::text(std::string_view path, std::string_view raw, Length length) {
  return checked(*this, path, clean_text(raw), length);
}

Date FieldCheck::date(std::string_view path, std::string_view raw) {
  if (trim(raw).empty()) {
    problem(path, {"field.empty"});
    return {};
  }
  return optional_date(path, raw).value_or(Date{});
}

std::optional<Date> FieldCheck::optional_date(std::string_view path, std::string_view raw) {
  if (trim(raw).empty()) return std::nullopt;
  std::optional<Date> date = parse_date(raw);
  if (!date) problem(path, {"field.no_such_day"});
  return date;
}

std::optional<Time> FieldCheck::optional_time(std::string_view path, std::string_view raw) {
  if (trim(raw).empty()) return std::nullopt;
  std::optional<Time> time = parse_time(raw);
  if (!time) problem(path, {"field.no_such_time"});
  return time;
}

std::int64_t FieldCheck::number(std::string_view path, std::string_view raw, std::int64_t low, std::int64_t high) {
  std::string text = to_half_width(trim(raw));
  std::int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
  problem(path, {"field.not_number", {{"low", std::to_string(low)}, {"high", std::to_string(high)}}});
  return low;
}

bool FieldCheck::fine(std::string_view path) const {
  for (const Problem& found : problems_) {
    if (found.path == path) return false;
  }
  return true;
}

Error FieldCheck::error() const {
  Error error{ErrorCode::kInvalid, {"error.invalid", {{"count", problems_.size()}}}};
  error.problems = problems_;
  return error;
}

}  // namespace shide
