// A list that a school brings along, out of the tables it was found in: which column is what (schema/forms/imports.info), and one
// entry a line with the place it came from.
//
//     SHIDE_TRY(list, import_list(ImportKind::kStudents, tables));
//     list.cell(line, "name")  ->  "丁小满"        list.place(line, "name")  ->  "三年级!B2"
//
// Columns that nobody asked for are named and left behind (D12); a file with an identity number anywhere in it is refused whole.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/code.h"
#include "ports/tables.h"

namespace shide::workflow {

enum class ImportKind { kStaff, kClasses, kStudents, kLessons, kClubs, kGuardians };
constexpr auto codes(ImportKind) { return std::to_array<std::string_view>({"staff", "classes", "students", "lessons", "clubs", "guardians"}); }

struct ImportLine {
  std::size_t tab = 0;              // of ImportList::tabs
  std::size_t row = 0;              // from 1, as the office program counts
  std::vector<std::string> cells;   // by field, cleaned, in half width
};

struct ImportTab {
  std::string name;
  std::vector<int> columns;  // by field, from 0; -1: the tab has none
};

struct ImportList {
  ImportKind kind = ImportKind::kStaff;
  std::vector<std::string> fields;   // their codes
  std::vector<ImportTab> tabs;
  std::vector<ImportLine> lines;
  std::vector<std::string> surplus;  // heads of columns that are not kept; without a head the column's letter
  std::vector<std::string> skipped;  // tabs without the heads

  const std::string& cell(const ImportLine& line, std::string_view field) const;
  /// "三年级!B2", or "B2" where there is one tab without a name; the row alone where the tab has no such column.
  std::string place(const ImportLine& line, std::string_view field) const;
};

/// The name of a group of arts and sports teachers.
bool is_arts_group(std::string_view name);

inline constexpr std::size_t kMostImportLines = 4000;

/// kInvalid at "table": import.no_head, import.identity_number, import.no_lines, import.too_many_lines.
Result<ImportList> import_list(ImportKind kind, const std::vector<ports::Table>& tables);

/// The list as text that a form can carry from the dry run to its confirmation, and back; kInvalid for what is no such text.
std::string carried_text(const ImportList& list);
Result<ImportList> carried_list(ImportKind kind, std::string_view text);

}  // namespace shide::workflow
