// The finders by shape: numbers, classes, days, homes, workplaces, phrases about health and family. They need no register,
// but know its phones, classes and homes when there is one.
//
//     find_numbers(reading, school)  on "电话１３８ ００００ ００００"  ->  one Finding of kind phone
#pragma once

#include <string>
#include <vector>

#include "privacy/cut.h"
#include "privacy/reading.h"
#include "privacy/register.h"

namespace shide::privacy {

enum class Certainty {
  kDoubt,   // shown to the reviewer
  kStands,  // found, and rightly there: a signing teacher; keeps other finders away
  kCut,
};

/// One place of the folded text a finder speaks for.
struct Finding {
  std::size_t start = 0;  // folded characters, end exclusive
  std::size_t end = 0;
  Kind kind = Kind::kOtherName;
  Certainty certainty = Certainty::kCut;
  std::string reason;               // the last word of a code in schema/text/*/redact.info
  std::string replacement = {};     // of names: found later, from the four fields below
  bool is_name = false;
  Role role = Role::kOther;
  int person = -1;                  // index in Register::names(), or -1 for a stranger
  const Title* title = nullptr;     // the title that the passage ends with
};

/// Phones, identity numbers and any other long number, in digits or Chinese numerals, spaced, dashed, dotted, broken.
std::vector<Finding> find_numbers(const Reading& reading, const Register& known);
/// What the patterns of identifiers.info find, and the register's classes.
std::vector<Finding> find_patterns(const Reading& reading, const Register& known);
/// What the frames of frames.info find, which know the people and places that are `found` already.
std::vector<Finding> find_phrases(const Reading& reading, const std::vector<Finding>& found);
/// Homes: the register's pieces, names before 路 村 小区 ..., and the numbers that follow.
std::vector<Finding> find_homes(const Reading& reading, const Register& known);
/// Names of employers, by what ends them and by the verb beside them.
std::vector<Finding> find_workplaces(const Reading& reading);

}  // namespace shide::privacy
