#include "visit/record_hints.h"

#include <algorithm>
#include <string>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"

namespace shide::visit {
namespace {

struct Words {
  std::vector<std::string> strength, trouble, method, asks, gift;
};

const Words& words() {
  static const Words all = [] {
    Words read;
    auto file = parse_info(resource("schema/rules/record_hints.info").value_or(""), "record_hints.info");
    const InfoEntry* entry = file ? file->child("hints") : nullptr;
    if (!entry) return read;
    for (auto [name, into] : {std::pair{"strength", &read.strength}, {"trouble", &read.trouble}, {"method", &read.method}, {"asks", &read.asks}, {"gift", &read.gift}}) {
      const std::string line = entry->text(name);
      for (std::string_view word : split(line, ' ')) {
        if (!word.empty()) into->emplace_back(word);
      }
    }
    return read;
  }();
  return all;
}

bool has_any(std::string_view text, const std::vector<std::string>& list) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& word) { return text.find(word) != std::string_view::npos; });
}

/// A mobile number as people write it: eleven digits that begin with 1, blanks and dashes between them.
bool has_phone(std::string_view text) {
  std::string half = to_half_width(text), digits;
  for (char c : half + " .") {
    if (c >= '0' && c <= '9') digits += c;
    else if ((c != ' ' && c != '-') || digits.size() >= 11) {
      if (digits.size() == 11 && digits[0] == '1' && digits[1] >= '3') return true;
      digits.clear();
    }
  }
  return false;
}

}  // namespace

std::vector<RecordHint> record_hints(const model::VisitRecord& record, std::string_view preparation, std::size_t demands) {
  std::vector<RecordHint> hints;
  std::string written = record.narrative + "\n" + record.reflection;
  bool is_trouble = has_any(record.narrative, words().trouble);
  if (is_trouble && !has_any(written + "\n" + std::string(preparation), words().strength)) hints.push_back(RecordHint::kOnlyTrouble);
  if (is_trouble && !has_any(written, words().method)) hints.push_back(RecordHint::kProblemWithoutMethod);
  if (demands == 0 && has_any(written, words().asks)) hints.push_back(RecordHint::kDemandNotNoted);
  if (has_any(written, words().gift)) hints.push_back(RecordHint::kGift);
  if (has_phone(written)) hints.push_back(RecordHint::kPhone);
  return hints;
}

}  // namespace shide::visit
