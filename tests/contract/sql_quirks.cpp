#include "contract/sql_quirks.h"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace shide::testing {

using namespace Poco::Data::Keywords;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::unique_ptr<ports::Store> opened(Result<std::unique_ptr<ports::Store>> store) {
  if (!store) throw std::runtime_error(store.error().detail);
  return std::move(*store);
}

std::set<std::string> columns(Poco::Data::Session& session, const std::string& sql, std::string table) {
  std::vector<std::string> names, types;
  std::vector<int> nullable;
  session << sql, into(names), into(types), into(nullable), use(table), now;
  std::set<std::string> found;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string type = types[i] == "bigint" ? "BIGINT" : types[i] == "text" ? "TEXT" : types[i];
    found.insert(names[i] + " " + type + (nullable[i] ? " null" : ""));
  }
  return found;
}

}  // namespace

std::unique_ptr<ports::Store> SqlQuirks::open_empty(const Clock& clock) {
  auto store = open_bare(clock);
  auto taken = store->migrate();
  if (!taken) throw std::runtime_error("migrate: " + taken.error().detail);
  return store;
}

SqliteQuirks::SqliteQuirks() {
  std::string pattern = (std::filesystem::temp_directory_path() / "shide-store.XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
}

SqliteQuirks::~SqliteQuirks() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string SqliteQuirks::path() const { return folder_ + "/" + std::to_string(number_) + ".db"; }

std::unique_ptr<ports::Store> SqliteQuirks::open_bare(const Clock& clock) {
  ++number_;
  return open_again(clock);
}

std::unique_ptr<ports::Store> SqliteQuirks::open_again(const Clock& clock) { return opened(store_sql::open_sqlite(path(), clock)); }

void SqliteQuirks::execute(const std::string& sql) {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, path());
  session << sql, now;
}

std::set<std::string> SqliteQuirks::columns_of(const std::string& table) {
  Poco::Data::SQLite::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::SQLite::Connector::KEY, path());
  return columns(session, "SELECT name, type, 1 - \"notnull\" FROM pragma_table_info($1)", table);
}

std::string PostgresqlQuirks::connection() const {
  return environment("SHIDE_TEST_POSTGRESQL") + " options=-csearch_path=" + schema();
}

std::optional<std::string> PostgresqlQuirks::missing() const {
  if (!environment("SHIDE_TEST_POSTGRESQL").empty()) return std::nullopt;
  return "SHIDE_TEST_POSTGRESQL does not name a server; tests/run starts one";
}

std::unique_ptr<ports::Store> PostgresqlQuirks::open_bare(const Clock& clock) {
  if (number_ > 0) execute("DROP SCHEMA IF EXISTS " + schema() + " CASCADE");
  ++number_;
  execute("DROP SCHEMA IF EXISTS " + schema() + " CASCADE");
  execute("CREATE SCHEMA " + schema());
  return open_again(clock);
}

std::unique_ptr<ports::Store> PostgresqlQuirks::open_again(const Clock& clock) { return opened(store_sql::open_postgresql(connection(), clock)); }

bool PostgresqlQuirks::restart() {
  std::string command = environment("SHIDE_TEST_POSTGRESQL_RESTART");
  if (command.empty()) return false;
  if (std::system(command.c_str()) != 0) throw std::runtime_error("PostgreSQL did not restart");
  return true;
}

void PostgresqlQuirks::cut_connections() {
  execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
}

void PostgresqlQuirks::execute(const std::string& sql) {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  session << "SET client_min_messages = warning", now;
  session << sql, now;
}

std::set<std::string> PostgresqlQuirks::columns_of(const std::string& table) {
  Poco::Data::PostgreSQL::Connector::registerConnector();
  Poco::Data::Session session(Poco::Data::PostgreSQL::Connector::KEY, connection());
  return columns(session,
                 "SELECT column_name::text, data_type::text, (is_nullable = 'YES')::int FROM information_schema.columns "
                 "WHERE table_schema = current_schema() AND table_name = $1",
                 table);
}

}  // namespace shide::testing
