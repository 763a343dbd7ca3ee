// The hand-marked notes: what must go is gone, what must stay stays, and a second look at the result finds nothing.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "base/text.h"
#include "support/invented_names.h"
#include "support/redaction_case.h"

namespace shide::privacy {
namespace {

using test::Mark;
using test::RedactionCase;

std::size_t covered(const Mark& mark, std::size_t start, std::size_t end) {
  std::size_t from = std::max(mark.start, start), to = std::min(mark.end, end);
  return to > from ? to - from : 0;
}

// Names and numbers must go whole; of a phrase, half is enough to make it harmless.
bool is_caught(const Mark& mark, const Redaction& redaction) {
  std::size_t cut = 0;
  for (const Cut& one : redaction.cuts) cut += covered(mark, one.start, one.end);
  std::size_t length = mark.end - mark.start;
  auto kind = kind_of(mark.expectation);
  bool is_phrase = kind && !is_direct(*kind);
  if (mark.expectation == "doubt") {
    for (const Doubt& one : redaction.left) cut += covered(mark, one.start, one.end);
  }
  return is_phrase ? cut * 2 >= length : cut >= length;
}

bool is_kept(const Mark& mark, const Redaction& redaction) {
  for (const Cut& one : redaction.cuts) {
    if (covered(mark, one.start, one.end) > 0) return false;
  }
  return true;
}

struct Tally {
  int right = 0;
  int all = 0;
};

TEST(RedactionGolden_S98, CutsWhatTellsAChildAndKeepsTheRest) {
  std::map<std::string, Tally> tally;
  int notes = 0, doubts = 0, leaking = 0;
  for (const RedactionCase& one : test::redaction_cases()) {
    Redaction redaction = redact(one.text, Register(one.known), one.context);
    ++notes;
    doubts += static_cast<int>(redaction.left.size());
    bool leaks = false;
    for (const Mark& mark : one.marks) {
      if (mark.expectation == "any") continue;
      bool right = mark.expectation == "keep" ? is_kept(mark, redaction) : is_caught(mark, redaction);
      ++tally[mark.expectation].all;
      tally[mark.expectation].right += right;
      auto kind = kind_of(mark.expectation);
      leaks = leaks || (!right && kind && is_direct(*kind));
      EXPECT_TRUE(right) << one.name << ": {" << mark.passage << ":" << mark.expectation << "}\n  " << redaction.text;
    }
    leaking += leaks;
  }
  ASSERT_GE(notes, 40);
  for (const auto& [expectation, count] : tally) std::printf("  %-14s %3d of %3d\n", expectation.c_str(), count.right, count.all);
  std::printf("  notes %d, with a direct identifier left %d, doubts %d\n", notes, leaking, doubts);
}

TEST(RedactionGolden_S98, ASecondLookAtTheResultFindsNothing) {
  for (const RedactionCase& one : test::redaction_cases()) {
    Register known(one.known);
    Redaction redaction = redact(one.text, known, one.context);
    if (!redaction.left.empty()) continue;
    for (const Cut& cut : remaining_identifiers(redaction.text, known, one.context)) {
      ADD_FAILURE() << one.name << ": " << kind_name(cut.kind) << " " << to_utf8(std::u32string_view(to_code_points(redaction.text)).substr(cut.start, cut.end - cut.start))
                    << "\n  " << redaction.text;
    }
  }
}

// The same notes when the register is a whole school: other pupils' names must not tear holes into everyday text.
TEST(RedactionGolden_S98, InASchoolOf1600PupilsItKeepsAsMuch) {
  int kept = 0, all = 0, missed = 0, doubts = 0;
  for (const RedactionCase& one : test::redaction_cases()) {
    KnownPeople known = one.known;
    for (const std::string& name : test::invented_names(1600)) known.students.push_back(name);
    for (const std::string& name : test::invented_names(100, 11)) known.teachers.push_back(name);
    NoteContext context = one.context;
    context.students = one.known.students;
    context.guardians = one.known.guardians;
    Redaction redaction = redact(one.text, Register(known), context);
    doubts += static_cast<int>(redaction.left.size());
    for (const Mark& mark : one.marks) {
      if (mark.expectation == "any" || mark.expectation == "doubt") continue;
      bool right = mark.expectation == "keep" ? is_kept(mark, redaction) : is_caught(mark, redaction);
      if (mark.expectation == "keep") ++all, kept += right;
      else missed += !right;
      if (!right) std::printf("  %s: {%s:%s}\n", one.name.c_str(), mark.passage.c_str(), mark.expectation.c_str());
    }
  }
  std::printf("  kept %d of %d, missed %d, doubts %d\n", kept, all, missed, doubts);
  EXPECT_GE(kept * 100, all * 97);
  EXPECT_LE(missed, 2);
}

}  // namespace
}  // namespace shide::privacy
