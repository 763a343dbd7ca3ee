// Who may see how much of what, as a table to be read: made from privacy/reach itself, by asking it for one reader of each kind, so that
// the page and the query can never say different things (domain 5, D9).
//
//     matrix_row(DataKind::kPhoto)  ->  {visit_team, full, full}, {grade_leader, counts, full}, ...
//
// Pure and thread-safe.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "model/reach.h"

namespace shide::privacy {

/// A relation to a row, or an office. Whoever is not here (the public, the district, a pupil's account: there is none) sees nothing.
enum class MatrixReader {
  kVisitTeam, kHomeroom, kGradeLeader, kOneself, kEveryStaff, kStudentOffice, kUnionEditor, kEthicsCommittee, kHr, kHead, kItAdmin, kAuditor
};
constexpr auto codes(MatrixReader) {
  return std::to_array<std::string_view>({"visit_team", "homeroom", "grade_leader", "oneself", "every_staff", "student_office", "union_editor", "ethics_committee", "hr",
                                          "head", "it_admin", "auditor"});
}

struct MatrixCell {
  MatrixReader reader;
  model::Level plain = model::Level::kNone;        // as a matter of course
  model::Level with_reason = model::Level::kNone;  // after a stated reason, which is logged; at least `plain`
};

/// One cell a reader, in the order of MatrixReader.
std::vector<MatrixCell> matrix_row(model::DataKind kind);

}  // namespace shide::privacy
