#include "appraisal/rule_reader.h"

#include <algorithm>

#include "base/text.h"

namespace shide::appraisal {
namespace {

bool is_plain_key(std::string_view key) {
  return !key.empty() && key.size() <= 64 && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string_view::npos;
}

std::string shown(std::string_view value) { return std::string(first_characters(value, 40)); }

}  // namespace

std::string RuleReader::where(const InfoEntry& at) const { return file_name_ + ":" + std::to_string(at.line); }

void RuleReader::refuse(const InfoEntry& at, Phrase why) { problems.push_back({where(at), std::move(why)}); }

void RuleReader::warn(const InfoEntry& at, Phrase why) { warnings.push_back({where(at), std::move(why)}); }

void RuleReader::allow(const InfoEntry& entry, Keys once, Keys repeated) {
  std::set<std::string_view> seen;
  for (const InfoEntry& child : entry.children) {
    if (std::find(repeated.begin(), repeated.end(), child.key) != repeated.end()) continue;
    if (std::find(once.begin(), once.end(), child.key) == once.end()) {
      refuse(child, {"rules.unknown_key", {{"key", shown(child.key)}, {"inside", entry.key}}});
    } else if (!seen.insert(child.key).second) {
      refuse(child, {"rules.repeated_key", {{"key", child.key}}});
    }
  }
}

std::string RuleReader::own_key(const InfoEntry& entry) {
  std::string key = needed(entry, "key");
  if (key.empty()) return key;
  if (!is_plain_key(key)) refuse(entry, {"rules.bad_key", {{"key", shown(key)}}});
  else if (!keys_.insert(key).second) refuse(entry, {"rules.duplicate", {{"key", key}}});
  return key;
}

std::string RuleReader::needed(const InfoEntry& entry, std::string_view key) {
  std::string value = entry.text(key);
  if (value.empty()) refuse(entry, {"rules.needs", {{"key", key}, {"inside", entry.key}}});
  return value;
}

std::optional<Decimal> RuleReader::maybe_number(const InfoEntry& entry, std::string_view key) {
  const InfoEntry* child = entry.child(key);
  if (!child) return std::nullopt;
  return own_number(*child);
}

Decimal RuleReader::own_number(const InfoEntry& entry) {
  constexpr auto kMost = Decimal::from_integer(1'000'000);  // room for every product of a rule and a fact
  auto value = Decimal::parse(entry.value);
  if (value && *value >= -kMost && *value <= kMost) return *value;
  refuse(entry, {"rules.not_a_number", {{"key", shown(entry.key)}, {"value", shown(entry.value)}}});
  return {};
}

Decimal RuleReader::number(const InfoEntry& entry, std::string_view key, Decimal otherwise) {
  return maybe_number(entry, key).value_or(otherwise);
}

Decimal RuleReader::needed_number(const InfoEntry& entry, std::string_view key) {
  if (!entry.child(key)) refuse(entry, {"rules.needs", {{"key", key}, {"inside", entry.key}}});
  return number(entry, key, {});
}

int RuleReader::count(const InfoEntry& entry, std::string_view key, int otherwise) {
  auto value = maybe_number(entry, key);
  if (!value) return otherwise;
  if (*value == value->floor() && *value >= Decimal() && *value <= Decimal::from_integer(100'000)) {
    return static_cast<int>(value->units() / 10'000);
  }
  refuse(*entry.child(key), {"rules.not_a_count", {{"key", key}, {"value", value->to_text()}}});
  return otherwise;
}

bool RuleReader::flag(const InfoEntry& entry, std::string_view key, bool otherwise) {
  return one_of(entry, key, {"false", "true"}, otherwise ? 1 : 0) == 1;
}

std::size_t RuleReader::one_of(const InfoEntry& entry, std::string_view key, Keys known, std::size_t otherwise) {
  const InfoEntry* child = entry.child(key);
  if (!child) return otherwise;
  auto found = std::find(known.begin(), known.end(), child->value);
  if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
  std::vector<std::string> names(known.begin(), known.end());
  refuse(*child, {"rules.not_one_of", {{"key", key}, {"value", shown(child->value)}, {"known", join(names, ", ")}}});
  return otherwise;
}

Rounding RuleReader::rounding(const InfoEntry& entry, std::string_view key, Rounding otherwise) {
  return static_cast<Rounding>(one_of(entry, key, {"floor", "ceil", "nearest"}, static_cast<std::size_t>(otherwise)));
}

std::vector<std::string> RuleReader::list(const InfoEntry& entry, std::string_view key) {
  std::vector<std::string> values;
  const InfoEntry* child = entry.child(key);
  if (!child) return values;
  for (std::string_view part : split(child->value, ',')) {
    if (trim(part).empty()) refuse(*child, {"rules.empty_in_list", {{"key", key}}});
    else values.emplace_back(trim(part));
  }
  return values;
}

std::optional<Date> RuleReader::date(const InfoEntry& entry, std::string_view key) {
  const InfoEntry* child = entry.child(key);
  if (!child) return std::nullopt;
  auto day = parse_date(child->value);
  if (!day) refuse(*child, {"rules.not_a_date", {{"key", key}, {"value", shown(child->value)}}});
  return day;
}

}  // namespace shide::appraisal
