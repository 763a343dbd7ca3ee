// Whole lists at once: colleagues by the IT administrator, grade groups with their classes, pupils, lessons, clubs and the families of
// chosen pupils by the student office. First a dry run that says of every line what it would do and of every problem where it stands and what to do about it;
// then the confirmation, which does exactly that or, when the school has changed meanwhile, nothing.
//
//     SHIDE_TRY(list, import_list(ImportKind::kStudents, tables));
//     SHIDE_TRY(plan, plan_import(ports, actor, list));            // plan.added == 1600, plan.wrong == 2
//     SHIDE_TRY(done, confirm_import(ports, actor, list, plan.digest, true));
//
// Nobody is ever removed by an import: who is missing in the list is named. The same list again changes nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/ports.h"
#include "workflow/import_list.h"

namespace shide::workflow {

enum class Fate { kAdd, kChange, kStay, kProblem };
constexpr auto codes(Fate) { return std::to_array<std::string_view>({"add", "change", "stay", "problem"}); }

/// Something to know about a line; one that blocks keeps it out.
struct ImportNote {
  std::string field;  // the cell
  bool blocks = true;
  Phrase reason, advice;
};

struct PlannedLine {
  Fate fate = Fate::kStay;
  std::vector<Phrase> changes;  // of kChange, and what else an addition brings about
  std::vector<ImportNote> notes;
};

struct ImportPlan {
  std::vector<PlannedLine> lines;  // by line of the list
  std::vector<Phrase> aside;       // about the whole: who is not in the list, groups that will be made
  std::size_t added = 0, changed = 0, standing = 0, wrong = 0;  // lines
  std::string digest;              // of the list and everything above
};

/// Who may import what; kForbidden in the verbs for everybody else.
bool may_import(const model::Actor& actor, ImportKind kind);

Result<ImportPlan> plan_import(ports::Ports& ports, const model::Actor& actor, const ImportList& list);

/// kStale when the plan would be another one by now; kInvalid import.has_problems for a list with problems unless `without_problems`
/// asks for the lines that have none.
Result<ImportPlan> confirm_import(ports::Ports& ports, const model::Actor& actor, const ImportList& list, std::string_view digest, bool without_problems);

}  // namespace shide::workflow
