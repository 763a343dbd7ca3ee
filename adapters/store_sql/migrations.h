// The numbered steps of schema/sql and which of them a database has taken. The table `migrations` keeps each step's number,
// name, SHA-256 and day; a step whose text has changed since it was taken is an error, and so is one we do not know.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "ports/store.h"
#include "store_sql/dialect.h"
#include "store_sql/session.h"

namespace shide::store_sql {

struct Step {
  ports::Migration migration;
  std::vector<std::string> statements;
};

/// The steps as compiled in: schema/sql/NNNN_name.sql, or the file of the same name in the dialect's folder.
std::vector<Step> steps_for(const Dialect& dialect);
/// "-- comment" lines off, then one text a statement; a statement ends with ";" at the end of a line.
std::vector<std::string> split_statements(std::string_view text);

/// Within a transaction of any kind.
Result<std::vector<ports::Migration>> state_of_migrations(const Dialect& dialect, Session& session);
/// Within a transaction of a writer for all schools: two who start at once wait for each other. Tells which steps were taken.
Result<std::vector<ports::Migration>> take_missing(const Dialect& dialect, Session& session, Time now);

}  // namespace shide::store_sql
