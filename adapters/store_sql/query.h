// A Selection with its Reach, as one statement: what the reader may not see never leaves the database.
//
//     SELECT id, ..., CASE WHEN seen_level = 3 THEN name ELSE <王**> END, ...
//     FROM (SELECT t.*, CASE WHEN <full grants> THEN 3 ELSE 2 END AS seen_level FROM guardians t
//           WHERE t.school_id = $1 AND (<all grants>)) seen
//     WHERE <conditions> ORDER BY id LIMIT $n
//
// Conditions and orders compare what the reader sees, so that nobody can guess at a masked value by asking for it.
// Names of tables and columns come from the shapes of model/fields.h only; every value is bound.
#pragma once

#include "base/result.h"
#include "ports/store.h"
#include "store_sql/dialect.h"
#include "store_sql/session.h"
#include "store_sql/sql.h"

namespace shide::store_sql {

/// Which rows a unit may touch at all: those of one school; an empty one has none, unless `all`.
struct Bounds {
  std::string school;
  bool all = false;
};

/// Rows as `row_of` reads them. kInternal for a column that is not there, a value of the wrong type, a reach that does not fit.
Result<Sql> select_rows(const Dialect& dialect, const model::TableShape& table, const ports::Selection& selection, const model::Reach* reach,
                        const Bounds& bounds);
/// One number.
Result<Sql> count_rows(const Dialect& dialect, const model::TableShape& table, const ports::Selection& selection, const model::Reach* reach,
                       const Bounds& bounds);
model::RowValues row_of(Row answer);

/// Changes nothing when the id or a unique key is taken.
Sql insert_row(const model::TableShape& table, const model::RowValues& row);
/// Change nothing unless id, version and school are those of the row.
Sql update_row(const model::TableShape& table, const model::RowValues& row);
Sql erase_row(const model::TableShape& table, const model::RowValues& row);
/// One number: of the newest entry of a school's log, 0 before there is one.
Sql last_sequence(const std::string& school);
Sql count_view(const std::string& post, const Bounds& bounds);

}  // namespace shide::store_sql
