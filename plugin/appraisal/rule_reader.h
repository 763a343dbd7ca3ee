// Reads the entries of a rule file and collects everything that is wrong with its line, instead of stopping at the first.
//
//     RuleReader reader("rules.info");
//     reader.allow(entry, {"key", "max"}, {"late"});        // refuses other keys, and `max` given twice
//     Decimal max = reader.number(entry, "max", Decimal());  // refuses "1e2" and "10.00001"
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "appraisal/rule_set.h"
#include "base/info_file.h"

namespace shide::appraisal {

using Keys = std::initializer_list<std::string_view>;

class RuleReader {
 public:
  explicit RuleReader(std::string_view file_name) : file_name_(file_name) {}

  void refuse(const InfoEntry& at, Phrase why);
  void warn(const InfoEntry& at, Phrase why);
  std::string where(const InfoEntry& at) const;

  void allow(const InfoEntry& entry, Keys once, Keys repeated = {});
  /// The `key` of an entry: lower-case ASCII with digits, _ and -; refused if missing, misspelt or used before.
  std::string own_key(const InfoEntry& entry);
  std::string needed(const InfoEntry& entry, std::string_view key);
  Decimal number(const InfoEntry& entry, std::string_view key, Decimal otherwise);
  Decimal needed_number(const InfoEntry& entry, std::string_view key);
  std::optional<Decimal> maybe_number(const InfoEntry& entry, std::string_view key);
  /// The value of this very entry, such as a choice's `2 "15"`.
  Decimal own_number(const InfoEntry& entry);
  int count(const InfoEntry& entry, std::string_view key, int otherwise);
  bool flag(const InfoEntry& entry, std::string_view key, bool otherwise);
  /// The index of the value among `known`, refused otherwise; `otherwise` when absent.
  std::size_t one_of(const InfoEntry& entry, std::string_view key, Keys known, std::size_t otherwise);
  Rounding rounding(const InfoEntry& entry, std::string_view key, Rounding otherwise);
  std::vector<std::string> list(const InfoEntry& entry, std::string_view key);
  std::optional<Date> date(const InfoEntry& entry, std::string_view key);

  std::vector<Problem> problems, warnings;

 private:
  std::string file_name_;
  std::set<std::string> keys_;
};

}  // namespace shide::appraisal
