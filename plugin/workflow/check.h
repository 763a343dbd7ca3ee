// 发前一查: what of a text tells a child, a family or a home, before it is posted anywhere, and the text without it. Reads the school's
// register where the reader belongs to the school, and a list of names of the reader's own; writes nothing, not even an audit row.
//
//     check_passages(ports, actor, {{{}, "小明妈妈说..."}}, {"王小明"})  ->  one finding, cleaned {"孩子妈妈说..."}
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/actor.h"
#include "ports/ports.h"
#include "privacy/cut.h"

namespace shide::workflow {

inline constexpr std::size_t kLongestCheck = 20'000;  // characters of all passages together: any teacher's page
inline constexpr std::size_t kMostNames = 5'000;

/// A piece of what is to be posted: of a document, or pasted when it has no part.
struct CheckPassage {
  std::optional<ports::DocumentPart> part;
  std::string text;
};

struct CheckFinding {
  std::size_t passage = 0;
  std::size_t start = 0;  // characters of the passage, end exclusive
  std::size_t end = 0;
  privacy::Kind kind = privacy::Kind::kStudentName;
  bool is_doubt = false;    // stands in the cleaned text: the reader decides
  std::string words;        // as written
  std::string replacement;  // may be empty: the words just go
  Phrase reason;
};

struct Check {
  std::vector<CheckFinding> findings;  // in the order of the text, not overlapping
  std::vector<std::string> cleaned;    // by passage
  bool has_register = false;           // the school's
  bool knows_names = false;            // of the register or the reader's list; else names could only be guessed
};

/// kTooLarge for more than kLongestCheck characters; valid UTF-8 is the caller's to see to.
Result<Check> check_passages(ports::Ports& ports, const model::Actor& actor, const std::vector<CheckPassage>& passages, const std::vector<std::string>& names);

}  // namespace shide::workflow
