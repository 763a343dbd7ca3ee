#include "store_sql/migrations.h"

#include <charconv>
#include <map>

#include "base/digest.h"
#include "base/resource.h"
#include "base/text.h"

namespace shide::store_sql {

using model::ColumnType;
using ports::Migration;

namespace {

constexpr std::string_view kFolder = "schema/sql/";

struct Taken {
  std::string name;
  std::string sha256;
};

Result<std::map<std::int64_t, Taken>> steps_taken(const Dialect& dialect, Session& session) {
  std::map<std::int64_t, Taken> taken;
  SHIDE_TRY(tables, session.rows(dialect.find_table("migrations")));
  if (tables.empty()) return taken;
  Sql sql("SELECT number, name, sha256 FROM migrations");
  SHIDE_TRY(rows, session.rows(sql.gives(ColumnType::kInteger).gives(ColumnType::kText).gives(ColumnType::kText)));
  for (const Row& row : rows) taken[model::number_in(row[0])] = {model::text_in(row[1]), model::text_in(row[2])};
  return taken;
}

Result<std::vector<Migration>> compare(const std::vector<Step>& steps, std::map<std::int64_t, Taken> taken) {
  std::vector<Migration> list;
  for (const Step& step : steps) {
    Migration migration = step.migration;
    auto found = taken.find(migration.number);
    migration.applied = found != taken.end();
    if (migration.applied && found->second.sha256 != migration.sha256) {
      return Error{ErrorCode::kConfiguration, {"store.step_changed", {{"step", migration.name}}}, "changed since it was taken: " + migration.name};
    }
    if (migration.applied) taken.erase(found);
    list.push_back(std::move(migration));
  }
  if (taken.empty()) return list;
  const std::string& name = taken.begin()->second.name;
  return Error{ErrorCode::kConfiguration, {"store.step_unknown", {{"step", name}}}, "taken by a newer version: " + name};
}

Result<void> take(const Step& step, Session& session, Time now) {
  for (const std::string& statement : step.statements) SHIDE_CHECK(session.run_once(statement));
  Sql sql("INSERT INTO migrations (number, name, sha256, applied_at) VALUES (");
  sql.bind(step.migration.number).text(", ").bind(step.migration.name).text(", ").bind(step.migration.sha256).text(", ").bind(now.microseconds).text(")");
  SHIDE_CHECK(session.change(sql));
  return {};
}

}  // namespace

std::vector<std::string> split_statements(std::string_view text) {
  std::vector<std::string> statements;
  std::string statement;
  for (std::string_view line : split(text, '\n')) {
    std::string_view content = trim(line);
    if (content.empty() || content.starts_with("--")) continue;
    statement += std::string(line) + "\n";
    if (!content.ends_with(';')) continue;
    statement.resize(statement.rfind(';'));
    statements.push_back(std::move(statement));
    statement.clear();
  }
  if (!trim(statement).empty()) statements.push_back(std::move(statement));
  return statements;
}

std::vector<Step> steps_for(const Dialect& dialect) {
  std::vector<Step> steps;
  for (std::string_view path : resources(kFolder)) {
    std::string_view file = path.substr(kFolder.size());
    if (file.find('/') != std::string_view::npos || !file.ends_with(".sql")) continue;
    auto special = resource(std::string(kFolder) + std::string(dialect.name()) + "/" + std::string(file));
    std::string_view text = special ? *special : *resource(path);
    Step step;
    step.migration.name = file.substr(0, file.size() - 4);
    std::from_chars(file.data(), file.data() + file.size(), step.migration.number);
    step.migration.sha256 = sha256_hex(text);
    step.statements = split_statements(text);
    steps.push_back(std::move(step));
  }
  return steps;
}

Result<std::vector<Migration>> state_of_migrations(const Dialect& dialect, Session& session) {
  SHIDE_TRY(taken, steps_taken(dialect, session));
  return compare(steps_for(dialect), std::move(taken));
}

Result<std::vector<Migration>> take_missing(const Dialect& dialect, Session& session, Time now) {
  SHIDE_CHECK(session.run_once(
      "CREATE TABLE IF NOT EXISTS migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at BIGINT NOT NULL)"));
  SHIDE_TRY(states, state_of_migrations(dialect, session));
  std::vector<Step> steps = steps_for(dialect);
  std::vector<Migration> taken;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (states[i].applied) continue;
    SHIDE_CHECK(take(steps[i], session, now));
    states[i].applied = true;
    taken.push_back(states[i]);
  }
  return taken;
}

}  // namespace shide::store_sql
