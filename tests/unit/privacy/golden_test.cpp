// The hand-marked notes: what must go is gone, what must stay stays, what is reached is printed beside the goals, and a second look at
// the result finds nothing. Of the notes kept back only sums are told, never a passage. Figures per kind on both parts:
//     build-test/unit_tests --gtest_filter='RedactionGolden*'
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "base/text.h"
#include "support/invented_names.h"
#include "support/redaction_case.h"
#include "support/redaction_figures.h"
#include "support/source_dir.h"

namespace shide::privacy {
namespace {

using test::Figures;
using test::Goal;
using test::Mark;
using test::Part;
using test::RedactionCase;

void expect_goals(const Figures& figures, const char* title, Part part) {
  figures.print(title);
  for (const Goal& goal : test::goals(figures)) EXPECT_TRUE(goal.holds(part)) << title << ": " << goal.name;
}

TEST(RedactionGolden_S98, StaysAboveItsFloorsOnTheKnownNotes) {
  Figures figures;
  for (const RedactionCase& one : test::redaction_cases(Part::kKnown)) {
    Redaction redaction = redact(one.text, Register(one.known), one.context);
    for (const Mark& mark : figures.add(one, redaction)) std::printf("  %s: {%s:%s}\n", one.name.c_str(), mark.passage.c_str(), mark.expectation.c_str());
  }
  ASSERT_GE(figures.notes(), 90);
  expect_goals(figures, "known", Part::kKnown);
}

TEST(RedactionGolden_S98, StaysAboveItsFloorsOnTheNotesKeptBack) {
  Figures figures;
  for (const RedactionCase& one : test::redaction_cases(Part::kUnseen)) figures.add(one, redact(one.text, Register(one.known), one.context));
  ASSERT_GE(figures.notes(), 50);
  expect_goals(figures, "kept back", Part::kUnseen);
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

// The forms in which days, numbers, names, homes and lives are written, a sentence each: all but two in a hundred come out right.
TEST(RedactionGolden_S98, KnowsTheFormsThatAreWritten) {
  KnownPeople known{.teachers = {"许立"}, .students = {"丁小满", "高兴"}, .guardians = {"丁建军"}};
  Register school(known);
  std::ifstream file(test::source_dir() / "tests/golden/redaction/forms.txt");
  Figures figures;
  std::size_t marks = 0, wrong = 0;
  for (std::string line; std::getline(file, line);) {
    RedactionCase one = test::marked_sentence(line, known);
    marks += one.marks.size();
    for (const Mark& mark : figures.add(one, redact(one.text, school, {}))) {
      ++wrong;
      std::printf("  %s: {%s:%s}\n", one.name.c_str(), mark.passage.c_str(), mark.expectation.c_str());
    }
  }
  EXPECT_GE(marks, 300u);
  EXPECT_LE(wrong, marks / 50);
}

// What could stand in any note tells of nobody. At most one line in a hundred is changed.
TEST(RedactionGolden_S98, LeavesOrdinarySentencesAlone) {
  Register known({.teachers = {"陈若兰", "周正"}, .students = {"张晓梅", "欧阳子轩", "李斌", "陈向阳"}, .guardians = {"张永年", "李桂兰"}});
  std::ifstream file(test::source_dir() / "tests/golden/redaction/ordinary.txt");
  int lines = 0, changed = 0;
  for (std::string line; std::getline(file, line); ++lines) {
    Redaction redaction = redact(line, known, {});
    if (redaction.cuts.empty() && redaction.left.empty()) continue;
    ++changed;
    std::printf("  %s\n    -> %s\n", line.c_str(), redaction.text.c_str());
  }
  EXPECT_GE(lines, 200);
  EXPECT_LE(changed, lines / 100);
}

// The same notes when the register is a whole school: other pupils' names must not tear holes into everyday text.
TEST(RedactionGolden_S98, InASchoolOf1600PupilsItKeepsAsMuch) {
  Figures figures;
  for (const RedactionCase& one : test::redaction_cases()) {
    KnownPeople known = one.known;
    for (const std::string& name : test::invented_names(1600)) known.students.push_back(name);
    for (const std::string& name : test::invented_names(100, 11)) known.teachers.push_back(name);
    NoteContext context = one.context;
    context.students = one.known.students;
    context.guardians = one.known.guardians;
    figures.add(one, redact(one.text, Register(known), context));
  }
  expect_goals(figures, "in a school of 1600", Part::kKnown);
}

}  // namespace
}  // namespace shide::privacy
